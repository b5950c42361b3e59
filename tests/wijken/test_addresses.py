"""Where an address lies: from the table, or roughly; and seen from a wijk or some of its buurten."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wijken.addresses.checking import UNKNOWN, AddressAnswer, Kind, Ligging, Source, Where, check, locate
from wijken.models import Adresbuurt, Buurt, Postcodegebied, Wijk

pytestmark = pytest.mark.django_db

GILDENBUURT, DUINVLIET, WATERVLIET = "BU04530500", "BU04530503", "BU04530504"
VELSERBROEK = "BU04530800"
BEVERWIJK = "BU03750000"


@pytest.fixture
def noord() -> Wijk:
    return Wijk.objects.get(slug="velsen-noord")


@pytest.fixture
def velserbroek() -> Wijk:
    return Wijk.objects.get(slug="velserbroek")


@pytest.fixture
def ijmuiden() -> Wijk:
    """One of the wijken that share their postcodes."""
    return Wijk.objects.get(slug="ijmuiden-noord")


def add(postcode: str, nummer: int, buurt_code: str) -> None:
    Adresbuurt.objects.create(postcode=postcode, huisnummer=nummer, buurt_code=buurt_code)


def buurten(*codes: str) -> frozenset[str]:
    return frozenset(codes)


# --- where it lies ----------------------------------------------------------------------------------------


def test_the_number_decides_where_a_street_lies_in_two_buurten(noord: Wijk) -> None:
    odd, even = check("1951 za", "3"), check("1951ZA", "4", "a")
    assert odd == AddressAnswer(
        Kind.BUURT, Source.TABEL, True, buurten=buurten(DUINVLIET), wijken=frozenset({noord.pk})
    )
    assert (odd.buurt_code, even.buurt_code) == (DUINVLIET, WATERVLIET)


def test_a_number_with_additions_in_two_buurten(noord: Wijk) -> None:
    answer = check("1951ZA", "9 bis")
    assert (answer.kind, answer.is_sure, answer.buurt_code) == (Kind.BUURT, True, "")
    assert answer.buurten == buurten(DUINVLIET, WATERVLIET)
    assert locate(answer, noord) == Ligging(Where.BINNEN, True)
    assert locate(answer, noord, [DUINVLIET]) == Ligging(Where.ONBEKEND, True)
    assert locate(answer, noord, [GILDENBUURT]) == Ligging(Where.BUITEN, True)


@pytest.mark.parametrize("huisnummer", ["77", "", "geen idee"])
def test_a_number_that_is_not_there_is_told_by_its_neighbours(huisnummer: str, noord: Wijk) -> None:
    add("1951QA", 1, GILDENBUURT)
    add("1951QA", 3, GILDENBUURT)
    answer = check("1951QA", huisnummer)
    assert (answer.source, answer.buurt_code, answer.is_sure) == (Source.TABEL, GILDENBUURT, False)
    assert locate(answer, noord) == Ligging(Where.BINNEN, False)


def test_another_municipality_is_elsewhere(noord: Wijk, velserbroek: Wijk) -> None:
    answer = check("1941XA", "17")
    assert (answer.kind, answer.source, answer.is_sure) == (Kind.ELDERS, Source.TABEL, True)
    assert answer.buurt_code == BEVERWIJK
    assert locate(answer, noord) == locate(answer, velserbroek) == Ligging(Where.BUITEN, True)


def test_a_number_on_the_border_of_two_municipalities_is_not_elsewhere(noord: Wijk) -> None:
    add("1951QA", 1, GILDENBUURT)
    add("1951QA", 1, BEVERWIJK)
    answer = check("1951QA", "1")
    assert answer.kind == Kind.BUURT
    assert locate(answer, noord).where == Where.ONBEKEND


def test_without_the_table_the_four_digits_tell_roughly(noord: Wijk, velserbroek: Wijk) -> None:
    Adresbuurt.objects.all().delete()
    answer = check("1951XA", "1")
    assert answer == AddressAnswer(Kind.WIJK, Source.PC4, nearby=frozenset({noord.pk}))
    assert locate(answer, noord) == Ligging(Where.BINNEN, False)
    assert locate(answer, velserbroek) == Ligging(Where.BUITEN, False)
    # In the wijk, but who can tell in which half of it?
    assert locate(answer, noord, [GILDENBUURT]) == Ligging(Where.ONBEKEND)
    assert locate(answer, noord, noord.buurten.values_list("code", flat=True)) == Ligging(Where.BINNEN, False)


def test_four_digits_of_several_wijken(ijmuiden: Wijk, noord: Wijk) -> None:
    answer = check("1975QA", "1")
    assert (answer.kind, len(answer.nearby)) == (Kind.WIJK, 4)
    assert locate(answer, ijmuiden) == Ligging(Where.ONBEKEND)
    assert locate(answer, noord) == Ligging(Where.BUITEN, False)


def test_four_digits_of_no_wijk_are_elsewhere_unless_a_postcode_may_be_missing(noord: Wijk) -> None:
    answer = check("9999AB", "1")
    assert answer == AddressAnswer(Kind.ELDERS, Source.PC4)
    assert locate(answer, noord) == Ligging(Where.BUITEN, False)
    Postcodegebied.objects.filter(pc4="1985").delete()
    assert check("9999AB", "1") == UNKNOWN


def test_a_site_without_wijken_knows_nothing() -> None:
    Postcodegebied.objects.all().delete()
    assert check("1951QA", "1") == UNKNOWN


@pytest.mark.parametrize("postcode", ["", "1951", "0000AA", "1951АВ", "x" * 10_000, "\0", "\ud800"])
def test_what_is_no_postcode_is_unknown(postcode: str, noord: Wijk) -> None:
    answer = check(postcode, "1")
    assert answer == UNKNOWN
    assert locate(answer, noord) == Ligging(Where.ONBEKEND)


@given(st.text() | st.sampled_from(["1951XA", "1951ZA"]), st.text(), st.text())
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_typed_has_an_answer(postcode: str, huisnummer: str, toevoeging: str) -> None:
    answer = check(postcode, huisnummer, toevoeging)
    assert isinstance(locate(answer, Wijk.objects.all()[0]), Ligging)


# --- seen from a wijk -------------------------------------------------------------------------------------


def test_a_buurt_of_no_wijk_is_outside_a_wijk_that_has_buurten(noord: Wijk) -> None:
    assert locate(check("1991XA", "5"), noord) == Ligging(Where.BUITEN, True)


def test_a_wijk_without_buurten_is_found_by_its_postcodes(velserbroek: Wijk, noord: Wijk) -> None:
    assert locate(check("1991XA", "5"), velserbroek) == Ligging(Where.BINNEN, False)
    # A buurt of another wijk is sure, whatever the postcode.
    add("1991QA", 1, GILDENBUURT)
    assert locate(check("1991QA", "1"), velserbroek) == Ligging(Where.BUITEN, True)
    Postcodegebied.objects.filter(wijk=velserbroek).delete()
    assert locate(check("1991XA", "5"), velserbroek) == Ligging(Where.ONBEKEND)


def test_a_wijk_whose_buurten_come_later_is_sure_from_then_on(velserbroek: Wijk) -> None:
    Buurt.objects.create(wijk=velserbroek, code=VELSERBROEK)
    assert locate(check("1991XA", "5"), velserbroek) == Ligging(Where.BINNEN, True)


def test_few_queries(noord: Wijk, django_assert_max_num_queries: Any) -> None:
    for postcode in ("1951XA", "1941XA", "1991XA", "1975QA", "9999AB"):
        with django_assert_max_num_queries(4):
            answer = check(postcode, "1")
        with django_assert_max_num_queries(2):
            locate(answer, noord)


# --- the demo ---------------------------------------------------------------------------------------------


def test_the_demo_has_addresses_in_every_buurt_and_elsewhere(noord: Wijk) -> None:
    rows = [(row, check(row.postcode, str(row.huisnummer))) for row in Adresbuurt.objects.all()]
    inside = [row for row, answer in rows if locate(answer, noord).where == Where.BINNEN]
    outside = [row for row, answer in rows if locate(answer, noord) == Ligging(Where.BUITEN, True)]
    assert len(inside) >= 150
    assert len(outside) >= 20
    assert {row.buurt_code for row in inside} == set(noord.buurten.values_list("code", flat=True))
    for row in Adresbuurt.objects.filter(postcode__startswith="1951"):
        assert row.buurt_code.startswith("BU045305"), row


def test_a_change_of_the_table_does_not_empty_the_cache_of_pages(client: Client) -> None:
    from core.cache import content_version

    before = content_version()
    add("1951QA", 1, GILDENBUURT)
    assert content_version() == before
