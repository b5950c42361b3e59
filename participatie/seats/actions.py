"""What happens to a seat: offered, answered, given up. All of it or nothing, and written down twice.

Once in the log of who saw or did what with somebody's data, and once, by number of the lot only, in the
public log of the loting. Whoever changes a seat holds the loting first, so that nobody comes between looking
and doing.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.cache import content_changed
from core.models import User
from participatie.actions import GoneError, note, take_step
from participatie.draw import chain
from participatie.models import (
    Bezetting,
    Handeling,
    Lot,
    Loting,
    Staat,
    Uitkomst,
    Zetel,
    Zetelaanbod,
)
from participatie.seats import mails
from participatie.seats.links import keep_links
from participatie.seats.term import start_of, term_ends_on

Stand = Zetelaanbod.Stand
Einde = Bezetting.Einde
# With seats, as long as their term lasts.
SEATED = (Staat.GETROKKEN, Staat.BEZET)
# What the site does by itself, in the words of both logs.
LAPSED, TERM_OVER = "geen antwoord op tijd", "termijn voorbij"


class TooLateError(Exception):
    """The time to answer is over."""


class SeatGivenError(Exception):
    """Somebody said no, and the seat was offered to another since."""


# --- offering -------------------------------------------------------------------------------------


@transaction.atomic
def offer_seats(*, loting: Loting, by: User, now: datetime | None = None) -> int:
    """Make the seats and offer one to every lot that was drawn. Returns how many offers are new.

    Twice is once. ValidationError, in plain words, as long as nothing was drawn or when the term is over.
    """
    now = now or timezone.now()
    held = Loting.objects.locked().get(pk=loting.pk)
    check_offering(held, now=now)
    Zetel.objects.bulk_create(
        [Zetel(loting=held, nummer=number) for number in range(1, held.zetels + 1)], ignore_conflicts=True
    )
    lots = waiting_lots(held).select_related("aanmelding__persoon")
    seats = list(Zetel.objects.filter(loting=held, aanbiedingen=None).order_by("nummer"))
    offered = [
        offer(zetel, lot, loting=held, by=by, now=now) for zetel, lot in zip(seats, lots, strict=False)
    ]
    return len(offered)


def waiting_lots(loting: Loting) -> QuerySet[Lot]:
    """The lots that were drawn and not offered a seat yet, in order."""
    drawn = Lot.objects.filter(
        trekking__loting=loting, trekking__is_proef=False, is_getrokken=True, aanmelding__isnull=False
    )
    return drawn.filter(aanbiedingen=None).order_by("nummer")


def check_offering(loting: Loting, *, now: datetime) -> None:
    """ValidationError, in plain words, when no seat of this loting can be offered at a moment."""
    drawn = Uitkomst.objects.filter(trekking__loting=loting, trekking__is_proef=False).exists()
    if loting.staat not in SEATED or not drawn:
        raise ValidationError(_("Zetels aanbieden kan nadat er is geloot."))
    ends_on = term_ends_on(loting)
    if ends_on is not None and timezone.localdate(now) >= ends_on:
        raise ValidationError(_("De termijn van deze zetels is voorbij."))


def offer(
    zetel: Zetel, lot: Lot, *, loting: Loting, by: User, now: datetime, regel: dict[str, Any] | None = None
) -> Zetelaanbod:
    """Offer a seat to a lot, inside a transaction that has the loting locked, and write to its owner."""
    if lot.aanmelding is None:
        raise GoneError
    made = Zetelaanbod.objects.create(
        zetel=zetel,
        lot=lot,
        aangeboden_op=now,
        antwoord_voor=deadline(loting, now=now),
        regel=regel,
    )
    note(loting, Handeling.Soort.ZETEL, aanmelding=lot.aanmelding, by=by, about="aangeboden")
    chain.add(
        loting,
        "zetel aangeboden",
        {
            "zetel": zetel.nummer,
            "lot": lot.nummer,
            "antwoord_voor": made.antwoord_voor.isoformat(),
            **(regel or {}),
        },
    )
    mails.offered(made)
    content_changed()
    return made


def deadline(loting: Loting, *, now: datetime) -> datetime:
    """The end of the last day on which somebody can answer: all the days they were promised.

    At the end of a term there may be fewer left: an offer never outlasts the seat.
    """
    day = timezone.localdate(now) + timedelta(days=loting.antwoord_dagen)
    moment = timezone.make_aware(datetime.combine(day, time(23, 59)))
    ends_on = term_ends_on(loting)
    return min(moment, start_of(ends_on)) if ends_on else moment


# --- answering ------------------------------------------------------------------------------------


@transaction.atomic
def answer(
    *,
    aanbod: Zetelaanbod,
    accepts: bool,
    kanaal: str,
    by: User | None = None,
    received_at: datetime | None = None,
    named_as: str = "",
    now: datetime | None = None,
) -> Zetelaanbod:
    """Take the seat or not. Twice is once, and until the deadline the last answer counts.

    `received_at` is when paper came in: in time counts, as long as nobody else was asked meanwhile.
    `named_as` is the name to be shown, of who wants that. TooLateError after the deadline, SeatGivenError
    when the seat went to another, GoneError when the data of this person is gone.
    """
    now = now or timezone.now()
    held = hold_offer(aanbod)
    loting = held.zetel.loting
    wanted = Stand.AANVAARD if accepts else Stand.GEWEIGERD
    if held.stand == wanted:
        return held
    moment = received_at or now
    sitting = Bezetting.objects.filter(aanbod=held).first()
    is_done = sitting is not None and sitting.tot is not None
    ends_on = term_ends_on(loting)
    if (
        is_done
        or loting.staat not in SEATED
        or ends_on is None
        or timezone.localdate(now) >= ends_on
        or not held.aangeboden_op <= moment < held.antwoord_voor
    ):
        raise TooLateError
    if accepts:
        if not is_free_for(held):
            raise SeatGivenError
        Bezetting.objects.create(
            aanbod=held,
            zetel=held.zetel,
            vanaf=timezone.localdate(now),
            termijn_tot=ends_on,
            wil_genoemd=bool(named_as),
            wil_genoemd_op=now if named_as else None,
            genoemd_als=named_as,
        )
    elif sitting:
        sitting.delete()
    held.stand, held.beantwoord_op, held.kanaal, held.door = wanted, moment, kanaal, by
    held.save(update_fields=["stand", "beantwoord_op", "kanaal", "door"])
    held = hold_offer(held)
    keep_links(held)
    _write_down(held, "zetel aangenomen" if accepts else "zetel niet aangenomen", by=by)
    mails.answered(held)
    if accepts:
        _is_complete(loting)
    content_changed()
    return held


@transaction.atomic
def be_named(
    *, aanbod: Zetelaanbod, named_as: str, by: User | None = None, now: datetime | None = None
) -> Bezetting:
    """Be named on the site as this, or with "" as nobody. TooLateError for who is on no seat (any more).

    No line in the public log: who wants no name shown any more leaves no trace of it there.
    """
    held = hold_offer(aanbod)
    sitting = Bezetting.objects.filter(aanbod=held, tot__isnull=True).first()
    if sitting is None:
        raise TooLateError
    if sitting.genoemd_als == named_as:
        return sitting
    sitting.wil_genoemd, sitting.genoemd_als = bool(named_as), named_as
    sitting.wil_genoemd_op = now or timezone.now()
    sitting.save(update_fields=["wil_genoemd", "genoemd_als", "wil_genoemd_op"])
    note(
        held.zetel.loting,
        Handeling.Soort.ZETEL,
        aanmelding=held.lot.aanmelding,
        by=by,
        about="naam tonen" if named_as else "naam niet tonen",
    )
    content_changed()
    return sitting


# --- giving up ------------------------------------------------------------------------------------


@transaction.atomic
def resign(*, bezetting: Bezetting, einde: str, on: date, by: User, now: datetime | None = None) -> Bezetting:
    """Somebody leaves a seat on a day that has come; the name goes at once. Twice is once.

    ValidationError, by field, for a reason or a day that cannot be. The reason is not in the public log: why
    somebody stops is nobody's business.
    """
    held = Bezetting.objects.select_related("zetel__loting", "aanbod").get(pk=bezetting.pk)
    loting = Loting.objects.locked().get(pk=held.zetel.loting_id)
    held.refresh_from_db()
    if held.tot is not None:
        return held
    if einde not in Einde.values or einde == Einde.TERMIJN:
        raise ValidationError({"einde": _("Kies waarom deze bewoner stopt.")})
    if not held.vanaf <= on <= timezone.localdate(now):
        raise ValidationError(
            {
                "on": _(
                    "Kies een dag vanaf het begin op de zetel tot en met vandaag. Later kan op die dag zelf."
                )
            }
        )
    end(held, loting=loting, einde=einde, on=on, by=by)
    content_changed()
    return held


def end(held: Bezetting, *, loting: Loting, einde: str, on: date, by: User | None) -> None:
    """End somebody's time on a seat, inside a transaction that has the loting locked."""
    held.tot, held.einde = on, einde
    held.wil_genoemd, held.genoemd_als = False, ""
    held.save(update_fields=["tot", "einde", "wil_genoemd", "genoemd_als"])
    offer_now = Zetelaanbod.objects.select_related("zetel__loting", "lot__aanmelding").get(pk=held.aanbod_id)
    offer_now.zetel.loting = loting
    _write_down(
        offer_now,
        TERM_OVER if einde == Einde.TERMIJN else "zetel vrijgekomen",
        by=by,
        per=on.isoformat(),
    )


