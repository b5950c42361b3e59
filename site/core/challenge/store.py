"""The challenges that are out: made, taken by the first attempt, and gone after half a day."""

import re
import secrets
import unicodedata
from enum import Enum

from captcha.models import CaptchaStore
from django.conf import settings
from django.db import transaction
from django.utils import timezone

KEY = re.compile(r"[0-9a-f]{40}")
# Without what looks or sounds alike: 0, 1 and 7 ("zeven" and "negen" over a loudspeaker).
DIGITS = "2345689"
MAX_TYPED = 100


class Outcome(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    # Never made here, attempted before, or too old.
    GONE = "gone"


def digits() -> tuple[str, str]:
    """A challenge and its answer, for CAPTCHA_CHALLENGE_FUNCT."""
    chosen = "".join(secrets.choice(DIGITS) for _sign in range(settings.CAPTCHA_LENGTH))
    return chosen, chosen


def typed_digits(text: str) -> str:
    """The digits in what somebody typed, of any script; spaces and dashes between them do not count."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text[:MAX_TYPED] if sign.isdecimal())


def attempt(key: str, answer: str) -> Outcome:
    """Compare an answer with the digits under a key. Right or wrong, the key is used up."""
    if not KEY.fullmatch(key):
        return Outcome.GONE
    with transaction.atomic():
        # Whoever sends the same key at the same moment waits here, and then finds nothing.
        row = CaptchaStore.objects.select_for_update().filter(hashkey=key).first()
        if row is None:
            return Outcome.GONE
        row.delete()
    if row.expiration <= timezone.now():
        return Outcome.GONE
    return Outcome.RIGHT if typed_digits(answer) == row.response else Outcome.WRONG


def remove_expired() -> int:
    """Delete the challenges that are too old to be answered; how many."""
    _total, counts = CaptchaStore.objects.filter(expiration__lte=timezone.now()).delete()
    return counts.get("captcha.CaptchaStore", 0)
