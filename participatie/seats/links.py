"""The personal link with which somebody answers, and later says whether to be named."""

from datetime import datetime, timedelta

from django.utils import timezone

from core.receipts import hash_of, new_token
from participatie.models import Aanmelding, PersoonlijkeLink, Zetelaanbod
from participatie.seats.term import start_of

Doel = PersoonlijkeLink.Doel
# So long after the deadline the link still says how it ended.
GRACE = timedelta(days=14)


def answer_link(aanbod: Zetelaanbod) -> str:
    """A new secret address for an offer of which the lot has an owner; returns the secret, kept nowhere."""
    token = new_token()
    PersoonlijkeLink.objects.create(
        aanmelding=owner_of(aanbod),
        doel=Doel.ANTWOORDEN,
        token_hash=hash_of(token),
        verloopt_op=_works_until(aanbod),
    )
    return token


def keep_links(aanbod: Zetelaanbod) -> None:
    """Let the links of an offer work as long as they are of use: with a seat, to the end of the term."""
    PersoonlijkeLink.objects.filter(aanmelding=owner_of(aanbod), doel=Doel.ANTWOORDEN).update(
        verloopt_op=_works_until(aanbod)
    )


def owner_of(aanbod: Zetelaanbod) -> Aanmelding:
    """Whose lot this is. LookupError when nobody knows that any more."""
    if aanbod.lot.aanmelding is None:
        raise LookupError("Nobody knows any more whose lot this is.")
    return aanbod.lot.aanmelding


def _works_until(aanbod: Zetelaanbod) -> datetime:
    until = max(aanbod.antwoord_voor, timezone.now()) + GRACE
    sitting = getattr(aanbod, "bezetting", None)
    if sitting is None:
        return until
    return max(until, start_of(sitting.tot or sitting.termijn_tot))
