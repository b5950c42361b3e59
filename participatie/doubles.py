"""Sign-ups that may be of one person: the same mail, or the same name at the same address, in any channel.

Never dropped silently: somebody looks at them side by side and decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from participatie.models import Aanmelding, Loting, NietDubbel, Persoon

type Pair = tuple[int, int]


@dataclass(frozen=True)
class Alike:
    """Sign-ups that hang together by what they share. `shared` names what: mail, naam_adres."""

    aanmeldingen: list[Aanmelding]
    shared: list[str]


def groups(keys: Mapping[int, Iterable[str]], apart: Iterable[Pair] = ()) -> list[list[int]]:
    """Numbers that share a key, directly or through others, smallest first; each group sorted.

    Pairs that are `apart`, the smaller number first, do not hang together by a key they share.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for number in sorted(keys):
        for key in set(keys[number]):
            if key:
                holders[key].append(number)
    separate = set(apart)
    told_apart = {number for pair in separate for number in pair}
    above = {number: number for number in keys}

    def root(number: int) -> int:
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    for numbers in holders.values():
        # Who was told apart from nobody hangs together with all others, so that thousands who share a mail
        # address need not be compared one by one.
        pivot = next((number for number in numbers if number not in told_apart), None)
        firsts = numbers if pivot is None else [pivot]
        for first in firsts:
            for second in numbers:
                if first != second and (min(first, second), max(first, second)) not in separate:
                    low, high = sorted((root(first), root(second)))
                    above[high] = low
    found: dict[int, list[int]] = defaultdict(list)
    for number in sorted(keys):
        found[root(number)].append(number)
    return [group for _root, group in sorted(found.items()) if len(group) > 1]


def possible_doubles(loting: Loting) -> list[Alike]:
    """What somebody has to look at: standing sign-ups that were not told apart or marked double yet.

    Four queries, whatever their number: only hashes are compared.
    """
    rows = Persoon.objects.filter(
        aanmelding__loting=loting, aanmelding__stand=Aanmelding.Stand.AANGEMELD
    ).exclude(aanmelding__reden=Aanmelding.Reden.DUBBEL)
    hashes = {
        pk: {"mail": mail, "naam_adres": name_address}
        for pk, mail, name_address in rows.values_list("aanmelding_id", "mail_index", "naam_adres_index")
    }
    apart = NietDubbel.objects.filter(eerste__loting=loting).values_list("eerste_id", "tweede_id")
    found = groups({pk: list(shared.values()) for pk, shared in hashes.items()}, apart)
    wanted = [pk for group in found for pk in group]
    known = {
        row.pk: row
        for row in Aanmelding.objects.filter(pk__in=wanted)
        .select_related("persoon")
        .prefetch_related("kenmerkwaarden__optie")
    }
    return [
        Alike([known[pk] for pk in group], _shared([hashes[pk] for pk in group]))
        for group in found
        if all(pk in known for pk in group)
    ]


def _shared(rows: list[dict[str, str]]) -> list[str]:
    """Which of the hashes two of these rows have in common."""
    return [
        name
        for name in ("mail", "naam_adres")
        if len(values := [row[name] for row in rows if row[name]]) > len(set(values))
    ]


def looks_like_another(aanmelding: Aanmelding) -> bool:
    """Does a sign-up share a mail address, or name and address, with another of the same loting?"""
    persoon = aanmelding.persoon
    others = Persoon.objects.filter(
        aanmelding__loting=aanmelding.loting_id, aanmelding__stand=Aanmelding.Stand.AANGEMELD
    ).exclude(pk=persoon.pk)
    return any(
        value and others.filter(**{name: value}).exists()
        for name in ("mail_index", "naam_adres_index")
        if (value := getattr(persoon, name))
    )
