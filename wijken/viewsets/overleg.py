"""Who meets whom, on the desk."""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, NumberColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.desk import (
    DayColumn,
    RegisterViewSet,
)
from wijken.models import (
    Stuurgroep,
    Voorzittersgesprek,
)
from wijken.viewsets.filters import wijk_filter


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
    wijk = wijk_filter("wijkplatform__wijk")

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
