"""What the mathematics of the draw finds, as sentences for whoever sets the quotas."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participatie.draw.pool import NOT_ANSWERED, pool_of
from participatie.models import Antwoordoptie, Kenmerk, Loting, Trekking
from participatie.sortition import contradictions as found
from participatie.sortition.leximin import chances
from participatie.sortition.relaxations import CannotBeMet, Change, Limit, why_not
from participatie.sortition.solver import SolverGaveUp
from participatie.sortition.warnings import Group, extremes


class Words:
    """How the codes of a loting are said: a question, and an answer with its question."""

    def __init__(self, loting: Loting) -> None:
        questions = Kenmerk.objects.source().filter(loting=loting)
        self.questions: dict[str, str] = dict(questions.values_list("code", "vraag"))
        answers = Antwoordoptie.objects.source().filter(kenmerk__loting=loting)
        self.answers = {
            (feature, code): label
            for feature, code, label in answers.values_list("kenmerk__code", "code", "label")
        }

    def question(self, feature: str) -> str:
        return self.questions.get(feature, feature)

    def answer(self, feature: str, value: str) -> str:
        if value == NOT_ANSWERED:
            return _("geen antwoord")
        return self.answers.get((feature, value), value)


def problems_of_pool(trekking: Trekking) -> list[str]:
    """Why no fair lists can be made of the lots of a draw; empty when they can."""
    words = Words(trekking.loting)
    pool = pool_of(trekking)
    try:
        problem = why_not(pool) or chances(pool)
        if isinstance(problem, CannotBeMet):
            return list(sentences_of(problem, words))
        ends = extremes(problem)
        return [
            *(_group_sentence(group, words, is_never=True) for group in ends.never),
            *(_group_sentence(group, words, is_never=False) for group in ends.always),
        ]
    except SolverGaveUp:
        return [gave_up()]


def _group_sentence(group: Group, words: Words, *, is_never: bool) -> str:
    """Who has no chance, or no risk. Counted, not named: a lot with rare answers is somebody."""
    who = ", ".join(
        f"“{words.question(feature)}” {words.answer(feature, value)}" for feature, value in group.values
    )
    values = {"who": who, "count": len(group.ids)}
    if is_never:
        said = ngettext(
            "Met deze verdeling kan %(count)d mens nooit geloot worden: %(who)s.",
            "Met deze verdeling kunnen %(count)d mensen nooit geloot worden: %(who)s.",
            len(group.ids),
        )
    else:
        said = ngettext(
            "Met deze verdeling wordt %(count)d mens altijd geloot: %(who)s.",
            "Met deze verdeling worden %(count)d mensen altijd geloot: %(who)s.",
            len(group.ids),
        )
    return said % values


def gave_up() -> str:
    return _(
        "De rekenaar kwam er niet uit. Verander iets aan de verdeling, of vraag de beheerder van de site."
    )


def sentences_of(problem: CannotBeMet, words: Words) -> Iterable[str]:
    """Why the quotas cannot be met, and with which smallest changes they can."""
    yield from (contradiction_of(one, words) for one in problem.contradictions)
    if problem.conflict and not problem.contradictions:
        limits = "; ".join(limit_of(limit, words) for limit in problem.conflict)
        yield _("Deze grenzen gaan niet samen met wie er meedoen: %(limits)s.") % {"limits": limits}
    for changes in problem.alternatives:
        told = "; ".join(change_of(change, words) for change in changes)
        yield _("Het kan wel met: %(changes)s.") % {"changes": told}


def limit_of(limit: Limit, words: Words) -> str:
    values = {"number": limit.number, "answer": words.answer(limit.feature, limit.value)}
    if limit.bound == "minimum":
        return _("minstens %(number)d “%(answer)s”") % values
    return _("hoogstens %(number)d “%(answer)s”") % values


def change_of(change: Change, words: Words) -> str:
    values = {
        "old": change.old,
        "new": change.new,
        "question": words.question(change.feature),
        "answer": words.answer(change.feature, change.value),
    }
    if change.bound == "minimum":
        return _("bij “%(question)s” minstens %(new)d “%(answer)s” in plaats van %(old)d") % values
    return _("bij “%(question)s” hoogstens %(new)d “%(answer)s” in plaats van %(old)d") % values


def contradiction_of(one: found.Contradiction, words: Words) -> str:
    """Something that needs no mathematics to see."""
    match one:
        case found.TooFewPeople(seats, people):
            return ngettext(
                "Er doet %(people)d mens mee. Aantal zetels: %(seats)d.",
                "Er doen %(people)d mensen mee. Aantal zetels: %(seats)d.",
                people,
            ) % {"people": people, "seats": seats}
        case found.TooFewHouseholds(seats, households):
            return ngettext(
                "De mensen die meedoen wonen op %(homes)d adres. Er mag hoogstens één per adres meedoen. "
                "Dat is te weinig. Aantal zetels: %(seats)d.",
                "De mensen die meedoen wonen op %(homes)d adressen. Er mag hoogstens één per adres meedoen. "
                "Dat is te weinig. Aantal zetels: %(seats)d.",
                households,
            ) % {"homes": households, "seats": seats}
        case found.MinimumAboveMaximum(quota):
            return _("Voor “%(answer)s” is minstens %(minimum)d meer dan hoogstens %(maximum)d.") % {
                "answer": words.answer(quota.feature, quota.value),
                "minimum": quota.minimum,
                "maximum": quota.maximum,
            }
        case found.MinimaAboveSeats(feature, total, seats):
            return ngettext(
                "Bij “%(question)s” vraagt u samen minstens %(total)d zetels. Er is er %(seats)d.",
                "Bij “%(question)s” vraagt u samen minstens %(total)d zetels. Er zijn er %(seats)d.",
                seats,
            ) % {"question": words.question(feature), "total": total, "seats": seats}
        case found.MaximaBelowSeats(feature, total, seats):
            return ngettext(
                "Bij “%(question)s” mag hoogstens %(total)d zetel bezet zijn. Er zijn er %(seats)d.",
                "Bij “%(question)s” mogen hoogstens %(total)d zetels bezet zijn. Er zijn er %(seats)d.",
                total,
            ) % {"question": words.question(feature), "total": total, "seats": seats}
        case found.TooFewWithValue(quota, available):
            values: Mapping[str, object] = {
                "question": words.question(quota.feature),
                "answer": words.answer(quota.feature, quota.value),
                "minimum": quota.minimum,
                "count": available,
            }
            return (
                ngettext(
                    "Bij “%(question)s” vraagt u voor “%(answer)s” minstens %(minimum)d. "
                    "Er doet %(count)d mens mee die geloot kan worden.",
                    "Bij “%(question)s” vraagt u voor “%(answer)s” minstens %(minimum)d. "
                    "Er doen %(count)d mensen mee die geloot kunnen worden.",
                    available,
                )
                % values
            )
        case _other:
            return _("De loten passen niet bij de vragen. Vraag de beheerder van de site.")
