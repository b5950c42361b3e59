"""Sign-ups that may be of one person: the same mail, or the same name at the same address, in any channel.

Never dropped silently: somebody looks at them side by side and decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from participatie.models import Aanmelding, Loting, NietDubbel, Persoon

type Pair = tuple[int, int]

# What two sign-ups may share: {its name: where its hash stands}.
HASHES = {"mail": "mail_index", "naam_adres": "naam_adres_index"}
# Of a larger group these are shown and decided about first; the others come up again after that.
MOST_AT_ONCE = 20


@dataclass(frozen=True)
class Alike:
    """Sign-ups that hang together by what they share. `shared` names what: mail, naam_adres."""

    aanmeldingen: list[Aanmelding]
    shared: list[str]
    # How many more there are in a large group.
    more: int = 0


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


@dataclass(frozen=True)
class Candidates:
    """Groups of sign-ups that somebody has to look at, by number; nobody's row is opened yet."""

    groups: list[list[int]]
    # {sign-up: {what is shared: its hash}}
    hashes: Mapping[int, Mapping[str, str]]

    def opened(self, wanted: Iterable[list[int]]) -> list[Alike]:
        """Some of the groups with who is in them. Three queries, whatever their number."""
        numbers = [(group[:MOST_AT_ONCE], len(group[MOST_AT_ONCE:])) for group in wanted]
        known = {
            row.pk: row
            for row in Aanmelding.objects.filter(pk__in=[pk for group, _more in numbers for pk in group])
            .select_related("persoon")
            .prefetch_related("kenmerkwaarden__optie")
        }
        return [
            Alike([known[pk] for pk in group], _shared([self.hashes[pk] for pk in group]), more)
            for group, more in numbers
            # Somebody may have been erased meanwhile.
            if all(pk in known for pk in group)
        ]


def candidates_of(loting: Loting) -> Candidates:
    """Standing sign-ups that look alike and were not told apart or marked double yet.

    Two queries, that fetch only hashes which more than one of them has.
    """
    rows = Persoon.objects.filter(
        aanmelding__loting=loting, aanmelding__stand=Aanmelding.Stand.AANGEMELD
    ).exclude(aanmelding__reden=Aanmelding.Reden.DUBBEL)
    several = Q()
    for name in HASHES.values():
        held = rows.exclude(**{name: ""}).order_by().values(name).annotate(holders=Count("pk"))
        several |= Q(**{f"{name}__in": held.filter(holders__gt=1).values(name)})
    hashes = {
        pk: dict(zip(HASHES, values, strict=True))
        for pk, *values in rows.filter(several).values_list("aanmelding_id", *HASHES.values())
    }
    apart = NietDubbel.objects.filter(eerste__loting=loting).values_list("eerste_id", "tweede_id")
    keys = {pk: list(shared.values()) for pk, shared in hashes.items()}
    # Who was told apart and marked double since is in no group.
    between = [pair for pair in apart if pair[0] in keys and pair[1] in keys]
    return Candidates(groups(keys, between), hashes)


def possible_doubles(loting: Loting) -> list[Alike]:
    """Everything that somebody has to look at, opened."""
    found = candidates_of(loting)
    return found.opened(found.groups)


def _shared(rows: list[Mapping[str, str]]) -> list[str]:
    """Which of the hashes two of these rows have in common."""
    return [
        name for name in HASHES if len(values := [row[name] for row in rows if row[name]]) > len(set(values))
    ]


def looks_like_another(aanmelding: Aanmelding) -> bool:
    """Does a sign-up share a mail address, or name and address, with another of the same loting?"""
    persoon = aanmelding.persoon
    others = Persoon.objects.filter(
        aanmelding__loting=aanmelding.loting_id, aanmelding__stand=Aanmelding.Stand.AANGEMELD
    ).exclude(pk=persoon.pk)
    return any(
        value and others.filter(**{name: value}).exists()
        for name in HASHES.values()
        if (value := getattr(persoon, name))
    )
