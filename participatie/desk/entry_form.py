"""The form of a sign-up as staff fill it in: the questions of the paper form, and how it came in."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participatie import actions
from participatie.models import Kanaal, Loting
from participatie.signup.forms import SignUpForm
from participatie.signup.questions import Question

STAFF = (Kanaal.BALIE, Kanaal.TELEFOON, Kanaal.PAPIER)


class HowForm(forms.Form):
    """How a sign-up came in. After closing only paper still counts."""

    kanaal = forms.ChoiceField(
        label=gettext_lazy("Hoe kwam de aanmelding binnen?"),
        widget=forms.RadioSelect,
        error_messages={
            name: gettext_lazy("Kies hoe de aanmelding binnenkwam.")
            for name in ("required", "invalid_choice")
        },
    )
    ontvangen = forms.DateField(
        label=gettext_lazy("Alleen bij papier: op welke dag kwam het binnen?"),
        required=False,
        # As the browser's own picker sends it.
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Kies een dag.")},
    )

    def __init__(self, *args: Any, loting: Loting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loting, self.now = loting, timezone.now()
        kanaal: Any = self.fields["kanaal"]
        is_open = loting.is_accepting(at=self.now)
        kanaal.choices = [(kind.value, kind.label) for kind in STAFF if is_open or kind == Kanaal.PAPIER]
        first, last = (timezone.localdate(at) for at in (loting.opent_op, min(self.now, loting.sluit_op)))
        self.fields["ontvangen"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("kanaal") == Kanaal.PAPIER and "ontvangen" in data:
            if not data["ontvangen"]:
                self.add_error("ontvangen", _("Kies op welke dag het papier binnenkwam."))
            elif not self.loting.takes_paper(self.received_at, now=self.now):
                self.add_error("ontvangen", _("Op deze dag kon niemand zich aanmelden voor deze loting."))
        return data

    @property
    def received_at(self) -> datetime:
        """Noon of the day on the paper, moved to where the window was open that day."""
        moment = timezone.make_aware(datetime.combine(self.cleaned_data["ontvangen"], time(12)))
        day = timezone.localdate(moment)
        bounds = [min(self.now, self.loting.sluit_op - timedelta(seconds=1)), self.loting.opent_op]
        for bound, pick in zip(bounds, (min, max), strict=True):
            if timezone.localdate(bound) == day:
                moment = pick(moment, bound)
        return moment

    @property
    def paper_received_at(self) -> datetime | None:
        return self.received_at if self.cleaned_data["kanaal"] == Kanaal.PAPIER else None

    @property
    def kept(self) -> dict[str, str]:
        """What the next form starts with."""
        day: date | None = self.cleaned_data["ontvangen"]
        return {"kanaal": self.cleaned_data["kanaal"], "ontvangen": day.isoformat() if day else ""}


class DeskSignUpForm(SignUpForm):
    """The same questions and rules. No browser fills in the name of whoever sits at the desk."""

    def __init__(self, *args: Any, loting: Loting, **kwargs: Any) -> None:
        super().__init__(*args, loting=loting, language_code=settings.LANGUAGE_CODE, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput):
                field.widget.attrs["autocomplete"] = "off"
        if elsewhere := self.fields.get("adres_anders"):
            elsewhere.label, elsewhere.help_text = _("Of anders, in eigen woorden"), ""

    @property
    def numbered(self) -> Iterator[tuple[Question, list[BoundField]]]:
        """Each question with its fields, in the order and with the numbers of the paper form."""
        for question in self.questions:
            yield question, [self[name] for name in question.fields]


def refusal_of(error: Exception) -> ValidationError:
    """Why a change was not made, in words for the desk."""
    if isinstance(error, actions.ChangedMeanwhileError):
        return ValidationError(
            _("Een collega wijzigde deze aanmelding intussen. Er is niets bewaard. Zoek haar opnieuw op.")
        )
    if isinstance(error, actions.GoneError):
        return ValidationError(_("Deze aanmelding is intussen gewist."))
    return ValidationError(_("Dit kan niet meer: de deelnemers staan vast, of zij doet niet meer mee."))
