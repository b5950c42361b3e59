"""May somebody take part? The address says so when it can be checked; a person decides about the rest."""

from dataclasses import dataclass

from participatie.models import Aanmelding, Loting
from wijken.addresses.checking import Where, check, locate

Geschiktheid, Reden, Adrescontrole = Aanmelding.Geschiktheid, Aanmelding.Reden, Aanmelding.Adrescontrole


@dataclass(frozen=True)
class Verdict:
    """What the address says, and what follows from it."""

    adrescontrole: str = Adrescontrole.ONBEKEND
    adresbron: str = ""
    buurt_code: str = ""
    geschiktheid: str = Geschiktheid.CONTROLEREN
    reden: str = Reden.ADRES_ONBEKEND


def judge_address(loting: Loting, *, postcode: str, huisnummer: str, toevoeging: str = "") -> Verdict:
    """Inside, outside or not to be checked. It may ask a service, so call it outside of a transaction.

    Outside is for a person to decide too: a list can be wrong. What is only roughly known is good enough to
    sign up with, not to be drawn with.
    """
    answer = check(postcode, huisnummer, toevoeging)
    found = locate(answer, loting.wijk, [buurt.code for buurt in loting.buurten.all()])
    if found.where == Where.ONBEKEND:
        return Verdict()
    source = answer.source or ""
    if found.where == Where.BUITEN:
        return Verdict(
            Adrescontrole.BUITEN, source, answer.buurt_code, Geschiktheid.CONTROLEREN, Reden.BUITEN_GEBIED
        )
    if not found.is_sure:
        return Verdict(Adrescontrole.BINNEN, source, answer.buurt_code)
    return Verdict(Adrescontrole.BINNEN, source, answer.buurt_code, Geschiktheid.GESCHIKT, Reden.ADRES_KLOPT)
