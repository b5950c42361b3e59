"""Planning as people speak it: a quarter, half year, year, school year, season, month, or a stretch of those.

A period has a short code that is stored and shared, and a label in the reader's language:

    2024-Q1  2024-H2  2024  2024/2025  2024-voorjaar  2024-05  2024-Q1..2025-Q4  ntb  na
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

TO_BE_DECIDED = "ntb"
AFTER = "na"
RANGE = ".."
FIRST_YEAR, LAST_YEAR = 1990, 2100

# First month and number of months; a winter runs into the next year, as a school year does.
QUARTERS = {f"Q{n}": (3 * n - 2, 3) for n in range(1, 5)}
HALVES = {"H1": (1, 6), "H2": (7, 6)}
SEASONS = {"voorjaar": (3, 3), "zomer": (6, 3), "najaar": (9, 3), "winter": (12, 3)}
MONTH_PARTS = {f"{n:02}": (n, 1) for n in range(1, 13)}
YEAR, SCHOOL_YEAR = "jaar", "schooljaar"
PARTS = {YEAR: (1, 12), SCHOOL_YEAR: (8, 12), **QUARTERS, **HALVES, **SEASONS, **MONTH_PARTS}

_CODE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<part>Q[1-4]|H[12]|voorjaar|zomer|najaar|winter|\d{2})|/(?P<next>\d{4}))?",
    # A code is stored and shared: digits of other scripts would make two codes of one period.
    re.ASCII,
)


class PeriodError(ValueError):
    """A code that is no period; the message is for the person who typed it."""


@dataclass(frozen=True)
class Stretch:
    """One named part of one year, such as the second quarter of 2025."""

    year: int
    part: str = YEAR

    @property
    def starts_on(self) -> date:
        month, _length = PARTS[self.part]
        return date(self.year, month, 1)

    @property
    def ends_on(self) -> date:
        """The last day that still belongs to it."""
        first, length = PARTS[self.part]
        years, month = divmod(first - 1 + length - 1, 12)
        year = self.year + years
        return date(year, month + 1, calendar.monthrange(year, month + 1)[1])

    @property
    def code(self) -> str:
        if self.part == YEAR:
            return str(self.year)
        if self.part == SCHOOL_YEAR:
            return f"{self.year}/{self.year + 1}"
        return f"{self.year}-{self.part}"

    @property
    def label(self) -> str:
        """In the active language, for example “2e kwartaal van 2025”."""
        if self.part == YEAR:
            return str(self.year)
        if self.part == SCHOOL_YEAR:
            return _("schooljaar %(from)s-%(to)s") % {"from": self.year, "to": self.year + 1}
        if self.part == "winter":
            # It runs into the next year, so one year would leave a reader guessing.
            return _("winter van %(from)s-%(to)s") % {"from": self.year, "to": self.year + 1}
        if self.part in MONTH_PARTS:
            return _("%(month)s %(year)s") % {"month": MONTHS[int(self.part)], "year": self.year}
        return _("%(part)s van %(year)s") % {"part": PART_LABELS[self.part], "year": self.year}


PART_LABELS = {
    YEAR: gettext_lazy("het hele jaar"),
    "Q1": gettext_lazy("1e kwartaal"),
    "Q2": gettext_lazy("2e kwartaal"),
    "Q3": gettext_lazy("3e kwartaal"),
    "Q4": gettext_lazy("4e kwartaal"),
    "H1": gettext_lazy("1e half jaar"),
    "H2": gettext_lazy("2e half jaar"),
    SCHOOL_YEAR: gettext_lazy("schooljaar vanaf augustus"),
    "voorjaar": gettext_lazy("voorjaar"),
    "zomer": gettext_lazy("zomer"),
    "najaar": gettext_lazy("najaar"),
    "winter": gettext_lazy("winter"),
    **{part: MONTHS[int(part)] for part in MONTH_PARTS},
}


@dataclass(frozen=True)
class Period:
    """When something is promised. Without a first stretch it has no dates: to be decided, or after something.

    `starts_on` and `ends_on` are the first and the last day that still belong to it.
    """

    first: Stretch | None = None
    last: Stretch | None = None
    is_after: bool = False

    # Asked for every promise of a wijk, and the same few periods come back in all of them.
    @cached_property
    def starts_on(self) -> date | None:
        return self.first.starts_on if self.first else None

    @cached_property
    def ends_on(self) -> date | None:
        end = self.last or self.first
        return end.ends_on if end else None

    @property
    def code(self) -> str:
        if self.first is None:
            return AFTER if self.is_after else TO_BE_DECIDED
        return f"{self.first.code}{RANGE}{self.last.code}" if self.last else self.first.code

    @property
    def label(self) -> str:
        """In the active language; without a capital, so that it fits in a sentence."""
        if self.first is None:
            return pgettext("planning", "daarna") if self.is_after else _("nog te bepalen")
        if self.last:
            return _("%(from)s t/m %(to)s") % {"from": self.first.label, "to": self.last.label}
        return self.first.label

    def __str__(self) -> str:
        return self.label

    @classmethod
    def parse(cls, code: str) -> "Period":
        """Read a code. PeriodError when it is none, or when a stretch ends before it starts."""
        code = code.strip()
        if code in (TO_BE_DECIDED, AFTER):
            return cls(is_after=code == AFTER)
        start, separator, end = code.partition(RANGE)
        first, last = _stretch(start), _stretch(end) if separator else None
        if last and last.ends_on <= first.ends_on:
            raise PeriodError(_("Het einde ligt niet na het begin."))
        return cls(first, last)


def _stretch(code: str) -> Stretch:
    found = _CODE.fullmatch(code)
    if found is None:
        raise PeriodError(
            _("“%(code)s” is geen periode. Schrijf bijvoorbeeld 2025-Q2, 2025-H1, 2025 of 2025/2026.")
            % {"code": code[:40]}
        )
    year = int(found["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(_("Het jaar %(year)s kan niet.") % {"year": year})
    if found["next"]:
        if int(found["next"]) != year + 1:
            raise PeriodError(_("Een schooljaar loopt van het ene jaar naar het volgende."))
        return Stretch(year, SCHOOL_YEAR)
    part = found["part"] or YEAR
    if part not in PARTS:
        raise PeriodError(_("Een jaar heeft geen maand %(month)s.") % {"month": part})
    return Stretch(year, part)


def whole_months(since: date, until: date) -> int:
    """Full months between two days; never negative."""
    months = (until.year - since.year) * 12 + until.month - since.month
    # The 31st of a month without one counts as its last day.
    last_day = (until + timedelta(days=1)).day == 1
    if until.day < since.day and not last_day:
        months -= 1
    return max(0, months)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month when it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
