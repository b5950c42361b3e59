"""Who was offered a seat and cannot be mailed: a letter, or a call."""

from datetime import timedelta

from django.utils import timezone

from participatie.models import Loting, Zetelaanbod
from participatie.seats.mails import can_be_mailed

# Whoever did not answer the mail by then is called as well.
CALL_BEFORE = timedelta(days=3)


def open_offers(loting: Loting) -> list[Zetelaanbod]:
    """The offers that wait for an answer, of who is known, the first deadline first."""
    rows = Zetelaanbod.objects.open().filter(zetel__loting=loting, lot__aanmelding__isnull=False)
    return list(
        rows.select_related("zetel", "lot__aanmelding__persoon")
        .defer("lot__zout", "lot__kenmerken")
        .order_by("antwoord_voor", "zetel__nummer")
    )


def without_mail(loting: Loting) -> list[Zetelaanbod]:
    """Those that get a letter."""
    return [row for row in open_offers(loting) if not can_be_mailed(row)]


def to_call(loting: Loting) -> list[Zetelaanbod]:
    """Those that are called: no mail, or hardly any time left."""
    soon = timezone.now() + CALL_BEFORE
    return [row for row in open_offers(loting) if not can_be_mailed(row) or row.antwoord_voor <= soon]
