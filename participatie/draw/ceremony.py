"""The draw itself, in the only order there is: promise, dice, beacon. Each is written down once.

What makes it fair is that nobody can know the randomness when the lists are promised, and that afterwards
nobody has anything left to choose (`participatie.sortition.publication`). The database holds to the same
order by its constraints.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.cache import content_changed
from core.models import User
from participatie import actions
from participatie.draw import chain, numbers
from participatie.draw.locks import hold_trekking
from participatie.draw.lots import check_later, put_off_line
from participatie.draw.publishing import beacon_of, publication_for, stored_publication
from participatie.models import (
    Ketenregel,
    Lot,
    Staat,
    Trekking,
    Trekkingsbestand,
    Uitkomst,
    Vastlegging,
    Worp,
)
from participatie.sortition.publication.beacon import WrongSignature
from participatie.sortition.publication.drawing import WrongDice, draw, outcome_of

# So long after the announced moment the beacon decides: people come in, and see the dice being thrown.
THROWING = timedelta(minutes=30)
THROWING_IN_REHEARSAL = timedelta(minutes=2)


@transaction.atomic
def promise(
    *, trekking: Trekking, by: User | None, reden: str = "", now: datetime | None = None
) -> Vastlegging:
    """Fix the files for ever, before the round of the beacon that decides. ValidationError says why not."""
    now = now or timezone.now()
    held = hold_trekking(trekking)
    if not held.is_proef and held.loting.staat != Staat.BEVROREN:
        raise ValidationError(_("Stel eerst de deelnemers vast."))
    last = last_promise(held)
    if last and (hasattr(last, "worp") or (holds(last, held) and last.ronde_op > now)):
        raise ValidationError(_("De lijsten staan al vast."))
    if held.is_proef:
        held.trekking_op = now
        held.save(update_fields=["trekking_op"])
    elif now >= held.trekking_op:
        raise ValidationError(_("Het moment van de loting is voorbij. Stel de loting uit, met een reden."))
    if last and not reden.strip():
        reden = _why_again(held)
    ronde = round_of(held)
    ronde_op = beacon_of(held).time_of(ronde)
    publication = publication_for(held, ronde=ronde)
    made = Vastlegging.objects.create(
        trekking=held,
        nummer=last.nummer + 1 if last else 1,
        manifest_hash=publication.manifest_hash,
        ronde=ronde,
        ronde_op=ronde_op,
        op=now,
        door=by,
        reden=reden.strip(),
    )
    Trekkingsbestand.objects.bulk_create(
        Trekkingsbestand(vastlegging=made, naam=name, inhoud=content, sha256=_sha256(content))
        for name, content in publication.files.items()
    )
    if not held.is_proef:
        chain.add(
            held.loting,
            "vastgelegd",
            {
                "nummer": made.nummer,
                "manifest": made.manifest_hash,
                "ronde": ronde,
                "trekking_op": held.trekking_op.isoformat(),
                **({"reden": made.reden} if made.reden else {}),
            },
        )
        content_changed()
    return made


@transaction.atomic
def put_off(*, trekking: Trekking, until: datetime, reden: str, by: User | None) -> Trekking:
    """Draw later than was promised, and say why. Not any more once the dice are thrown.

    Lists that were promised stay to be seen; new ones have to be promised for the new moment.
    """
    held = hold_trekking(trekking)
    if held.is_proef:
        raise ValidationError(_("Een oefening kan altijd opnieuw. Uitstellen hoeft niet."))
    if held.loting.staat not in (Staat.GESLOTEN, Staat.BEVROREN):
        raise ValidationError(_("Deze loting is al geloot."))
    last = last_promise(held)
    if last and hasattr(last, "worp"):
        raise ValidationError(_("De dobbelstenen zijn gegooid. De uitkomst ligt daarmee vast."))
    check_later(held.loting, held.trekking_op, until, reden, now=timezone.now())
    before, held.trekking_op = held.trekking_op, until
    held.save(update_fields=["trekking_op"])
    chain.add(held.loting, "uitgesteld", put_off_line(before, until, reden))
    content_changed()
    return held


@transaction.atomic
def throw(*, vastlegging: Vastlegging, dice: str, by: User | None, now: datetime | None = None) -> Worp:
    """Write down what the dice showed: from the announced moment, and before the round is known.

    ValidationError says why not.
    """
    now = now or timezone.now()
    held = hold_trekking(vastlegging.trekking)
    last = last_promise(held)
    if last is None or last.pk != vastlegging.pk:
        raise ValidationError(_("Er zijn nieuwe lijsten vastgelegd. Gooi opnieuw."))
    if hasattr(last, "worp"):
        raise ValidationError(_("De dobbelstenen zijn al gegooid. Wat er lag, blijft staan."))
    if not holds(last, held):
        raise ValidationError(_("De loting is uitgesteld. Leg de lijsten eerst opnieuw vast."))
    wanted = stored_publication(last).rules.dice
    if len(dice) != wanted or not (dice.isascii() and dice.isdigit()):
        asked = ngettext(
            "Typ %(count)d cijfer: dat van de dobbelsteen.",
            "Typ %(count)d cijfers, in de volgorde van de dobbelstenen.",
            wanted,
        )
        raise ValidationError({"dice": asked % {"count": wanted}})
    if not held.is_proef and now < held.trekking_op:
        raise ValidationError(
            _("Gooien kan vanaf %(moment)s: dan kan iedereen erbij zijn.")
            % {"moment": date_format(timezone.localtime(held.trekking_op), "j E Y, H:i")}
        )
    if now <= last.op:
        # The clock of another machine is a little behind.
        raise ValidationError(_("De lijsten liggen nog maar net vast. Probeer het nog een keer."))
    if now >= last.ronde_op:
        raise ValidationError(
            _(
                "De ronde is al bekend. Wie nu nog gooit, zou kunnen kiezen. "
                "Stel de loting uit, met een reden."
            )
        )
    made = Worp.objects.create(
        vastlegging=last,
        dobbelstenen=dice,
        vastgelegd_op=last.op,
        ronde_op=last.ronde_op,
        op=now,
        door=by,
    )
    if not held.is_proef:
        chain.add(held.loting, "gegooid", {"dobbelstenen": dice, "vastlegging": last.nummer})
        content_changed()
    return made


@transaction.atomic
def finish(
    *, worp: Worp, signature: str, bron: str, by: User | None, now: datetime | None = None
) -> Uitkomst:
    """Bring dice and beacon together: the outcome, once and for ever. Twice is once.

    ValidationError when the round is not known yet, or this is not its signature.
    """
    now = now or timezone.now()
    held = hold_trekking(worp.vastlegging.trekking)
    if known := Uitkomst.objects.filter(trekking=held).first():
        return known
    promised = worp.vastlegging
    if now < promised.ronde_op:
        raise ValidationError(_("Deze ronde is nog niet bekend."))
    publication = stored_publication(promised)
    try:
        drawn = draw(
            publication,
            dice=worp.dobbelstenen,
            round=promised.ronde,
            signature=signature,
            beacon=beacon_of(held),
        )
    except WrongSignature as error:
        raise ValidationError(
            {"signature": _("Dit is niet de handtekening van ronde %(round)d.") % {"round": promised.ronde}}
        ) from error
    except WrongDice as error:
        raise ValidationError(_("De dobbelstenen passen niet bij de lijsten.")) from error
    made = Uitkomst.objects.create(
        trekking=held,
        worp=worp,
        ronde_op=promised.ronde_op,
        op=now,
        door=by,
        handtekening=drawn.signature,
        bron=bron,
        lijst=drawn.index,
        bestand=outcome_of(publication, drawn),
    )
    Lot.objects.filter(trekking=held, nummer__in=drawn.drawn).update(is_getrokken=True)
    places = {ticket: place for place, ticket in enumerate(drawn.order, start=1)}
    rest = list(Lot.objects.filter(trekking=held, is_getrokken__isnull=True))
    for lot in rest:
        lot.is_getrokken, lot.reserveplek = False, places[lot.nummer]
    Lot.objects.bulk_update(rest, ["is_getrokken", "reserveplek"], batch_size=500)
    numbers.keep(held)
    if not held.is_proef:
        loting = held.loting
        chain.add(
            loting,
            "getrokken",
            {
                "ronde": promised.ronde,
                "handtekening": drawn.signature,
                "lijst": drawn.index,
                "geloot": list(drawn.drawn),
                "uitkomst": _sha256(made.bestand),
            },
        )
        reden = _("Er is in het openbaar geloot.")
        actions.take_step(loting=loting, naar=Staat.GETROKKEN, reden=reden, by=by)
    return made


def last_promise(trekking: Trekking) -> Vastlegging | None:
    """The newest promise of a draw, with its dice when they were thrown."""
    return trekking.vastleggingen.select_related("worp").order_by("-nummer").first()


def holds(promised: Vastlegging, trekking: Trekking) -> bool:
    """Is this the promise for the moment that is announced now? After putting off it is not any more."""
    return promised.ronde == round_of(trekking)


def round_of(trekking: Trekking) -> int:
    """The round of the beacon that decides a draw at its moment."""
    throwing = THROWING_IN_REHEARSAL if trekking.is_proef else THROWING
    return beacon_of(trekking).first_round_from(trekking.trekking_op + throwing)


def _why_again(trekking: Trekking) -> str:
    """The reason of the last time that a draw was put off."""
    put_off = Ketenregel.objects.filter(loting=trekking.loting_id, soort="uitgesteld").order_by("-nummer")
    if not trekking.is_proef and (line := put_off.first()):
        return str(line.gegevens["reden"])
    return _("De vorige keer is niet gegooid.")


def _sha256(content: bytes) -> str:
    return sha256(content).hexdigest()
