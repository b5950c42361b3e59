"""What staff fill in about a seat: an answer that came in by phone or on paper, and somebody who stops."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import User
from participatie.actions import GoneError
from participatie.desk.entry_form import STAFF
from participatie.models import Bezetting, Kanaal, Persoon, Zetelaanbod
from participatie.seats.actions import SeatGivenError, TooLateError, answer
from participatie.seats.naming import NO, YES, NamingForm


class SeatAnswerForm(NamingForm):
    """Yes or no, and how it came in."""

    antwoord = forms.ChoiceField(
        label=gettext_lazy("Wil deze bewoner de zetel?"),
        choices=[(YES, gettext_lazy("Ja")), (NO, gettext_lazy("Nee"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies ja of nee.")},
    )
    kanaal = forms.ChoiceField(
        label=gettext_lazy("Hoe kwam het antwoord binnen?"),
        choices=[(kind.value, kind.label) for kind in STAFF],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies hoe het antwoord binnenkwam.")},
    )
    ontvangen = forms.DateField(
        label=gettext_lazy("Alleen bij papier: op welke dag kwam het binnen?"),
        required=False,
        # As the browser's own picker sends it.
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Kies een dag.")},
    )

    def __init__(self, *args: Any, aanbod: Zetelaanbod, persoon: Persoon, **kwargs: Any) -> None:
        self.aanbod, self.now = aanbod, timezone.now()
        super().__init__(*args, persoon=persoon, **kwargs)
        self.fields["genoemd"].label = _("Mag de naam op de site staan?")
        self.order_fields(["antwoord", "kanaal", "ontvangen", "genoemd", "naam"])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("kanaal") == Kanaal.PAPIER and "ontvangen" in given:
            day = given["ontvangen"]
            if not day:
                self.add_error("ontvangen", _("Kies op welke dag het papier binnenkwam."))
            elif not timezone.localdate(self.aanbod.aangeboden_op) <= day <= timezone.localdate(self.now):
                self.add_error("ontvangen", _("Kies een dag tussen de vraag en vandaag."))
        return given

    @property
    def received_at(self) -> datetime | None:
        """Noon of the day on the paper, after the question and not after now; None for another way."""
        if self.cleaned_data["kanaal"] != Kanaal.PAPIER:
            return None
        noon = timezone.make_aware(datetime.combine(self.cleaned_data["ontvangen"], time(12)))
        return min(max(noon, self.aanbod.aangeboden_op), self.now)

    def store(self, *, by: User) -> bool:
        """Store the answer; on False the form says why it was not."""
        given = self.cleaned_data
        try:
            answer(
                aanbod=self.aanbod,
                accepts=given["antwoord"] == YES,
                kanaal=given["kanaal"],
                by=by,
                received_at=self.received_at,
                named_as=self.named_as,
                now=self.now,
            )
        except TooLateError:
            late = _("De tijd om te antwoorden is voorbij. Papier dat op tijd binnen was, telt nog mee.")
            self.add_error(None, ValidationError(late))
        except SeatGivenError:
            self.add_error(None, ValidationError(_("Deze zetel is intussen aan iemand anders aangeboden.")))
        except GoneError:
            self.add_error(None, ValidationError(_("De gegevens van deze bewoner zijn gewist.")))
        else:
            return True
        return False


class LeaveForm(forms.Form):
    """Somebody leaves a seat: why, and since when."""

    einde = forms.ChoiceField(
        label=gettext_lazy("Waarom stopt deze bewoner?"),
        choices=[choice for choice in Bezetting.Einde.choices if choice[0] != Bezetting.Einde.TERMIJN],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Dit staat niet op de site."),
        error_messages={"required": gettext_lazy("Kies waarom deze bewoner stopt.")},
    )
    on = forms.DateField(
        label=gettext_lazy("Vanaf welke dag?"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={name: gettext_lazy("Kies een dag.") for name in ("required", "invalid")},
    )
