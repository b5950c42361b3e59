"""What the screen of the quotas tells about the people who take part: pictures, tables and sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participatie.draw import live
from participatie.draw.chances import EQUAL, Binding, Group, Outcome
from participatie.draw.live import Busy, Failed
from participatie.draw.quota_warnings import (
    Warned,
    chance_words,
    how_many,
    warnings_of,
    ways_out,
    who,
)
from participatie.draw.sentences import Words, gave_up
from participatie.models import Antwoordoptie, Loting
from participatie.sortition.relaxations import Change
from participatie.sortition.warnings import Price

# The histogram in units of its own: the drawing is as wide as there is room.
WIDTH, HEIGHT, GAP = 420.0, 140.0, 3.0


@dataclass(frozen=True)
class Bar:
    """People with about the same chance: a bar, and the row of the table that says the same."""

    label: str
    people: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class PriceRow:
    """`share` is the lowest chance in hundredths of the best one."""

    label: str
    lowest: str
    median: str
    highest: str
    share: float


@dataclass(frozen=True)
class AnswerRow:
    question: str
    answer: str
    people: int
    lowest: str
    highest: str


@dataclass(frozen=True)
class Ready:
    """A way out, and how its button sends it."""

    text: str
    fields: str


@dataclass(frozen=True)
class Shown:
    """Everything beside the numbers. Without `outcome` there is a `message`, or a worker is `busy`."""

    message: str = ""
    busy: Busy | None = None
    outcome: Outcome | None = None
    has_chances: bool = False
    lowest: str = ""
    median: str = ""
    highest: str = ""
    said: str = ""
    bars: Sequence[Bar] = ()
    tallest: int = 0
    first: str = ""
    last: str = ""
    squeezed: Sequence[str] = ()
    binding: Sequence[str] = ()
    answers: Sequence[AnswerRow] = ()
    warnings: Sequence[Warned] = ()
    ways_out: Sequence[Ready] = ()
    price: Sequence[PriceRow] = ()
    price_busy: Busy | None = None
    errors: Sequence[str] = field(default=())

    @property
    def is_waiting(self) -> bool:
        return bool(self.busy or self.price_busy)

    @property
    def blocks(self) -> bool:
        return any(one.blocks for one in self.warnings)


def shown(
    asked: live.Question, loting: Loting, options: Sequence[Antwoordoptie], *, with_price: bool
) -> Shown:
    """What there is to tell about these quotas, as far as it is known."""
    found = live.chances(asked)
    if isinstance(found, Busy):
        return Shown(busy=found, said=_("De kansen worden berekend."))
    if isinstance(found, Failed):
        return Shown(message=gave_up(), said=gave_up())
    words = Words(loting)
    warnings = warnings_of(found, loting, words)
    if found.problem is not None:
        ready = [Ready(one.text, _fields(one.changes, options)) for one in ways_out(found, words)]
        nobody = _("Er doet nog niemand mee. De kansen komen als mensen zich aanmelden.")
        message = "" if found.people else nobody
        said = message or " ".join(one.text for one in warnings)
        return Shown(
            message=message,
            outcome=found,
            said=said,
            warnings=[one for one in warnings if one.blocks or found.people],
            ways_out=ready if found.people else (),
        )
    price = live.price(asked) if with_price else live.known_price(asked)
    lowest, median, highest = (chance_words(one) for one in (found.lowest, found.median, found.highest))
    return Shown(
        outcome=found,
        has_chances=True,
        lowest=lowest,
        median=median,
        highest=highest,
        said=_("Kleinste kans: %(lowest)s. Middelste kans: %(median)s. Grootste kans: %(highest)s.")
        % {"lowest": lowest, "median": median, "highest": highest},
        bars=_bars(found),
        tallest=max(one.people for one in found.bins),
        first=_percent(found.bins[0].low),
        last=_percent(found.bins[-1].high),
        squeezed=[_squeezed(group, found, words) for group in found.squeezed],
        binding=[_binding(one, found, words) for one in found.binding],
        answers=_answers(found, options),
        warnings=warnings,
        price=_price(price) if isinstance(price, tuple) else (),
        price_busy=price if isinstance(price, Busy) else None,
    )


def _fields(changes: Iterable[Change], options: Sequence[Antwoordoptie]) -> str:
    keys = {(option.kenmerk.code, option.code): option.pk for option in options}
    return ",".join(
        f"{'min' if change.bound == 'minimum' else 'max'}-{keys[change.feature, change.value]}={change.new}"
        for change in changes
        if (change.feature, change.value) in keys
    )


def _percent(chance: float) -> str:
    return f"{round(chance * 100, 3):g}".replace(".", ",")


def _bars(outcome: Outcome) -> list[Bar]:
    tallest = max(one.people for one in outcome.bins)
    step = WIDTH / len(outcome.bins)
    found = []
    for place, one in enumerate(outcome.bins):
        # One person is seen as well.
        height = max(2.0, HEIGHT * one.people / tallest) if one.people else 0.0
        label = _("%(low)s tot %(high)s op 100") % {"low": _percent(one.low), "high": _percent(one.high)}
        found.append(Bar(label, one.people, place * step + GAP / 2, HEIGHT - height, step - GAP, height))
    return found


def _squeezed(group: Group, outcome: Outcome, words: Words) -> str:
    told = _("%(who)s hebben de kleinste kans: %(chance)s. %(count)s.") % {
        "who": who(group, words),
        "chance": chance_words(outcome.lowest),
        "count": how_many(group),
    }
    reasons = [_reason(one, words) for one in outcome.binding if _concerns(one, group)]
    if not reasons:
        return told
    return _("%(told)s Dat komt doordat %(reason)s.") % {"told": told, "reason": reasons[0]}


def _concerns(binding: Binding, group: Group) -> bool:
    """Does this limit keep these people down: theirs at the top, or another's from below?"""
    answers = dict(group.answers)
    if binding.feature not in answers:
        return False
    return (answers[binding.feature] == binding.value) == (binding.bound == "maximum")


