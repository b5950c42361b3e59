"""How far the sign-ups are from a group like the wijk: where people are still missing."""

from dataclasses import dataclass

from participatie.models import Antwoordoptie, Kenmerk, Loting, Quota
from participatie.quotas import holding
from participatie.signup.questions import features_of
from participatie.statistics import feature_counts

# With fewer who signed up for each seat that has to be theirs, there is little to draw from.
ENOUGH_PER_SEAT = 3


@dataclass(frozen=True)
class OptionProgress:
    """One answer: the seats for it, and how many signed up who gave it."""

    option: Antwoordoptie
    quota: Quota
    promised: Quota
    count: int
    total: int
    seats: int

    @property
    def share(self) -> float:
        """Of all who answered, in hundredths."""
        return 100 * self.count / self.total if self.total else 0.0

    @property
    def low(self) -> float:
        """The least of the seats, in hundredths of all seats."""
        return 100 * self.quota.minimum / self.seats

    @property
    def span(self) -> float:
        """From the least to the most of the seats, in hundredths of all seats; a line for one number."""
        return max(1.0, 100 * (self.quota.maximum - self.quota.minimum) / self.seats)

    @property
    def missing(self) -> int:
        """How many more have to sign up before the quota can be met at all."""
        return max(0, self.quota.minimum - self.count)

    @property
    def wanted(self) -> int:
        """How many more would make it a real draw."""
        return max(0, ENOUGH_PER_SEAT * self.quota.minimum - self.count)


@dataclass(frozen=True)
class FeatureProgress:
    kenmerk: Kenmerk
    options: list[OptionProgress]
    without_answer: int


def progress_of(loting: Loting, *, language_code: str) -> list[FeatureProgress]:
    """Every feature with its answers, in order. At most six queries, no identity."""
    counts = feature_counts(loting)
    quotas = holding(loting)
    found = []
    for kenmerk, options in features_of(loting, language_code=language_code):
        cells = counts[kenmerk.code]
        total = sum(count for code, count in cells.items() if code)
        found.append(
            FeatureProgress(
                kenmerk,
                [
                    OptionProgress(
                        option, seats.now, seats.promised, cells[option.code], total, loting.zetels
                    )
                    for option, seats in ((option, quotas.of(option)) for option in options)
                ],
                cells[""],
            )
        )
    return found
