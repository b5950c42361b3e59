"""Reports: what to look at again, and what people searched for in vain."""

from datetime import timedelta
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.desk import DayColumn
from core.models import ZoektermZonderResultaat
from home.desk import todo
from wijken.models import Contactpersoon


class ListReportView(ReportView):
    """A report on rows that come from more than one table: a list instead of a queryset."""

    is_searchable: Any = False

    def get_rows(self) -> list[Any]:
        raise NotImplementedError

    def get_filtered_queryset(self) -> list[Any]:
        return self.get_rows()

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.export_headings.get(field, field))


class ReviewStateColumn(Column):
    cell_template_name = "desk/review_state.html"


class ReviewsView(ListReportView):
    """Pages and contacts with a review date, the most urgent first."""

    page_title: Any = _("Nakijken")
    header_icon = "calendar-check"
    index_url_name: Any = "desk_reviews"
    index_results_url_name: Any = "desk_reviews_results"
    no_results_message: Any = _("Niets te doen. Mooi.")
    export_filename = "nakijken"
    list_export = ["title", "kind", "review_on", "state", "owner"]
    export_headings = {
        "title": _("Titel"),
        "kind": _("Soort"),
        "review_on": _("Nakijken vóór"),
        "state": _("Stand"),
        "owner": _("Gemaakt door"),
    }
    columns = [
        TitleColumn("title", label=_("Titel"), get_url=lambda item: item.url),
        Column("kind", label=_("Soort")),
        DayColumn("review_on", label=_("Nakijken vóór")),
        ReviewStateColumn("state", label=_("Stand")),
        Column("owner", label=_("Gemaakt door")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not any(self.may_review):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def may_review(self) -> tuple[bool, bool]:
        """(pages, contacts)"""
        pages = policy_registry.get_by_type(Page)
        return (
            pages.user_has_permission(self.request.user, "change")
            and pages.user_has_permission(self.request.user, "add"),
            policy_registry.get_by_type(Contactpersoon).user_has_permission(self.request.user, "add"),
        )

    def get_rows(self) -> list[todo.Review]:
        pages, contacten = self.may_review
        return todo.reviews(on=timezone.localdate(), within_days=None, pages=pages, contacten=contacten)


class SearchTermsFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(
        label=_("Taal"), choices=settings.LANGUAGES, empty_label=_("Alle talen"), widget=forms.RadioSelect
    )
    period = django_filters.ChoiceFilter(
        label=_("Periode"),
        choices=[("7", _("afgelopen week")), ("30", _("afgelopen maand")), ("365", _("afgelopen jaar"))],
        empty_label=_("alles wat bewaard is"),
        widget=forms.RadioSelect,
        method="since",
    )

    class Meta:
        model = ZoektermZonderResultaat
        fields = ["language", "period"]

    def since(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(on__gt=timezone.localdate() - timedelta(days=int(value)))


class SearchTermsView(ReportView):
    """Searches that found nothing, most often first; from here a synonym is one click away."""

    page_title: Any = _("Zoektermen zonder resultaat")
    header_icon = "search"
    model = ZoektermZonderResultaat
    index_url_name: Any = "desk_search_terms"
    index_results_url_name: Any = "desk_search_terms_results"
    filterset_class: Any = SearchTermsFilterSet
    any_permission_required: Any = ["view"]
    verbose_name_plural: Any = _("zoektermen zonder resultaat")
    export_filename = "zoektermen-zonder-resultaat"
    list_export = ["term", "language", "times", "last_on"]
    export_headings = {
        "term": _("Zoekterm"),
        "language": _("Taal"),
        "times": _("Aantal keren"),
        "last_on": _("Laatst gezocht op"),
    }
    columns = [
        TitleColumn("term", label=_("Zoekterm"), get_url=lambda row: _synonym_url(row)),
        Column(
            "language", label=_("Taal"), accessor=lambda row: dict(settings.LANGUAGES).get(row["language"])
        ),
        NumberColumn("times", label=_("Aantal keren")),
        DayColumn("last_on", label=_("Laatst gezocht op")),
    ]

    def get_filtered_queryset(self) -> QuerySet[Any]:
        rows = self.filter_queryset(ZoektermZonderResultaat.objects.all())
        return (
            rows.order_by()
            .values("term", "language")
            .annotate(times=Sum("count"), last_on=Max("on", filter=Q(count__gt=0)))
            .order_by("-times", "term")
        )

    def to_row_dict(self, item: Any) -> Any:
        """What visitors typed is never read as a formula by a spreadsheet."""
        row = super().to_row_dict(item)
        if str(row["term"]).startswith(("=", "+", "-", "@", "\t", "\r")):
            row["term"] = f"'{row['term']}"
        return row


def _synonym_url(row: dict[str, Any]) -> str:
    return f"{reverse('synoniemen:add')}?{urlencode({'woord': row['term'], 'taal': row['language']})}"
