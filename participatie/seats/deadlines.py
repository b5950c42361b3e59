"""What happens to seats because it is time: a reminder, an offer that lapses, a term that is over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.cache import content_changed
from participatie.actions import note, take_step
from participatie.draw import chain
from participatie.models import Bezetting, Handeling, Loting, Staat, Zetelaanbod
from participatie.seats import mails
from participatie.seats.actions import LAPSED, SEATED, end
from participatie.seats.links import keep_links
from participatie.seats.term import term_ends_on

REMIND_BEFORE = timedelta(days=5)
# Whoever was asked just now is not reminded yet, however short the time to answer is.
NOT_BEFORE = timedelta(days=1)


def tend(*, now: datetime) -> int:
    """Everything about seats that is due now. Returns how many things were done."""
    return remind_due(now=now) + lapse_due(now=now) + end_terms(now=now)


def remind_due(*, now: datetime) -> int:
    """Mail once to who can be mailed and has five days left or less. Returns how many."""
    due = Zetelaanbod.objects.open().filter(
        herinnerd_op__isnull=True,
        antwoord_voor__gt=now,
        antwoord_voor__lte=now + REMIND_BEFORE,
        aangeboden_op__lte=now - NOT_BEFORE,
    )
    count = 0
    for pk, loting_pk in list(due.values_list("pk", "zetel__loting")):
        # One at a time: a failure half-way mails nobody twice.
        with transaction.atomic():
            loting = Loting.objects.locked().get(pk=loting_pk)
            row = due.filter(pk=pk).select_related("zetel", "lot__aanmelding__persoon").first()
            if row is None or row.lot.aanmelding is None or not mails.can_be_mailed(row):
                continue
            row.zetel.loting = row.lot.aanmelding.loting = loting
            row.herinnerd_op = now
            row.save(update_fields=["herinnerd_op"])
            mails.reminded(row)
            note(loting, Handeling.Soort.HERINNERD, aanmelding=row.lot.aanmelding, about="zetel")
        count += 1
    return count


def lapse_due(*, now: datetime) -> int:
    """Let offers without an answer lapse at their deadline. Returns how many."""
    count = 0
    for pk, loting_pk in list(Zetelaanbod.objects.past_deadline(at=now).values_list("pk", "zetel__loting")):
        with transaction.atomic():
            loting = Loting.objects.locked().get(pk=loting_pk)
            rows = Zetelaanbod.objects.past_deadline(at=now).select_related("zetel", "lot__aanmelding")
            row = rows.filter(pk=pk).first()
            if row is None:
                continue
            row.stand, row.beantwoord_op = Zetelaanbod.Stand.VERLOPEN, now
            row.save(update_fields=["stand", "beantwoord_op"])
            if row.lot.aanmelding is not None:
                keep_links(row)
                note(loting, Handeling.Soort.ZETEL, aanmelding=row.lot.aanmelding, about=LAPSED)
            chain.add(loting, LAPSED, {"zetel": row.zetel.nummer, "lot": row.lot.nummer})
            content_changed()
        count += 1
    return count


def end_terms(*, now: datetime) -> int:
    """End the terms that are over, and finish their lotingen. Returns how many lotingen."""
    today, count = timezone.localdate(now), 0
    for loting in Loting.objects.filter(staat__in=SEATED, zetelrij__isnull=False).distinct():
        ends_on = term_ends_on(loting)
        if ends_on is None or today < ends_on:
            continue
        with transaction.atomic():
            held = Loting.objects.locked().get(pk=loting.pk)
            if held.staat not in SEATED:
                continue
            for row in Bezetting.objects.filter(zetel__loting=held, tot__isnull=True).select_related("zetel"):
                end(
                    row,
                    loting=held,
                    einde=Bezetting.Einde.TERMIJN,
                    on=max(row.termijn_tot, row.vanaf),
                    by=None,
                )
            take_step(
                loting=held, naar=Staat.AFGEROND, reden=_("De termijn van de zetels is voorbij."), by=None
            )
        count += 1
    return count
