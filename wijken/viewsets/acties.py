"""Actions and their steps on the desk, with how each one stands."""

from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton

from core.desk import (
    DayColumn,
    RegisterViewSet,
    SourceEditView,
    SourceFilterSet,
    SourceIndexView,
    TranslatableViewSet,
    names_column,
    translations_column,
)
from wijken.desk.register_forms import ActieForm
from wijken.models import Actie, Focusopgave, Mijlpaal, Organisatie, Plek
from wijken.monitor.facts import facts_of, standings
from wijken.monitor.standing import State
from wijken.viewsets.filters import plan_filter


class ActieFilterSet(WagtailFilterSet):
    actieplan = plan_filter()
    focusopgave = django_filters.ModelChoiceFilter(
        label=_("Focusopgave"), queryset=Focusopgave.objects.all(), empty_label=_("Alle focusopgaven")
    )
    stand = django_filters.ChoiceFilter(
        label=_("Stand"), choices=State.choices, empty_label=_("Elke stand"), method="with_state"
    )
    trekkers = django_filters.ModelChoiceFilter(
        label=_("Trekker"), queryset=Organisatie.objects.source(), empty_label=_("Alle trekkers")
    )
    plekken = django_filters.ModelChoiceFilter(
        label=_("Plek"), queryset=Plek.objects.source(), empty_label=_("Alle plekken")
    )

    class Meta:
        model = Actie
        fields = ["actieplan", "focusopgave", "stand", "trekkers", "plekken"]

    def with_state(self, rows: QuerySet[Actie], name: str, value: str) -> QuerySet[Actie]:
        """How an action stands is computed: three queries over all of them."""
        found = standings(Actie.objects.all(), on=timezone.localdate())
        return rows.filter(pk__in=[pk for pk, standing in found.items() if standing.state == value])


class StateColumn(Column):
    """How an action stands, as a badge; days late beside it."""

    cell_template_name = "desk/actie_state.html"


class ActieIndexView(generic.IndexView):
    """Each row of a page with its standing: three queries, however many rows."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            rows = list(context["object_list"])
            self._standings = standings(
                Actie.objects.filter(pk__in=[row.pk for row in rows]), on=timezone.localdate()
            )
            for row in rows:
                row.standing = self._standings[row.pk]
        return context

    @cached_property
    def _standings(self) -> Any:
        return standings(Actie.objects.all(), on=timezone.localdate())

    def to_row_dict(self, item: Any) -> Any:
        item.standing = self._standings[item.pk]
        item.trekker_names = ", ".join(str(row) for row in item.trekkers.all())
        return super().to_row_dict(item)

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        planning = Button(
            _("Planning"),
            reverse("desk_planning", args=[instance.pk]),
            icon_name="calendar-alt",
            priority=15,
        )
        return [*super().get_list_more_buttons(instance), planning]


class _PlanningButtonMixin:
    object: Any

    def get_header_buttons(self) -> list[Any]:
        address = reverse("desk_planning", args=[self.object.pk])
        planning = HeaderButton(_("Planning"), url=address, icon_name="calendar-alt")
        return [planning, *super().get_header_buttons()]  # type: ignore[misc]


class ActieEditView(_PlanningButtonMixin, generic.EditView):
    pass


class ActieInspectView(_PlanningButtonMixin, generic.InspectView):
    pass


class ActieViewSet(RegisterViewSet):
    model = Actie
    name = "acties"
    menu_label = _("Acties")
    icon = "tasks"
    ordering = ("actieplan", "nummer")
    index_view_class = ActieIndexView
    edit_view_class = ActieEditView
    inspect_view_class = ActieInspectView
    list_display = [
        "naam",
        NumberColumn("nummer", label=_("Nummer"), sort_key="nummer"),
        "actieplan",
        StateColumn("stand", label=_("Stand"), accessor="standing.state.label"),
        names_column("trekkers", label=_("Trekkers")),
        DayColumn("last", label=_("Laatste bericht"), accessor="standing.last_report_on"),
    ]
    list_select_related = ("actieplan", "focusopgave")
    list_prefetch_related = ("trekkers",)
    list_export = [
        "actieplan",
        "nummer",
        "naam",
        "focusopgave",
        "standing.state.label",
        "standing.days_late",
        "standing.last_report_on",
        "trekker_names",
        "kosten",
        "get_kosten_reden_display",
    ]
    export_headings = {
        "standing.state.label": _("Stand"),
        "standing.days_late": _("Dagen te laat"),
        "standing.last_report_on": _("Laatste bericht"),
        "trekker_names": _("Trekkers"),
        "get_kosten_reden_display": _("Geen bedrag, omdat"),
    }
    filterset_class = ActieFilterSet
    search_fields = ["naam", "nummer"]
    edit_handler = ObjectList(Actie.panels, base_form_class=ActieForm)

    inspect_view_fields = [
        "actieplan",
        "nummer",
        "naam",
        "focusopgave",
        "trekkers",
        "betrokken",
        "plekken",
        "kosten",
        "kosten_reden",
    ]


# --- steps ----------------------------------------------------------------------------------------


class MijlpaalFilterSet(SourceFilterSet):
    actieplan = plan_filter("actie__actieplan")

    class Meta:
        model = Mijlpaal
        fields = ["actieplan"]


class MijlpaalIndexView(SourceIndexView):
    """Each step with its first and its present promise: three queries, however many rows."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            rows = list(context["object_list"])
            acties = Actie.objects.filter(pk__in={row.actie_id for row in rows})
            known = {
                step.pk: step
                for facts in facts_of(acties, on=timezone.localdate()).values()
                for step in facts.milestones
            }
            for row in rows:
                row.milestone = known.get(row.pk)
        return context

    def get_edit_url(self, instance: Any) -> str | None:
        # Its name is a fact that may be mended; who only translates may not.
        may_plan = self.request.user.has_perm("wijken.add_planning")
        return super(SourceIndexView, self).get_edit_url(instance) if may_plan else None

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        planning = Button(
            _("Planning"),
            reverse("desk_planning", args=[instance.actie_id]),
            icon_name="calendar-alt",
            priority=15,
        )
        return [*super().get_list_more_buttons(instance), planning]


class MijlpaalEditView(SourceEditView):
    def may_change_facts(self) -> bool:
        return self.request.user.has_perm("wijken.add_planning")


class MijlpaalViewSet(TranslatableViewSet):
    """Steps. A new one comes with its first promise, from the planning of its action."""

    model = Mijlpaal
    base_url_path = "mijlpalen"
    menu_label = _("Mijlpalen en planning")
    icon = "calendar-alt"
    ordering = ("actie__actieplan", "actie__nummer", "order")
    index_view_class = MijlpaalIndexView
    edit_view_class = MijlpaalEditView
    list_display = [
        "naam",
        "actie",
        Column("first", label=_("Eerst beloofd"), accessor="milestone.first.period.label"),
        Column("now", label=_("Nu"), accessor="milestone.current.period.label"),
        DayColumn("reached", label=_("Gehaald op"), accessor="milestone.reached_on"),
        translations_column(),
    ]
    list_select_related = ("actie__actieplan",)
    filterset_class = MijlpaalFilterSet
    search_fields = ["naam", "actie__naam"]
