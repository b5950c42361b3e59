"""An edition by mail: to how many, what it looks like in each language, sending it, and how that goes.

The redactie of the wijk looks and may mail itself; sending is for who looks after every wijkkrant.
"""

from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.models.languages import language_name
from home.desk.krant.screens import EditionScreen
from home.krant import mailing
from home.krant.edition_mail import EditionMail, NotOnTheSiteError, edition_mail
from home.krant.redactie import EDIT_ALL
from home.krant.subscribing import UNDELIVERABLE_KEPT, stop_address
from home.models import Abonnee, Mailing
from wijken.desk.screens import show_refusal


class StartForm(forms.Form):
    """How quick, and whether somebody looked."""

    per_minuut = forms.IntegerField(
        label=gettext_lazy("Mails per minuut"),
        min_value=1,
        max_value=1000,
        initial=100,
        help_text=gettext_lazy("Van 1 tot en met 1000. Vraag uw mailbeheerder wat de mailserver aankan."),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("Vul een getal in van 1 tot en met 1000."),
        ),
    )
    bekeken = forms.BooleanField(
        label=gettext_lazy("Ik heb de mail bekeken en hij klopt"),
        help_text=gettext_lazy("Wat verzonden is, komt niet terug. Pauzeren kan wel."),
        error_messages={"required": gettext_lazy("Bekijk de mail eerst, en vink dit dan aan.")},
    )


class StopForm(forms.Form):
    """Stopping for somebody who calls."""

    mail = forms.EmailField(
        label=gettext_lazy("Mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


class MailingView(EditionScreen):
    """Everything about the mail of one edition. What it shows is stored, so it can be loaded again."""

    template_name = "desk/krant/mailing.html"
    page_title: Any = gettext_lazy("Krant per mail")
    header_icon = "mail"

    @cached_property
    def may_send(self) -> bool:
        return self.user.has_perm(EDIT_ALL)

    @cached_property
    def counts(self) -> dict[str, int]:
        return mailing.languages_of(self.editie.wijk)

    @cached_property
    def language(self) -> str:
        """Of the mail that is shown: one that subscribers read."""
        asked = self.request.GET.get("taal", "")
        return asked if asked in self.counts else settings.LANGUAGE_CODE

    @property
    def address(self) -> str:
        return reverse("krant_mail", args=[self.editie.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = Mailing.objects.filter(editie=self.editie).select_related("editie", "door").first()
        unreachable = Abonnee.objects.filter(wijk=self.editie.wijk, onbestelbaar_op__isnull=False)
        return {
            "form": StartForm(),
            "stop_form": StopForm(),
            **super().get_context_data(**kwargs),
            "counts": [(code, language_name(code), count) for code, count in self.counts.items()],
            "total": sum(self.counts.values()),
            "unreachable": unreachable.count(),
            "unreachable_days": UNDELIVERABLE_KEPT.days,
            "confirm_days": Abonnee.CONFIRM_WITHIN.days,
            "wipe_days": settings.OUTBOX_WIPE_DAYS,
            "may_send": self.may_send,
            "mailing": sent,
            "progress": mailing.progress_of(sent) if sent else None,
            "preview": self._preview(),
            "language": self.language,
        }

    def _preview(self) -> EditionMail | None:
        try:
            return edition_mail(self.editie, self.language)
        except NotOnTheSiteError:
            return None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "proef" in request.POST:
            self._send_test()
            return redirect(f"{self.address}?taal={self.language}")
        if not self.may_send:
            raise PermissionDenied
        if "versturen" in request.POST:
            return self._start()
        if "afmelden" in request.POST:
            return self._stop()
        sent = get_object_or_404(Mailing, editie=self.editie)
        if "pauze" in request.POST:
            mailing.pause(sent)
        elif "verder" in request.POST:
            mailing.pause(sent, is_paused=False)
        return redirect(self.address)

    def _start(self) -> HttpResponse:
        form = StartForm(self.request.POST)
        if form.is_valid():
            try:
                mailing.start(editie=self.editie, per_minuut=form.cleaned_data["per_minuut"], by=self.user)
            except ValidationError as error:
                show_refusal(form, error)
            else:
                messages.success(
                    self.request, _("De krant gaat op weg. De eerste mails gaan binnen een minuut.")
                )
                return redirect(self.address)
        return self.render_to_response(self.get_context_data(form=form))

    def _stop(self) -> HttpResponse:
        form = StopForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(stop_form=form))
        if stop_address(wijk=self.editie.wijk, mail=form.cleaned_data["mail"]):
            messages.success(self.request, _("Dit mailadres is gewist. Het krijgt de krant niet meer."))
        else:
            messages.warning(self.request, _("Dit mailadres krijgt de krant van deze wijk niet."))
        return redirect(self.address)

    def _send_test(self) -> None:
        if not self.user.email:
            messages.error(self.request, _("Bij uw account staat geen mailadres."))
            return
        try:
            mailing.send_test(editie=self.editie, language=self.language, to=self.user.email)
        except (NotOnTheSiteError, ValueError):
            messages.error(self.request, _("De proefmail kan niet worden gemaakt."))
        else:
            messages.success(self.request, _("De proefmail is naar uw eigen mailadres gestuurd."))


SCREENS: dict[str, tuple[str, Any]] = {"krant/<int:pk>/mail/": ("krant_mail", MailingView)}
