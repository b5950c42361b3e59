"""What the makers are told before anything is printed."""

from dataclasses import replace
from fractions import Fraction

import pytest

from home.krant.druk import Kind, Krant, Remark, Stuk, estimate, estimated_pages, remarks_on
from home.krant.druk.parts import Image, Link, Links, Text
from tests.krant_sample import krant, paragraphs, picture


def only(stuk: Stuk, pages: int = 0) -> list[Remark]:
    return remarks_on(
        Krant("Krant", "Nu", "nl", (stuk,), "Gemeente", "14 0255", "https://example.nl/", pages=pages)
    )


def stuk(**more: object) -> Stuk:
    return replace(Stuk("a", "Een titel", "Buren", blocks=(paragraphs("nl", 3),)), **more)  # type: ignore[arg-type]


def test_a_good_article_gets_no_remark() -> None:
    assert only(stuk()) == []
    assert only(stuk(picture=picture())) == []


def test_an_article_without_words() -> None:
    assert only(stuk(blocks=())) == [Remark(Kind.ARTICLE_EMPTY, "a")]
    assert Remark(Kind.ARTICLE_EMPTY, "a").is_serious
    assert only(stuk(blocks=(Text("<p> </p>"),))) == [Remark(Kind.ARTICLE_EMPTY, "a")]


def test_a_title_that_is_too_long() -> None:
    assert only(stuk(title="a" * 90)) == []
    assert only(stuk(title="a" * 91)) == [Remark(Kind.TITLE_LONG, "a", (91,))]


@pytest.mark.parametrize(
    ("width", "kinds"),
    [
        (442, []),
        (440, [Kind.PICTURE_COARSE]),
        (266, [Kind.PICTURE_COARSE]),
        (264, [Kind.PICTURE_TOO_COARSE]),
    ],
)
def test_a_picture_in_a_column_of_56_mm(width: int, kinds: list[Kind]) -> None:
    """200 pixels to the inch are 441 on 56 mm, 120 are 265."""
    image = Image(replace(picture(), width=width, height=width // 2 + 1))
    found = only(stuk(blocks=(paragraphs("nl", 6), image)))
    assert [one.kind for one in found] == kinds
    assert all(one.numbers[1] == 200 and one.numbers[0] < 200 for one in found)


def test_a_picture_that_says_nothing_to_who_cannot_see_it() -> None:
    assert only(stuk(picture=picture(alt=" "))) == [Remark(Kind.PICTURE_WITHOUT_TEXT, "a")]


def test_a_link_that_nobody_types_over() -> None:
    long = "https://www.example.nl/een/heel/lang/adres/dat/niet/past/op/papier"
    blocks = (Text(f'<p>Kijk <a href="{long}">hier</a> of <a href="https://example.nl/kort">hier</a>.</p>'),)
    assert only(stuk(blocks=blocks)) == [Remark(Kind.LINK_UNREADABLE, "a", (1,))]
    twice = (*blocks, Links((Link("Ook hier", long),)))
    assert only(stuk(blocks=twice)) == [Remark(Kind.LINK_UNREADABLE, "a", (2,))]


def test_an_edition_that_is_longer_than_was_aimed_for() -> None:
    long = krant("nl", (30, 4, 4, 4), pages=4)
    found = {one.kind: one for one in remarks_on(long)}
    assert found[Kind.EDITION_LONG].numbers == (estimated_pages(long), 4)
    assert found[Kind.ARTICLE_LONG].key == "artikel-0"
    assert found[Kind.ARTICLE_LONG].numbers[0] > found[Kind.ARTICLE_LONG].numbers[1]
    assert not {Kind.EDITION_LONG, Kind.ARTICLE_LONG} & {
        one.kind for one in remarks_on(replace(long, pages=0))
    }


def test_a_length_is_said_in_quarters_of_a_page() -> None:
    short, long = estimate(stuk()), estimate(stuk(blocks=(paragraphs("nl", 12),)))
    assert short.fraction == Fraction(1, 4)
    assert long.characters > 3 * short.characters
    assert Fraction(3, 4) <= long.fraction <= Fraction(5, 4)
    with_picture = estimate(stuk(blocks=(paragraphs("nl", 12),), picture=picture()))
    assert with_picture.characters == long.characters
    assert with_picture.pages > long.pages
