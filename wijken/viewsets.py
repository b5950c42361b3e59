"""The registers on the desk: what editors see in lists, how they filter, and in which menu."""

from typing import Any

import django_filters
from django.db.models import Count, QuerySet
from django.forms import CheckboxSelectMultiple
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
    Aanplakplaats,
    Contactpersoon,
    Organisatie,
    Plek,
    Stuurgroep,
    Thema,
    Voorzittersgesprek,
    Werkplan,
    Werkplanpunt,
    Wijk,
    Wijkplatform,
    Wijkraadpleging,
    Wijkteam,
)


def _wijk_filter(field_name: str = "wijk") -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=field_name, label=_("Wijk"), queryset=Wijk.objects.all(), empty_label=_("Alle wijken")
    )


def _thema_filter() -> django_filters.ModelMultipleChoiceFilter:
    return django_filters.ModelMultipleChoiceFilter(
        field_name="themas", label=_("Thema"), queryset=Thema.objects.source(), widget=CheckboxSelectMultiple
    )


def _team_filter(field_name: str = "wijkteam") -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=field_name,
        label=_("Wijkteam"),
        queryset=Wijkteam.objects.all(),
        empty_label=_("Alle teams"),
    )


# --- wijken ---------------------------------------------------------------------------------------


class WijkForm(WagtailAdminModelForm):
    """Offers as wijkwethouder only contacts that are one, once and not once per language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("wijkwethouder")
        if field:
            field.queryset = Contactpersoon.objects.source().filter(role=Contactpersoon.Role.WIJKWETHOUDER)


class WijkFilterSet(WagtailFilterSet):
    wijkteam = _team_filter()

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
    wijk = _wijk_filter("wijkplatform__wijk")

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
    wijkteam = _team_filter()

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
    wijkteam = _team_filter("werkplan__wijkteam")

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
    wijk = _wijk_filter()
    themas = _thema_filter()

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


# --- mensen en plekken ----------------------------------------------------------------------------


class ContactpersoonFilterSet(SourceFilterSet):
    wijken = _wijk_filter("wijken")
    themas = _thema_filter()
    organisatie = django_filters.ModelChoiceFilter(
        label=_("Organisatie"), queryset=Organisatie.objects.source(), empty_label=_("Alle organisaties")
    )

    class Meta:
        model = Contactpersoon
        fields = ["wijken", "role", "themas", "organisatie"]


class ContactpersoonViewSet(TranslatableViewSet):
    model = Contactpersoon
    base_url_path = "contacten"
    menu_label = _("Contacten")
    icon = "user"
    ordering = ("order", "functie")
    list_display = [
        "functie",
        "role",
        "organisatie",
        names_column("wijken", label=_("Wijken"), empty=_("alle wijken")),
        DayColumn("review_on", label=_("Nakijken vóór"), sort_key="review_on"),
        translations_column(),
    ]
    filterset_class = ContactpersoonFilterSet
    list_export = ["functie", "role", "organisatie", "waarvoor", "telefoon", "email", "hours", "review_on"]
    list_select_related = ("organisatie",)
    list_prefetch_related = ("wijken",)
    search_fields = ["functie", "waarvoor", "organisatie__naam"]


class OrganisatieFilterSet(SourceFilterSet):
    class Meta:
        model = Organisatie
        fields = ["kind"]


class OrganisatieViewSet(TranslatableViewSet):
    model = Organisatie
    base_url_path = "organisaties"
    menu_label = _("Organisaties")
    icon = "home"
    ordering = ("naam",)
    list_display = ["naam", "kind", "telefoon", translations_column()]
    filterset_class = OrganisatieFilterSet
    list_export = ["naam", "kind", "omschrijving", "url", "telefoon"]
    search_fields = ["naam", "omschrijving"]


class PlekFilterSet(SourceFilterSet):
    wijk = _wijk_filter()

    class Meta:
        model = Plek
        fields = ["wijk"]


class PlekViewSet(TranslatableViewSet):
    model = Plek
    base_url_path = "plekken"
    menu_label = _("Plekken")
    icon = "plek"
    ordering = ("naam",)
    list_display = ["naam", "wijk", "toegankelijkheid", translations_column()]
    filterset_class = PlekFilterSet
    list_export = ["naam", "wijk", "toegankelijkheid", "lat", "lon"]
    list_select_related = ("wijk",)
    search_fields = ["naam", "toegankelijkheid"]


class AanplakplaatsFilterSet(SourceFilterSet):
    wijk = _wijk_filter()

    class Meta:
        model = Aanplakplaats
        fields = ["wijk", "is_example"]


class AanplakplaatsViewSet(TranslatableViewSet):
    model = Aanplakplaats
    base_url_path = "aanplakplaatsen"
    menu_label = _("Aanplakplaatsen")
    icon = "thumbtack"
    ordering = ("wijk__kern", "wijk__order", "naam")
    list_display = [
        "naam",
        "adres",
        "wijk",
        Column("kern", label=_("Kern"), accessor="wijk.kern", sort_key="wijk__kern"),
        BooleanColumn("is_example", label=_("Voorbeeld")),
        translations_column(),
    ]
    filterset_class = AanplakplaatsFilterSet
    list_export = ["naam", "adres", "wijk", "wijk.kern", "lat", "lon", "is_example"]
    export_headings = {"wijk.kern": _("Kern")}
    list_select_related = ("wijk",)
    search_fields = ["naam", "adres", "wijk__naam"]


class ThemaViewSet(TranslatableViewSet):
    model = Thema
    base_url_path = "themas"
    menu_label = _("Thema's")
    icon = "tag"
    ordering = ("order", "naam")
    list_display = ["naam", "uitleg", translations_column()]
    search_fields = ["naam", "uitleg"]


class MensenEnPlekkenGroup(SnippetViewSetGroup):
    menu_label = _("Mensen en plekken")
    menu_name = "mensen-en-plekken"
    menu_icon = "user"
    menu_order = 210
    items = (ContactpersoonViewSet, OrganisatieViewSet, PlekViewSet, AanplakplaatsViewSet, ThemaViewSet)


# --- overleg --------------------------------------------------------------------------------------


class StuurgroepViewSet(RegisterViewSet):
    model = Stuurgroep
    name = "stuurgroep"
    menu_label = _("Stuurgroep")
    icon = "group"
    ordering = ("naam",)
    list_display = ["naam", NumberColumn("overleggen", label=_("Vergaderingen"), accessor="overleg_count")]
    inspect_view_fields = ["naam"]

    def rows(self) -> QuerySet[Stuurgroep]:
        return super().rows().annotate(overleg_count=Count("overleggen"))


class VoorzittersgesprekFilterSet(WagtailFilterSet):
    wijk = _wijk_filter("wijkplatform__wijk")

    class Meta:
        model = Voorzittersgesprek
        fields = ["wijk", "held"]


class VoorzittersgesprekViewSet(RegisterViewSet):
    model = Voorzittersgesprek
    name = "voorzittersgesprekken"
    menu_label = _("Gesprekken met voorzitters")
    icon = "comment"
    ordering = ("-date",)
    list_display = [
        "__str__",
        DayColumn("date", label=_("Datum"), sort_key="date"),
        BooleanColumn("held", label=_("Gehouden")),
    ]
    filterset_class = VoorzittersgesprekFilterSet
    list_export = ["wijkplatform", "date", "held"]
    list_select_related = ("wijkplatform__wijk",)


class OverlegGroup(SnippetViewSetGroup):
    menu_label = _("Overleg")
    menu_name = "overleg"
    menu_icon = "comment"
    menu_order = 220
    items = (StuurgroepViewSet, VoorzittersgesprekViewSet)


GROUPS = (WijkenGroup, MensenEnPlekkenGroup, OverlegGroup)
