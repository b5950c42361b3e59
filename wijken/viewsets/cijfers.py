"""What research measures, on the desk: indicators, their measurements, and a file full of measurements."""

import re
import secrets
from typing import Any

import django_filters
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.cache import cache
from django.db import IntegrityError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from core.csv_files import FileError
from core.desk import DayColumn, RegisterViewSet, TranslatableViewSet, translations_column
from wijken.metingen import MAX_BYTES, MAX_ROWS, Reading, read_file, store, template_file
from wijken.models import Indicator, Meting, Wijk

PERMISSION = "wijken.add_meting"
# So long somebody can look at a file before it has to be chosen again.
KEEP_SECONDS = 3600
SHOWN = 20


class IndicatorViewSet(TranslatableViewSet):
    model = Indicator
    base_url_path = "indicatoren"
    menu_label = gettext_lazy("Indicatoren")
    icon = "tag"
    ordering = ("order", "naam")
    list_display = [
        "naam",
        "code",
        "eenheid",
        Column("bron", label=gettext_lazy("Bron"), accessor="bron_naam"),
        NumberColumn("metingen", label=gettext_lazy("Metingen"), accessor="meting_count"),
        translations_column(),
    ]
    list_export = ["code", "naam", "uitleg", "eenheid", "richting", "bron_naam", "bron_url"]
    search_fields = ["naam", "code", "uitleg"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(meting_count=Count("metingen"))


class MetingFilterSet(WagtailFilterSet):
    indicator = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Indicator"),
        queryset=Indicator.objects.source(),
        empty_label=gettext_lazy("Alle indicatoren"),
    )
    wijk = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Wijk"), queryset=Wijk.objects.all(), empty_label=gettext_lazy("Alle wijken")
    )

    class Meta:
        model = Meting
        fields = ["indicator", "wijk"]


class MetingIndexView(generic.IndexView):
    @cached_property
    def header_buttons(self) -> list[Any]:  # type: ignore[override]
        buttons = list(super().header_buttons)
        if self.request.user.has_perm(PERMISSION):
            address = reverse("metingen:import")
            buttons.append(HeaderButton(_("Uit een bestand"), url=address, icon_name="upload"))
        return buttons

    def to_row_dict(self, item: Any) -> Any:
        """What came from a file is never read as a formula by a spreadsheet."""
        row = super().to_row_dict(item)
        for name, value in row.items():
            if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
                row[name] = f"'{value}"
        return row


class MetingViewSet(RegisterViewSet):
    model = Meting
    name = "metingen"
    menu_label = gettext_lazy("Metingen")
    icon = "order"
    ordering = ("indicator__order", "wijk__order", "-datum")
    index_view_class = MetingIndexView
    list_display = [
        "indicator",
        Column("wijk", label=gettext_lazy("Wijk"), accessor=lambda row: row.wijk or _("hele gemeente")),
        DayColumn("datum", label=gettext_lazy("Gemeten op"), sort_key="datum"),
        Column("waarde", label=gettext_lazy("Waarde"), accessor="shown"),
    ]
    list_export = ["indicator.code", "wijk.slug", "datum", "waarde", "is_ongeveer", "bron", "bron_url"]
    filterset_class = MetingFilterSet
    list_select_related = ("indicator", "wijk")
    search_fields = ["indicator__naam", "indicator__code", "wijk__naam", "bron"]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("bestand/", MetingImportView.as_view(), name="import"),
            path("bestand/voorbeeld.csv", MetingTemplateView.as_view(), name="import_template"),
        ]


class MetingTemplateView(PermissionRequiredMixin, View):
    """A file with the columns and two examples."""

    permission_required = PERMISSION
    raise_exception = True

    def get(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponse(template_file(), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="metingen-voorbeeld.csv"'
        return response


class MetingImportView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """First a look at what a file holds, then storing all of it. Nothing is stored while one row is bad."""

    permission_required = PERMISSION
    raise_exception = True
    template_name = "desk/metingen_bestand.html"
    page_title = gettext_lazy("Metingen uit een bestand")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("metingen:index"), "label": _("Metingen")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"reading": None, "error": "", **super().get_context_data(**kwargs), "max_rows": MAX_ROWS}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if token := request.POST.get("bewaar", ""):
            # Only what this site made can be a key.
            return self._store(token if re.fullmatch(r"[\w-]{1,40}", token, re.ASCII) else "-")
        chosen = request.FILES.get("bestand")
        if chosen is None:
            return self._show(error=_("Kies eerst een bestand."))
        # A byte more than is allowed is enough to know that it is too much.
        return self._look(chosen.read(MAX_BYTES + 1))

    def _look(self, content: bytes) -> HttpResponse:
        try:
            reading = read_file(content)
        except FileError as error:
            return self._show(error=str(error))
        token = secrets.token_urlsafe(16)
        if reading.is_good and reading.new:
            cache.set(self._key(token), content, KEEP_SECONDS)
        return self._show(reading=reading, token=token)

    def _store(self, token: str) -> HttpResponse:
        content = cache.get(self._key(token))
        if content is None:
            return self._show(error=_("Het bestand is niet meer bekend. Kies het nog een keer."))
        # Somebody may have changed something since the file was looked at.
        reading = read_file(content)
        if not reading.is_good:
            return self._show(reading=reading)
        try:
            count = store(reading, by=self.request.user)  # type: ignore[arg-type]
        except IntegrityError:
            return self._look(content)
        cache.delete(self._key(token))
        messages.success(
            self.request,
            ngettext("%(count)d meting is bewaard.", "%(count)d metingen zijn bewaard.", count)
            % {"count": count},
        )
        return HttpResponseRedirect(reverse("metingen:index"))

    def _show(self, *, reading: Reading | None = None, error: str = "", token: str = "") -> HttpResponse:
        context = self.get_context_data(reading=reading, error=error, token=token, shown=SHOWN)
        status = 422 if error or (reading and not reading.is_good) else 200
        return self.render_to_response(context, status=status)

    def _key(self, token: str) -> str:
        return f"metingen-file:{self.request.user.pk}:{token}"
