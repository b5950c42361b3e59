"""Things to do, as the first screen shows them."""

from dataclasses import dataclass, field

from django.utils.functional import Promise

SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One thing to do: what, where to do it, and a word about it."""

    title: str
    url: str = ""
    note: str = ""
    is_late: bool = False


@dataclass
class Card:
    """Things to do of one kind. Without lines there is nothing to do."""

    title: str | Promise
    icon: str
    lines: list[Line] = field(default_factory=list)
    more: int = 0
    more_url: str = ""

    @classmethod
    def of(cls, title: str | Promise, icon: str, lines: list[Line], *, more_url: str = "") -> "Card":
        return cls(title, icon, lines[:SHOWN], max(0, len(lines) - SHOWN), more_url)
