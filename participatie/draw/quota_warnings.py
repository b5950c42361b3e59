"""What is wrong with quotas, in sentences for whoever sets them, and whether it stands in the way of storing.

Before sign-up has closed others can still come. What only they can mend is said, and stops nobody; what no
newcomer mends does: numbers that contradict each other, and somebody who took the trouble to sign up and can
never be drawn.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participatie.draw.chances import Group, Outcome
from participatie.draw.sentences import Words, change_of, contradiction_of
from participatie.models import Loting, Staat
from participatie.sortition import contradictions as kinds
from participatie.sortition.relaxations import Change

# Of these the numbers alone are to blame.
OF_THE_NUMBERS = kinds.MinimumAboveMaximum | kinds.MinimaAboveSeats | kinds.MaximaBelowSeats


@dataclass(frozen=True)
class Warned:
    """One sentence. Nothing is stored while one of them blocks."""

    text: str
    blocks: bool


@dataclass(frozen=True)
class WayOut:
    """Changes with which the quotas can be met, and how that is said."""

    text: str
    changes: tuple[Change, ...]


def warnings_of(outcome: Outcome, loting: Loting, words: Words) -> list[Warned]:
    return list(_warnings(outcome, loting, words))


def ways_out(outcome: Outcome, words: Words) -> list[WayOut]:
    if outcome.problem is None:
        return []
    return [
        WayOut("; ".join(change_of(change, words) for change in changes), changes)
        for changes in outcome.problem.alternatives
    ]


def _warnings(outcome: Outcome, loting: Loting, words: Words) -> Iterable[Warned]:
    is_complete = loting.staat not in (Staat.CONCEPT, Staat.OPEN)
    if outcome.problem is not None:
        for one in outcome.problem.contradictions:
            yield Warned(contradiction_of(one, words), is_complete or isinstance(one, OF_THE_NUMBERS))
        if not outcome.problem.contradictions:
            text = _("Met wie er nu meedoen, kan aan deze aantallen samen niet worden voldaan.")
            yield Warned(text, is_complete)
    for group in outcome.never:
        yield Warned(
            _("%(who)s kunnen zo nooit worden geloot. %(count)s.")
            % {"who": who(group, words), "count": how_many(group)},
            True,
        )
    for group in outcome.always:
        yield Warned(
            _("%(who)s worden zo altijd geloot. %(count)s. Voor hen is het geen loting.")
            % {"who": who(group, words), "count": how_many(group)},
            is_complete,
        )


def who(group: Group, words: Words) -> str:
    """Some people by their answers, as the start of a sentence."""
    if not group.answers:
        return _("Enkele anderen")
    answers = " + ".join(
        _("“%(answer)s”") % {"answer": words.answer(feature, value)} for feature, value in group.answers
    )
    return _("Mensen met %(answers)s") % {"answers": answers}


def how_many(group: Group) -> str:
    return ngettext("Dat is %(count)d mens", "Dat zijn %(count)d mensen", group.people) % {
        "count": group.people
    }


def chance_words(chance: float) -> str:
    """A chance as people say it: 3 op 100."""
    if chance <= 1e-7:
        return _("geen kans")
    if chance >= 1 - 1e-7:
        return _("zeker")
    if chance >= 0.995:
        return _("bijna zeker")
    scale = 100 if chance >= 0.0095 else 1000 if chance >= 0.00095 else 10_000
    number = chance * scale
    shown = f"{number:.0f}" if number >= 9.95 or f"{number:.1f}".endswith(".0") else f"{number:.1f}"
    return _("%(number)s op %(scale)s") % {
        "number": shown.replace(".", ","),
        "scale": f"{scale:,}".replace(",", "."),
    }
