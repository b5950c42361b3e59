"""What the seats of a loting must hold to, whatever happened, and short ways to them."""

from collections import Counter
from typing import Any

from participatie.draw import chain
from participatie.models import Bezetting, Ketenregel, Loting, Staat, Zetel, Zetelaanbod
from participatie.seats.actions import answer
from participatie.seats.links import answer_link
from tests.participatie.own import page_of


def offers(loting: Loting) -> list[Zetelaanbod]:
    """Every offer, by seat, the first first."""
    rows = Zetelaanbod.objects.filter(zetel__loting=loting).select_related("zetel__loting", "lot__aanmelding")
    return list(rows.order_by("zetel__nummer", "aangeboden_op", "pk"))


def first_offer(loting: Loting) -> Zetelaanbod:
    return offers(loting)[0]


def say(aanbod: Zetelaanbod, accepts: bool, **more: Any) -> Zetelaanbod:
    """Answer, by the site unless something else is said."""
    return answer(aanbod=aanbod, accepts=accepts, **{"kanaal": "web", **more})


def seat_url(aanbod: Zetelaanbod, what: str = "", *, language_code: str = "nl") -> str:
    """The address in a letter or a mail to the owner of the lot."""
    end = f"{what}/" if what else ""
    return f"{page_of(aanbod.zetel.loting, language_code)}zetel/{answer_link(aanbod)}/{end}"


def lines(loting: Loting) -> list[tuple[str, dict[str, Any]]]:
    """The public log: what, and about what."""
    rows = Ketenregel.objects.filter(loting=loting).order_by("nummer")
    return [(row.soort, row.gegevens) for row in rows]


def holds_together(loting: Loting) -> None:
    """Never two people on one seat, nobody on two, no yes without a seat, and a log that nobody touched."""
    sitting = list(Bezetting.objects.filter(zetel__loting=loting).select_related("aanbod__lot"))
    now = [row for row in sitting if row.tot is None]
    assert max(Counter(row.zetel_id for row in now).values(), default=0) <= 1
    people = Counter(row.aanbod.lot_id for row in sitting)
    assert max(people.values(), default=0) <= 1
    asked = Counter(Zetelaanbod.objects.open().filter(zetel__loting=loting).values_list("zetel", flat=True))
    assert max(asked.values(), default=0) <= 1
    assert not {row.zetel_id for row in now} & set(asked)
    taken = {row.aanbod_id for row in sitting}
    for offer in offers(loting):
        assert (offer.stand == Zetelaanbod.Stand.AANVAARD) is (offer.pk in taken)
        assert (offer.beantwoord_op is None) is (offer.stand == Zetelaanbod.Stand.OPEN)
    for row in sitting:
        assert row.zetel_id == row.aanbod.zetel_id
    loting.refresh_from_db()
    if loting.staat == Staat.GETROKKEN:
        assert not now or len(now) < Zetel.objects.filter(loting=loting).count()
    if loting.staat == Staat.AFGEROND:
        assert now == []
    if loting.een_per_adres:
        homes = Counter(row.aanbod.lot.huishouden for row in now if row.aanbod.lot.huishouden)
        assert max(homes.values(), default=0) <= 1
    assert chain.breaks(loting) == []
