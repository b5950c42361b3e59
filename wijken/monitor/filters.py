"""Narrowing the actions of a wijk down, with addresses that can be shared.

`?status=te-laat&trekker=velison-wonen` in any order; a value that does not exist counts as no choice.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wijken.monitor.names import FOCUSOPGAVE, PERSPECTIEF, PLEK, TREKKER, Names
from wijken.monitor.register import (
    NO_REASON,
    NO_REPORT,
    PLAN,
    SIGNAAL,
    SILENT,
    STATUS,
    Entry,
    Key,
    WijkActies,
)
from wijken.monitor.standing import State

# The order in which they stand in the form and in an address.
FACETS: Mapping[str, str | Promise] = {
    STATUS: _("Status"),
    SIGNAAL: _("Let op"),
    PLAN: _("Plan"),
    FOCUSOPGAVE: _("Focusopgave"),
    PERSPECTIEF: _("Perspectief"),
    TREKKER: _("Trekker"),
    PLEK: _("Plek"),
}
SIGNALS: Mapping[str, str | Promise] = {
    NO_REASON: _("te laat zonder reden"),
    NO_REPORT: _("nog nooit een update"),
    SILENT: _("lang geen nieuws"),
}


def slug_of(state: State) -> str:
    """How a state is written in an address."""
    return state.value.replace("_", "-")


@dataclass(frozen=True)
class Option:
    """Something to choose; `count` actions are left when it is, `url` chooses it or takes it away."""

    facet: str
    value: str
    label: str | Promise
    language_code: str
    count: int
    is_chosen: bool
    url: str

    @property
    def facet_label(self) -> str | Promise:
        return FACETS[self.facet]


class Choice:
    """What somebody chose from the actions of a wijk, and what is left then."""

    def __init__(self, acties: WijkActies, names: Names, asked: Mapping[str, str], *, base_url: str) -> None:
        """`asked` is what the address says, such as `request.GET`."""
        self._acties = acties
        self._names = names
        self.base_url = base_url
        self.chosen: dict[str, Key] = {}
        for facet in FACETS:
            value = asked.get(facet)
            if value and (key := self._by_value[facet].get(value)):
                self.chosen[facet] = key

    @cached_property
    def nothing(self) -> "Choice":
        """The same actions without a choice: what the numbers above a list are about."""
        return Choice(self._acties, self._names, {}, base_url=self.base_url) if self.chosen else self

    @cached_property
    def _labels(self) -> dict[Key, tuple[str, str | Promise, str]]:
        """{key: (how it is written in an address, label, language of the label)}."""
        own = settings.LANGUAGE_CODE
        labels: dict[Key, tuple[str, str | Promise, str]] = {}
        for state in State:
            labels[STATUS, state.value] = (slug_of(state), state.label, "")
        for slug, label in SIGNALS.items():
            labels[SIGNAAL, slug] = (slug, label, "")
        for plan in self._acties.plans.values():
            labels[PLAN, plan.slug] = (plan.slug, plan.naam, own)
        for facet, rows in self._names.items():
            for row in rows.values():
                labels[facet, row.pk] = (row.slug, row.naam, row.words_language)
        return labels

    @cached_property
    def _by_value(self) -> dict[str, dict[str, Key]]:
        found: dict[str, dict[str, Key]] = {facet: {} for facet in FACETS}
        for key, (value, _label, _language) in self._labels.items():
            found[key[0]][value] = key
        return found

    def among(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Those of the actions that are left, in their own order."""
        if not self.chosen:
            return entries
        wanted = frozenset(self.chosen.values())
        return [entry for entry in entries if wanted <= self._acties.keys[entry.pk]]

    @cached_property
    def _counts(self) -> Counter[Key]:
        """{key: actions that have it}: of a facet that was chosen from, as if it was not."""
        profiles = self._acties.keys.values()
        wanted = frozenset(self.chosen.values())
        counts = Counter(chain.from_iterable(keys for keys in profiles if wanted <= keys))
        for chosen in wanted:
            others = wanted - {chosen}
            found = (keys for keys in profiles if others <= keys)
            of_facet = Counter(key for keys in found for key in keys if key[0] == chosen[0])
            counts = Counter({key: n for key, n in counts.items() if key[0] != chosen[0]}) + of_facet
        return counts

    def _option(self, key: Key) -> Option:
        facet = key[0]
        value, label, language_code = self._labels[key]
        is_chosen = self.chosen.get(facet) == key
        return Option(
            facet=facet,
            value=value,
            label=label,
            language_code=language_code,
            count=self._counts[key],
            is_chosen=is_chosen,
            url=self.url(**{facet: None if is_chosen else value}),
        )

    def options(self, facet: str) -> list[Option]:
        """What can be chosen in a facet and leaves something, and what was chosen."""
        keys = self._by_value[facet].values()
        return [self._option(key) for key in keys if self._counts[key] or self.chosen.get(facet) == key]

    @cached_property
    def states(self) -> list[Option]:
        """Every state, also without actions: a zero tells something too."""
        return [self._option((STATUS, state.value)) for state in State]

    @cached_property
    def signals(self) -> dict[str, Option]:
        return {slug.replace("-", "_"): self._option((SIGNAAL, slug)) for slug in SIGNALS}

    @cached_property
    def active(self) -> list[Option]:
        """What was chosen; the address of each takes it away."""
        return [self._option(key) for key in self.chosen.values()]

    @cached_property
    def fields(self) -> list[dict[str, object]]:
        """The lists of the form, in the shape of components/field.html."""
        return [
            {
                "name": facet,
                "label": label,
                "value": self._labels[self.chosen[facet]][0] if facet in self.chosen else "",
                "options": [
                    {
                        "value": option.value,
                        "label": f"{capfirst(str(option.label))} ({option.count})",
                        "language": option.language_code,
                    }
                    for option in options
                ],
            }
            for facet, label in FACETS.items()
            if (options := self.options(facet)) and (len(options) > 1 or facet in self.chosen)
        ]

    @cached_property
    def query(self) -> QueryDict:
        """The choice as it stands in an address, without what does not exist."""
        query = QueryDict(mutable=True)
        for facet, key in self.chosen.items():
            query[facet] = self._labels[key][0]
        return query

    @property
    def address(self) -> str:
        """Where this choice can be found again."""
        return self.url()

    def url(self, **changes: str | None) -> str:
        """The address of this choice with other values; None takes one away."""
        query = self.query.copy()
        for facet, value in changes.items():
            query.pop(facet, None)
            if value:
                query[facet] = value
        return f"{self.base_url}?{query.urlencode()}" if query else self.base_url
