"""From what the database holds to the files that everybody may have, and back."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from participatie.draw.pool import quotas_of
from participatie.models import Lot, Trekking, Vastlegging, Vorm
from participatie.sortition.publication.beacon import Beacon, Quicknet, RehearsalBeacon
from participatie.sortition.publication.files import Publication, Quota, publication_of
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
    lots = Lot.objects.filter(trekking=trekking)
    return Publication(
        rules=rules,
        fingerprints=dict(lots.order_by("nummer").values_list("nummer", "vingerafdruk")),
        quotas=tuple(
            Quota(quota.feature, quota.value, quota.minimum, quota.maximum) for quota in quotas_of(loting)
        )
        if has_lists
        else (),
        lists=tuple(tuple(tickets) for tickets in trekking.berekening["lists"]) if has_lists else (),
    )


def stored_publication(vastlegging: Vastlegging) -> Publication:
    """What was promised, read back from its files. PublicationError when they are not as they were."""
    return publication_of({file.naam: bytes(file.inhoud) for file in vastlegging.bestanden.all()})
