"""People, organisations and places on the desk."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.desk import (
    DayColumn,
    SourceFilterSet,
    TranslatableViewSet,
    names_column,
    translations_column,
)
from wijken.models import (
    Aanplakplaats,
    Contactpersoon,
    Organisatie,
    Plek,
    Thema,
)
from wijken.viewsets.filters import thema_filter, wijk_filter


class ContactpersoonFilterSet(SourceFilterSet):
    wijken = wijk_filter("wijken")
    themas = thema_filter()
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
    wijk = wijk_filter()

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
    wijk = wijk_filter()

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
