from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage, attach_words
from core.querysets import readable_in
from wijken.afspraken import Afspraak, State, wijk_afspraken
from wijken.maps import WijkMap
from wijken.models.aandachtsgebied import Aandachtsgebied
from wijken.models.contactpersoon import Contactpersoon
from wijken.models.plek import Aanplakplaats
from wijken.models.wijk import Wijkcijfer
from wijken.models.wijkplatform import Wijkplatform
from wijken.sections import wijk_sections


class WijkPage(BasePage):
    """Everything about one wijk on one page."""

    template = "pages/wijk_page.html"
    parent_page_types = ["wijken.WijkenIndexPage"]
    subpage_types = ["wijken.WijkplatformPage"]

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="pages"
    )

    content_panels = [FieldPanel("wijk"), *BasePage.content_panels]
    search_fields = [
        *BasePage.search_fields,
        index.RelatedFields("wijk", [index.SearchField("naam"), index.SearchField("kern")]),
    ]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("wijk", overridable=False),
    ]

    class Meta:
        verbose_name = _("wijk")
        verbose_name_plural = _("wijken")

    @cached_property
    def contacten(self) -> list[Contactpersoon]:
        """Whom residents of this wijk can turn to."""
        rows = list(
            Contactpersoon.objects.source()
            .for_wijk(self.wijk)
            .select_related("organisatie")
            .order_by("order", "functie")
        )
        attach_words(self.language_code, rows, [row.organisatie for row in rows])
        return rows

    @cached_property
    def aandachtsgebieden(self) -> list[Aandachtsgebied]:
        rows = list(Aandachtsgebied.objects.source().filter(wijk=self.wijk).prefetch_related("themas"))
        attach_words(self.language_code, rows, [thema for row in rows for thema in row.themas.all()])
        return rows

    @cached_property
    def aanplakplaatsen(self) -> list[Aanplakplaats]:
        return Aanplakplaats.objects.filter(wijk=self.wijk).worded(self.language_code)

    @cached_property
    def aanplakplaatsen_page(self) -> Any:
        """The page with every place in the municipality."""
        from wijken.models.aanplakplaatsen_page import AanplakplaatsenPage

        return readable_in(AanplakplaatsenPage.objects, self.language_code).defer("body").first()

    @cached_property
    def afspraken(self) -> list[Afspraak]:
        return wijk_afspraken(self.wijk, on=timezone.localdate())

    @cached_property
    def late_afspraken(self) -> list[Afspraak]:
        return [afspraak for afspraak in self.afspraken if afspraak.state is State.OVERDUE]

    @cached_property
    def cijfers(self) -> list[dict[str, Any]]:
        """The newest number of each kind, in the shape of components/figures.html."""
        newest: dict[str, Wijkcijfer] = {}
        for row in self.wijk.cijfers.order_by("peildatum"):
            newest[row.soort] = row
        return [
            {
                "value": row.waarde,
                "label": _("%(wat)s (ongeveer)") % {"wat": row.get_soort_display()}
                if row.is_ongeveer
                else row.get_soort_display(),
                "source": row.bron,
                "source_url": row.bron_url,
                "date": row.peildatum,
            }
            for row in sorted(newest.values(), key=lambda row: Wijkcijfer.Soort.values.index(row.soort))
        ]

    @cached_property
    def platform(self) -> Wijkplatform | None:
        """The wijk's platform in the register, also when it has no page."""
        return Wijkplatform.objects.filter(wijk=self.wijk).first()

    @cached_property
    def postcodes(self) -> list[str]:
        return [row.pc4 for row in self.wijk.postcodegebieden.all()]

    @cached_property
    def buurten(self) -> list[str]:
        return [str(row) for row in self.wijk.buurten.all()]

    @cached_property
    def platform_page(self) -> Any:
        """The page of this wijk's platform, or None when there is no platform."""
        from wijken.models.wijkplatform_page import WijkplatformPage

        return (
            readable_in(WijkplatformPage.objects, self.language_code)
            .filter(wijkplatform__wijk=self.wijk)
            .select_related("wijkplatform")
            .defer("body")
            .first()
        )

    @cached_property
    def team_page(self) -> Any:
        """The page of the wijkteam this wijk belongs to."""
        from wijken.models.wijkteam_page import WijkteamPage

        return (
            readable_in(WijkteamPage.objects, self.language_code)
            .filter(wijkteam_id=self.wijk.wijkteam_id)
            .select_related("wijkteam")
            .defer("body")
            .first()
        )

    def wijken_map(self, request: Any) -> WijkMap | None:
        """All wijken, with this one marked."""
        from wijken.models.wijken_index_page import wijk_map, wijk_pages

        return wijk_map(wijk_pages(self.language_code, pictures=False), current=self, request=request)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "contacten": self.contacten,
            "aandachtsgebieden": self.aandachtsgebieden,
            "aanplakplaatsen": self.aanplakplaatsen,
            "afspraken": self.afspraken,
            "late_afspraken": self.late_afspraken,
            "cijfers": self.cijfers,
            "postcodes": self.postcodes,
            "buurten": self.buurten,
            "platform": self.platform,
            "aanplakplaatsen_page": self.aanplakplaatsen_page,
            "map": self.wijken_map(request),
            "platform_page": self.platform_page,
            "team_page": self.team_page,
            "sections": wijk_sections(self, request),
        }
