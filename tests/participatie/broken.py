"""Rows of a loting that each break one rule; tests/wijken/test_rules.py tries them with those of the rest."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from core.models import User
from participatie.models import (
    Aanmelding,
    Antwoordoptie,
    Conceptaanmelding,
    Handeling,
    Kenmerk,
    Kenmerkwaarde,
    Loting,
    Lotingstap,
    NietDubbel,
    Uitnodiging,
)
from tests.wijken.broken import Broken, twice

OPENS, CLOSES, DRAWS = (datetime(2027, month, 1, 12, tzinfo=UTC) for month in (3, 4, 5))


def loting() -> Loting:
    return Loting.objects.order_by("pk")[0]


def new_loting(**facts: Any) -> Loting:
    given = {
        "naam": "Proef",
        "slug": "proef",
        "wijk": loting().wijk,
        "opent_op": OPENS,
        "sluit_op": CLOSES,
        "trekking_op": DRAWS,
        "zetels": 3,
        "termijn_maanden": 24,
    }
    return Loting(**{**given, **facts})


def aanmelding(**facts: Any) -> Aanmelding:
    return Aanmelding(**{"loting": loting(), "bonnummer": "PROEF", "kanaal": "web", "taal": "nl", **facts})


def kenmerk() -> Kenmerk:
    found: Kenmerk = Kenmerk.objects.source().filter(is_bijzonder=False)[0]
    return found


def optie(**facts: Any) -> Antwoordoptie:
    of = kenmerk()
    return Antwoordoptie(**{"kenmerk": of, "code": "proef", "label": "Proef", "locale": of.locale, **facts})


def somebody() -> User:
    return User.objects.get_or_create(username="proef")[0]


def not_double(first: int, second: int) -> NietDubbel:
    rows = Aanmelding.objects.order_by("pk")
    return NietDubbel(eerste=rows[first], tweede=rows[second], door=somebody())


def second_answer() -> Kenmerkwaarde:
    given = Kenmerkwaarde.objects.order_by("pk")[0]
    return Kenmerkwaarde(aanmelding=given.aanmelding, kenmerk=given.kenmerk, optie=given.optie)


def letter() -> Uitnodiging:
    return Uitnodiging(
        loting=loting(),
        adres_index="proef",
        postcode="1951 XA",
        huisnummer="1",
        code="proef",
        code_index=uuid4().hex,
        gemaakt_door=somebody(),
    )


LOTINGEN = {
    "participatie_loting_window": Broken(lambda: new_loting(sluit_op=OPENS), "later dan het begint"),
    "participatie_loting_draw_after_closing": Broken(
        lambda: new_loting(trekking_op=CLOSES), "nadat het aanmelden is gestopt"
    ),
    "participatie_loting_has_seats": Broken(lambda: new_loting(zetels=0), "minstens 1"),
    "participatie_loting_known_state": Broken(lambda: new_loting(staat="zoek"), "staat bestaat niet"),
    "participatie_stap_has_reason": Broken(
        lambda: Lotingstap(loting=loting(), van="concept", naar="open", reden=""), "niet leeg"
    ),
    "participatie_export_has_reason": Broken(
        lambda: Handeling(loting=loting(), soort="geexporteerd"), "waarvoor de export is"
    ),
    "participatie_kenmerk_code_once": Broken(
        lambda: Kenmerk(loting=kenmerk().loting, code=kenmerk().code, vraag="Proef", locale=kenmerk().locale),
        "code is er al",
    ),
    "participatie_kenmerk_special_is_optional": Broken(
        lambda: Kenmerk(
            loting=loting(),
            code="proef",
            vraag="Proef",
            locale=kenmerk().locale,
            is_verplicht=True,
            is_bijzonder=True,
        ),
        "nooit verplicht",
    ),
    "participatie_optie_code_once": Broken(lambda: twice(optie), "code is er al"),
    "participatie_optie_quota_in_order": Broken(
        lambda: optie(minimum=3, maximum=2), "niet minder dan minstens"
    ),
    "participatie_aanmelding_withdrawn_when": Broken(
        lambda: aanmelding(stand="ingetrokken"), "staat er wanneer"
    ),
    "participatie_aanmelding_known_values": Broken(lambda: aanmelding(kanaal="fax"), "geen geldige keuze"),
    "participatie_one_answer": Broken(second_answer, "bestaat al"),
    "participatie_not_double_once": Broken(lambda: twice(lambda: not_double(0, 1)), "bestaat al"),
    "participatie_one_letter_per_address": Broken(lambda: twice(letter), "al een brief"),
}
# The site itself keeps these; no form asks for what they are about.
UNSEEN = {
    "participatie_not_double_in_order": Broken(lambda: not_double(1, 0), ""),
    "participatie_concept_empty_when_sent": Broken(
        lambda: Conceptaanmelding(
            loting=loting(),
            token_hash="proef",
            taal="nl",
            gegevens={"naam": "Proef"},
            verloopt_op=CLOSES,
            aanmelding=Aanmelding.objects.filter(concept__isnull=True)[0],
        ),
        "",
    ),
}