def _reason(one: Binding, words: Words) -> str:
    answered = ngettext("%(people)d mens dat antwoordde", "%(people)d mensen dat antwoordden", one.people) % {
        "people": one.people
    }
    values = {
        "answer": words.answer(one.feature, one.value),
        "number": one.number,
        # “1 mens dat antwoordde”
        "answered": answered,
    }
    if one.bound == "maximum":
        return (
            ngettext(
                "er voor “%(answer)s” hoogstens %(number)d zetel is, en %(answered)s",
                "er voor “%(answer)s” hoogstens %(number)d zetels zijn, en %(answered)s",
                one.number,
            )
            % values
        )
    return (
        ngettext(
            "er voor “%(answer)s” minstens %(number)d zetel is, en %(answered)s",
            "er voor “%(answer)s” minstens %(number)d zetels zijn, en %(answered)s",
            one.number,
        )
        % values
    )


def _binding(one: Binding, outcome: Outcome, words: Words) -> str:
    values = {
        "question": words.question(one.feature),
        "answer": words.answer(one.feature, one.value),
        "number": one.number,
        "people": one.people,
        "chance": chance_words(one.lowest_if_moved),
    }
    if one.lowest_if_moved - outcome.lowest <= EQUAL:
        helps = _("Alleen deze grens verruimen helpt niet: een andere grens houdt het ook tegen.")
    elif one.bound == "maximum":
        helps = _("Met één zetel meer wordt de kleinste kans %(chance)s.") % values
    else:
        helps = _("Met één zetel minder wordt de kleinste kans %(chance)s.") % values
    if one.bound == "maximum":
        limit = ngettext(
            "%(question)s Hoogstens %(number)d voor “%(answer)s” (%(people)d mens).",
            "%(question)s Hoogstens %(number)d voor “%(answer)s” (%(people)d mensen).",
            one.people,
        )
    else:
        limit = ngettext(
            "%(question)s Minstens %(number)d voor “%(answer)s” (%(people)d mens).",
            "%(question)s Minstens %(number)d voor “%(answer)s” (%(people)d mensen).",
            one.people,
        )
    return f"{limit % values} {helps}"


def _answers(outcome: Outcome, options: Sequence[Antwoordoptie]) -> list[AnswerRow]:
    found = []
    for option in options:
        if one := outcome.answers.get((option.kenmerk.code, option.code)):
            question, answer = option.kenmerk.vraag, option.label
            low, high = chance_words(one.lowest), chance_words(one.highest)
            found.append(AnswerRow(question, answer, one.people, low, high))
    return found


def _price(found: tuple[Price | None, ...]) -> list[PriceRow]:
    best = max((one.lowest for one in found if one), default=0.0)
    rows = []
    for one in found:
        if one is None:
            continue
        label = (
            ngettext("%(count)d zetel ruimer", "%(count)d zetels ruimer", one.slack) % {"count": one.slack}
            if one.slack
            else _("zoals het er staat")
        )
        lowest, median, highest = (chance_words(chance) for chance in (one.lowest, one.median, one.highest))
        rows.append(PriceRow(label, lowest, median, highest, 100 * one.lowest / best if best else 0.0))
    return rows
