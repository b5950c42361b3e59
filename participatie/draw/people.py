"""Who takes part in a loting as it is now, by class: enough to work out chances, and nothing of who it is.

A class is a set of answers with a kind of household, and how many people that is. It is kept for an hour, so
that whoever tries other quotas does not wait for everybody to be read again.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from django.core.cache import cache
from django.db.models import Count, Max, Sum

from participatie.draw.checks import trekking_of
from participatie.draw.pool import pool_of, pool_of_sign_ups
from participatie.models import Aanmelding, Antwoordoptie, Kenmerkwaarde, Loting, Trekking
from participatie.sortition.classes import Classes, classes_of
from participatie.sortition.pools import Person, Pool, Quota
from participatie.sortition.solver import Floats, Ints

KEPT_SECONDS = 3600
# With more classes than this the households are left out of them: the programs would fill the memory.
MOST_CLASSES = 3000


@dataclass(frozen=True)
class Homes:
    """Who live together, by class: home after home, and where each begins."""

    classes: Ints
    starts: Ints

    def fit(self, chances: Floats) -> bool:
        """Do chances that were worked out without households keep to one for each household all the same?

        Then they are those of the pool with its households: nothing fairer keeps to more rules.
        """
        if not len(self.starts):
            return True
        return bool(np.add.reduceat(chances[self.classes], self.starts).max() <= 1 + 1e-9)


@dataclass(frozen=True)
class People:
    """Who takes part. `homes` when there are too many kinds of households for the classes to know them."""

    classes: Classes
    homes: Homes | None = None

    def with_quotas(self, quotas: tuple[Quota, ...]) -> "People":
        return replace(self, classes=with_quotas(self.classes, quotas))


def version_of(loting: Loting) -> str:
    """Another one as soon as anybody comes, goes or is recorded otherwise, or other things are asked. At most
    four queries.
    """
    trekking = trekking_of(loting)
    people = _lots(trekking) if trekking else _sign_ups(loting)
    asked = Antwoordoptie.objects.source().filter(kenmerk__loting=loting).order_by("pk")
    facts = (loting.pk, str(loting.staat), loting.zetels, loting.een_per_adres, people)
    codes = list(asked.values_list("pk", "code", "kenmerk__code"))
    return sha256(repr((*facts, codes)).encode()).hexdigest()


def _lots(trekking: Trekking) -> str:
    # Whose record changes gets another fingerprint.
    return " ".join(trekking.loten.order_by("nummer").values_list("vingerafdruk", flat=True))


def _sign_ups(loting: Loting) -> str:
    rows = Aanmelding.objects.in_the_pool().filter(loting=loting)
    people = rows.aggregate(Count("pk"), Sum("pk"), Sum("versie"), Max("bijgewerkt_op"))
    answers = Kenmerkwaarde.objects.filter(aanmelding__in=rows).aggregate(Count("pk"), Sum("optie"))
    return repr((sorted(people.items()), sorted(answers.items())))


def count_of(loting: Loting) -> int:
    """How many take part."""
    trekking = trekking_of(loting)
    if trekking:
        return trekking.loten.count()
    return Aanmelding.objects.in_the_pool().filter(loting=loting).count()


def known_people(version: str) -> People | None:
    found: People | None = cache.get(f"loting-klassen:{version}")
    return found


def read_people(loting: Loting, version: str) -> People:
    """Read everybody and keep the classes; with 50,000 people that takes seconds."""
    trekking = trekking_of(loting)
    pool = pool_of(trekking) if trekking else pool_of_sign_ups(loting)
    if pool.quotas:
        # Of whom nothing is recorded any more, nothing can be said.
        pool = replace(pool, people=tuple(person for person in pool.people if person.values))
    found = people_of(pool)
    cache.set(f"loting-klassen:{version}", found, KEPT_SECONDS)
    return found


def people_of(pool: Pool) -> People:
    """The classes of a pool; with too many kinds of households, those without and who lives together."""
    pool = pool.sorted()
    if _kinds(pool) <= MOST_CLASSES:
        return People(without_people(classes_of(pool)))
    apart = classes_of(replace(pool, people=tuple(replace(person, household="") for person in pool.people)))
    at_home: dict[str, list[int]] = defaultdict(list)
    for person, number in zip(pool.people, apart.class_of.tolist(), strict=True):
        if person.household:
            at_home[person.household].append(number)
    shared = [numbers for numbers in at_home.values() if len(numbers) > 1]
    starts = np.cumsum([0, *(len(numbers) for numbers in shared)], dtype=np.int64)[:-1]
    flat = np.array([number for numbers in shared for number in numbers], dtype=np.int64)
    return People(without_people(apart), Homes(flat, starts))


def _kinds(pool: Pool) -> int:
    """How many classes there would be."""
    features = pool.features
    profiles = [tuple(person.values[name] for name in features) for person in pool.people]
    at_home: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for person, profile in zip(pool.people, profiles, strict=True):
        if person.household:
            at_home[person.household].append(profile)
    kinds = {home: tuple(sorted(living)) for home, living in at_home.items() if len(living) > 1}
    both = zip(pool.people, profiles, strict=True)
    return len({(profile, kinds.get(person.household)) for person, profile in both})


def without_people(classes: Classes) -> Classes:
    """The same classes with nobody in them: the only member of each is its own number."""
    numbers = range(len(classes))
    return replace(
        classes,
        pool=replace(classes.pool, people=tuple(Person(str(number), {}) for number in numbers)),
        members=tuple((number,) for number in numbers),
    )


def with_quotas(classes: Classes, quotas: tuple[Quota, ...]) -> Classes:
    """The same people with other numbers of seats. Quotas that are not named stay as they were."""
    wanted = {(quota.feature, quota.value): quota for quota in quotas}
    new = tuple(wanted.get((quota.feature, quota.value), quota) for quota in classes.quotas)
    lower, upper = classes.row_lower.copy(), classes.row_upper.copy()
    lower[classes.quota_rows] = np.array([quota.minimum for quota in new], dtype=np.float64)
    upper[classes.quota_rows] = np.array([quota.maximum for quota in new], dtype=np.float64)
    pool = replace(classes.pool, quotas=new)
    return replace(classes, pool=pool, row_lower=lower, row_upper=upper)
