"""Wijken, teams, platforms and work plans on the desk."""

from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, NumberColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.desk import (
    DayColumn,
    RegisterViewSet,
    SourceFilterSet,
    TranslatableViewSet,
    names_column,
    translations_column,
)
from wijken.models import (
    Aandachtsgebied,
    Contactpersoon,
    Werkplan,
    Werkplanpunt,
    Wijk,
    Wijkplatform,
    Wijkraadpleging,
    Wijkteam,
)
from wijken.viewsets.filters import team_filter, thema_filter, wijk_filter


class WijkForm(WagtailAdminModelForm):
    """Offers as wijkwethouder only contacts that are one, once and not once per language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("wijkwethouder")
        if field:
            field.queryset = Contactpersoon.objects.source().filter(role=Contactpersoon.Role.WIJKWETHOUDER)


class WijkFilterSet(WagtailFilterSet):
    wijkteam = team_filter()

    class Meta:
        model = Wijk
        fields = ["kern", "wijkteam"]


def _platform_status(wijk: Wijk) -> Any:
    platform = getattr(wijk, "wijkplatform", None)
    return platform.get_status_display() if platform else _("geen platform")


class WijkViewSet(RegisterViewSet):
    model = Wijk
    name = "wijken"
    menu_label = _("Wijken")
    icon = "wijk"
    ordering = ("order", "naam")
    list_display = [
        "naam",
        "kern",
        "wijkteam",
        Column("wijkplatform", label=_("Wijkplatform"), accessor=_platform_status),
        Column("map", label=_("Op de kaart"), accessor=lambda wijk: _("ja") if wijk.boundary else _("nee")),
    ]
    list_select_related = ("wijkteam", "wijkplatform")
    list_export = ["naam", "slug", "kern", "wijkteam"]
    filterset_class = WijkFilterSet
    search_fields = ["naam", "kern", "postcodegebieden__pc4", "buurten__naam"]
    edit_handler = ObjectList(Wijk.panels, base_form_class=WijkForm)
    inspect_view_fields = ["naam", "kern", "wijkteam", "wijkwethouder", "slug"]

    def rows(self) -> QuerySet[Wijk]:
        # The search joins postcodes and buurten: a wijk must not show once for each.
        return super().rows().distinct()


class WijkteamViewSet(RegisterViewSet):
    model = Wijkteam
    name = "wijkteams"
    menu_label = _("Wijkteams")
    icon = "group"
    ordering = ("nummer",)
    list_display = [
        "naam",
        "nummer",
        names_column("wijken", label=_("Wijken")),
        NumberColumn("organisaties", label=_("Organisaties"), accessor="lid_count"),
    ]
    list_prefetch_related = ("wijken",)
    search_fields = ["naam"]
    inspect_view_fields = ["naam", "nummer", "slug"]

    def rows(self) -> QuerySet[Wijkteam]:
        return super().rows().annotate(lid_count=Count("leden"))


class WijkplatformViewSet(RegisterViewSet):
    model = Wijkplatform
    name = "wijkplatforms"
    menu_label = _("Wijkplatforms")
    icon = "openquote"
    ordering = ("wijk__order",)
    list_display = [
        "wijk",
        "status",
        DayColumn("since", label=_("Sinds")),
        DayColumn("until", label=_("Tot en met")),
    ]
    list_filter = ["status"]
    list_export = ["wijk", "status", "since", "until"]
    list_select_related = ("wijk",)
    search_fields = ["wijk__naam"]


class WijkraadplegingFilterSet(WagtailFilterSet):
    wijk = wijk_filter("wijkplatform__wijk")

    class Meta:
        model = Wijkraadpleging
        fields = ["wijk", "held"]


class WijkraadplegingViewSet(RegisterViewSet):
    model = Wijkraadpleging
    name = "wijkraadplegingen"
    menu_label = _("Wijkraadplegingen")
    icon = "calendar"
    ordering = ("-date",)
    list_display = [
        "wijkplatform",
        DayColumn("date", label=_("Datum"), sort_key="date"),
        BooleanColumn("held", label=_("Gehouden")),
        DayColumn("wijkplan_offered_on", label=_("Wijkplan aangeboden")),
        DayColumn("response_on", label=_("Antwoord gemeente")),
    ]
    filterset_class = WijkraadplegingFilterSet
    list_export = ["wijkplatform", "date", "held", "plek", "wijkplan_offered_on", "response_on"]
    list_select_related = ("wijkplatform__wijk",)
    search_fields = ["wijkplatform__wijk__naam", "plek"]


class WerkplanFilterSet(WagtailFilterSet):
    wijkteam = team_filter()

    class Meta:
        model = Werkplan
        fields = ["wijkteam", "jaar"]


class WerkplanViewSet(RegisterViewSet):
    model = Werkplan
    name = "werkplannen"
    menu_label = _("Werkplannen")
    icon = "clipboard-list"
    ordering = ("-jaar", "wijkteam__nummer")
    list_display = [
        "wijkteam",
        "jaar",
        DayColumn("vastgesteld_op", label=_("Vastgesteld op")),
        NumberColumn("punten", label=_("Punten"), accessor="punt_count"),
    ]
    filterset_class = WerkplanFilterSet
    list_select_related = ("wijkteam",)
    search_fields = ["wijkteam__naam"]

    def rows(self) -> QuerySet[Werkplan]:
        return super().rows().annotate(punt_count=Count("punten__translation_key", distinct=True))


class WerkplanpuntFilterSet(SourceFilterSet):
    wijkteam = team_filter("werkplan__wijkteam")

    class Meta:
        model = Werkplanpunt
        fields = ["wijkteam", "werkplan__jaar", "status"]


class WerkplanpuntViewSet(TranslatableViewSet):
    model = Werkplanpunt
    base_url_path = "werkplanpunten"
    menu_label = _("Punten van werkplannen")
    icon = "list-ul"
    ordering = ("-werkplan__jaar", "werkplan__wijkteam__nummer", "order")
    list_display = ["titel", "werkplan", "status", translations_column()]
    filterset_class = WerkplanpuntFilterSet
    list_export = ["werkplan", "order", "titel", "toelichting", "status"]
    list_select_related = ("werkplan__wijkteam",)
    search_fields = ["titel", "toelichting"]


class AandachtsgebiedFilterSet(SourceFilterSet):
    wijk = wijk_filter()
    themas = thema_filter()

    class Meta:
        model = Aandachtsgebied
        fields = ["wijk", "themas"]


class AandachtsgebiedViewSet(TranslatableViewSet):
    model = Aandachtsgebied
    base_url_path = "aandachtsgebieden"
    menu_label = _("Aandachtsgebieden")
    icon = "warning"
    ordering = ("wijk__order", "order")
    list_display = ["naam", "wijk", names_column("themas", label=_("Thema's")), translations_column()]
    filterset_class = AandachtsgebiedFilterSet
    list_export = ["wijk", "naam", "toelichting"]
    list_select_related = ("wijk",)
    list_prefetch_related = ("themas",)
    search_fields = ["naam", "toelichting", "wijk__naam"]


class WijkenGroup(SnippetViewSetGroup):
    menu_label = _("Wijken")
    menu_name = "wijken"
    menu_icon = "wijk"
    menu_order = 200
    items = (
        WijkViewSet,
        WijkteamViewSet,
        WijkplatformViewSet,
        WijkraadplegingViewSet,
        WerkplanViewSet,
        WerkplanpuntViewSet,
        AandachtsgebiedViewSet,
    )
