"""The two tracks of the monitor on the desk: looking back, and what research measures."""

from typing import Any

import django_filters
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.desk import DayColumn, RegisterViewSet
from wijken.models import Actieplan, Terugblik
from wijken.terugblikken import keep_standing, prepare_page
from wijken.viewsets.cijfers import IndicatorViewSet, MetingViewSet
from wijken.viewsets.papier import PaperTallyViewSet


def _plan_filter() -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name="actieplan",
        label=gettext_lazy("Actieplan"),
        queryset=Actieplan.objects.all(),
        empty_label=gettext_lazy("Alle plannen"),
    )


class TerugblikFilterSet(WagtailFilterSet):
    actieplan = _plan_filter()

    class Meta:
        model = Terugblik
        fields = ["actieplan"]


def _standing(terugblik: Any) -> Any:
    """Was the standing of the day kept, or why not?"""
    if terugblik.kept:
        return _("bewaard")
    return (
        _("nog niet bewaard") if terugblik.peildatum <= timezone.localdate() else _("die dag moet nog komen")
    )


class TerugblikIndexView(generic.IndexView):
    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        is_due = not instance.kept and instance.peildatum <= timezone.localdate()
        if is_due and self.user_has_permission("change"):
            address = reverse("terugblikken:keep", args=[instance.pk])
            buttons.append(
                Button(_("Maak de stand van deze dag"), url=address, icon_name="calendar-check", priority=15)
            )
        return buttons


class TerugblikCreateView(generic.CreateView):
    """With the row comes a draft of its page, so that an editor only has to write and publish."""

    def save_instance(self) -> Any:
        terugblik = super().save_instance()
        prepare_page(terugblik=terugblik)
        return terugblik


class KeepStandingView(generic.InspectView):
    """Asks once, then keeps the standing of the day for ever."""

    template_name = "desk/stand_bewaren.html"
    any_permission_required = ["change"]
    page_title = gettext_lazy("Maak de stand van deze dag")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_due = self.object.peildatum <= timezone.localdate()
        return {
            **super().get_context_data(**kwargs),
            "is_due": is_due,
            "is_kept": hasattr(self.object, "momentopname"),
            "list_url": reverse("terugblikken:index"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            is_new = keep_standing(terugblik=self.object, on=timezone.localdate())
            page = prepare_page(terugblik=self.object)
        if is_new:
            buttons = []
            if page:
                edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
                buttons = [messages.button(edit, _("Naar de pagina"))]
            messages.success(request, _("De stand van deze dag is bewaard."), buttons=buttons)
        else:
            messages.warning(request, _("Niets bewaard: de stand was er al, of die dag moet nog komen."))
        return HttpResponseRedirect(reverse("terugblikken:index"))


class TerugblikViewSet(RegisterViewSet):
    model = Terugblik
    name = "terugblikken"
    menu_label = gettext_lazy("Terugblikken")
    icon = "history"
    ordering = ("-peildatum",)
    index_view_class = TerugblikIndexView
    add_view_class = TerugblikCreateView
    list_display = [
        "actieplan",
        DayColumn("peildatum", label=gettext_lazy("Peildatum"), sort_key="peildatum"),
        Column("stand", label=gettext_lazy("Stand van die dag"), accessor=_standing),
        DayColumn("vraag_van", label=gettext_lazy("Vraag open vanaf")),
        DayColumn("vraag_tot", label=gettext_lazy("Tot en met")),
        NumberColumn("antwoorden", label=gettext_lazy("Antwoorden"), accessor="answer_count"),
    ]
    list_export = ["actieplan", "peildatum", "gehouden_op", "vraag_van", "vraag_tot", "answer_count"]
    export_headings = {"answer_count": gettext_lazy("Antwoorden")}
    filterset_class = TerugblikFilterSet
    list_select_related = ("actieplan",)
    search_fields = ["actieplan__naam"]

    def rows(self) -> QuerySet[Terugblik]:
        return (
            super()
            .rows()
            .annotate(
                kept=Count("momentopname", distinct=True), answer_count=Sum("antwoorden__aantal", default=0)
            )
        )

    @cached_property
    def keep_view(self) -> Any:
        kwargs = {**self.get_inspect_view_kwargs(), "template_name": KeepStandingView.template_name}
        return self.construct_view(KeepStandingView, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("stand/<int:pk>/", self.keep_view, name="keep")]


class MonitorGroup(SnippetViewSetGroup):
    menu_label = gettext_lazy("Monitor")
    menu_name = "monitor"
    menu_icon = "calendar-check"
    menu_order = 225
    items = (TerugblikViewSet, PaperTallyViewSet, IndicatorViewSet, MetingViewSet)
