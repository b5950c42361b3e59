"""The site map: every public page in every language."""

from typing import Any

from django.db.models import Q
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page


class PagesSitemap(Sitemap):
    def items(self) -> Any:
        """The pages under the front door of each language; these stand beside each other in the tree."""
        below = Q(pk__in=[])
        for front_door in self.get_wagtail_site().root_page.get_translations(inclusive=True).live():
            below |= Q(path__startswith=front_door.path)
        # An alias only repeats the words of the source.
        pages = Page.objects.filter(below, alias_of__isnull=True).live().public()
        return pages.order_by("path").defer_streamfields().specific()
