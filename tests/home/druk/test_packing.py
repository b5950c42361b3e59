"""Where articles begin so that little white is left, reckoned from lengths alone."""

from dataclasses import replace

import pytest

from home.krant.druk.filling import fill, fill_up
from home.krant.druk.forms import HIGH, TEXT_HEIGHT, Form, Lead, Unit, units_of
from home.krant.druk.packing import FIRST, Forecast, pack, stretch
from home.krant.druk.parts import Stuk
from home.krant.druk.vullingen import Size, chosen
from tests.krant_sample import krant, stukken
from tests.pdfs import needs_pango

pytestmark = needs_pango()


def forecast(lengths: tuple[int, ...], *, pictures: bool = True, aim: int = 0) -> Forecast:
    """Articles of so many paragraphs, each as long as its columns would be."""
    from home.krant.druk.measuring import Layout, Measured

    edition = krant("nl", lengths, pictures=pictures)
    sizes = {
        stuk.key: Measured(head=36, words=32, narrow=70, columns=45.0 * max(1, length), width=56)
        for stuk, length in zip(edition.stukken, lengths, strict=True)
    }
    measured = Layout([], sizes, [])
    return pack(units_of(edition), measured, lambda stuk: stuk.key, used=150, aim=aim)


@pytest.mark.parametrize("lengths", [(16, 8, 1, 1, 22, 6, 10), (3,) * 12, (30, 1, 30, 1), (1,)])
def test_units_stand_in_order_and_what_is_white_is_known(lengths: tuple[int, ...]) -> None:
    found = forecast(lengths)
    assert sum(len(unit.stukken) for unit in found.units) == len(lengths)
    assert list(found.spots) == sorted(found.spots)
    assert found.spots[0][0] in (FIRST, FIRST + 1)
    assert all(0 <= white <= TEXT_HEIGHT for white in found.white.values())
    assert (found.last + 1 + found.left) % 4 == 0


def test_it_leaves_less_white_than_beginning_a_page_for_every_article() -> None:
    found = forecast((16, 8, 1, 1, 22, 6, 10, 5, 9, 12))
    pages = found.last - FIRST + 1
    assert sum(found.white.values()) < pages * TEXT_HEIGHT * 0.2


def test_pictures_grow_into_white_and_never_past_what_they_may() -> None:
    before = forecast((16, 8, 1, 1, 22, 6, 10, 5, 9, 12))
    after = stretch(before)
    assert after.spots == before.spots
    assert sum(after.white.values()) <= sum(before.white.values())
    for old, new, slack in zip(before.units, after.units, before.slack, strict=True):
        grown = new.forms[0].height - old.forms[0].height
        assert 0 <= grown <= slack + 0.001
        assert not new.forms[0].is_large or new.forms[0].height <= HIGH


def test_two_short_ones_stand_beside_each_other() -> None:
    units = units_of(krant("nl", (1, 1, 1, 8, 1)))
    assert [len(unit.stukken) for unit in units] == [2, 1, 1, 1]
    assert {form.columns for form in units[0].forms} == {1}


def a_forecast(white: dict[int, float], last: int) -> Forecast:
    articles: tuple[Stuk, ...] = stukken("nl", (3,) * last)
    units = tuple(Unit((stuk,), (Form(lead=Lead.NONE),)) for stuk in articles)
    spots = tuple((page, page) for page in range(1, last + 1))
    return Forecast(
        units, spots, (0.0,) * last, {page: white.get(page, 0.0) for page in range(FIRST, last + 1)}
    )


@pytest.mark.parametrize("last", range(2, 14))
def test_there_are_always_whole_sheets(last: int) -> None:
    plan = fill(a_forecast({}, last), [])
    assert (last + len(plan.filler_pages) + 1) % 4 == 0


def test_what_was_chosen_comes_first_and_goes_where_it_fits() -> None:
    picked = chosen(("kleurplaat", "handige-nummers", "sudoku", "boodschappen", "wist-u-dat"))
    # Page 5 has half a page white, page 3 room for a strip; 9 and the back make 10, so two pages are left.
    plan = fill(a_forecast({3: 60.0, 5: 140.0}, 9), picked)
    assert [one.key for one in plan.back] == ["handige-nummers"]
    assert [one.key for one in plan.vullingen] == [
        "wist-u-dat",
        "sudoku",
        *(one.key for page in plan.filler_pages for one in page),
        "handige-nummers",
    ]
    assert len(plan.filler_pages) == 2
    assert "kleurplaat" in [one.key for page in plan.filler_pages for one in page]
    keys = [one.key for one in plan.vullingen if one.size is not Size.WHOLE]
    assert len(keys) == len(set(keys))


def test_when_articles_turn_out_longer_only_the_pages_that_are_left_change() -> None:
    picked = chosen(("kleurplaat", "handige-nummers"))
    plan = fill(a_forecast({}, 9), picked)
    longer = fill_up(plan, picked, replace(a_forecast({}, 10)))
    assert (longer.items, longer.back) == (plan.items, plan.back)
    assert len(longer.filler_pages) == len(plan.filler_pages) - 1
