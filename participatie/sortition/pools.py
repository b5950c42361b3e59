"""What a draw starts from: people with their features and household, quotas, and a number of seats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter

# Called with the name of a step, how much of it is done, and how much there is (0 when that is not known).
type Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Person:
    """Who signed up. People with the same household (unless that is empty) are never drawn together."""

    id: str
    values: Mapping[str, str]
    household: str = ""


@dataclass(frozen=True, order=True)
class Quota:
    """At least `minimum` and at most `maximum` seats for people with this value of this feature."""

    feature: str
    value: str
    minimum: int
    maximum: int


@dataclass(frozen=True)
class Pool:
    """Everything a draw needs. The order of people and quotas makes no difference to any outcome."""

    people: tuple[Person, ...]
    quotas: tuple[Quota, ...]
    seats: int

    def sorted(self) -> "Pool":
        return Pool(
            tuple(sorted(self.people, key=lambda one: one.id)), tuple(sorted(self.quotas)), self.seats
        )

    @property
    def features(self) -> list[str]:
        """The features that have a quota; others play no part in the draw."""
        return sorted({quota.feature for quota in self.quotas})


@dataclass
class Clock:
    """How many seconds each step took, for whoever wants to know where the time goes."""

    progress: Progress | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    _step: str = ""
    _since: float = 0.0

    def start(self, step: str, total: int = 0) -> None:
        self.stop()
        self._step, self._since = step, perf_counter()
        self.tell(0, total)

    def tell(self, done: int, total: int = 0) -> None:
        if self.progress is not None:
            self.progress(self._step, done, total)

    def stop(self) -> None:
        if self._step:
            spent = perf_counter() - self._since
            self.seconds[self._step] = self.seconds.get(self._step, 0.0) + spent
            self._step = ""
