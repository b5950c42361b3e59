"""A form while it is being filled in: sealed, under a secret address, and gone when its time is up.

Nothing is lost by an error, a phone that is put away, or the back button: every answer is stored before the
next question is shown. Sending is done once, however often somebody presses.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.receipts import hash_of, new_token
from participatie.models import Conceptaanmelding, Loting

# Long enough to look something up or ask somebody; what is left behind goes.
KEPT = timedelta(hours=24)
# For who asked for a link to go on later.
KEPT_ON_REQUEST = timedelta(days=7)
# No answer that is right is longer. The form says so; the rest need not be kept.
LONGEST = 1000


@dataclass(frozen=True)
class Draft:
    """A form in somebody's hands: its row, and the secret in its address."""

    row: Conceptaanmelding
    token: str

    @property
    def given(self) -> dict[str, str]:
        """What was typed so far, by the name of the field."""
        return dict(self.row.gegevens or {})

    @property
    def is_sent(self) -> bool:
        return self.row.aanmelding_id is not None


def open_draft(
    loting: Loting, *, language_code: str, vorm: str, given: dict[str, str] | None = None
) -> Draft:
    """Begin a form. `given` is what is known already, such as the address of a letter."""
    token, now = new_token(), timezone.now()
    row = Conceptaanmelding.objects.create(
        loting=loting,
        token_hash=hash_of(token),
        taal=language_code,
        vorm=vorm,
        gegevens=dict(given or {}),
        gemaakt_op=now,
        # Also when the window closes earlier: then what was filled in can still be read over the telephone.
        verloopt_op=now + KEPT,
    )
    return Draft(row, token)


def find_draft(token: str, *, loting: Loting) -> Draft | None:
    """The form at a secret address; None when there is none, or its time is up."""
    row = (
        Conceptaanmelding.objects.filter(
            token_hash=hash_of(token), loting=loting, verloopt_op__gt=timezone.now()
        )
        .select_related("aanmelding")
        .first()
    )
    return Draft(row, token) if row else None


@transaction.atomic
def keep(draft: Draft, given: dict[str, Any]) -> Draft:
    """Store answers beside those that are there. What was sent already is left alone."""
    row = Conceptaanmelding.objects.select_for_update().get(pk=draft.row.pk)
    if row.aanmelding_id is None:
        kept = {name: str(value)[:LONGEST] for name, value in given.items()}
        row.gegevens = {**(row.gegevens or {}), **kept}
        row.save(update_fields=["gegevens"])
    return Draft(row, draft.token)


@transaction.atomic
def keep_for_later(draft: Draft, *, mail: str) -> Draft:
    """Keep a form some days longer, for who asked for a link to it. What was sent already is left alone."""
    row = Conceptaanmelding.objects.select_for_update().get(pk=draft.row.pk)
    if row.aanmelding_id is None:
        row.bewaar_mail = mail
        row.verloopt_op = max(row.verloopt_op, timezone.now() + KEPT_ON_REQUEST)
        row.save(update_fields=["bewaar_mail", "verloopt_op"])
    return Draft(row, draft.token)


def remember_human(draft: Draft) -> None:
    """Digits that were typed over rightly once are not asked for again."""
    Conceptaanmelding.objects.filter(pk=draft.row.pk).update(is_mens=True)
    draft.row.is_mens = True
