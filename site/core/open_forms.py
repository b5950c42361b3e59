"""The first steps against scripts on public forms, of which a person notices nothing.

A field that stays empty and a form that takes some seconds (`GuardedForm`), and not too much from one address
(`core.visitors.brake_on`). A form that needs more asks for digits as well: see `core.challenge`.
"""

import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.receipts import ALPHABET, NUMBER_LENGTH, new_number

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SALT = "core.open_forms"
# Nobody reads a question and answers it faster; a script does.
MIN_SECONDS = 3
MAX_SECONDS = 24 * 3600


class UnknownFormError(Exception):
    """A form that this site did not make, made about something else, or made too long ago."""


@dataclass(frozen=True)
class OpenForm:
    """A form in somebody's hands: what it is about, its own number, and when it was opened."""

    about: str
    number: str
    opened_at: float

    @classmethod
    def new(cls, about: str) -> "OpenForm":
        return cls(about, new_number(), time.time())

    @classmethod
    def read(cls, token: str, *, about: str) -> "OpenForm":
        """From the token in a form. UnknownFormError when it is none of ours, or too old."""
        try:
            form = cls(*signing.loads(token, salt=SALT, max_age=MAX_SECONDS))
        except (signing.BadSignature, TypeError, ValueError) as error:
            raise UnknownFormError from error
        if form.about != about:
            raise UnknownFormError
        return form

    @classmethod
    def again(cls, token: str, *, about: str) -> "OpenForm":
        """A form to go on with. Of one that is only too old the number stays, for what is kept under it."""
        try:
            known = cls(*signing.loads(token, salt=SALT))
        except (signing.BadSignature, TypeError, ValueError):
            return cls.new(about)
        return cls(about, known.number, time.time()) if known.about == about else cls.new(about)

    @property
    def token(self) -> str:
        return signing.dumps([self.about, self.number, self.opened_at], salt=SALT)

    @property
    def is_too_quick(self) -> bool:
        return time.time() - self.opened_at < MIN_SECONDS


def is_form_number(text: str) -> bool:
    """Could this be the number of a form?"""
    return len(text) == NUMBER_LENGTH and set(text) <= set(ALPHABET)


class GuardedForm(forms.Form):
    """A form that keeps scripts out without losing what a person filled in: sending again is always enough.

    Two fields are not in it, because no person fills them in: the token of the form, and one that stays
    empty. `components/form_guard.html` draws both. `about` says which form it is, and what of: a token of
    another does not count.
    """

    TOKEN, TRAP = "formulier", "website"
    # The browser would speak its own language, and not say it where people look.
    use_required_attribute = False

    guard_messages: ClassVar[dict[str, "StrOrPromise"]] = {
        "trap": _(
            "Er stond iets in een veld dat leeg moet blijven. Dat veld is nu leeg. "
            "Verstuur het formulier nog een keer."
        ),
        "stale": _(
            "Dit formulier stond te lang open. Wat u invulde, staat er nog. "
            "Verstuur het formulier nog een keer."
        ),
        "quick": _(
            "Dat ging wel heel snel. Wat u invulde, staat er nog. Wacht een paar tellen en "
            "verstuur het formulier dan nog een keer."
        ),
    }

    def __init__(self, *args: Any, about: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    @cached_property
    def _sent(self) -> OpenForm | None:
        try:
            return OpenForm.read(self.data.get(self.TOKEN, ""), about=self.about)
        except UnknownFormError:
            return None

    @cached_property
    def open_form(self) -> OpenForm:
        """The form as it was opened, or opened again; a new one when it is none of ours."""
        return self._sent or OpenForm.again(self.data.get(self.TOKEN, ""), about=self.about)

    def clean(self) -> dict[str, Any]:
        """First things first: what a person has to correct is sent again anyway."""
        if self.errors:
            return self.cleaned_data
        if self.data.get(self.TRAP):
            raise ValidationError(self.guard_messages["trap"])
        if self._sent is None:
            raise ValidationError(self.guard_messages["stale"])
        if self.open_form.is_too_quick:
            raise ValidationError(self.guard_messages["quick"])
        return self.cleaned_data
