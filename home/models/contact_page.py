from typing import Any

from django.utils.translation import gettext_lazy as _

from core.models import BasePage, attach_words
from wijken.models import Contactpersoon, Thema, Wijk


class ContactPage(BasePage):
    """Wie kan mij helpen? One place to look, by wijk and by subject."""

    template = "pages/contact_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("contact")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`?wijk=` and `?thema=` filter; a value that does not exist is ignored."""
        wijken = list(Wijk.objects.all())
        themas = Thema.objects.all().worded(self.language_code)
        wijk = next((wijk for wijk in wijken if wijk.slug == request.GET.get("wijk")), None)
        thema = next((thema for thema in themas if thema.slug == request.GET.get("thema")), None)
        contacten = Contactpersoon.objects.source().select_related("organisatie").prefetch_related("wijken")
        if wijk:
            contacten = contacten.for_wijk(wijk)
        if thema:
            contacten = contacten.filter(themas=thema)
        rows = list(contacten) if wijk or thema else []
        attach_words(self.language_code, rows, [row.organisatie for row in rows])
        return {
            **super().get_context(request, *args, **kwargs),
            "wijken": wijken,
            "themas": themas,
            "wijk": wijk,
            "thema": thema,
            "contacten": rows,
            "is_filtered": bool(wijk or thema),
        }
