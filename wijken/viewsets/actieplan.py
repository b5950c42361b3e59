"""Action plans and what they consist of, on the desk."""

from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, NumberColumn

from core.desk import (
    DayColumn,
    RegisterViewSet,
    SourceFilterSet,
    TranslatableViewSet,
    names_column,
    translations_column,
)
from wijken.desk.register_forms import FocusopgaveForm
from wijken.models import Actieplan, Focusopgave, Gesprek, Opgave, Perspectief
from wijken.viewsets.filters import plan_filter, wijk_filter


class ActieplanFilterSet(WagtailFilterSet):
    wijk = wijk_filter()

    class Meta:
        model = Actieplan
        fields = ["wijk", "soort"]


def _versie_status(plan: Actieplan) -> Any:
    return plan.versie.get_status_display() if plan.versie else "–"


class ActieplanViewSet(RegisterViewSet):
    model = Actieplan
    name = "actieplannen"
    menu_label = _("Actieplannen")
    icon = "clipboard-list"
    ordering = ("wijk__order", "soort", "naam")
    list_display = [
        "naam",
        "wijk",
        "soort",
        Column("status", label=_("Status"), accessor=_versie_status),
        DayColumn("starts_on", label=_("Start van de uitvoering"), sort_key="starts_on"),
        NumberColumn("acties", label=_("Acties"), accessor="actie_count"),
    ]
    list_select_related = ("wijk",)
    list_prefetch_related = ("versies",)
    list_export = ["wijk", "naam", "soort", "versie", "starts_on", "bestuursperiode_tot", "silent_after"]
    export_headings = {"versie": _("Versie")}
    filterset_class = ActieplanFilterSet
    search_fields = ["naam", "wijk__naam"]
    inspect_view_fields = ["wijk", "naam", "soort", "starts_on", "bestuursperiode_tot", "silent_after"]

    def rows(self) -> QuerySet[Actieplan]:
        return super().rows().annotate(actie_count=Count("acties"))


class PerspectiefFilterSet(WagtailFilterSet):
    actieplan = plan_filter()

    class Meta:
        model = Perspectief
        fields = ["actieplan"]


class PerspectiefViewSet(RegisterViewSet):
    model = Perspectief
    name = "perspectieven"
    menu_label = _("Perspectieven")
    icon = "view"
    ordering = ("actieplan", "nummer")
    list_display = [
        "naam",
        "nummer",
        "actieplan",
        NumberColumn("opgaven", label=_("Opgaven"), accessor="opgave_count"),
        DayColumn("herijkt_op", label=_("Herijkt op"), sort_key="herijkt_op"),
    ]
    list_select_related = ("actieplan",)
    list_export = ["actieplan", "nummer", "naam", "herijkt_op"]
    filterset_class = PerspectiefFilterSet
    search_fields = ["naam"]

    def rows(self) -> QuerySet[Perspectief]:
        # An opgave and its translations are one.
        return super().rows().annotate(opgave_count=Count("opgaven__translation_key", distinct=True))


class OpgaveFilterSet(SourceFilterSet):
    actieplan = plan_filter("perspectief__actieplan")

    class Meta:
        model = Opgave
        fields = ["actieplan", "perspectief"]


class OpgaveViewSet(TranslatableViewSet):
    model = Opgave
    base_url_path = "opgaven"
    menu_label = _("Opgaven")
    icon = "list-ol"
    ordering = ("perspectief__actieplan", "perspectief__nummer", "nummer")
    list_display = [
        "titel",
        "nummer",
        "perspectief",
        Column("actieplan", label=_("Actieplan"), accessor="perspectief.actieplan"),
        translations_column(),
    ]
    list_select_related = ("perspectief__actieplan",)
    list_export = ["perspectief", "nummer", "titel", "toelichting"]
    filterset_class = OpgaveFilterSet
    search_fields = ["titel", "toelichting"]


class FocusopgaveFilterSet(WagtailFilterSet):
    actieplan = plan_filter()

    class Meta:
        model = Focusopgave
        fields = ["actieplan"]


class FocusopgaveViewSet(RegisterViewSet):
    model = Focusopgave
    name = "focusopgaven"
    menu_label = _("Focusopgaven")
    icon = "crosshairs"
    ordering = ("actieplan", "nummer")
    list_display = [
        "naam",
        "nummer",
        "actieplan",
        names_column("eindverantwoordelijk", label=_("Eindverantwoordelijk")),
        NumberColumn("acties", label=_("Acties"), accessor="actie_count"),
    ]
    list_select_related = ("actieplan",)
    list_prefetch_related = ("eindverantwoordelijk",)
    list_export = ["actieplan", "nummer", "naam"]
    filterset_class = FocusopgaveFilterSet
    search_fields = ["naam"]
    edit_handler = ObjectList(Focusopgave.panels, base_form_class=FocusopgaveForm)

    def rows(self) -> QuerySet[Focusopgave]:
        return super().rows().annotate(actie_count=Count("acties"))


class GesprekFilterSet(SourceFilterSet):
    actieplan = plan_filter()

    class Meta:
        model = Gesprek
        fields = ["actieplan", "terugblik"]


class GesprekViewSet(TranslatableViewSet):
    model = Gesprek
    base_url_path = "gesprekken"
    menu_label = _("Gesprekken in de wijk")
    icon = "comment"
    ordering = ("-datum",)
    list_display = [
        "titel",
        DayColumn("datum", label=_("Datum"), sort_key="datum"),
        "actieplan",
        "plek",
        NumberColumn("bewoners", label=_("Bewoners"), accessor=lambda row: row.bewoners or 0),
        translations_column(),
    ]
    list_select_related = ("actieplan", "plek")
    list_export = ["actieplan", "datum", "titel", "plek", "bewoners", "professionals", "verslag"]
    filterset_class = GesprekFilterSet
    search_fields = ["titel", "verslag"]