# --- parts ----------------------------------------------------------------------------------------


def hold_offer(aanbod: Zetelaanbod) -> Zetelaanbod:
    """The offer as it is now, with its loting locked. GoneError when its owner is not known any more."""
    loting = Loting.objects.locked().get(pk=aanbod.zetel.loting_id)
    rows = Zetelaanbod.objects.select_related("zetel", "lot__aanmelding__persoon", "bezetting")
    held = rows.get(pk=aanbod.pk)
    held.zetel.loting = loting
    if held.lot.aanmelding is None:
        raise GoneError
    held.lot.aanmelding.loting = loting
    return held


def is_free_for(held: Zetelaanbod) -> bool:
    """Does nobody sit on the seat of this offer, and was nobody else asked who may still say yes?"""
    others = Zetelaanbod.objects.open().filter(zetel=held.zetel).exclude(pk=held.pk)
    sitting = Bezetting.objects.filter(zetel=held.zetel, tot__isnull=True)
    return not others.exists() and not sitting.exists()


def _write_down(held: Zetelaanbod, what: str, *, by: User | None, **more: Any) -> None:
    loting = held.zetel.loting
    if held.lot.aanmelding is not None:
        note(loting, Handeling.Soort.ZETEL, aanmelding=held.lot.aanmelding, by=by, about=what)
    chain.add(loting, what, {"zetel": held.zetel.nummer, "lot": held.lot.nummer, **more})


def _is_complete(loting: Loting) -> None:
    """Take the loting to “zetels bezet” as soon as somebody sits on every one of them."""
    taken = Bezetting.objects.filter(zetel__loting=loting, tot__isnull=True).count()
    if loting.staat == Staat.GETROKKEN and taken == Zetel.objects.filter(loting=loting).count():
        # In the language of the site, whatever the last one to say yes reads.
        with translation.override(settings.LANGUAGE_CODE):
            take_step(loting=loting, naar=Staat.BEZET, reden=_("Op elke zetel zit nu iemand."), by=None)
