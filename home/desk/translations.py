"""The desk of translators: how far every language is, and one translation to look at."""

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
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
from wagtail.snippets.permissions import user_can_edit_snippet_type
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.views.edit_translation import user_can_edit_instance

from core.models import TranslatableSnippet, source_rows
from core.models.languages import language_name, other_languages
from core.translation_states.actions import CheckError, mark_checked, mark_unchecked
from core.translation_states.states import State, standing_of
from home.desk.coverage import (
    PAGES,
    SNIPPETS,
    Coverage,
    Language,
    Row,
    about_address,
    coverage,
    form_address,
    register_of,
)
from home.desk.page_states import changed_since
from home.desk.reports import ListReportView
from home.desk.vertalen.base import SUBMIT


class CoverageFilterSet(WagtailFilterSet):
    """The filters only ask; the rows come from more than one table and are chosen by the view."""

    taal = django_filters.ChoiceFilter(
        label=gettext_lazy("Taal"),
        choices=other_languages,
        empty_label=gettext_lazy("Alle talen"),
        widget=forms.RadioSelect,
    )
    wat = django_filters.ChoiceFilter(
        label=gettext_lazy("Wat"),
        choices=[(PAGES, gettext_lazy("Pagina's")), (SNIPPETS, gettext_lazy("Onderdelen"))],
        empty_label=gettext_lazy("Pagina's en onderdelen"),
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
    """A page or snippet in one language, as a sign that leads to the work."""

    cell_template_name = "desk/coverage_cell.html"

    def get_value(self, instance: Any) -> Any:
        return instance.cells[self.name]


class CoverageView(ListReportView):
    """Every page and snippet in every language, what waits longest first; totals above."""

    page_title: Any = gettext_lazy("Stand van de vertalingen")
    header_icon = "wagtail-localize-language"
    index_url_name: Any = "desk_translations"
    index_results_url_name: Any = "desk_translations_results"
    results_template_name = "desk/coverage_results.html"
    no_results_message: Any = gettext_lazy("Niets past bij deze keuze.")
    export_filename = "stand-van-de-vertalingen"
    filterset_class: Any = CoverageFilterSet

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(SUBMIT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def coverage(self) -> Coverage:
        return coverage()

    def get_filterset_kwargs(self) -> dict[str, Any]:
        kinds = sorted(
            {(str(row.content_type_id), row.kind) for row in self.coverage.rows()}, key=lambda kind: kind[1]
        )
        return {**super().get_filterset_kwargs(), "kinds": kinds}

    @cached_property
    def chosen(self) -> dict[str, Any]:
        filters = self.filters
        return filters.form.cleaned_data if filters and filters.is_valid() else {}

    @property
    def what(self) -> str:
        what: str = self.chosen.get("wat") or ""
        return what

    @cached_property
    def shown_languages(self) -> list[Language]:
        wanted = self.chosen.get("taal")
        return [language for language in self.coverage.languages if wanted in (None, "", language.code)]

    def get_rows(self) -> list[Row]:
        states, kind = self.chosen.get("stand"), self.chosen.get("soort")
        codes = [language.code for language in self.shown_languages]
        rows = [
            row
            for row in self.coverage.rows(self.what)
            if (not kind or str(row.content_type_id) == kind)
            and (not states or any(row.cells[code].state in states for code in codes))
        ]
        waiting = [(moment, row) for row in rows if (moment := row.since(codes))]
        done = [row for row in rows if row.since(codes) is None]
        return [*(row for _moment, row in sorted(waiting, key=lambda pair: pair[0])), *done]

    @cached_property
    def columns(self) -> list[Any]:  # type: ignore[override]
        return [
            TitleColumn("title", label=gettext_lazy("Pagina of onderdeel"), get_url=lambda row: row.url),
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
        return {"title": _("Pagina of onderdeel"), "under": _("Staat onder"), "kind": _("Soort"), **languages}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(*args, **kwargs),
            "totals": [(language, language.counts(self.what)) for language in self.coverage.languages],
            "what": self.what,
            "states": list(State),
        }


class TranslationView(WagtailAdminTemplateMixin, ContextMixin, View):
    """One published translation: what the source says since, and whether a person looked at it."""

    template_name = "desk/translation.html"
    header_icon = "wagtail-localize-language"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.instance = self.find(**kwargs)
        self.may_check = may_check(request.user, self.instance)
        if not self.may_check and not user_can_edit_instance(request.user, self.instance):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find(self, page_id: int) -> Any:
        pages = Page.objects.select_related("locale").exclude(source_rows())
        return get_object_or_404(pages, pk=page_id)

    def get_page_title(self) -> str:
        return str(getattr(self.instance, "draft_title", self.instance))

    def get_page_subtitle(self) -> str:
        return language_name(self.instance.locale.language_code)

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
        here = about_address(register_of(self.instance), self.instance.pk)
        if "toch_niet" in request.POST:
            mark_unchecked(instance=self.instance, user=request.user)
            messages.success(request, _("De vertaling staat weer als niet nagekeken."))
            return redirect(here)
        try:
            mark_checked(
                instance=self.instance, user=request.user, is_native=request.POST.get("moedertaal") == "ja"
            )
        except CheckError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Genoteerd: deze vertaling is nagekeken."))
        return HttpResponseRedirect(here)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "standing": standing_of(self.instance.translation_key, self.instance.locale_id),
            "changes": changed_since(self.instance),
            "may_check": self.may_check,
            "edit_url": form_address(register_of(self.instance), self.instance.pk),
        }


class SnippetTranslationView(TranslationView):
    """The same of the words of a register."""

    def find(self, app_label: str, model_name: str, pk: int) -> Any:  # type: ignore[override]
        model = get_snippet_model_from_url_params(app_label, model_name)
        if not issubclass(model, TranslatableSnippet):
            raise Http404
        rows = model.objects.select_related("locale").exclude(source_rows())
        return get_object_or_404(rows, pk=pk)


def may_check(user: Any, instance: Any) -> bool:
    """Translators who may publish it say whether it was looked at."""
    if isinstance(instance, Page):
        may_publish = instance.permissions_for_user(user).can_publish()
    else:
        # What is saved of a snippet is live.
        may_publish = user_can_edit_snippet_type(user, type(instance))
    return bool(may_publish) and user.has_perm(SUBMIT)
