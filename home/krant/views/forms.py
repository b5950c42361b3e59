"""Forms of the wijkkrant by mail."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.challenge.forms import ChallengeForm
from participatie.signup.forms import LanguageSelect
from wijken.models import Wijk


def _language_field(**kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=settings.LANGUAGES,
        error_messages={
            "required": _("Kies een taal uit de lijst."),
            "invalid_choice": _("Kies een taal uit de lijst."),
        },
        widget=LanguageSelect,
        **kwargs,
    )


class SubscribeForm(ChallengeForm):
    """Asking for the wijkkrant of a wijk by mail, in a language."""

    mail = forms.EmailField(
        label=_("Uw mailadres"),
        help_text=_("U krijgt eerst een mail met een link. Pas als u daarop drukt, begint het."),
        max_length=254,
        error_messages={
            "required": _("Vul uw mailadres in."),
            "invalid": _("Dit mailadres klopt niet. Het ziet er zo uit: naam@voorbeeld.nl."),
            "max_length": _("Dit mailadres is te lang."),
            "null_characters_not_allowed": _(
                "Dit mailadres klopt niet. Het ziet er zo uit: naam@voorbeeld.nl."
            ),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    taal = _language_field(
        label=_("In welke taal wilt u de krant?"),
        help_text=_("Is een artikel nog niet in uw taal? Dan krijgt u het in het Nederlands."),
    )

    def __init__(self, *args: Any, wijk: Wijk, **kwargs: Any) -> None:
        super().__init__(*args, about=subscribing_to(wijk), **kwargs)


class LanguageForm(forms.Form):
    """Another language for who is subscribed."""

    use_required_attribute = False

    taal = _language_field(label=_("In welke taal wilt u de krant?"))


def subscribing_to(wijk: Wijk) -> str:
    """What the form is about: that of one wijk does not count for another."""
    return f"abonneren:{wijk.pk}"
