"""Forms of registers in which one choice depends on another: everything of an action is of one plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from core.models import User
from wijken.models import Actieplan


class _PlanForm(WagtailAdminModelForm):
    """A form about something of one plan: the plan that is typed in, else the one that was stored."""

    def plan(self) -> Actieplan | None:
        chosen: Any = self.data.get(self.add_prefix("actieplan")) if self.is_bound else None
        pk = str(chosen or self.instance.actieplan_id or "")
        return Actieplan.objects.filter(pk=pk).first() if pk.isascii() and pk.isdecimal() else None

    def limit(self, name: str, refusal: Any, *, label: Any = None, **lookup: Any) -> None:
        """Offer in one field only the rows with these values, and refuse others with this sentence."""
        field: Any = self.fields.get(name)
        if field is None:
            return
        field.queryset = field.queryset.filter(**lookup)
        field.error_messages["invalid_choice"] = refusal
        if label:
            field.label_from_instance = label


class FocusopgaveForm(_PlanForm):
    """Offers only perspectieven of the own plan."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit("perspectieven", _("Kies perspectieven van het eigen actieplan."), actieplan=self.plan())
        _explain_when_empty(self, self.plan(), "perspectieven")


class ActieForm(_PlanForm):
    """Offers the focusopgaven of the own plan, and opgaven and other actions of the own wijk.

    A programme of residents works on what the plan of its wijk asks for.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.plan()
        wijk = plan.wijk_id if plan else None
        self.limit("focusopgave", _("Kies een focusopgave van het eigen actieplan."), actieplan=plan)
        self.limit(
            "opgaven",
            _("Kies opgaven van de eigen wijk."),
            perspectief__actieplan__wijk=wijk,
        )
        self.limit(
            "samen_met",
            _("Kies acties van de eigen wijk."),
            label=lambda actie: f"{actie} ({actie.actieplan})",
            actieplan__wijk=wijk,
        )
        if samen_met := self.fields.get("samen_met"):
            rows: Any = samen_met
            rows.queryset = rows.queryset.select_related("actieplan").exclude(pk=self.instance.pk)
        _explain_when_empty(self, plan, "focusopgave", "opgaven", "samen_met")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        amount, reason = data.get("kosten"), data.get("kosten_reden")
        if "kosten" in data and "kosten_reden" in data:
            if amount is None and not reason:
                self.add_error("kosten", _("Vul een bedrag in, of kies waarom er geen bedrag is."))
            elif amount is not None and reason:
                self.add_error("kosten_reden", _("Er is een bedrag. Laat dit dan leeg."))
        return data


def _explain_when_empty(form: forms.ModelForm, plan: Actieplan | None, *names: str) -> None:
    if plan is None:
        for name in names:
            if field := form.fields.get(name):
                field.help_text = _("Bewaar eerst met het actieplan erbij. Daarna kiest u hier.")


class MedewerkerForm(WagtailAdminModelForm):
    """Offers people who may sign in, by name, and each of them once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("user")
        if field:
            free = User.objects.filter(is_active=True, medewerker=None)
            field.queryset = (free | User.objects.filter(pk=self.instance.user_id)).order_by("username")
            field.label_from_instance = _person
            field.error_messages["invalid_choice"] = _("Deze persoon hoort al bij een organisatie.")


def _person(user: User) -> str:
    name = user.get_full_name()
    return f"{name} ({user.get_username()})" if name else user.get_username()
