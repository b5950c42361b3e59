"""The field with the digits, and the form that asks for them once."""

from functools import cached_property
from typing import Any

from captcha.models import CaptchaStore
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.challenge.speech import voice_for
from core.challenge.store import Outcome, attempt
from core.open_forms import GuardedForm


class Challenge:
    """Digits that somebody has to type over, and where they can be seen and heard."""

    def __init__(self) -> None:
        self.key = CaptchaStore.generate_key()
        self.image_url = reverse("challenge-image", args=[self.key])
        # The language that is spoken; empty when this machine cannot speak.
        self.voice = voice_for(get_language() or "")
        self.is_in_own_language = (get_language() or "").partition("-")[0] == self.voice.partition("-")[0]

    @property
    def audio_url(self) -> str:
        return reverse("challenge-audio", args=[self.key, self.voice]) if self.voice else ""


class ChallengeInput(forms.TextInput):
    """What was typed, with the key of the digits that were shown. Drawn by `components/captcha.html`."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        return data.get(f"{name}_sleutel", ""), data.get(name, "")


class ChallengeField(forms.Field):
    """True for digits that were typed over rightly. Any attempt uses them up."""

    widget = ChallengeInput
    default_error_messages = {
        "required": _("Typ de vijf cijfers over."),
        "wrong": _("Deze cijfers kloppen niet. Er staan nu andere cijfers. Typ die over."),
        "gone": _("Deze cijfers gelden niet meer. Er staan nu andere cijfers. Typ die over."),
    }

    def __init__(self) -> None:
        super().__init__(
            label=_("Typ de vijf cijfers over"),
            help_text=_("Zo weten wij dat u een mens bent en geen computer."),
        )

    @cached_property
    def challenge(self) -> Challenge:
        """New digits, made when the field is drawn."""
        return Challenge()

    def clean(self, value: tuple[str, str]) -> bool:
        key, answer = value
        outcome = attempt(key, answer)
        if not answer.strip():
            raise ValidationError(self.error_messages["required"], code="required")
        if outcome is not Outcome.RIGHT:
            raise ValidationError(self.error_messages[outcome.value], code=outcome.value)
        return True


class ChallengeForm(GuardedForm):
    """A form that asks for digits as its last field, until they were typed over rightly once.

    `passed` is what the caller's draft remembers. After validation it is what the draft has to remember, also
    when something else in the form is wrong.
    """

    CODE = "code"

    def __init__(self, *args: Any, passed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passed = passed
        if not passed:
            self.fields[self.CODE] = ChallengeField()

    @property
    def wants_new_code(self) -> bool:
        """Was only asked for other digits? Then the form is shown again as it was filled in."""
        return self.is_bound and f"{self.add_prefix(self.CODE)}_nieuw" in self.data

    def full_clean(self) -> None:
        if self.wants_new_code:
            self._errors = ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()
        if self.passed:
            self.fields.pop(self.CODE, None)

    def is_valid(self) -> bool:
        return super().is_valid() and not self.wants_new_code

    def clean_code(self) -> bool:
        self.passed = True
        return True
