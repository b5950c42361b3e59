"""Actions as a list shows them: each with its page, its standing and the promise that tells most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects

from core.models import attach_words
from core.page_index import language_of
from core.querysets import readable_in
from wijken.models import Actie, ActiePage
from wijken.monitor.standing import Facts, Milestone, Standing, State, judge

# What asks for attention stands first.
ORDER = [State.TE_LAAT, State.BEZIG, State.GEPLAND, State.GESTOPT, State.KLAAR]


@dataclass(frozen=True)
class Row[A: Any]:
    """One action, as `wijken/actie_rij.html` shows it. `page` is None when there is nothing to read yet.

    `actie` is the action itself, or what the monitor keeps of it; trekkers and plekken have `words`.
    """

    actie: A
    page: ActiePage | None
    facts: Facts
    standing: Standing
    trekkers: tuple[Any, ...]
    # What a list over several plans shows as well.
    plekken: tuple[Any, ...] = ()
    plan: str = ""
    is_silent: bool = False

    @property
    def title(self) -> str:
        """In the reader's language when the page is; else the Dutch short name."""
        title: str = self.page.title if self.page else self.actie.naam
        return title

    @property
    def language_code(self) -> str:
        """The language of the title, for the `lang` attribute."""
        return language_of(self.page) if self.page else settings.LANGUAGE_CODE

    @property
    def step(self) -> Milestone | None:
        return telling_step(self.facts, self.standing)


def telling_step(facts: Facts, standing: Standing) -> Milestone | None:
    """The step that tells most: the one longest late, else the next to do, else the last one reached."""
    if standing.late:
        return min(standing.late, key=lambda step: step.current.period.ends_on or date.max)
    steps = facts.milestones
    return next((step for step in steps if not step.reached_on), steps[-1] if steps else None)


def rows_of(
    acties: Sequence[Actie], facts: Mapping[int, Facts], *, language_code: str, on: date
) -> list[Row[Actie]]:
    """The actions in their own order. Two queries, one more in another language than the site's own.

    `facts` comes from `facts_of` and may hold more actions than these.
    """
    prefetch_related_objects(list(acties), "trekkers")
    pages = {
        page.actie_id: page
        for page in readable_in(ActiePage.objects, language_code)
        .filter(actie__in=[actie.pk for actie in acties])
        .defer("body", "bron_opmerking", "kosten_uitleg")
    }
    trekkers = {actie.pk: tuple(actie.trekkers.all()) for actie in acties}
    attach_words(language_code, [row for rows in trekkers.values() for row in rows])
    return [
        Row(
            actie=actie,
            page=pages.get(actie.pk),
            facts=facts[actie.pk],
            standing=judge(facts[actie.pk], on=on),
            trekkers=trekkers[actie.pk],
        )
        for actie in acties
    ]


def urgency(standing: Standing, nummer: int) -> tuple[int, int, int]:
    """To sort by: late ones first, the longest late on top; then by number."""
    return ORDER.index(standing.state), -standing.days_late, nummer
