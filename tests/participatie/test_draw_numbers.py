"""What of the group that was drawn may be told, and that it stays when its people leave."""

import json

import pytest
from django.test import Client

from core.append_only import AppendOnlyError
from participatie.draw.numbers import counts_of, panel_cells, pool_cells
from participatie.models import Aanmelding, Antwoordoptie, Kenmerk, Lot, Loting, Trekkingscijfers
from participatie.statistics import SMALLEST
from tests.participatie import draws
from tests.participatie.own import PAGE
from tests.participatie.test_draw_page import words


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 40, "b": 60}, {"a": 40, "b": 60}),
        ({"a": 40, "b": 0}, {"a": 40, "b": 0}),
        # One small cell takes the next smallest along, or it would follow from the total.
        ({"a": 3, "b": 60, "c": 40}, {"a": None, "b": 60, "c": None}),
        ({"a": 3, "b": 4, "c": 40}, {"a": None, "b": None, "c": 40}),
        ({"a": 2, "b": 1}, {"a": None, "b": None}),
        ({"a": 4, "b": 0}, {"a": None, "b": None}),
        ({}, {}),
    ],
)
def test_the_pool(counts, shown) -> None:
    assert pool_cells(counts) == shown


@pytest.mark.parametrize(
    ("counts", "pool", "shown"),
    [
        # One on the panel of forty who gave that answer: nobody in particular.
        ({"a": 1, "b": 7}, {"a": 40, "b": 60}, {"a": 1, "b": 7}),
        ({"a": 1, "b": 3, "c": 4}, {"a": None, "b": 60, "c": None}, {"a": None, "b": 3, "c": None}),
        # All of them: then it is known of each.
        ({"a": 8, "b": 0}, {"a": 40, "b": 60}, {"a": None, "b": None}),
        ({"a": 0, "b": 3, "c": 5}, {"a": 0, "b": 50, "c": 50}, {"a": 0, "b": 3, "c": 5}),
    ],
)
def test_the_panel(counts, pool, shown) -> None:
    assert panel_cells(counts, pool, is_special=False) == shown
    assert set(panel_cells(counts, pool, is_special=True).values()) == {None}


def test_never_one_hidden_cell_that_follows_from_the_others() -> None:
    """Every small pool of three answers, with every panel of four from it."""
    numbers = range(0, 9)
    for pool_counts in ((a, b, c) for a in numbers for b in numbers for c in numbers):
        pool = pool_cells(dict(zip("abc", pool_counts, strict=True)))
        for panel_counts in ((a, b, 4 - a - b) for a in range(5) for b in range(5 - a)):
            if any(on > there for on, there in zip(panel_counts, pool_counts, strict=True)):
                continue
            panel = panel_cells(dict(zip("abc", panel_counts, strict=True)), pool, is_special=False)
            for cells, counts in ((pool, pool_counts), (panel, panel_counts)):
                hidden = [cell for cell, count in cells.items() if count is None]
                others = [count for count in counts if count]
                assert len(hidden) != 1 or len(others) == 1, (pool_counts, panel_counts)
            small = {cell for cell, count in zip("abc", pool_counts, strict=True) if 0 < count < SMALLEST}
            assert all(panel[cell] is None for cell in small)


@pytest.mark.django_db
def test_what_is_stored_adds_up(loting: Loting) -> None:
    made = draws.drawn(loting)
    data = Trekkingscijfers.objects.get(trekking__loting=loting).gegevens
    assert data == counts_of(made.trekking)
    drawn = Lot.objects.filter(trekking=made.trekking, is_getrokken=True)
    assert data["zetels"] == loting.zetels == drawn.count()
    assert data["deelnemers"] == Lot.objects.filter(trekking=made.trekking).count()
    for feature in data["kenmerken"]:
        assert sum(answer["pool"] for answer in feature["antwoorden"]) == data["deelnemers"]
        assert sum(answer["panel"] for answer in feature["antwoorden"]) == data["zetels"]
        for answer in feature["antwoorden"]:
            given = [lot for lot in drawn if lot.kenmerken.get(feature["code"], "") == answer["code"]]
            assert answer["panel"] == len(given)
            assert answer["past"] == (
                answer["minstens"] is None or answer["minstens"] <= len(given) <= answer["hoogstens"]
            )


@pytest.mark.django_db
def test_small_and_special_answers_are_not_even_stored(client: Client, loting: Loting) -> None:
    Kenmerk.objects.filter(loting=loting, code="eerder-meegepraat").update(is_bijzonder=True)
    young = Antwoordoptie.objects.source().get(kenmerk__loting=loting, code="16-24")
    rows = Aanmelding.objects.in_the_pool().filter(loting=loting, kenmerkwaarden__optie=young)
    keep = list(rows.values_list("pk", flat=True))[:3]
    Aanmelding.objects.filter(pk__in=rows.exclude(pk__in=keep).values("pk")).update(
        geschiktheid=Aanmelding.Geschiktheid.NIET_GESCHIKT
    )
    Aanmelding.objects.filter(loting=loting, geschiktheid=Aanmelding.Geschiktheid.CONTROLEREN).update(
        geschiktheid=Aanmelding.Geschiktheid.NIET_GESCHIKT
    )
    draws.drawn(loting)
    data = {
        one["code"]: one["antwoorden"]
        for one in Trekkingscijfers.objects.get(trekking__loting=loting).gegevens["kenmerken"]
    }
    ages = {answer["code"]: answer for answer in data["leeftijd"]}
    assert (ages["16-24"]["pool"], ages["16-24"]["panel"]) == (None, None)
    assert sum(answer["pool"] is None for answer in ages.values()) == 2
    assert {answer["panel"] for answer in data["eerder-meegepraat"]} == {None}
    text = words(client)
    assert "te weinig om te tonen" in text
    assert "zoals afgesproken" in text
    assert "tonen wij niet" in text


@pytest.mark.django_db
def test_the_numbers_stay_when_the_people_leave(client: Client, loting: Loting) -> None:
    made = draws.drawn(loting)
    before = words(client, f"{PAGE}trekking/")
    Lot.objects.filter(trekking=made.trekking).update(aanmelding=None, zout="", kenmerken=None, huishouden="")
    assert words(client, f"{PAGE}trekking/") == before
    row = Trekkingscijfers.objects.get(trekking__loting=loting)
    assert json.dumps(row.gegevens)
    with pytest.raises(AppendOnlyError):
        row.save()


@pytest.mark.django_db
def test_of_a_rehearsal_nothing_is_kept(loting: Loting) -> None:
    draws.rehearsed(loting)
    assert not Trekkingscijfers.objects.filter(trekking__loting=loting).exists()
