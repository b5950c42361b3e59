"""Forms for visitors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.open_forms import GuardedForm
from core.reading import option_attributes
from wijken.answers import about
from wijken.models import Actie, Antwoord, Terugblik


@dataclass(frozen=True)
class ActieOption:
    """One action to choose; `language_code` is the language of its title."""

    actie: Actie
    title: str
    language_code: str


class ActieSelect(forms.Select):
    """A list of actions in which a title that is not translated yet says in which language it is."""

    languages: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"].update(option_attributes(self.languages.get(str(value), "")))
        return option


class AnswerForm(GuardedForm):
    """“Merkt u hier iets van?” One answer, about the whole plan or about one action."""

    guard_messages: ClassVar = {
        "trap": _(
            "Er stond iets in een veld dat leeg moet blijven. Dat veld is nu leeg. "
            "Druk nog een keer op Versturen."
        ),
        "stale": _(
            "Dit formulier stond te lang open. Uw keuze staat er nog. Druk nog een keer op Versturen."
        ),
        "quick": _(
            "Dat ging wel heel snel. Uw keuze staat er nog. Wacht een paar tellen en "
            "druk dan nog een keer op Versturen."
        ),
    }

    keuze = forms.ChoiceField(
        label=_("Merkt u in uw wijk iets van dit plan?"),
        choices=Antwoord.Keuze.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies een van de vier antwoorden."),
            "invalid_choice": _("Kies een van de vier antwoorden."),
        },
    )
    actie = forms.ChoiceField(
        label=_("Gaat uw antwoord over één actie?"),
        help_text=_("Kies die dan hier. Gaat het over het hele plan? Laat het zo staan."),
        required=False,
        widget=ActieSelect,
        error_messages={
            "invalid_choice": _("Deze actie staat niet in het plan. Kies een andere, of het hele plan.")
        },
    )

    def __init__(self, *args: Any, terugblik: Terugblik, options: list[ActieOption], **kwargs: Any) -> None:
        super().__init__(*args, about=about(terugblik), **kwargs)
        self.acties = {str(option.actie.nummer): option.actie for option in options}
        field: Any = self.fields["actie"]
        field.choices = [
            ("", _("Het hele plan")),
            *((str(option.actie.nummer), f"{option.actie.nummer}. {option.title}") for option in options),
        ]
        field.widget.languages = {str(option.actie.nummer): option.language_code for option in options}

    @property
    def chosen_actie(self) -> Actie | None:
        """The action that a valid form is about; None for the whole plan."""
        return self.acties.get(self.cleaned_data["actie"])
