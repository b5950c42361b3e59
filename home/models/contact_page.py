from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.cache import remembered
from core.models import BasePage, attach_words
from home.wijk_choice import WijkThemaChoice, wijk_thema_choice
from wijken.models import Contactpersoon


class ContactPage(BasePage):
    """Wie kan mij helpen? One place to look, by wijk and by subject."""

    template = "pages/contact_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("contact")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`?wijk=` and `?thema=` narrow it down; without them only who is there for every wijk."""
        choice = wijk_thema_choice(request, self.language_code)
        near, everywhere = remembered(
            f"contacten:{self.language_code}:{choice.key}", lambda: self._chosen(choice)
        )
        return {
            **super().get_context(request, *args, **kwargs),
            "choice": choice,
            "contacten_near": near,
            "contacten_everywhere": everywhere,
        }

    def _chosen(self, choice: WijkThemaChoice) -> tuple[list[Contactpersoon], list[Contactpersoon]]:
        """Who is near and who is there for every wijk, with their words."""
        near, everywhere = self._split(self._contacten(choice), wijk_count=len(choice.wijken))
        if not choice.is_made:
            near = []
        shown = [*near, *everywhere]
        attach_words(self.language_code, shown, [contact.organisatie for contact in shown])
        return near, everywhere

    def _contacten(self, choice: WijkThemaChoice) -> Iterable[Contactpersoon]:
        contacten = Contactpersoon.objects.source().select_related("organisatie").prefetch_related("wijken")
        if choice.wijk:
            contacten = contacten.for_wijk(choice.wijk)
        if choice.thema:
            contacten = contacten.filter(themas=choice.thema)
        rows: Iterable[Contactpersoon] = contacten
        return rows

    @staticmethod
    def _split(
        contacten: Iterable[Contactpersoon], *, wijk_count: int
    ) -> tuple[list[Contactpersoon], list[Contactpersoon]]:
        """Those of one or a few wijken, and those of every wijk: no wijk named, or all of them."""
        near: list[Contactpersoon] = []
        everywhere: list[Contactpersoon] = []
        for contact in contacten:
            named = len(contact.wijken.all())
            (near if 0 < named < wijk_count else everywhere).append(contact)
        return near, everywhere
