"""The desk of translators: how far every language is, and one translation to look at."""

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic.base import ContextMixin
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from core.translation_states.actions import CheckError, mark_checked, mark_unchecked
from core.translation_states.states import State, standing_of
from home.desk.coverage import Coverage, Language, Row, coverage, language_name
from home.desk.page_states import changed_since
from home.desk.reports import ListReportView


def other_languages() -> list[tuple[str, str]]:
    return [
        (code, language_name(code)) for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE
    ]


class CoverageFilterSet(WagtailFilterSet):
    """The filters only ask; the rows come from more than one table and are chosen by the view."""

    taal = django_filters.ChoiceFilter(
        label=gettext_lazy("Taal"),
        choices=other_languages,
        empty_label=gettext_lazy("Alle talen"),
        widget=forms.RadioSelect,
    )
    stand = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Stand"), choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    soort = django_filters.ChoiceFilter(
        label=gettext_lazy("Soort"), empty_label=gettext_lazy("Alle soorten"), widget=forms.RadioSelect
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["soort"].extra["choices"] = kinds


class CellColumn(Column):
    """A page in one language, as a sign that leads to the work."""

    cell_template_name = "desk/coverage_cell.html"

    def get_value(self, instance: Any) -> Any:
        return instance.cells[self.name]


class CoverageView(ListReportView):
    """Every page in every language, what waits longest first. Totals above, work one click away."""

    page_title: Any = gettext_lazy("Stand van de vertalingen")
    header_icon = "wagtail-localize-language"
    index_url_name: Any = "desk_translations"
    index_results_url_name: Any = "desk_translations_results"
    results_template_name = "desk/coverage_results.html"
    no_results_message: Any = gettext_lazy("Geen pagina past bij deze keuze.")
    export_filename = "stand-van-de-vertalingen"
    filterset_class: Any = CoverageFilterSet

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def coverage(self) -> Coverage:
        return coverage()

    def get_filterset_kwargs(self) -> dict[str, Any]:
        kinds = sorted(
            {(str(row.content_type_id), row.kind) for row in self.coverage.rows}, key=lambda kind: kind[1]
        )
        return {**super().get_filterset_kwargs(), "kinds": kinds}

    @cached_property
    def chosen(self) -> dict[str, Any]:
        filters = self.filters
        return filters.form.cleaned_data if filters and filters.is_valid() else {}

    @cached_property
    def shown_languages(self) -> list[Language]:
        wanted = self.chosen.get("taal")
        return [language for language in self.coverage.languages if wanted in (None, "", language.code)]

    def get_rows(self) -> list[Row]:
        states, kind = self.chosen.get("stand"), self.chosen.get("soort")
        codes = [language.code for language in self.shown_languages]
        rows = [
            row
            for row in self.coverage.rows
            if (not kind or str(row.content_type_id) == kind)
            and (not states or any(row.cells[code].state in states for code in codes))
        ]
        waiting = [(moment, row) for row in rows if (moment := row.since(codes))]
        done = [row for row in rows if row.since(codes) is None]
        return [*(row for _moment, row in sorted(waiting, key=lambda pair: pair[0])), *done]

    @cached_property
    def columns(self) -> list[Any]:  # type: ignore[override]
        return [
            TitleColumn("title", label=gettext_lazy("Pagina"), get_url=lambda row: row.url),
            Column("under", label=gettext_lazy("Staat onder")),
            Column("kind", label=gettext_lazy("Soort")),
            *(CellColumn(language.code, label=language.name) for language in self.shown_languages),
        ]

    @cached_property
    def list_export(self) -> list[str]:  # type: ignore[override]
        return [
            "title",
            "under",
            "kind",
            *(f"cells.{language.code}.label" for language in self.shown_languages),
        ]

    @cached_property
    def export_headings(self) -> dict[str, Any]:  # type: ignore[override]
        languages = {f"cells.{language.code}.label": language.name for language in self.shown_languages}
        return {"title": _("Pagina"), "under": _("Staat onder"), "kind": _("Soort"), **languages}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(*args, **kwargs),
            "languages": self.coverage.languages,
            "states": list(State),
        }


class TranslationView(WagtailAdminTemplateMixin, ContextMixin, View):
    """One published translation: what the source says since, and whether a person looked at it."""

    template_name = "desk/translation.html"
    header_icon = "wagtail-localize-language"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any) -> Any:
        pages = Page.objects.select_related("locale").exclude(locale__language_code=settings.LANGUAGE_CODE)
        self.page: Any = get_object_or_404(pages, pk=page_id)
        self.may_check = may_check(request.user, self.page)
        if not self.may_check and not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.page.draft_title)

    def get_page_subtitle(self) -> str:
        return language_name(self.page.locale.language_code)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_translations"), "label": CoverageView.page_title},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """`toch_niet` takes it back; else `moedertaal` says whether it was a native speaker."""
        if not self.may_check:
            raise PermissionDenied
        here = reverse("desk_translation", args=[self.page.pk])
        if "toch_niet" in request.POST:
            mark_unchecked(page=self.page, user=request.user)
            messages.success(request, _("De vertaling staat weer als niet nagekeken."))
            return redirect(here)
        try:
            mark_checked(page=self.page, user=request.user, is_native=request.POST.get("moedertaal") == "ja")
        except CheckError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Genoteerd: deze vertaling is nagekeken."))
        return HttpResponseRedirect(here)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        language = self.page.locale.language_code
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "language": language,
            "standing": standing_of(self.page.translation_key, self.page.locale_id),
            "changes": changed_since(self.page),
            "may_check": self.may_check,
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
        }


def may_check(user: Any, page: Any) -> bool:
    """Translators who may publish this page say whether it was looked at."""
    can_publish: bool = page.permissions_for_user(user).can_publish()
    return can_publish and user.has_perm("wagtail_localize.submit_translation")
