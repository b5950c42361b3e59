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
from django.utils.translation import gettext as _

from core.cache import content_changed
from core.models import User
from participatie import actions
from participatie.draw import chain
from participatie.draw.publishing import beacon_of, publication_for, stored_publication
from participatie.models import (
    Lot,
    Loting,
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
    held = _hold(trekking)
    if not held.is_proef and held.loting.staat != Staat.BEVROREN:
        raise ValidationError(_("Stel eerst de deelnemers vast."))
    last = held.vastleggingen.order_by("-nummer").first()
    if last and (hasattr(last, "worp") or last.ronde_op > now):
        raise ValidationError(_("De lijsten staan al vast."))
    if held.is_proef:
        held.trekking_op = now
        held.save(update_fields=["trekking_op"])
    elif now >= held.trekking_op:
        raise ValidationError(_("Het moment van de loting is voorbij. Stel de loting uit, met een reden."))
    beacon = beacon_of(held)
    ronde = beacon.first_round_from(held.trekking_op + (THROWING_IN_REHEARSAL if held.is_proef else THROWING))
    ronde_op = beacon.time_of(ronde)
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
    held = _hold(trekking)
    if not reden.strip():
        raise ValidationError({"reden": _("Schrijf op waarom.")})
    if held.loting.staat not in (Staat.GESLOTEN, Staat.BEVROREN):
        raise ValidationError(_("Deze loting is al geloot."))
    last = held.vastleggingen.order_by("-nummer").first()
    if last and hasattr(last, "worp"):
        raise ValidationError(_("De dobbelstenen zijn gegooid. De uitkomst ligt daarmee vast."))
    if until <= max(timezone.now(), held.trekking_op):
        raise ValidationError({"until": _("Uitstellen kan alleen naar later.")})
    before, held.trekking_op = held.trekking_op, until
    held.save(update_fields=["trekking_op"])
    if not held.is_proef:
        chain.add(
            held.loting,
            "uitgesteld",
            {"van": before.isoformat(), "naar": until.isoformat(), "reden": reden.strip()},
        )
        content_changed()
    return held


@transaction.atomic
def throw(*, vastlegging: Vastlegging, dice: str, by: User | None, now: datetime | None = None) -> Worp:
    """Write down what the dice showed, before the round is known. ValidationError says why not."""
    now = now or timezone.now()
    held = _hold(vastlegging.trekking)
    last = held.vastleggingen.order_by("-nummer").first()
    if last is None or last.pk != vastlegging.pk:
        raise ValidationError(_("Er zijn nieuwe lijsten vastgelegd. Gooi opnieuw."))
    if hasattr(last, "worp"):
        raise ValidationError(_("De dobbelstenen zijn al gegooid. Wat er lag, blijft staan."))
    wanted = stored_publication(last).rules.dice
    if len(dice) != wanted or not (dice.isascii() and dice.isdigit()):
        raise ValidationError(
            {"dice": _("Typ %(count)d cijfers, in de volgorde van de dobbelstenen.") % {"count": wanted}}
        )
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
    return made


@transaction.atomic
def finish(
    *, worp: Worp, signature: str, bron: str, by: User | None, now: datetime | None = None
) -> Uitkomst:
    """Bring dice and beacon together: the outcome, once and for ever. Twice is once.

    ValidationError when the round is not known yet, or this is not its signature.
    """
    now = now or timezone.now()
    held = _hold(worp.vastlegging.trekking)
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


def _hold(trekking: Trekking) -> Trekking:
    """The draw, locked, with its loting, locked first."""
    loting = Loting.objects.select_for_update(no_key=True).get(pk=trekking.loting_id)
    held = Trekking.objects.select_for_update().get(pk=trekking.pk)
    held.loting = loting
    return held


def _sha256(content: bytes) -> str:
    return sha256(content).hexdigest()
