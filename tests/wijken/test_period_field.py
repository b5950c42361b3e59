"""Planning in people's words: what the form reads, what it shows again, and what it says when it cannot."""

import pytest
from django import forms

from wijken.desk.period_field import PeriodField, Typed
from wijken.monitor.periods import PARTS, Period, Stretch


class Form(forms.Form):
    when = PeriodField(label="Wanneer?")


class Optional(forms.Form):
    when = PeriodField(label="Wanneer?", required=False, allow_after=False)


def typed(part: str = "", year: str = "", until_part: str = "", until_year: str = "") -> dict[str, str]:
    return {
        "when_part": part,
        "when_year": year,
        "when_until_part": until_part,
        "when_until_year": until_year,
    }


def again(code: str) -> dict[str, str]:
    """What the form shows for a code, handed in without a change."""
    return typed(*Typed.of(code))


CODES = [
    "ntb",
    "na",
    *(Stretch(2027, part).code for part in PARTS),
    "2024-Q1..2025-Q4",
    "2026/2027..2028",
    "2027-voorjaar..2027-najaar",
]


@pytest.mark.parametrize("code", CODES)
def test_what_it_shows_is_what_it_reads(code: str) -> None:
    assert Period.parse(code).code == code
    form = Form(again(code))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["when"] == code
    assert not Form(again(code), initial={"when": code}).has_changed()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (typed(), "Kies wanneer."),
        (typed("Q2"), "Vul ook het jaar in."),
        (typed("", "2027"), "Kies welk deel van het jaar."),
        (typed("Q2", "27"), "met vier cijfers"),
        (typed("Q2", "volgend jaar"), "met vier cijfers"),
        (typed("Q2", "٢٠٢٧"), "met vier cijfers"),
        (typed("Q2", "9" * 5000), "met vier cijfers"),
        (typed("Q2", "1812"), "met vier cijfers"),
        (typed("Q9", "2027"), "uit de lijst"),
        (typed("Q2", "2027", "Q4"), "Vul ook het jaar in."),
        (typed("Q2", "2027", "", "2028"), "tot en met welk deel"),
        (typed("Q2", "2027", "ntb", "2028"), "uit de lijst"),
        (typed("Q4", "2027", "Q1", "2027"), "niet na het begin"),
        (typed("Q4", "2027", "Q4", "2027"), "niet na het begin"),
        (typed("ntb", "2027"), "hoort geen jaar"),
        (typed("na", "", "Q1", "2027"), "hoort geen jaar"),
    ],
)
def test_what_cannot_be_gets_a_plain_sentence(data: dict[str, str], sentence: str) -> None:
    form = Form(data)
    assert not form.is_valid()
    assert sentence in form.errors["when"][0]
    html = str(form)
    if data["when_year"] == "27":
        assert 'value="27"' in html, "What was typed stays."


def test_nothing_may_be_filled_in_when_nothing_has_to() -> None:
    form = Optional(typed())
    assert form.is_valid()
    assert form.cleaned_data["when"] == ""
    assert not form.has_changed()


def test_after_something_else_only_where_that_is_asked() -> None:
    assert not Optional(typed("na")).is_valid()
    assert 'value="na"' not in str(Optional())
    assert 'value="na"' in str(Form())


def test_every_part_has_a_label_of_its_own() -> None:
    html = str(Form(initial={"when": "2024-Q1..2025-Q4"}))
    for part in Typed._fields:
        assert f'for="id_when_{part}"' in html
        assert f'id="id_when_{part}"' in html
    assert html.count(" selected") == 2
