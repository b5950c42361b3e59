"""The form of the quotas: for each answer at least and at most how many seats, and why it changes."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participatie.draw.quota_actions import Typed
from participatie.models import Antwoordoptie, Loting, Quota, Staat
from participatie.quotas import Holding

NUMBER = re.compile(r"^(min|max)-\d+$")
# min-12=3, as a way out is sent by its button.
CHANGE = re.compile(r"^((?:min|max)-\d{1,9})=(\d{1,5})$")
LONGEST_REASON = 600


class QuotaForm(forms.Form):
    """A pair of numbers for each answer, by the id of the answer. An empty one follows from the share."""

    gezien = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    reden = forms.CharField(
        label=gettext_lazy("Waarom verandert u de verdeling?"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dit staat ook op de pagina van de loting. Noem geen namen."),
    )

    def __init__(self, *args: Any, loting: Loting, options: Sequence[Antwoordoptie], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loting, self.options = loting, options
        self.is_draft = loting.staat == Staat.CONCEPT
        for option in options:
            self.fields[f"min-{option.pk}"] = self._number(_("Minstens"), option)
            self.fields[f"max-{option.pk}"] = self._number(_("Hoogstens"), option)
        if self.is_draft:
            del self.fields["reden"]

    def _number(self, label: str, option: Antwoordoptie) -> forms.IntegerField:
        seats = self.loting.zetels
        wrong = _("Vul een heel getal in van 0 tot en met %(seats)d.") % {"seats": seats}
        return forms.IntegerField(
            label=f"{option.kenmerk.vraag} {option.label}: {label}",
            required=not self.is_draft,
            min_value=0,
            max_value=seats,
            widget=forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "autocomplete": "off",
                    "size": 3,
                    "maxlength": 5,
                    "data-quota": "",
                    "data-most": seats,
                    "aria-label": f"{option.label}: {label}",
                }
            ),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
        )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for option in self.options:
            low, high = data.get(f"min-{option.pk}"), data.get(f"max-{option.pk}")
            if low is not None and high is not None and high < low:
                self.add_error(f"max-{option.pk}", _("Hoogstens is niet minder dan minstens."))
        if any(NUMBER.match(name) and name not in self.fields for name in self.data):
            self.add_error(
                None,
                _("Een van de antwoorden hoort niet (meer) bij deze loting. Kijk wat er nu staat."),
            )
        return data

    def typed(self) -> Typed:
        """What was typed, for the answers whose two numbers are numbers."""
        return {
            option.pk: (self.cleaned_data[f"min-{option.pk}"], self.cleaned_data[f"max-{option.pk}"])
            for option in self.options
            if {f"min-{option.pk}", f"max-{option.pk}"} <= set(self.cleaned_data)
        }


def first_values(options: Sequence[Antwoordoptie], quotas: Holding, seen: str) -> dict[str, Any]:
    """What the form shows before anybody types."""
    found: dict[str, Any] = {"gezien": seen}
    for option in options:
        now = quotas.of(option).now
        found |= {f"min-{option.pk}": now.minimum, f"max-{option.pk}": now.maximum}
    return found


def with_way_out(data: QueryDict, chosen: str) -> QueryDict:
    """What was typed, with the numbers of a way out filled in."""
    filled = data.copy()
    for part in chosen.split(",")[:200]:
        if match := CHANGE.match(part):
            filled[match[1]] = match[2]
    return filled


def as_promised(data: QueryDict, promised: Sequence[tuple[Antwoordoptie, Quota]]) -> QueryDict:
    """What was typed, with the first promise filled in."""
    filled = data.copy()
    for option, quota in promised:
        filled[f"min-{option.pk}"], filled[f"max-{option.pk}"] = str(quota.minimum), str(quota.maximum)
    return filled
