"""Kept translations, and the way back."""

from typing import Any

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from core.models import BewaardeVertaling
from core.models.languages import language_name
from core.translating import restoring
from core.translating.restoring import Outcome
from home.desk.vertalen import base
from home.desk.vertalen.base import SUBMIT, TranslatorsView


class KeptFilterSet(WagtailFilterSet):
    language_code = django_filters.ChoiceFilter(
        label=_("Taal"), choices=lambda: [(code, str(name)) for code, name in settings.LANGUAGES]
    )

    class Meta:
        model = BewaardeVertaling
        fields = ["language_code", "reason"]


class KeptView(ReportView):
    """Translations that persons wrote and that are on no page now."""

    page_title: Any = _("Bewaarde vertalingen")
    header_icon = "history"
    model = BewaardeVertaling
    index_url_name: Any = "desk_kept_translations"
    index_results_url_name: Any = "desk_kept_translations_results"
    filterset_class: Any = KeptFilterSet
    verbose_name_plural: Any = _("bewaarde vertalingen")
    is_searchable: Any = False
    export_filename = "bewaarde-vertalingen"
    list_export = ["title", "language_code", "source_text", "text", "get_reason_display", "kept_at"]
    export_headings = {"get_reason_display": _("Waarom bewaard")}
    columns = [
        TitleColumn(
            "text",
            label=_("Vertaling"),
            accessor=str,
            get_url=lambda row: reverse("desk_kept_translation", args=[row.pk]),
        ),
        Column("title", label=_("Pagina of onderdeel")),
        Column("language_code", label=_("Taal"), accessor=lambda row: language_name(row.language_code)),
        Column("reason", label=_("Waarom bewaard"), accessor=lambda row: row.get_reason_display()),
        Column("translated_by", label=_("Door")),
        DateColumn("kept_at", label=_("Bewaard")),
        DateColumn("restored_at", label=_("Teruggezet")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(SUBMIT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> Any:
        return BewaardeVertaling.objects.select_related("translated_by")


class RestoreView(TranslatorsView):
    """One kept translation beside the Dutch it was made for, with the way back."""

    page_title = _("Bewaarde vertaling")
    header_icon = "history"
    template_name = "desk/vertalen/kept.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.kept = get_object_or_404(BewaardeVertaling, pk=kwargs["pk"])
        self.translation = restoring.translation_of(self.kept)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.kept.title

    @property
    def may_restore(self) -> bool:
        return self.translation is not None and base.may_edit(self.request.user, self.translation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "kept": self.kept,
            "may_restore": self.may_restore,
            "editor": base.edit_address(self.translation) if self.translation else "",
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.translation is None or not self.may_restore:
            return self.render(status=409)
        outcome = restoring.restore(self.kept, user=request.user)
        if outcome in (Outcome.RESTORED, Outcome.SUGGESTED):
            messages.success(request, outcome.label)
            return redirect(base.edit_address(self.translation))
        messages.warning(request, outcome.label)
        return self.render(status=409)
