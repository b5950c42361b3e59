"""A message to everybody who signed up, in their own language as far as somebody wrote it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from participatie.desk.screens import LotingScreen
from participatie.models import Rondbericht
from participatie.reaching import languages_of, write_to_all

SALT = "participatie.message"


class MessageForm(forms.Form):
    """Subject and text in the site's own language, and in each language that people signed up in."""

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        self.languages = languages
        for code in languages:
            is_own = code == settings.LANGUAGE_CODE
            name = names.get(code, code)
            self.fields[f"onderwerp_{code}"] = forms.CharField(
                label=_("Onderwerp (%(taal)s)") % {"taal": name}, max_length=120, required=is_own
            )
            self.fields[f"tekst_{code}"] = forms.CharField(
                label=_("Bericht (%(taal)s)") % {"taal": name},
                max_length=4000,
                required=is_own,
                widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        for code in self.languages:
            subject, text = self.cleaned_data.get(f"onderwerp_{code}"), self.cleaned_data.get(f"tekst_{code}")
            if bool(subject) != bool(text) and code != settings.LANGUAGE_CODE:
                self.add_error(
                    f"onderwerp_{code}" if text else f"tekst_{code}",
                    ValidationError(_("Vul in deze taal allebei in, of laat allebei leeg.")),
                )
        return self.cleaned_data

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """{language: {"onderwerp": …, "tekst": …}} of what was written."""
        return {
            code: {
                "onderwerp": self.cleaned_data[f"onderwerp_{code}"],
                "tekst": self.cleaned_data[f"tekst_{code}"],
            }
            for code in self.languages
            if self.cleaned_data.get(f"tekst_{code}")
        }


class MessagesView(LotingScreen):
    """Writing, looking at it once more, and sending. Sending twice is sending once."""

    template_name = "desk/loting/messages.html"
    page_title: Any = gettext_lazy("Bericht aan iedereen")
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts, names = languages_of(self.loting), dict(settings.LANGUAGES)
        return {
            "form": MessageForm(languages=list(counts)),
            "key": signing.dumps([self.loting.pk, get_random_string(20)], salt=SALT),
            **super().get_context_data(**kwargs),
            "counts": [(names.get(code, code), count) for code, count in counts.items() if count],
            "total": sum(counts.values()),
            "earlier": Rondbericht.objects.filter(loting=self.loting).select_related("door", "stand"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = MessageForm(request.POST, languages=list(languages_of(self.loting)))
        key = request.POST.get("sleutel", "")
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if "versturen" not in request.POST:
            preview = {} if "wijzigen" in request.POST else form.texts
            return self.render_to_response(self.get_context_data(form=form, preview=preview))
        try:
            loting_id, number = signing.loads(key, salt=SALT)
        except (signing.BadSignature, TypeError, ValueError):
            loting_id = None
        if loting_id != self.loting.pk:
            return self.render_to_response(self.get_context_data(form=form))
        count = write_to_all(self.loting, texts=form.texts, key=f"{loting_id}:{number}", by=self.user)
        messages.success(
            request,
            ngettext(
                "Het bericht gaat naar %(count)d mens.", "Het bericht gaat naar %(count)d mensen.", count
            )
            % {"count": count},
        )
        return redirect("desk_loting_messages", self.loting.pk)


SCREENS: dict[str, tuple[str, Any]] = {"loting/<int:pk>/bericht/": ("desk_loting_messages", MessagesView)}
