"""The counter: entering a sign-up with the keyboard, and its receipt. Nobody's data but one's own entry."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from core.receipts import hash_of, new_token, shown
from participatie import actions
from participatie.desk.entry_form import DeskSignUpForm, HowForm
from participatie.desk.menus import ENTER
from participatie.doubles import looks_like_another
from participatie.identity import plain
from participatie.loting_address import address_of_loting
from participatie.models import Aanmelding, Conceptaanmelding, Loting
from participatie.signup.drafts import KEPT, Draft
from participatie.signup.forms import Answers
from wijken.desk.screens import DeskScreen

# Where the session keeps how the last one came in.
LAST_TIME = "balie"


class CounterScreen(DeskScreen):
    permission = ENTER
    page_title: Any = gettext_lazy("Aanmelden aan de balie")
    header_icon = "edit"
    request: HttpRequest

    @cached_property
    def loting(self) -> Loting:
        rows = Loting.objects.at_the_counter(at=timezone.now()).select_related("wijk")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Opzoeken"), url=reverse("desk_counter_lookup"), icon_name="search")]


class CounterView(CounterScreen):
    """For which loting. With one there is nothing to choose."""

    template_name = "desk/balie/choose.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lotingen = list(Loting.objects.at_the_counter(at=timezone.now()).order_by("sluit_op"))
        if len(lotingen) == 1:
            return redirect("desk_counter_entry", lotingen[0].pk)
        return self.render_to_response(self.get_context_data(lotingen=lotingen))


class EntryView(CounterScreen):
    """One sign-up on one page; Enter stores it."""

    template_name = "desk/balie/entry.html"

    def get_page_subtitle(self) -> str:
        return self.loting.naam

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = request.session.get(LAST_TIME, {})
        how = HowForm(initial=kept, loting=self.loting)
        # What cannot be chosen any more is not kept either.
        if kept.get("kanaal") not in dict(how.fields["kanaal"].choices):  # type: ignore[attr-defined]
            how = HowForm(loting=self.loting)
        form = DeskSignUpForm(loting=self.loting, initial={"taal": "nl"})
        return self._show(how, form, token=new_token())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        how = HowForm(request.POST, loting=self.loting)
        form = DeskSignUpForm(request.POST, loting=self.loting)
        token = request.POST.get("sleutel", "")[:64] or new_token()
        if how.is_valid() & form.is_valid():
            try:
                made = self._store(how, form.answers(), token)
            except actions.LotingClosedError:
                form.add_error(None, _("Aanmelden kan niet meer voor deze loting. Er is niets bewaard."))
            else:
                request.session[LAST_TIME] = how.kept
                return redirect("desk_counter_receipt", self.loting.pk, made.pk)
        return self._show(how, form, token=token)

    def _store(self, how: HowForm, answers: Answers, token: str) -> Aanmelding:
        """Whoever presses twice gets the first again. Other answers on the same page are another person."""
        who = plain(f"{answers.naam}{answers.postcode}{answers.huisnummer}{answers.toevoeging}")
        key = hash_of(f"balie\0{self.request.user.pk}\0{token}\0{who}{plain(answers.adres_anders)}")
        row, _created = Conceptaanmelding.objects.get_or_create(
            token_hash=key,
            defaults={
                "loting": self.loting,
                "taal": answers.taal,
                "vorm": Conceptaanmelding.Vorm.EEN_BLADZIJDE,
                "verloopt_op": timezone.now() + KEPT,
            },
        )
        made, _is_new = actions.send_draft(
            draft=Draft(row, token),
            answers=answers,
            kanaal=how.cleaned_data["kanaal"],
            by=self.user,
            received_at=how.paper_received_at,
        )
        return made

    def _show(self, how: HowForm, form: DeskSignUpForm, *, token: str) -> HttpResponse:
        # The first field with an error, or else the first that is different for everybody.
        wrong = [name for part in (how, form) for name in part.errors if name in part.fields]
        focus = wrong[0] if wrong else "naam" if how["kanaal"].value() else "kanaal"
        field = how.fields.get(focus) or form.fields[focus]
        field.widget.attrs["autofocus"] = True
        return self.render_to_response(
            self.get_context_data(
                loting=self.loting,
                how=how,
                form=form,
                token=token,
                is_closed=not self.loting.is_accepting(),
            )
        )


class _ReceiptMixin:
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def aanmelding(self) -> Aanmelding:
        """Only what one entered oneself."""
        rows = Aanmelding.objects.filter(loting=self.kwargs["pk"], ingevoerd_door=self.request.user.pk)
        return get_object_or_404(rows.select_related("loting__wijk"), pk=self.kwargs["aanmelding"])


class ReceiptView(_ReceiptMixin, CounterScreen):
    """The number of what was just stored, large, and on to the next."""

    template_name = "desk/balie/receipt.html"

    def get_page_title(self) -> str:
        return _("Bewaard")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "aanmelding": self.aanmelding,
            "loting": self.aanmelding.loting,
            "number": shown(self.aanmelding.bonnummer),
            "is_like_another": looks_like_another(self.aanmelding),
        }


class ReceiptPrintView(_ReceiptMixin, CounterScreen):
    """The same to take along, in the language of whoever signed up, without a name on it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.aanmelding
        with translation.override(row.taal):
            page = address_of_loting(row.loting, row.taal)
            return render(
                request,
                "print/loting_bewijs.html",
                {
                    "aanmelding": row,
                    "loting": row.loting,
                    "number": shown(row.bonnummer),
                    "page_url": page.url,
                    "page_title": page.title,
                    "page_language": page.title_language,
                    "back_url": reverse("desk_counter_receipt", args=[row.loting_id, row.pk]),
                },
            )


SCREENS: dict[str, tuple[str, Any]] = {
    "balie/": ("desk_counter", CounterView),
    "balie/<int:pk>/": ("desk_counter_entry", EntryView),
    "balie/<int:pk>/bon/<int:aanmelding>/": ("desk_counter_receipt", ReceiptView),
    "balie/<int:pk>/bon/<int:aanmelding>/print/": ("desk_counter_print", ReceiptPrintView),
}
