"""The lotingen of a wijk, on its page and on that of its platform. From the page index: no query."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.page_index import page_index
from wijken.sections import WijkSection


def on_wijk(page: Any, request: Any) -> WijkSection | None:
    """What stands on the page of a wijk."""
    return _section(page, "participatie/loting/op_wijk.html")


def on_platform(page: Any, request: Any) -> WijkSection | None:
    """What stands on the page of a platform, which is below that of its wijk."""
    above = page_index().ancestors(page)
    return _section(above[-1], "participatie/loting/op_platform.html") if above else None


def _section(wijk_page: Page, template: str) -> WijkSection | None:
    index = page_index()
    pages = [
        page
        for page in index.children(index.translations(wijk_page), wijk_page.locale.language_code)
        if page.content_type.natural_key() == ("participatie", "lotingpage")
    ]
    if not pages:
        return None
    return WijkSection(template, {"pages": pages}, order=10, title=_("Loting: doe mee"), anchor="loting")
