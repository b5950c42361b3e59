"""Being named on the site: only who says so, and only with (a part of) their own name."""

from typing import Any
from unicodedata import combining

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participatie.identity import plain
from participatie.models import Persoon

# As long as the field of the register.
MOST_SIGNS = 80
NO, YES = "nee", "ja"


def is_own_name(typed: str, naam: str) -> bool:
    """Is what somebody wants to be called made of words of their own name, or the first letters of these?"""
    own = [plain(word) for word in naam.split()]
    wanted = [plain(word) for word in typed.split()]
    known = {word for word in own if word} | {word[0] for word in own if word}
    signs = {sign for sign in typed if not (sign.isalnum() or sign.isspace() or combining(sign))}
    return bool(wanted) and all(word in known for word in wanted) and signs <= {".", *naam}


class NamingForm(forms.Form):
    """May the site say who sits on the seat, and as what? Without an answer it may not."""

    genoemd = forms.ChoiceField(
        label=gettext_lazy("Mag uw naam op de site staan?"),
        help_text=gettext_lazy("Dit hoeft niet. U kunt het later altijd veranderen."),
        choices=[
            (NO, gettext_lazy("Nee. Er staat dan “een bewoner”.")),
            (YES, gettext_lazy("Ja. Dan staat mijn naam er zoals hieronder.")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    naam = forms.CharField(
        label=gettext_lazy("Zo staat uw naam er dan"),
        help_text=gettext_lazy("U kunt een deel weghalen, bijvoorbeeld uw achternaam."),
        max_length=MOST_SIGNS,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"max_length": gettext_lazy("Dit is te lang.")},
    )

    def __init__(self, *args: Any, persoon: Persoon, named_as: str = "", **kwargs: Any) -> None:
        self.own_name = persoon.naam
        shown = named_as or " ".join(persoon.naam.split())[:MOST_SIGNS]
        kwargs["initial"] = {"genoemd": YES if named_as else NO, "naam": shown}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("genoemd") == YES and "naam" in given and not is_own_name(given["naam"], self.own_name):
            self.add_error(
                "naam",
                ValidationError(_("Gebruik alleen uw eigen naam, zoals u die bij het aanmelden opgaf.")),
            )
        return given

    @property
    def named_as(self) -> str:
        """The name to be shown; "" when none is."""
        given = self.cleaned_data
        return " ".join(given["naam"].split()) if given.get("genoemd") == YES else ""
