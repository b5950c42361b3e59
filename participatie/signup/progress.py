"""How far somebody is with the form, and what was filled in, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from participatie.identity import shown_postcode
from participatie.models import Aanmelding, Persoon
from participatie.signup.forms import SignUpForm
from participatie.signup.questions import FEATURE, Question


@dataclass(frozen=True)
class Line:
    """One answer as it is shown: `language_code` is that of a word that is not translated yet."""

    text: str
    is_ltr: bool = False
    language_code: str = ""


@dataclass(frozen=True)
class Answered:
    """A question with what was answered; no lines when it was left open."""

    question: Question
    lines: list[Line]


def has_all(question: Question, given: Mapping[str, str]) -> bool:
    """Was this question sent before, rightly or not?"""
    return all(name in given for name in question.fields)


def first_unanswered(form: SignUpForm, given: Mapping[str, str]) -> Question | None:
    """The first question of a whole form that has no right answer yet; None when it can be sent."""
    return next(
        (
            question
            for question in form.questions
            if not has_all(question, given) or any(name in form.errors for name in question.fields)
        ),
        None,
    )


def answered(questions: list[Question], given: Mapping[str, str]) -> list[Answered]:
    """The answers of a form that is right, question by question."""
    return [Answered(question, _lines(question, given)) for question in questions]


def given_in(aanmelding: Aanmelding) -> dict[str, str]:
    """A sign-up as the form asks it: what is stored, by the name of the field."""
    persoon, rows = aanmelding.persoon, aanmelding.kenmerkwaarden.values_list("kenmerk__code", "optie__code")
    return {
        **{name: getattr(persoon, name) for name in Persoon.identity},
        # Who was younger could not sign up.
        "oud_genoeg": "ja",
        "taal": aanmelding.taal,
        **{f"{FEATURE}{kenmerk}": optie for kenmerk, optie in rows},
    }


def _lines(question: Question, given: Mapping[str, str]) -> list[Line]:
    def typed(*names: str) -> str:
        return " ".join(value for name in names if (value := given.get(name, "")))

    if question.kenmerk:
        chosen = given.get(question.fields[0])
        lines = [
            Line(option.words.label, language_code=option.words_language)
            for option in question.options
            if option.code == chosen
        ]
    elif question.key == "adres":
        spaced = shown_postcode(typed("postcode"))
        home = " ".join(filter(None, (spaced, typed("huisnummer", "toevoeging"))))
        lines = [Line(home, is_ltr=True), Line(typed("adres_anders"))]
    elif question.key == "leeftijd":
        lines = [Line({"ja": _("Ja"), "nee": _("Nee")}.get(given.get("oud_genoeg", ""), ""))]
    elif question.key == "taal":
        code = given.get("taal", "")
        lines = [Line(dict(settings.LANGUAGES).get(code, code), language_code=code)]
    else:
        lines = [Line(typed(name), is_ltr=name in ("mail", "telefoon")) for name in question.fields]
    return [line for line in lines if line.text]
