"""What the sign-ups of a loting say, as it is recorded in lots."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from participatie.models import Aanmelding, Antwoordoptie, Kenmerk, Kenmerkwaarde, Loting, Trekking


@dataclass(frozen=True)
class Facts:
    """The answers of a sign-up, {feature code: answer code, "" without one}, and the hash of its address."""

    features: Mapping[str, str]
    address: str

    def stored(self, trekking: Trekking) -> tuple[dict[str, str], str]:
        """How a lot keeps it. Of an address a hash that says nothing outside of this draw."""
        household = sha256(f"{trekking.pk}:{self.address}".encode()).hexdigest() if self.address else ""
        return dict(self.features), household


def facts_of(loting: Loting, keys: Iterable[int]) -> dict[int, Facts]:
    """{sign-up: its facts}, answers in the order of the questions. Four queries."""
    codes = list(
        Kenmerk.objects.source().filter(loting=loting).order_by("order", "pk").values_list("pk", "code")
    )
    answers: dict[int, dict[int, str]] = {key: {} for key in keys}
    options = dict(Antwoordoptie.objects.source().filter(kenmerk__loting=loting).values_list("pk", "code"))
    rows = Kenmerkwaarde.objects.filter(aanmelding__loting=loting)
    for key, kenmerk, optie in rows.values_list("aanmelding_id", "kenmerk_id", "optie_id"):
        if key in answers:
            answers[key][kenmerk] = options[optie]
    addresses = dict(
        Aanmelding.objects.filter(loting=loting).values_list("pk", "persoon__adres_index")
        if loting.een_per_adres
        else []
    )
    return {
        key: Facts({code: given.get(pk, "") for pk, code in codes}, addresses.get(key) or "")
        for key, given in answers.items()
    }


def differ(trekking: Trekking) -> bool:
    """Do the lots say something else than the sign-ups do now?"""
    loting = trekking.loting
    lots = {lot.aanmelding_id: lot for lot in trekking.loten.all()}
    pool = list(Aanmelding.objects.in_the_pool().filter(loting=loting).values_list("pk", flat=True))
    if set(pool) != set(lots):
        return True
    return any(
        (lots[key].kenmerken, lots[key].huishouden) != facts.stored(trekking)
        for key, facts in facts_of(loting, pool).items()
    )
