"""Who and what belongs to a wijk, and which wijken a postcode lies in."""

import pytest

from wijken.models import Contactpersoon, Wijk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("pc4", "slugs"),
    [
        ("1951", {"velsen-noord"}),
        ("1985", {"driehuis"}),
        ("9999", set()),
        ("", set()),
    ],
)
def test_wijken_in_a_postcode(pc4: str, slugs: set[str]) -> None:
    assert {wijk.slug for wijk in Wijk.objects.in_postcode(pc4)} == slugs


def test_a_postcode_may_lie_in_several_wijken_each_named_once() -> None:
    found = [wijk.slug for wijk in Wijk.objects.in_postcode("1971")]
    assert len(found) == len(set(found)) > 1


def test_people_of_a_wijk_are_its_own_and_everybodys() -> None:
    wijk = Wijk.objects.get(slug="velsen-noord")
    other = Wijk.objects.get(slug="velserbroek")
    contact = Contactpersoon.objects.source()[0]
    contact.wijken.set([wijk])
    assert contact in Contactpersoon.objects.source().for_wijk(wijk)
    assert contact not in Contactpersoon.objects.source().for_wijk(other)
    contact.wijken.clear()
    assert contact in Contactpersoon.objects.source().for_wijk(other)


def test_someone_of_many_wijken_is_named_once() -> None:
    contact = Contactpersoon.objects.source()[0]
    contact.wijken.set(Wijk.objects.all())
    found = list(Contactpersoon.objects.source().for_wijk(Wijk.objects.all()[0]))
    assert found.count(contact) == 1
