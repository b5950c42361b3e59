"""What is asked on the screens of the printed edition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from home.krant.fillers import fillers
from home.models import Formaat


class ProofForm(forms.Form):
    """Which proof."""

    taal = forms.ChoiceField(label=_("Taal"))
    formaat = forms.ChoiceField(label=_("Formaat"), choices=Formaat.choices)

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taal"].choices = languages  # type: ignore[attr-defined]


class FinalForm(forms.Form):
    """Whether somebody looked."""

    bekeken = forms.BooleanField(
        label=_("Ik heb de proefdruk bekeken, met de opmerkingen erbij, en hij klopt"),
        error_messages={"required": _("Bekijk de proefdruk eerst, en vink dit dan aan.")},
    )


class FillerForm(forms.Form):
    """A place for each filler; empty is not in the paper."""

    def __init__(self, *args: Any, chosen: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = fillers()
        places = [("", _("Niet in de krant")), *((str(n), n) for n in range(1, len(known) + 1))]
        for filler in known:
            self.fields[filler.key] = forms.ChoiceField(
                label=filler.title,
                help_text=f"{filler.kind} {filler.size.capitalize()}.",
                choices=places,
                required=False,
                initial=str(chosen.index(filler.key) + 1) if filler.key in chosen else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for key, place in list(cleaned.items()):
            if place and place in seen:
                other = self.fields[seen[place]].label
                self.add_error(
                    key, _("Op deze plaats staat al “%(other)s”. Kies een andere plaats.") % {"other": other}
                )
            seen.setdefault(place, key)
        return cleaned

    def keys(self) -> list[str]:
        """The chosen fillers in the order of their places."""
        places = {key: int(place) for key, place in self.cleaned_data.items() if place}
        return sorted(places, key=lambda key: places[key])
