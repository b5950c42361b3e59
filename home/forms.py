import re

from django import forms
from django.utils.translation import gettext_lazy as _


class PostcodeForm(forms.Form):
    """Four digits, with or without letters and spaces, as people write a postcode."""

    postcode = forms.CharField(
        label=_("Uw postcode"),
        max_length=40,
        strip=True,
        error_messages={
            "required": _("Vul uw postcode in, bijvoorbeeld 1951."),
            "max_length": _("Dit is geen postcode. Een postcode is bijvoorbeeld 1951 of 1951 AB."),
        },
    )

    def clean_postcode(self) -> str:
        """The four digits."""
        match = re.fullmatch(r"([1-9][0-9]{3})\s*([A-Za-z]{2})?", self.cleaned_data["postcode"].strip())
        if not match:
            raise forms.ValidationError(
                _("Dit is geen postcode. Een postcode is bijvoorbeeld 1951 of 1951 AB."), code="invalid"
            )
        return match[1]
