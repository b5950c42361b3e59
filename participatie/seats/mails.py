"""The mails about a seat, each in the person's own language, written with the change they tell about."""

from datetime import date
from typing import Any

from participatie.mails import about_a_seat
from participatie.models import Zetelaanbod
from participatie.seats.links import answer_link
from participatie.seats.term import term_ends_on


def can_be_mailed(aanbod: Zetelaanbod) -> bool:
    """Does the owner of the lot have a mail address at which mail arrives, as far as is known?"""
    owner = aanbod.lot.aanmelding
    return bool(owner and owner.persoon.mail and owner.onbestelbaar_op is None)


def offered(aanbod: Zetelaanbod) -> None:
    """There is a seat for you: do you want it?"""
    _send(aanbod, template="loting_zetel", key=f"zetel:{aanbod.pk}")


def reminded(aanbod: Zetelaanbod) -> None:
    """Only some days are left to answer."""
    _send(aanbod, template="loting_zetel_herinnering", key=f"zetel-herinnering:{aanbod.pk}")


def answered(aanbod: Zetelaanbod) -> None:
    """What was answered, and until when that can be changed."""
    _send(aanbod, template="loting_zetel_antwoord")


def _send(aanbod: Zetelaanbod, *, template: str, key: str = "") -> None:
    owner = aanbod.lot.aanmelding
    if owner is None or not can_be_mailed(aanbod):
        return
    answer_url = f"zetel/{answer_link(aanbod)}/"
    about_a_seat(owner, template=template, key=key, answer_url=answer_url, **story_of(aanbod))


def story_of(aanbod: Zetelaanbod) -> dict[str, Any]:
    """What mails, letters and pages tell of an offer."""
    ends_on: date | None = term_ends_on(aanbod.zetel.loting)
    return {"aanbod": aanbod, "ends_on": ends_on, "is_replacement": bool(aanbod.regel)}
