"""Mails to the redactie of a wijkkrant about days that come near, each once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from core import outbox
from core.models import User
from home.krant.redactie import members_of
from home.models import Drukwerk, Editie, Formaat, Kopij

# After this many days a reminder that was not sent is no use to anybody.
STILL_USEFUL = timedelta(days=6)


class Kind(StrEnum):
    """What a mail is about: the deadline comes, it has passed, or the print is not final yet."""

    NADERT = "nadert"
    DICHT = "dicht"
    DRUK = "druk"


@dataclass(frozen=True)
class Reminder:
    kind: Kind
    due: date


def reminders(editie: Editie) -> list[Reminder]:
    """All reminders of an edition, in the order in which they are due."""
    days = (
        (Kind.NADERT, editie.kopij_tot - timedelta(days=14)),
        (Kind.NADERT, editie.kopij_tot - timedelta(days=3)),
        (Kind.DICHT, editie.kopij_tot + timedelta(days=1)),
        (Kind.DRUK, editie.bezorgd_van - timedelta(days=7)),
    )
    return sorted((Reminder(kind, due) for kind, due in days), key=lambda one: one.due)


def due_reminder(editie: Editie, *, on: date) -> Reminder | None:
    """The newest reminder whose day has come, if it still makes sense; older ones are never sent."""
    if editie.is_out:
        return None
    past = [one for one in reminders(editie) if one.due <= on]
    if not past or on - past[-1].due > STILL_USEFUL:
        return None
    newest = past[-1]
    if newest.kind is Kind.NADERT and editie.staat != Editie.Staat.KOPIJ:
        return None
    if newest.kind is Kind.DRUK and Drukwerk.objects.filter(editie=editie, formaat=Formaat.A4).exists():
        return None
    return newest


def remind_redacties(*, on: date) -> int:
    """Put the reminders of today into the outbox. Returns how many mails."""
    return sum(
        _remind(editie, reminder, member, on=on)
        for editie in Editie.objects.in_the_making().select_related("wijk")
        for reminder, member in _due(editie, on=on)
    )


def _due(editie: Editie, *, on: date) -> Iterator[tuple[Reminder, User]]:
    if reminder := due_reminder(editie, on=on):
        for member in members_of(editie.wijk):
            yield reminder, member


def _remind(editie: Editie, reminder: Reminder, member: User, *, on: date) -> bool:
    key = f"{editie.pk}:{reminder.kind}:{reminder.due}:{member.pk}"
    if outbox.is_known(kind="krant_herinnering", key=key):
        return False
    mail(editie=editie, kind=reminder.kind, to=member.email, on=on, key=key)
    return True


@transaction.atomic
def mail(
    *,
    editie: Editie,
    kind: Kind,
    to: str,
    on: date,
    key: str = "",
    language: str = settings.LANGUAGE_CODE,
) -> None:
    """One reminder. It tells no more of the kopij than how many pieces wait."""
    outbox.send(
        kind="krant_herinnering",
        to=to,
        language=language,
        template="krant_herinnering",
        context={
            "editie": editie,
            "kind": str(kind),
            "days_left": (editie.kopij_tot - on).days,
            "waiting": Kopij.objects.to_do().filter(editie=editie).count(),
            "board": settings.WAGTAILADMIN_BASE_URL + reverse("krant_board", args=[editie.pk]),
        },
        about=editie.code,
        key=key,
    )
