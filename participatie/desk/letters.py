"""Letters: inviting addresses from a file, printing the letters, and a receipt for who has no mail."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from core.csv_files import FileError
from core.pdf import PdfNotAvailable
from core.receipts import read_number
from core.sealing import SealError, seal, unseal
from participatie.actions import LotingClosedError
from participatie.address_list import (
    MAX_BYTES,
    MAX_ROWS,
    Address,
    AddressList,
    example_file,
    read_addresses,
)
from participatie.desk.screens import LotingScreen
from participatie.letter_actions import invite, rounds_of, sift, to_post
from participatie.mailing import PER_FILE, confirmations, invitations, without_mail
from participatie.models import Aanmelding, Brievenbundel, Handeling


class ConfirmationForm(forms.Form):
    """Which sign-ups get a letter: one by its number, or those without mail since a day, in one language."""

    bonnummer = forms.CharField(
        label=gettext_lazy("Bonnummer"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Voor één brief. Leeg: iedereen zonder mail."),
    )
    vanaf = forms.DateField(
        label=gettext_lazy("Aangemeld vanaf"),
        required=False,
        # As the browser's own picker sends it.
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    taal = forms.ChoiceField(label=gettext_lazy("Taal"), choices=settings.LANGUAGES, required=False)

    def clean_bonnummer(self) -> str:
        typed = self.cleaned_data["bonnummer"]
        if typed and not read_number(typed):
            raise ValidationError(_("Dit is geen bonnummer."))
        return read_number(typed)


class LettersView(LotingScreen):
    """First a look at what a file holds, then making the letters."""

    template_name = "desk/loting/letters.html"
    page_title: Any = gettext_lazy("Brieven")
    header_icon = "mail"

    def get_header_buttons(self) -> list[HeaderButton]:
        address = reverse("desk_loting_no_letters", args=[self.loting.pk])
        return [HeaderButton(_("Loot mij niet"), url=address, icon_name="cross")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "reading": None,
            "error": "",
            "form": ConfirmationForm(initial={"taal": settings.LANGUAGE_CODE}),
            **super().get_context_data(**kwargs),
            "max_rows": MAX_ROWS,
            "rounds": [(ronde, count, _parts(count)) for ronde, count in rounds_of(self.loting)],
            "bundled": set(Brievenbundel.objects.filter(loting=self.loting).values_list("ronde", flat=True)),
            "without_mail": without_mail(self.loting).count(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if sealed := request.POST.get("adressen", ""):
            return self._make(sealed)
        chosen = request.FILES.get("bestand")
        if chosen is None:
            return self._show(error=_("Kies eerst een bestand."))
        try:
            # A byte more than is allowed is enough to know that it is too much.
            reading = read_addresses(chosen.read(MAX_BYTES + 1))
        except FileError as error:
            return self._show(error=str(error))
        return self._show(reading=reading)

    def _make(self, sealed: str) -> HttpResponse:
        try:
            told = json.loads(unseal(sealed))
            addresses = [Address(**row) for row in told["adressen"]]
        except (SealError, ValueError, TypeError, KeyError):
            return self._show(error=_("De adressen zijn niet meer te lezen. Kies het bestand nog een keer."))
        if told.get("loting") != self.loting.pk:
            return self._show(error=_("Deze adressen waren voor een andere loting."))
        try:
            count = invite(loting=self.loting, addresses=addresses, by=self.user)
        except LotingClosedError:
            return self._show(error=_("Aanmelden kan niet meer, dus uitnodigen ook niet."))
        messages.success(
            self.request,
            ngettext("Er is %(count)d brief gemaakt.", "Er zijn %(count)d brieven gemaakt.", count)
            % {"count": count},
        )
        return redirect("desk_loting_letters", self.loting.pk)

    def _show(self, *, reading: AddressList | None = None, error: str = "") -> HttpResponse:
        more: dict[str, Any] = {}
        if reading and not reading.bad:
            more["sifted"] = sift(self.loting, reading.addresses)
            # The addresses travel sealed with the form: nothing of them is stored before somebody says so.
            told = {"loting": self.loting.pk, "adressen": reading.as_rows()}
            more["sealed"] = seal(json.dumps(told))
        status = 422 if error or (reading and reading.bad) else 200
        return self.render_to_response(
            self.get_context_data(reading=reading, error=error, **more), status=status
        )


class ExampleView(LotingScreen):
    """A file with the columns and two examples."""

    page_title: Any = gettext_lazy("Voorbeeld")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(example_file(), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="adressen-voorbeeld.csv"'
        return response


class PrintView(LotingScreen):
    """Part of a round as a PDF; written down before it leaves."""

    page_title: Any = gettext_lazy("Brieven")
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ronde, deel = self.kwargs["ronde"], self.kwargs["deel"]
        rows = (
            list(to_post(self.loting, ronde=ronde)[(deel - 1) * PER_FILE : deel * PER_FILE]) if deel else []
        )
        if not rows:
            raise Http404
        try:
            content = invitations(self.loting, rows)
        except PdfNotAvailable:
            return not_available(request, self.loting.pk)
        about = _("brieven, ronde %(ronde)d deel %(deel)d") % {"ronde": ronde, "deel": deel}
        self.note(Handeling.Soort.GEEXPORTEERD, count=len(rows), about=about)
        return as_file(content, f"brieven-{self.loting.slug}-{ronde}-{deel}.pdf")


class ConfirmationsView(LettersView):
    """Letters that say that a sign-up was received; written down before they leave."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ConfirmationForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        rows, language_code = self._wanted(form)
        if not rows:
            form.add_error(None, _("Er is geen aanmelding waarbij deze brief hoort."))
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            content = confirmations(self.loting, rows, language_code=language_code)
        except PdfNotAvailable:
            return not_available(request, self.loting.pk)
        one = rows[0] if form.cleaned_data["bonnummer"] else None
        self.note(Handeling.Soort.GEEXPORTEERD, aanmelding=one, count=len(rows), about=_("ontvangstbrieven"))
        return as_file(content, f"ontvangen-{self.loting.slug}-{language_code}.pdf")

    def _wanted(self, form: ConfirmationForm) -> tuple[list[Aanmelding], str]:
        chosen = form.cleaned_data
        if chosen["bonnummer"]:
            standing = Aanmelding.objects.standing().filter(loting=self.loting, bonnummer=chosen["bonnummer"])
            rows = list(standing.select_related("persoon"))
            return rows, rows[0].taal if rows else ""
        language_code = chosen["taal"] or settings.LANGUAGE_CODE
        wanted = without_mail(self.loting).filter(taal=language_code)
        if chosen["vanaf"]:
            wanted = wanted.filter(ontvangen_op__date__gte=chosen["vanaf"])
        return list(wanted[:PER_FILE]), language_code


def _parts(count: int) -> list[tuple[int, int, int]]:
    """[(part, first letter, last letter)] of so many letters."""
    starts = range(0, count, PER_FILE)
    return [(part, start + 1, min(start + PER_FILE, count)) for part, start in enumerate(starts, start=1)]


def as_file(content: bytes, name: str, content_type: str = "application/pdf") -> HttpResponse:
    """A file to keep, of which nothing stays behind in a cache."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def not_available(request: HttpRequest, loting_id: int) -> HttpResponse:
    """Back to the letters, with why there are none."""
    messages.error(request, _("Hier kan nu geen PDF worden gemaakt. Vraag het de beheerder van de site."))
    return redirect("desk_loting_letters", loting_id)


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/brieven/": ("desk_loting_letters", LettersView),
    "loting/<int:pk>/brieven/voorbeeld.csv": ("desk_loting_letters_example", ExampleView),
    "loting/<int:pk>/brieven/ontvangen/": ("desk_loting_confirmations", ConfirmationsView),
    "loting/<int:pk>/brieven/<int:ronde>/<int:deel>/": ("desk_loting_letters_print", PrintView),
}
