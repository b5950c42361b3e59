"""One sign-up opened at the counter, at the request of the person it is of, with what only they have."""

import secrets
import time
from functools import cached_property
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.receipts import read_number, shown
from core.visitors import Brake, salt_of_today
from participatie import actions
from participatie.desk.counter import CounterScreen
from participatie.desk.entry_form import DeskSignUpForm, refusal_of
from participatie.identity import plain
from participatie.mails import new_link
from participatie.models import Aanmelding, Handeling, Loting, Persoon
from participatie.seats.offers import offer_to
from participatie.signup.progress import given_in

# Where the session keeps what this person opened, and until when.
OPENED = "balie_geopend"
OPEN_SECONDS = 30 * 60
MOST_WRONG, WITHIN_SECONDS = 8, 15 * 60
NOT_FOUND = gettext_lazy(
    "Dit bonnummer hoort niet bij dit huisnummer of deze naam. Kijk of alles goed is overgenomen."
)


class LookupForm(forms.Form):
    bonnummer = forms.CharField(
        label=gettext_lazy("Bonnummer"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "dir": "ltr"}),
        error_messages={"required": gettext_lazy("Vul het bonnummer in.")},
    )
    bewijs = forms.CharField(
        label=gettext_lazy("Huisnummer of naam"),
        help_text=gettext_lazy("Zoals de bewoner het zegt. De naam: voornaam en achternaam."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Vul het huisnummer of de naam in.")},
    )


class LookupView(CounterScreen):
    """Both have to fit. Which of the two did not, nobody is told."""

    template_name = "desk/balie/lookup.html"
    page_title: Any = gettext_lazy("Aanmelding opzoeken")
    header_icon = "search"

    def get_header_buttons(self) -> list[Any]:
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=LookupForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = LookupForm(request.POST)
        if form.is_valid():
            if self._brake.are_too_many:
                form.add_error(
                    None, _("Dit ging te vaak mis. Wacht een kwartier, of vraag de lotingbeheerder.")
                )
                return self.render_to_response(self.get_context_data(form=form), status=429)
            found = self._find(form.cleaned_data["bonnummer"], form.cleaned_data["bewijs"])
            if found:
                _remember(request, found)
                return redirect("desk_counter_signup", found.pk)
            self._brake.add()
            form.add_error(None, str(NOT_FOUND))
        return self.render_to_response(self.get_context_data(form=form))

    @property
    def _brake(self) -> Brake:
        return Brake(
            "balie-opzoeken",
            str(self.request.user.pk),
            most=MOST_WRONG,
            seconds=WITHIN_SECONDS,
            salt=salt_of_today("balie-opzoeken"),
        )

    def _find(self, number: str, proof: str) -> Aanmelding | None:
        """The sign-up, and written down that somebody asked for it, also in vain."""
        rows = Aanmelding.objects.select_related("loting", "persoon")
        row = rows.filter(bonnummer=read_number(number)).first() if read_number(number) else None
        if row is None:
            return None
        fits = _fits(row.persoon, proof)
        actions.note(
            row.loting,
            Handeling.Soort.OPGEZOCHT,
            aanmelding=row,
            by=self.user,
            about="" if fits else _("niet geopend: de gegevens klopten niet"),
        )
        return row if fits else None


def _fits(persoon: Persoon, proof: str) -> bool:
    typed = plain(proof).encode()
    known = {plain(persoon.naam), plain(persoon.huisnummer), plain(persoon.huisnummer + persoon.toevoeging)}
    return any(secrets.compare_digest(typed, value.encode()) for value in known if value)


def _remember(request: HttpRequest, aanmelding: Aanmelding) -> None:
    opened = {key: until for key, until in request.session.get(OPENED, {}).items() if until > time.time()}
    request.session[OPENED] = {**opened, str(aanmelding.pk): time.time() + OPEN_SECONDS}


class OpenedScreen(CounterScreen):
    """A sign-up that this person opened a while ago, and may work on until then."""

    page_title: Any = gettext_lazy("Aanmelding")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may_enter = request.user.has_perm(self.permission)
        until = request.session.get(OPENED, {}).get(str(kwargs["aanmelding"]), 0)
        if may_enter and (until <= time.time() or self.aanmelding is None):
            messages.info(request, _("Zoek de aanmelding opnieuw op."))
            return redirect("desk_counter_lookup")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def aanmelding(self) -> Any:
        """None when it was erased meanwhile."""
        rows = Aanmelding.objects.select_related("loting__wijk", "persoon")
        return rows.filter(pk=self.kwargs["aanmelding"]).first()

    @property
    def loting(self) -> Loting:
        loting: Loting = self.aanmelding.loting
        return loting

    def get_page_subtitle(self) -> str:
        return shown(self.aanmelding.bonnummer)

    @property
    def may_change(self) -> bool:
        return self.loting.staat in actions.BEFORE_FREEZING

    @property
    def can_send_link(self) -> bool:
        return bool(self.aanmelding.persoon.mail)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.aanmelding
        return {
            **super().get_context_data(**kwargs),
            "aanmelding": row,
            "loting": self.loting,
            "number": shown(row.bonnummer),
            "may_change": self.may_change,
            "may_correct": self.may_change and row.stand == Aanmelding.Stand.AANGEMELD,
            "can_send_link": self.can_send_link,
            "has_seat_offer": offer_to(row) is not None,
        }


class OpenedView(OpenedScreen):
    """What is stored, to correct it; and what else the person may ask for."""

    template_name = "desk/balie/signup.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DeskSignUpForm(loting=self.loting, initial=given_in(self.aanmelding))
        return self._show(form, self.aanmelding.versie)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DeskSignUpForm(request.POST, loting=self.loting)
        seen = request.POST.get("versie", "")
        versie = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
        if form.is_valid():
            try:
                changed = actions.correct(
                    aanmelding=self.aanmelding,
                    answers=form.answers(),
                    by=self.user,
                    versie=versie,
                )
            except (actions.LotingClosedError, actions.GoneError, actions.ChangedMeanwhileError) as error:
                form.add_error(None, refusal_of(error))
            else:
                if changed:
                    messages.success(request, _("De wijziging is bewaard."))
                else:
                    messages.info(request, _("Er is niets veranderd."))
                return redirect("desk_counter_signup", self.aanmelding.pk)
        return self._show(form, versie)

    def _show(self, form: DeskSignUpForm, versie: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, versie=versie))


