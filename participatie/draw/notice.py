"""The text for the official publication of a promise. In Dutch, whatever the language of the site."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from participatie.draw.publishing import beacon_of
from participatie.models import Vastlegging, Vorm

NOTICE = """{rehearsal}{loting}

Op {at} heeft de gemeente vastgelegd hoe deze loting gaat, en wie eraan meedoen.
De SHA-256 van het bestand manifest.json is:

{hash}

De loting is op {draws_at}.{where}
Eerst gooit iemand in het openbaar met {dice}.
Daarna verschijnt op {round_at} ronde {round} van {beacon} (keten {chain}).
Samen bepalen zij de uitkomst. {how}

Met de bestanden op de site kan iedereen de loting narekenen.
"""


def notice_of(promised: Vastlegging, *, dice: int) -> str:
    """What is published when the files are promised, ready to copy."""
    trekking = promised.trekking
    loting, beacon = trekking.loting, beacon_of(trekking)
    has_lists = loting.vorm == Vorm.LIJSTEN
    with translation.override(settings.LANGUAGE_CODE):
        return NOTICE.format(
            rehearsal="OEFENING, NIET PUBLICEREN\n\n" if trekking.is_proef else "",
            loting=loting.naam,
            at=_said(promised.op),
            hash=grouped(promised.manifest_hash),
            draws_at=_said(trekking.trekking_op),
            where=f" De plek is {loting.trekking_plek}." if loting.trekking_plek else "",
            dice=f"{dice} tienzijdige dobbelstenen" if dice > 1 else "één tienzijdige dobbelsteen",
            round_at=_said(promised.ronde_op, "j E Y, H:i:s"),
            round=promised.ronde,
            beacon=beacon.name,
            chain=beacon.chain_hash,
            how=f"Zij wijzen één van de {trekking.aantal_lijsten} lijsten aan."
            if has_lists
            else "Zij bepalen de volgorde van alle loten.",
        )


def grouped(digits: str) -> str:
    """A hash in groups of eight, to read aloud."""
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))


def _said(at: datetime, form: str = "j E Y, H:i") -> str:
    return date_format(timezone.localtime(at), form)
