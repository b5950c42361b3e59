"""What is filled in on the screen of the draw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

NO_MOMENT = gettext_lazy("Kies een dag en een tijd.")


class PutOffForm(forms.Form):
    """Until when, and why."""

    until = forms.DateTimeField(
        label=gettext_lazy("De loting is op"),
        # The browser's own picker sends it like this.
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": NO_MOMENT, "invalid": NO_MOMENT},
    )
    reden = forms.CharField(
        label=gettext_lazy("Waarom?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dit staat ook op de pagina van de loting."),
        error_messages={"required": gettext_lazy("Schrijf op waarom.")},
    )


class ReasonForm(forms.Form):
    """Why the participants stand now."""

    reden = forms.CharField(
        label=gettext_lazy("Waarom? Dit staat ook op de pagina van de loting."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Schrijf op waarom.")},
    )


class DiceForm(forms.Form):
    """The digits that the dice showed."""

    dice = forms.CharField(
        label=gettext_lazy("De cijfers, van de eerste tot de laatste dobbelsteen"),
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "draw-dice"}),
        error_messages={"required": gettext_lazy("Typ de cijfers.")},
    )

    def __init__(self, *args: Any, count: int = 3, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dice"].widget.attrs["size"] = count + 2


class SignatureForm(forms.Form):
    """The signature of the round, for when no server can be reached."""

    signature = forms.CharField(
        label=gettext_lazy("Handtekening van de ronde"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "96 tekens: cijfers en de letters a tot en met f. Alleen de echte wordt aangenomen."
        ),
        error_messages={"required": gettext_lazy("Typ of plak de handtekening.")},
    )
