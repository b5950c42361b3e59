"""Forms for residents, beside the one to sign up with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.open_forms import GuardedForm
from core.receipts import read_number
from participatie.models import Loting


class AskLinkForm(GuardedForm):
    """Asking for a new link to one's own data, with what only the person has."""

    bonnummer = forms.CharField(
        label=_("Bonnummer"),
        help_text=_("Tien letters en cijfers. Het staat op uw ontvangstbewijs, in onze mail of brief."),
        max_length=60,
        error_messages={
            "required": _("Vul uw bonnummer in."),
            "max_length": _("Dit is te lang voor een bonnummer."),
        },
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "dir": "ltr",
                "class": "wijk-veld__kort",
            }
        ),
    )
    mail = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Het mailadres waarmee u zich aanmeldde."),
        max_length=254,
        error_messages={
            "required": _("Vul uw mailadres in."),
            "invalid": _("Dit mailadres klopt niet. Het ziet er zo uit: naam@voorbeeld.nl."),
            "max_length": _("Dit mailadres is te lang."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, loting: Loting, **kwargs: Any) -> None:
        super().__init__(*args, about=f"mijn:{loting.pk}", **kwargs)

    def clean_bonnummer(self) -> str:
        number = read_number(self.cleaned_data["bonnummer"])
        if not number:
            raise ValidationError(_("Dit is geen bonnummer. Kijk of er tien letters en cijfers staan."))
        return number
