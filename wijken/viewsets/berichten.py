"""What was published and promised, for whoever translates it: shown and translated, never changed."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views import snippets as snippet_views

from core.desk import (
    DayColumn,
    RegisterViewSet,
    SourceDeleteView,
    SourceEditView,
    SourceFilterSet,
    TranslatableViewSet,
    translations_column,
)
from wijken.desk.register_forms import MedewerkerForm
from wijken.models import Medewerker, Mijlpaal, Planning, Voortgang
from wijken.viewsets.filters import plan_filter


class OwnScreensPolicy(ModelPermissionPolicy):
    """Rows that are made on screens of their own, under their own rules, and in no other way."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


for model in (Mijlpaal, Planning, Voortgang):
    register_permission_policy(model, OwnScreensPolicy(model))


class PublishedOnlyMixin:
    """What is not published has no address here: it is on the screens of its writers and the editors."""

    def get_object(self, *args: Any, **kwargs: Any) -> Voortgang:
        message: Voortgang = super().get_object(*args, **kwargs)  # type: ignore[misc]
        is_source = message.locale.language_code == settings.LANGUAGE_CODE
        if is_source and message.stand != Voortgang.Stand.GEPUBLICEERD:
            raise Http404
        return message


class VoortgangEditView(PublishedOnlyMixin, SourceEditView):
    pass


class VoortgangDeleteView(PublishedOnlyMixin, SourceDeleteView):
    pass


class VoortgangInspectView(PublishedOnlyMixin, snippet_views.InspectView):
    pass


class VoortgangHistoryView(PublishedOnlyMixin, snippet_views.HistoryView):
    model: Any


class VoortgangUsageView(PublishedOnlyMixin, snippet_views.UsageView):
    model: Any


class VoortgangFilterSet(SourceFilterSet):
    actieplan = plan_filter("actie__actieplan")

    class Meta:
        model = Voortgang
        fields = ["actieplan", "organisatie"]


def _beginning(name: str) -> Any:
    return lambda row: Truncator(getattr(row, name)).chars(80) or "–"


class VoortgangViewSet(TranslatableViewSet):
    model = Voortgang
    base_url_path = "berichten"
    menu_label = _("Gepubliceerde berichten")
    icon = "comment"
    ordering = ("-datum",)
    edit_view_class = VoortgangEditView
    delete_view_class = VoortgangDeleteView
    inspect_view_class = VoortgangInspectView
    history_view_class = VoortgangHistoryView
    usage_view_class = VoortgangUsageView
    list_display = [
        "actie",
        DayColumn("datum", label=_("Datum"), sort_key="datum"),
        "organisatie",
        Column("tekst", label=_("Bericht"), accessor=_beginning("tekst")),
        translations_column(),
    ]
    list_select_related = ("actie__actieplan", "organisatie")
    list_export = ["actie", "datum", "organisatie", "tekst", "verandering", "gehaald_op", "reden"]
    filterset_class = VoortgangFilterSet
    search_fields = ["tekst", "reden", "actie__naam"]
    edit_handler = ObjectList([FieldPanel("tekst"), FieldPanel("foto_alt"), FieldPanel("reden")])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(stand=Voortgang.Stand.GEPUBLICEERD)

    def register_chooser_viewset(self) -> None:
        """None: a chooser asks for no permission, and would show what is not published."""


class PlanningFilterSet(SourceFilterSet):
    actieplan = plan_filter("mijlpaal__actie__actieplan")

    class Meta:
        model = Planning
        fields = ["actieplan"]


class PlanningViewSet(TranslatableViewSet):
    """The words of promises: why one moved, and on what it waits."""

    model = Planning
    base_url_path = "redenen"
    menu_label = _("Redenen en voorwaarden")
    icon = "openquote"
    ordering = ("-vastgelegd_op", "mijlpaal", "volgnummer")
    list_display = [
        "mijlpaal",
        Column("actie", label=_("Actie"), accessor="mijlpaal.actie"),
        Column("periode", label=_("Planning"), accessor="period.label"),
        Column("voorwaarde", label=_("Voorwaarde"), accessor=_beginning("voorwaarde")),
        Column("reden", label=_("Reden"), accessor=_beginning("reden")),
        translations_column(),
    ]
    list_select_related = ("mijlpaal__actie",)
    filterset_class = PlanningFilterSet
    search_fields = ["voorwaarde", "reden", "mijlpaal__naam"]
    edit_handler = ObjectList([FieldPanel("voorwaarde"), FieldPanel("reden")])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).exclude(voorwaarde="", reden="")


class MedewerkerViewSet(RegisterViewSet):
    """For which organisation somebody writes."""

    model = Medewerker
    name = "medewerkers"
    menu_label = _("Wie schrijft voor wie")
    icon = "key"
    ordering = ("organisatie__naam", "user__username")
    list_display = ["user", "organisatie"]
    list_select_related = ("user", "organisatie")
    list_filter = ["organisatie"]
    search_fields = ["user__username", "user__first_name", "user__last_name", "organisatie__naam"]
    edit_handler = ObjectList(Medewerker.panels, base_form_class=MedewerkerForm)
