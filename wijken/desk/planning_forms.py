"""Forms about steps and their planning, in the words of whoever plans."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wijken.desk.period_field import PeriodField
from wijken.models import Actie, Mijlpaal, Planning
from wijken.monitor.standing import Certainty


class StepChoiceField(forms.ModelChoiceField):
    """Steps by the name of their action. Expects rows with their action."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.actie}: {obj.naam}"


class PromiseForm(forms.Form):
    """When something will be done, how sure that is, and on what it waits."""

    periode = PeriodField(label=_("Wanneer is deze stap klaar?"))
    zekerheid = forms.ChoiceField(
        label=_("Hoe zeker is dat?"),
        choices=Certainty.choices,
        initial=Certainty.AFGESPROKEN,
        widget=forms.RadioSelect,
    )
    voorwaarde = forms.CharField(
        label=_("Voorwaarde (mag leeg)"),
        max_length=250,
        required=False,
        help_text=_("Waar hangt het van af? Bijvoorbeeld: na het verkeersonderzoek."),
    )
    na = StepChoiceField(
        label=_("Kan pas na de stap (mag leeg)"),
        queryset=Mijlpaal.objects.none(),
        required=False,
        empty_label=_("geen andere stap"),
        error_messages={"invalid_choice": _("Kies een stap van hetzelfde actieplan.")},
    )

    def __init__(self, *args: Any, actie: Actie, without: Mijlpaal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["na"]
        field.queryset = steps_of_plan(actie, without=without)

    def promise(self) -> dict[str, Any]:
        """The answers, as the actions take them."""
        return {name: self.cleaned_data[name] for name in ("periode", "zekerheid", "voorwaarde", "na")}


class StepForm(PromiseForm):
    """A new step with its first promise."""

    naam = forms.CharField(
        label=_("Stap"), max_length=160, help_text=_("Kort en gewoon, bijvoorbeeld: start van de bouw.")
    )

    field_order = ["naam"]

    def __init__(self, *args: Any, actie: Actie, **kwargs: Any) -> None:
        self.actie = actie
        super().__init__(*args, actie=actie, **kwargs)

    def clean_naam(self) -> str:
        naam: str = self.cleaned_data["naam"]
        # A step stays for ever, so a second click may not make it twice.
        if Mijlpaal.objects.source().filter(actie=self.actie, naam__iexact=naam).exists():
            raise forms.ValidationError(_("Deze stap heeft de actie al. Kies een andere naam."))
        return naam


class ChangeForm(PromiseForm):
    """A next promise about a step, with the reason."""

    reden = forms.CharField(
        label=_("Waarom verandert de planning?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bewoners zien de eerste belofte, de nieuwe planning en deze reden naast elkaar."),
        error_messages={"required": _("Schrijf op waarom de planning verandert.")},
    )


def steps_of_plan(actie: Actie, *, without: Mijlpaal | None = None) -> QuerySet[Mijlpaal]:
    """What a step of this action may wait for: the other steps of its plan."""
    steps: QuerySet[Mijlpaal] = (
        Mijlpaal.objects.source()
        .filter(actie__actieplan=actie.actieplan_id)
        .select_related("actie")
        .order_by("actie__nummer", "order")
    )
    return steps.exclude(pk=without.pk) if without else steps


def as_promised(last: Planning | None) -> dict[str, Any]:
    """The present promise as the start of a form."""
    if last is None:
        return {}
    return {
        "periode": last.periode,
        "zekerheid": last.zekerheid,
        "voorwaarde": last.voorwaarde,
        "na": last.na_id,
    }