class RequestView(OpenedScreen):
    """Withdrawing, erasing, a new link: asked once more, then done."""

    template_name = "desk/balie/request.html"

    def get_page_title(self) -> str:
        return {
            "intrekken": _("Aanmelding intrekken"),
            "wissen": _("Alle gegevens wissen"),
            "link": _("Nieuwe link sturen"),
        }[self.what]

    @property
    def what(self) -> str:
        what: str = self.kwargs["wat"]
        if what not in ("intrekken", "wissen", "link"):
            raise Http404
        return what

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "what": self.what}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by: Any = request.user
        row, what = self.aanmelding, self.what
        try:
            if what == "intrekken":
                actions.withdraw(aanmelding=row, by=by)
                messages.success(request, _("De aanmelding doet niet meer mee."))
            elif what == "wissen":
                actions.erase(aanmelding=row, by=by)
                messages.success(request, _("De gegevens zijn gewist."))
                return redirect("desk_counter_lookup")
            else:
                self._send_link(by)
        except (actions.LotingClosedError, actions.GoneError) as error:
            messages.error(request, " ".join(refusal_of(error).messages))
        return redirect("desk_counter_signup", row.pk)

    def _send_link(self, by: Any) -> None:
        row = self.aanmelding
        if not self.can_send_link:
            messages.error(self.request, _("Er is geen mailadres om een link naar te sturen."))
            return
        with transaction.atomic():
            new_link(aanmelding=row, persoon=row.persoon)
            actions.note(row.loting, Handeling.Soort.BERICHT, aanmelding=row, by=by, about=_("nieuwe link"))
        messages.success(self.request, _("De link is onderweg naar het mailadres van de bewoner."))


SCREENS: dict[str, tuple[str, Any]] = {
    "balie/opzoeken/": ("desk_counter_lookup", LookupView),
    "balie/aanmelding/<int:aanmelding>/": ("desk_counter_signup", OpenedView),
    "balie/aanmelding/<int:aanmelding>/<slug:wat>/": ("desk_counter_request", RequestView),
}
