"""Who saw or changed personal data, and when. Without that data."""

import csv
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.receipts import read_number
from participatie.desk.export import safe
from participatie.desk.screens import LotingScreen
from participatie.models import Handeling

PER_PAGE = 100


class AccessFilterForm(forms.Form):
    soort = forms.ChoiceField(
        label=gettext_lazy("Wat"),
        required=False,
        choices=[("", gettext_lazy("Alles")), *Handeling.Soort.choices],
    )
    nummer = forms.CharField(label=gettext_lazy("Bonnummer"), required=False, max_length=40)

    def rows(self, rows: QuerySet[Handeling]) -> QuerySet[Handeling]:
        if not self.is_valid():
            return rows
        if soort := self.cleaned_data["soort"]:
            rows = rows.filter(soort=soort)
        if typed := self.cleaned_data["nummer"].strip():
            rows = rows.filter(bonnummer=read_number(typed) or "-")
        return rows


class AccessLogView(LotingScreen):
    template_name = "desk/loting/access_log.html"
    page_title: Any = gettext_lazy("Wie zag wat?")
    header_icon = "history"

    @property
    def rows(self) -> QuerySet[Handeling]:
        form = AccessFilterForm(self.request.GET)
        return form.rows(Handeling.objects.filter(loting=self.loting)).select_related("door")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._file() if "csv" in request.GET else super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        query.pop("p", None)
        return {
            **super().get_context_data(**kwargs),
            "form": AccessFilterForm(self.request.GET),
            "page_obj": Paginator(self.rows, PER_PAGE).get_page(self.request.GET.get("p")),
            "query": query.urlencode(),
        }

    def _file(self) -> HttpResponse:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="inzage-{self.loting.slug}.csv"'
        response.write("\ufeff")
        writer = csv.writer(response, delimiter=";")
        writer.writerow([_("op"), _("wat"), _("bonnummer"), _("aantal"), _("door"), _("toelichting")])
        for row in self.rows.iterator():
            writer.writerow(
                [
                    row.op.isoformat(timespec="seconds"),
                    row.get_soort_display(),
                    row.bonnummer,
                    row.aantal,
                    safe(row.door.get_username() if row.door else ""),
                    safe(row.toelichting),
                ]
            )
        return response


SCREENS: dict[str, tuple[str, Any]] = {"loting/<int:pk>/inzage/": ("desk_loting_access", AccessLogView)}
