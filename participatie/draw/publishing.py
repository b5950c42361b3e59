"""From what the database holds to the files that everybody may have, and back."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from participatie.draw.pool import quotas_of
from participatie.models import Lot, Trekking, Vastlegging, Vorm
from participatie.sortition.publication.beacon import Beacon, Quicknet, RehearsalBeacon
from participatie.sortition.publication.files import (
    Publication,
    PublicationError,
    Quota,
    csv_bytes,
    publication_of,
)
from participatie.sortition.publication.rules import Mode, Rules, versions

# Ten-sided dice: three for 1,000 lists, four for 10,000 and for a ranking.
DICE_OF_A_RANKING = 4


def beacon_of(trekking: Trekking) -> Beacon:
    """Where the randomness comes from that nobody here can know."""
    return RehearsalBeacon(f"trekking {trekking.pk}") if trekking.is_proef else Quicknet()


def publication_for(trekking: Trekking, *, ronde: int) -> Publication:
    """What would be promised now. ValidationError while the lists are not worked out."""
    loting = trekking.loting
    has_lists = loting.vorm == Vorm.LIJSTEN
    if has_lists and trekking.stand != Trekking.Stand.KLAAR:
        raise ValidationError(_("De lijsten zijn nog niet berekend."))
    beacon = beacon_of(trekking)
    rules = Rules(
        loting=loting.naam,
        mode=Mode.LISTS if has_lists else Mode.RANKING,
        seats=loting.zetels,
        reserves=loting.reserves,
        one_per_household=loting.een_per_adres,
        dice=len(str(trekking.aantal_lijsten)) - 1 if has_lists else DICE_OF_A_RANKING,
        draws_at=timezone.localtime(trekking.trekking_op),
        beacon=beacon.name,
        chain_hash=beacon.chain_hash,
        round=ronde,
        is_rehearsal=trekking.is_proef,
        versions=versions(),
    )
    if has_lists and trekking.berekening.get("basis", basis_of(trekking)) != basis_of(trekking):
        raise ValidationError(
            _("Er is iets veranderd nadat de lijsten zijn berekend. Bereken de lijsten opnieuw.")
        )
    try:
        return Publication(
            rules=rules,
            fingerprints=_fingerprints(trekking),
            quotas=_quotas(trekking) if has_lists else (),
            lists=tuple(tuple(tickets) for tickets in trekking.berekening["lists"]) if has_lists else (),
        )
    except PublicationError as error:
        raise ValidationError(
            _("De lijsten passen niet bij de loten. Bereken de lijsten opnieuw.")
        ) from error


def stored_publication(vastlegging: Vastlegging) -> Publication:
    """What was promised, read back from its files. ValidationError when they are not as they were."""
    files = {file.naam: bytes(file.inhoud) for file in vastlegging.bestanden.all()}
    try:
        publication = publication_of(files)
    except PublicationError as error:
        raise ValidationError(broken_files()) from error
    if publication.manifest_hash != vastlegging.manifest_hash:
        raise ValidationError(broken_files())
    return publication


def broken_files() -> str:
    return _("De vastgelegde bestanden zijn veranderd. Stop, en vraag de beheerder van de site.")


def seed_of(trekking: Trekking) -> str:
    """SHA-256 of `loten.csv`, in hex: where the chance comes from that the lists are made with.

    Every salt in it was drawn by this machine, of every person another one, so nobody chooses it.
    """
    heading = ("lot", "vingerafdruk")
    return sha256(csv_bytes([heading, *sorted(_fingerprints(trekking).items())])).hexdigest()


def basis_of(trekking: Trekking) -> str:
    """A hash of everything that the lists are made of; another one means that they have to be made again."""
    loting = trekking.loting
    facts = [(seed_of(trekking), loting.zetels, loting.een_per_adres, trekking.aantal_lijsten)]
    return sha256(csv_bytes([*facts, *_quotas(trekking)])).hexdigest()


def _fingerprints(trekking: Trekking) -> dict[str, str]:
    lots = Lot.objects.filter(trekking=trekking).order_by("nummer")
    return dict(lots.values_list("nummer", "vingerafdruk"))


def _quotas(trekking: Trekking) -> tuple[Quota, ...]:
    return tuple(
        Quota(quota.feature, quota.value, quota.minimum, quota.maximum)
        for quota in quotas_of(trekking.loting)
    )
