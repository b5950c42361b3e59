"""Invented people: as many as were asked for, and the same ones every time."""

import pytest

from participatie import samples
from participatie.models import Aanmelding, Loting
from tests.participatie.desk import empty

pytestmark = pytest.mark.django_db


def test_none_is_lost_between_two_batches(loting: Loting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "BATCH", 3)
    found = []
    for _time in range(2):
        empty(loting)
        assert samples.make_sign_ups(loting, count=7, seed=3) == 7
        rows = Aanmelding.objects.filter(loting=loting).select_related("persoon").order_by("pk")
        found.append([(row.bonnummer, row.persoon.naam, row.persoon.adres) for row in rows])
    assert found[0] == found[1]
    assert len(found[0]) == 7
