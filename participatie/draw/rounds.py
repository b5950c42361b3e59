"""Getting the round of the beacon that was promised, or taking what somebody typed in."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from participatie.draw import ceremony
from participatie.draw.publishing import beacon_of
from participatie.models import Uitkomst, Worp
from participatie.sortition.publication.beacon import RehearsalBeacon
from participatie.sortition.publication.fetching import SERVERS, HttpSource, Reason, Signed

log = logging.getLogger(__name__)


def fetch(*, worp: Worp, by: User | None) -> Uitkomst:
    """Get the round and finish the draw with it. Takes at most 5 seconds, outside of any transaction.

    ValidationError in plain words when the round is not there yet, or no server answers as it should.
    """
    trekking = worp.vastlegging.trekking
    beacon = beacon_of(trekking)
    if isinstance(beacon, RehearsalBeacon):
        signature = beacon.sign(worp.vastlegging.ronde).hex()
        return ceremony.finish(worp=worp, signature=signature, bron=Uitkomst.Bron.OEFENING, by=by)
    found = HttpSource(beacon, settings.DRAND_SERVERS or SERVERS).fetch(
        worp.vastlegging.ronde, now=timezone.now()
    )
    if isinstance(found, Signed):
        return ceremony.finish(worp=worp, signature=found.signature.hex(), bron=Uitkomst.Bron.DRAND, by=by)
    if found.reason is Reason.TOO_EARLY:
        raise ValidationError(_("Deze ronde is nog niet bekend."))
    log.warning("round %d: %s", worp.vastlegging.ronde, "; ".join(found.details) or found.reason)
    if found.reason is Reason.OFFLINE:
        raise ValidationError(_("De servers van drand zijn niet te bereiken. Typ de handtekening zelf in."))
    raise ValidationError(
        _("De servers van drand gaven geen goede handtekening. Haal haar op een andere plek, en typ haar in.")
    )


def type_in(*, worp: Worp, signature: str, by: User | None) -> Uitkomst:
    """Finish the draw with a signature that somebody typed in; only the real one is taken.

    ValidationError when it is another, or the round is not known yet.
    """
    is_practice = worp.vastlegging.trekking.is_proef
    bron = Uitkomst.Bron.OEFENING if is_practice else Uitkomst.Bron.INGETYPT
    return ceremony.finish(worp=worp, signature=signature, bron=bron, by=by)


def fetch_due(*, now: datetime) -> int:
    """Finish the draws whose round has come. Returns how many. Those that cannot be are tried again later."""
    done = 0
    due = Worp.objects.filter(
        ronde_op__lte=now, vastlegging__trekking__uitkomst=None, vastlegging__trekking__is_proef=False
    ).select_related("vastlegging__trekking__loting")
    for worp in due:
        try:
            fetch(worp=worp, by=None)
        except ValidationError as error:
            log.warning("the draw of %s cannot be finished: %s", worp.vastlegging.trekking, error.messages)
        else:
            done += 1
    return done
