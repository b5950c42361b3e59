"""What research measures in a wijk, beside the whole municipality; also when it measured nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from core.cache import remembered
from wijken.models import Indicator, Meting, MonitorPage
from wijken.monitor.chart import Chart, draw


@dataclass(frozen=True)
class Row:
    """The measurements of one day: in the wijk, in the municipality, or in both."""

    on: date
    wijk: Meting | None
    gemeente: Meting | None

    @property
    def sources(self) -> list[Meting]:
        """One measurement for each source, so that a source that both share is named once."""
        named = [m for m in (self.gemeente, self.wijk) if m and (m.bron or m.bron_url)]
        return list({(m.bron, m.bron_url): m for m in named}.values())


@dataclass(frozen=True)
class Measured:
    """One indicator with all that was measured of it, oldest first."""

    indicator: Indicator
    wijk: tuple[Meting, ...]
    gemeente: tuple[Meting, ...]

    @property
    def is_empty(self) -> bool:
        return not self.wijk and not self.gemeente

    @property
    def latest(self) -> Meting | None:
        """The newest measurement, of the wijk when there is one."""
        return next(iter((self.wijk or self.gemeente)[-1:]), None)

    @property
    def chart(self) -> Chart | None:
        """None when there is no line to draw."""
        gemeente = self.gemeente if self.is_comparable else ()
        if max(len(self.wijk), len(gemeente)) < 2:
            return None
        return draw([(m.datum, m.waarde) for m in self.wijk], [(m.datum, m.waarde) for m in gemeente])

    @property
    def is_comparable(self) -> bool:
        """Does a wijk belong on one scale with the municipality? Not when things are counted."""
        return self.indicator.eenheid != Indicator.Eenheid.AANTAL

    @property
    def rows(self) -> list[Row]:
        """For the table: newest day first."""
        wijk, gemeente = ({m.datum: m for m in metingen} for metingen in (self.wijk, self.gemeente))
        return [
            Row(day, wijk.get(day), gemeente.get(day)) for day in sorted({*wijk, *gemeente}, reverse=True)
        ]


def indicators_of(wijk_id: int, *, language_code: str) -> list[Measured]:
    """Every indicator in its order, with the words of a language. Two queries."""
    indicators: list[Indicator] = Indicator.objects.worded(language_code)
    metingen: dict[tuple[int, bool], list[Meting]] = defaultdict(list)
    # Those of other wijken say nothing here.
    for meting in _of_wijk_and_municipality(wijk_id):
        metingen[meting.indicator_id, meting.wijk_id is not None].append(meting)
    found = []
    for indicator in indicators:
        own = (metingen[indicator.pk, True], metingen[indicator.pk, False])
        for meting in (*own[0], *own[1]):
            # Its unit is needed to show a value; the row is here already.
            meting.indicator = indicator
        found.append(Measured(indicator, tuple(own[0]), tuple(own[1])))
    return found


def _of_wijk_and_municipality(wijk_id: int) -> Sequence[Meting]:
    rows = Meting.objects.filter(wijk=wijk_id) | Meting.objects.filter(wijk__isnull=True)
    return list(rows.order_by("datum", "pk"))


def indicators_for(page: MonitorPage) -> list[Measured]:
    """The indicators of the wijk of a monitor, kept until the content changes."""
    return remembered(
        f"cijfers:{page.pk}",
        lambda: indicators_of(page.wijk_id, language_code=page.language_code),
        variant=get_language() or "",
    )
