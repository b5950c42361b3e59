"""Who stays after the draw and who goes: exactly as the page about privacy says."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from participatie.models import Aanmelding, Bezetting, Bezwaar, Lot, Loting, Lotingcijfers, Opschoning, Staat
from participatie.purge import erase_again, purge
from participatie.seats.actions import resign
from participatie.seats.deadlines import tend
from participatie.seats.links import owner_of
from participatie.seats.retention import kept_until_of, most_until
from participatie.seats.rule import fill
from participatie.seats.term import term_ends_on
from tests.caches import empty_the_caches
from tests.html import Document
from tests.participatie.own import page_of
from tests.participatie.seats.books import first_offer, offers, say

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def left(loting: Loting) -> set[str]:
    """The lots of which somebody knows whose they are."""
    rows = Lot.objects.filter(trekking__loting=loting, aanmelding__isnull=False)
    return set(rows.values_list("nummer", flat=True))


def after_term(loting: Loting) -> datetime:
    ends_on = term_ends_on(loting)
    assert ends_on is not None
    return timezone.now() + timedelta(days=(ends_on - timezone.localdate()).days)


def is_empty(lot: Lot) -> bool:
    return (lot.zout, lot.kenmerken, lot.huishouden, lot.aanmelding) == ("", None, "", None)


@pytest.fixture
def halfway(offered) -> Loting:
    """L-0001 took the seat, L-0002 did not, L-0003 did not answer."""
    say(offers(offered)[0], True)
    say(offers(offered)[1], False)
    lot = Lot.objects.get(nummer="L-0008", trekking__loting=offered)
    Bezwaar.objects.create(lot=lot, kanaal="web", tekst="Ik woon in een koophuis.")
    sits = Lot.objects.get(nummer="L-0001", trekking__loting=offered)
    Bezwaar.objects.create(lot=sits, kanaal="web", tekst="Ook ik.")
    tend(now=offers(offered)[2].antwoord_voor)
    return offered


def test_seats_and_promised_reserves_stay_and_all_others_go(halfway) -> None:
    moment = most_until(halfway)
    assert purge(now=moment - timedelta(seconds=1))["aanmeldingen"] == 0
    assert len(left(halfway)) == 8
    before = Opschoning.objects.count()
    would = purge(now=moment, dry_run=True)
    assert Opschoning.objects.count() == before
    assert {name: would[name] for name in ("bezwaren", "loten", "aanmeldingen")} == {
        "bezwaren": 1,
        "loten": 3,
        "aanmeldingen": 3,
    }
    assert purge(now=moment) == would
    assert Opschoning.objects.latest("pk").aantallen == would
    # Four reserves were promised: places 1 to 4.
    assert left(halfway) == {"L-0001", "L-0004", "L-0005", "L-0006", "L-0007"}
    assert Aanmelding.objects.filter(loting=halfway).count() == 5
    for lot in Lot.objects.filter(trekking__loting=halfway):
        assert is_empty(lot) is (lot.aanmelding is None)
        assert lot.vingerafdruk
        assert lot.is_getrokken is not None
    assert Bezwaar.objects.get().lot.nummer == "L-0001"
    assert not any(purge(now=moment + DAY).values())


def test_after_the_term_the_reserves_go_and_later_who_sat(halfway) -> None:
    purge(now=most_until(halfway))
    end = after_term(halfway)
    with time_machine.travel(end, tick=False):
        tend(now=end)
    purge(now=end)
    assert left(halfway) == {"L-0001"}
    purge(now=end + timedelta(days=halfway.bewaren_dagen) - DAY)
    assert left(halfway) == {"L-0001"}
    purge(now=end + timedelta(days=halfway.bewaren_dagen))
    assert left(halfway) == set()
    assert all(map(is_empty, Lot.objects.filter(trekking__loting=halfway)))
    assert not Bezwaar.objects.exists()
    assert not Aanmelding.objects.filter(loting=halfway).exists()
    assert Bezetting.objects.get().genoemd_als == ""


def test_who_stopped_goes_so_many_days_later(halfway, by) -> None:
    sitting = Bezetting.objects.get()
    resign(bezetting=sitting, einde="gestopt", on=timezone.localdate(), by=by)
    moment = timezone.now() + timedelta(days=halfway.bewaren_dagen)
    assert timezone.localdate(kept_until_of(owner_of(sitting.aanbod))) == timezone.localdate(moment)
    purge(now=moment - DAY)
    assert "L-0001" in left(halfway)
    purge(now=moment)
    assert "L-0001" not in left(halfway)


def test_who_was_asked_and_may_still_answer_stays(halfway, by) -> None:
    late = most_until(halfway)
    asked = fill(zetel=offers(halfway)[1].zetel, lot="L-0004", by=by, now=late - DAY)
    purge(now=late)
    assert "L-0004" in left(halfway)
    assert kept_until_of(owner_of(asked)) == max(late, asked.antwoord_voor)


def test_drawn_and_not_yet_asked_stays(drawn_loting) -> None:
    purge(now=most_until(drawn_loting))
    assert left(drawn_loting) == {f"L-000{number}" for number in range(1, 8)}


def test_a_draw_that_was_put_off_keeps_everybody_longer(drawn_loting) -> None:
    trekking = drawn_loting.trekkingen.get()
    trekking.trekking_op = drawn_loting.trekking_op + timedelta(days=30)
    trekking.save()
    drawn_loting.staat = Staat.BEVROREN
    drawn_loting.save()
    purge(now=drawn_loting.kept_until + 29 * DAY)
    assert len(left(drawn_loting)) == 8
    purge(now=drawn_loting.kept_until + 30 * DAY)
    # Never drawn: nobody has a reason to stay.
    assert left(drawn_loting) == set()


def test_the_page_still_says_how_many_signed_up(halfway, client) -> None:
    with time_machine.travel(most_until(halfway) + DAY, tick=False):
        purge(now=timezone.now())
        assert Lotingcijfers.objects.get(loting=halfway).data["aangemeld"] == 8
        empty_the_caches()
        assert "<strong>8</strong> bewoners" in client.get(page_of(halfway)).content.decode()


def test_what_a_backup_brings_back_is_erased_from_the_lot_as_well(halfway) -> None:
    lot = Lot.objects.get(nummer="L-0008", trekking__loting=halfway)
    assert lot.aanmelding is not None
    assert erase_again([lot.aanmelding.bonnummer]) == 1
    lot.refresh_from_db()
    assert is_empty(lot)
    assert not Bezwaar.objects.filter(lot=lot).exists()


def test_the_page_about_privacy_says_the_same(halfway, client) -> None:
    document = Document(client.get(f"{page_of(halfway)}gegevens/").content.decode())
    text = " ".join(document.first("main").all_text.split())
    for part in (
        "Wie geen zetel krijgt en geen reserve is: tot",
        "De eerste 4 reserves: zolang de termijn van de zetels duurt, 24 maanden na de loting",
        f"Wie een zetel heeft: tot {halfway.bewaren_dagen} dagen na de laatste dag op de zetel",
        "Van een lot blijven alleen het nummer en de vingerafdruk staan",
    ):
        assert part in text


def test_each_person_is_told_until_when(halfway) -> None:
    ends_on = term_ends_on(halfway)
    days = timedelta(days=halfway.bewaren_dagen)
    assert ends_on is not None
    until = {
        lot.nummer: timezone.localdate(kept_until_of(lot.aanmelding))
        for lot in Lot.objects.filter(trekking__loting=halfway).select_related("aanmelding__loting")
        if lot.aanmelding
    }
    most = timezone.localdate(most_until(halfway))
    assert until["L-0001"] == ends_on + days
    assert until["L-0002"] == until["L-0003"] == until["L-0008"] == most
    assert until["L-0004"] == until["L-0007"] == ends_on
    assert first_offer(halfway).stand == "aanvaard"
