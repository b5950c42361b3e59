from typing import Any

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage, lend_words
from core.querysets import readable_in
from wijken.afspraken import Afspraak, State, wijk_afspraken
from wijken.maps import WijkMap
from wijken.models.aandachtsgebied import Aandachtsgebied
from wijken.models.contactpersoon import Contactpersoon
from wijken.models.plek import Aanplakplaats
from wijken.models.thema import Thema
from wijken.models.wijk import Wijk, Wijkcijfer
from wijken.models.wijkplatform import Wijkplatform
from wijken.sections import wijk_sections

# The types among the related pages, by the name of their link on Page.
RELATED = (
    "wijkpage",
    "wijkplatformpage",
    "wijkteampage",
    "aanplakplaatsenpage",
    "actieplanpage",
    "monitorpage",
)


class WijkPage(BasePage):
    """Everything about one wijk on one page."""

    template = "pages/wijk_page.html"
    parent_page_types = ["wijken.WijkenIndexPage"]
    subpage_types = [
        "home.WijkkrantPage",
        "participatie.LotingPage",
        "wijken.ActieplanPage",
        "wijken.MonitorPage",
        "wijken.WijkplatformPage",
    ]

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

    served_with = ("wijk", "image")

    class Meta:
        verbose_name = _("wijk")
        verbose_name_plural = _("wijken")

    @cached_property
    def contacten(self) -> list[Contactpersoon]:
        """Whom residents of this wijk can turn to."""
        rows: list[Contactpersoon] = (
            Contactpersoon.objects.for_wijk(self.wijk)
            .order_by("order", "functie")
            .worded(self.language_code, "organisatie")
        )
        return rows

    @cached_property
    def aandachtsgebieden(self) -> list[Aandachtsgebied]:
        rows: list[Aandachtsgebied] = (
            Aandachtsgebied.objects.filter(wijk=self.wijk)
            .prefetch_related(Prefetch("themas", Thema.objects.with_words(self.language_code)))
            .worded(self.language_code)
        )
        lend_words(self.language_code, (thema for row in rows for thema in row.themas.all()))
        return rows

    @cached_property
    def aanplakplaatsen(self) -> list[Aanplakplaats]:
        return Aanplakplaats.objects.filter(wijk=self.wijk).worded(self.language_code)

    @cached_property
    def related_pages(self) -> list[Any]:
        """The pages of all wijken, of the platform, team, plans and monitor of this one, and aanplakplaatsen.

        One query for all of them.
        """
        team = Wijk.objects.filter(pk=self.wijk_id).values("wijkteam")
        return list(
            readable_in(Page.objects, self.language_code)
            .filter(
                Q(wijkpage__isnull=False)
                | Q(wijkplatformpage__wijkplatform__wijk=self.wijk_id)
                | Q(wijkteampage__wijkteam__in=team)
                | Q(aanplakplaatsenpage__isnull=False)
                | Q(actieplanpage__actieplan__wijk=self.wijk_id)
                | Q(monitorpage__wijk=self.wijk_id)
            )
            .select_related(*RELATED, "wijkpage__wijk__wijkplatform")
            .defer(*(f"{name}__body" for name in RELATED))
            .order_by("wijkpage__wijk__order", "path")
        )

    def _related(self, name: str) -> list[Any]:
        """The related pages of one type."""
        found = []
        for page in self.related_pages:
            if specific := getattr(page, name, None):
                specific.locale = page.locale
                found.append(specific)
        return found

    def _related_page(self, name: str) -> Any:
        return next(iter(self._related(name)), None)

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
                "value": row.value,
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
        return getattr(self.wijk, "wijkplatform", None)

    @cached_property
    def buurten(self) -> list[str]:
        return [str(row) for row in self.wijk.buurten.all()]

    def wijken_map(self, request: Any) -> WijkMap | None:
        """All wijken, with this one marked."""
        from wijken.models.wijken_index_page import wijk_map

        return wijk_map(self._related("wijkpage"), current=self)

    def surroundings(self, request: Any) -> dict[str, Any]:
        from wijken.monitor.plan_story import wijk_promises

        # This wijk is among all wijken, with its platform; without that (a draft) its row is fetched.
        if own := next((page for page in self._related("wijkpage") if page.pk == self.pk), None):
            self.wijk = own.wijk
        return {
            "contacten": self.contacten,
            "aandachtsgebieden": self.aandachtsgebieden,
            "aanplakplaatsen": self.aanplakplaatsen,
            "afspraken": self.afspraken,
            "late_afspraken": self.late_afspraken,
            "cijfers": self.cijfers,
            "buurten": self.buurten,
            "platform": self.platform,
            "aanplakplaatsen_page": self._related_page("aanplakplaatsenpage"),
            "map": self.wijken_map(request),
            "platform_page": self._related_page("wijkplatformpage"),
            "team_page": self._related_page("wijkteampage"),
            "promises": wijk_promises(
                self._related("actieplanpage"), self._related_page("monitorpage"), on=timezone.localdate()
            ),
            "sections": wijk_sections(self, request),
        }
