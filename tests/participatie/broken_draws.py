"""Rows of a draw and of its seats that each break one rule; see broken.py."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from participatie.models import (
    Antwoordoptie,
    Bezetting,
    Bezwaar,
    Brievenbundel,
    Brievendeel,
    Ketenregel,
    Lot,
    Loting,
    Quotawijziging,
    Trekking,
    Trekkingsbestand,
    Uitkomst,
    Vastlegging,
    Worp,
    Zetel,
    Zetelaanbod,
)
from tests.participatie import draw_rows
from tests.participatie.broken import aanmelding, loting, new_loting, somebody
from tests.participatie.draw_rows import HASH
from tests.wijken.broken import Broken, twice

FIRST_DAY, LAST_DAY = date(2027, 6, 1), date(2029, 6, 1)


def lot(of: Trekking | None = None, nummer: str = "L-0001", **facts: Any) -> Lot:
    return Lot(trekking=of or draw_rows.trekking(), nummer=nummer, vingerafdruk=HASH, **facts)


def stored_lot(of: Trekking | None = None, nummer: str = "L-0001") -> Lot:
    made = lot(of, nummer)
    made.save()
    return made


def same_number() -> Lot:
    of = draw_rows.trekking()
    return twice(lambda: lot(of))  # type: ignore[return-value]


def two_of_one_person() -> Lot:
    of, person = draw_rows.trekking(), aanmelding()
    person.save()
    lot(of, aanmelding=person).save()
    return lot(of, "L-0002", aanmelding=person)


def bezwaar(**facts: Any) -> Bezwaar:
    return Bezwaar(lot=stored_lot(), kanaal="balie", tekst="Er klopt iets niet.", **facts)


def quota(**facts: Any) -> Quotawijziging:
    given = {"van_minimum": 1, "van_maximum": 2, "naar_minimum": 1, "naar_maximum": 3, "reden": "Proef"}
    optie = Antwoordoptie.objects.source()[0]
    return Quotawijziging(optie=optie, door=somebody(), **{**given, **facts})


def vastlegging(of: Trekking | None = None, **facts: Any) -> Vastlegging:
    op = timezone.now() - timedelta(hours=2)
    given = {"manifest_hash": HASH, "ronde": 1, "op": op, "ronde_op": op + timedelta(hours=1)}
    return Vastlegging(trekking=of or draw_rows.trekking(), **{**given, **facts})


def same_file() -> Trekkingsbestand:
    stored = draw_rows.bestand()
    return Trekkingsbestand(vastlegging=stored.vastlegging, naam=stored.naam, inhoud=b"{}", sha256=HASH)


def late_throw() -> Worp:
    made = draw_rows.vastlegging()
    return Worp(
        vastlegging=made,
        dobbelstenen="478",
        vastgelegd_op=made.op,
        ronde_op=made.ronde_op,
        op=made.ronde_op,
    )


def early_outcome() -> Uitkomst:
    made = draw_rows.worp()
    return Uitkomst(
        trekking=made.vastlegging.trekking,
        worp=made,
        ronde_op=made.ronde_op,
        op=made.ronde_op - timedelta(seconds=1),
        handtekening="ab" * 48,
        bron="ingetypt",
        bestand=b"{}",
    )


def line(**facts: Any) -> Ketenregel:
    given = {"nummer": 1, "soort": "proef", "gegevens": {"proef": 1}, "vorige": HASH, "hash": HASH}
    return Ketenregel(loting=loting(), op=timezone.now(), **{**given, **facts})


def after_another_line(**facts: Any) -> Ketenregel:
    line().save()
    return line(**facts)


def zetel() -> Zetel:
    return Zetel.objects.get_or_create(loting=loting(), nummer=1)[0]


def aanbod(of: Lot | None = None, **facts: Any) -> Zetelaanbod:
    until = timezone.now() + timedelta(days=7)
    given = {"zetel": zetel(), "antwoord_voor": until, "aangeboden_op": timezone.now()}
    return Zetelaanbod(lot=of or stored_lot(), **{**given, **facts})


def declined(of: Lot | None = None) -> Zetelaanbod:
    return aanbod(of, stand="geweigerd", beantwoord_op=timezone.now())


def same_lot_again() -> Zetelaanbod:
    of = stored_lot()
    return twice(lambda: declined(of))  # type: ignore[return-value]


def two_at_once() -> Zetelaanbod:
    trekking = draw_rows.trekking()
    aanbod(stored_lot(trekking)).save()
    return aanbod(stored_lot(trekking, "L-0002"))


def bezetting(of: Lot | None = None, **facts: Any) -> Bezetting:
    accepted = aanbod(of, stand="aanvaard", beantwoord_op=timezone.now())
    accepted.save()
    given = {"aanbod": accepted, "zetel": accepted.zetel, "vanaf": FIRST_DAY, "termijn_tot": LAST_DAY}
    return Bezetting(**{**given, **facts})


def two_on_one_seat() -> Bezetting:
    trekking = draw_rows.trekking()
    bezetting(stored_lot(trekking)).save()
    return bezetting(stored_lot(trekking, "L-0002"))


def bundle(of: Loting | None = None) -> Brievenbundel:
    return Brievenbundel(loting=of or loting(), ronde=99, door=somebody(), totaal=1)


def part() -> Brievendeel:
    made = Brievenbundel.objects.filter(loting=loting(), ronde=99).first() or bundle()
    made.save()
    return Brievendeel(bundel=made, nummer=1, aantal=1, tot=1, inhoud="proef")


def unsaved_draw() -> Trekking:
    now = timezone.now()
    return Trekking(loting=Loting.objects.all()[0], bezwaar_tot=now, trekking_op=now)


def same_promise() -> Vastlegging:
    of = draw_rows.trekking()
    vastlegging(of).save()
    return vastlegging(of)


DRAWS = {
    "participatie_loting_simple_without_addresses": Broken(
        lambda: new_loting(vorm="eenvoudig", een_per_adres=True), "op adressen letten"
    ),
    "participatie_one_real_draw": Broken(lambda: twice(unsaved_draw), "al een trekking"),
    "participatie_lot_drawn_or_reserve": Broken(
        lambda: lot(is_getrokken=True, reserveplek=1), "getrokken of staat op de reservelijst"
    ),
    "participatie_quota_change_in_order": Broken(
        lambda: quota(naar_minimum=3, naar_maximum=2), "niet minder dan minstens"
    ),
    "participatie_quota_change_has_reason": Broken(lambda: quota(reden=""), "niet leeg"),
    "participatie_promise_before_randomness": Broken(
        lambda: vastlegging(ronde_op=timezone.now() - timedelta(hours=3)), "voordat het toeval bekend is"
    ),
    "participatie_later_promise_has_reason": Broken(lambda: vastlegging(nummer=2), "Schrijf op waarom"),
    "participatie_dice_between_promise_and_round": Broken(late_throw, "voordat de ronde bekend is"),
    "participatie_outcome_after_round": Broken(early_outcome, "nog niet bekend"),
    "participatie_seat_offered_to_one": Broken(two_at_once, "al aan iemand aangeboden"),
    "participatie_lot_offered_once": Broken(same_lot_again, "al een zetel aangeboden"),
    "participatie_one_on_a_seat": Broken(two_on_one_seat, "zit al iemand"),
    "participatie_term_in_order": Broken(
        lambda: bezetting(tot=FIRST_DAY - timedelta(days=1), einde="gestopt"), "niet voor beginnen"
    ),
    "participatie_named_by_consent": Broken(lambda: bezetting(genoemd_als="Proef"), "als iemand dat wil"),
}
# The site itself keeps these; no form asks for what they are about.
UNSEEN_DRAWS = {
    "participatie_one_bundle_per_round": Broken(lambda: twice(bundle), ""),
    "participatie_one_part_per_number": Broken(lambda: twice(part), ""),
    "participatie_lot_number_once": Broken(same_number, ""),
    "participatie_one_lot_each": Broken(two_of_one_person, ""),
    "participatie_bezwaar_decided_when": Broken(lambda: bezwaar(besluit="hersteld"), ""),
    "participatie_commitment_number_once": Broken(same_promise, ""),
    "participatie_draw_file_once": Broken(same_file, ""),
    "participatie_chain_number_once": Broken(lambda: after_another_line(vorige="1" * 64), ""),
    "participatie_chain_does_not_fork": Broken(lambda: after_another_line(nummer=2), ""),
    "participatie_seat_number_once": Broken(lambda: twice(lambda: Zetel(loting=loting(), nummer=99)), ""),
    "participatie_offer_answered_when": Broken(lambda: aanbod(stand="geweigerd"), ""),
    "participatie_end_has_reason": Broken(lambda: bezetting(tot=LAST_DAY), ""),
}
