"""Taking sign-ups out of the site: with a reason, written down before the file leaves."""

import csv
from collections.abc import Iterator
from itertools import batched
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participatie.desk.screens import LotingScreen
from participatie.models import (
    Aanmelding,
    Antwoordoptie,
    Handeling,
    Kenmerk,
    Kenmerkwaarde,
    Loting,
    Persoon,
)

FACTS = ("bonnummer", "ontvangen_op", "kanaal", "taal", "stand", "doet_mee", "reden", "buurt")
# Where those after the moment come from.
COLUMNS = ("bonnummer", "kanaal", "taal", "stand", "geschiktheid", "reden", "buurt_code")
# How a cell begins that a spreadsheet works out; the last four are as wide as a Chinese letter.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# So many rows are fetched, opened and written at a time.
CHUNK = 500


class ExportForm(forms.Form):
    reden = forms.CharField(
        label=gettext_lazy("Waarvoor is dit bestand?"),
        max_length=200,
        help_text=gettext_lazy("Dit komt in het inzagelog. Geen namen."),
        error_messages={"required": gettext_lazy("Schrijf op waarvoor het bestand is.")},
    )
    met_namen = forms.BooleanField(
        label=gettext_lazy("Met naam, adres, mail en telefoon"),
        required=False,
        help_text=gettext_lazy("Alleen als het niet zonder kan."),
    )


class ExportView(LotingScreen):
    template_name = "desk/loting/export.html"
    page_title: Any = gettext_lazy("Ophalen als bestand")
    header_icon = "download"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "form": ExportForm(),
            **super().get_context_data(**kwargs),
            "count": Aanmelding.objects.filter(loting=self.loting).count(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | StreamingHttpResponse:
        form = ExportForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        with_names = form.cleaned_data["met_namen"]
        what = _("met namen") if with_names else _("zonder namen")
        # Before the first line: a download that is cut off was a look all the same.
        self.note(
            Handeling.Soort.GEEXPORTEERD,
            count=Aanmelding.objects.filter(loting=self.loting).count(),
            about=f"{what}: {form.cleaned_data['reden']}",
        )
        response = StreamingHttpResponse(
            lines(self.loting, with_names=with_names), content_type="text/csv; charset=utf-8"
        )
        name = f"aanmeldingen-{self.loting.slug}-{timezone.localdate().isoformat()}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        return response


class _Line:
    """Where the csv writer leaves its line."""

    def write(self, line: str) -> str:
        return line


def lines(loting: Loting, *, with_names: bool) -> Iterator[str]:
    """The file, line by line: a heading, and one line for every sign-up."""
    features = Kenmerk.objects.source().filter(loting=loting).order_by("order", "pk")
    codes = dict(features.values_list("pk", "code"))
    options = dict(Antwoordoptie.objects.source().filter(kenmerk__loting=loting).values_list("pk", "code"))
    names = Persoon.identity if with_names else ()
    write = csv.writer(_Line(), delimiter=";").writerow
    # So that a spreadsheet knows which letters these are.
    yield "\ufeff"
    yield write([*FACTS, *names, *codes.values()])
    rows = Aanmelding.objects.filter(loting=loting).order_by("pk")
    # With one line for each, making objects of every answer would take most of the time.
    columns = ("pk", "ontvangen_op", *COLUMNS, *(f"persoon__{name}" for name in names))
    stored = rows.values_list(*columns).iterator(chunk_size=CHUNK)
    for chunk in batched(stored, CHUNK, strict=False):
        given: dict[int, dict[int, int]] = {row[0]: {} for row in chunk}
        answers = Kenmerkwaarde.objects.filter(aanmelding__in=given)
        for aanmelding, kenmerk, optie in answers.values_list("aanmelding_id", "kenmerk_id", "optie_id"):
            given[aanmelding][kenmerk] = optie
        for pk, received_at, number, *others in chunk:
            cells = [
                number,
                timezone.localtime(received_at).isoformat(timespec="seconds"),
                *others,
                *(options.get(given[pk].get(kenmerk, 0), "") for kenmerk in codes),
            ]
            yield write([safe(cell) for cell in cells])


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in FORMULA else text


SCREENS: dict[str, tuple[str, Any]] = {"loting/<int:pk>/bestand/": ("desk_loting_export", ExportView)}
