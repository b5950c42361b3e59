"""The log in sentences: every kind that is known, and nothing that breaks the page."""

from typing import Any

import pytest
from django.utils import translation

from participatie.draw.telling import SENTENCES, reason_of, sentence_of, with_whole_tickets
from participatie.models import Ketenregel

AT = "2026-09-17T14:53:39+00:00"
SEAT = {"zetel": 3, "lot": "L-0042", "antwoord_voor": AT}
LINES: dict[str, dict[str, Any]] = {
    "loten uitgedeeld": {"loten": 236, "bezwaar_tot": AT},
    "loten verstuurd": {"loten": 236, "bezwaar_tot": AT},
    "loten bijgewerkt": {"nieuw": ["L-0237"], "vernieuwd": [], "vervallen": ["L-0001", "L-0002"]},
    "vastgelegd": {"nummer": 1, "manifest": "0" * 64, "ronde": 1000, "trekking_op": AT},
    "uitgesteld": {"van": AT, "naar": AT, "reden": "De zaal was niet vrij."},
    "verdeling gewijzigd": {
        "reden": "Meer jongeren.",
        "zetels": [{"vraag": "leeftijd", "antwoord": "16-24", "van": [1, 3], "naar": [2, 4]}],
    },
    "gegooid": {"dobbelstenen": "047", "vastlegging": 1},
    "getrokken": {"ronde": 1000, "lijst": 60, "geloot": ["L-0001", "L-0042"], "uitkomst": "0" * 64},
    **{kind: SEAT for kind in SENTENCES if "zetel" in kind or "termijn" in kind or "antwoord" in kind},
}
SAID = {
    "loten uitgedeeld": "Er zijn 236 loten uitgedeeld.",
    "loten bijgewerkt": "1 nieuw, 0 met andere antwoorden, 2 vervallen",
    "vastgelegd": "voor een loting op 17 september 2026, 16:53. Ronde 1000",
    "verdeling gewijzigd": "gewijzigd, bij 1 antwoord.",
    "gegooid": "0 4 7",
    "getrokken": "Lijst 60 is getrokken. Geloot zijn L-0001, L-0042.",
    "zetel aangeboden": "Zetel 3 is aangeboden aan lot L-0042.",
}


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_kind_is_told(kind: str) -> None:
    sentence = sentence_of(Ketenregel(soort=kind, gegevens=LINES[kind]))
    assert sentence.endswith(".")
    assert SAID.get(kind, "") in sentence


@pytest.mark.parametrize("kind", [*SENTENCES, "iets nieuws", ""])
@pytest.mark.parametrize("data", [{}, [], "x", None, 7, {"zetel": "drie", "lot": []}, {"loten": "<b>"}])
def test_what_makes_no_sense_is_not_told(kind: str, data: Any) -> None:
    row = Ketenregel(soort=kind, gegevens=data)
    assert sentence_of(row) == ""
    assert reason_of(row) == ""


def test_a_ranking_has_no_list() -> None:
    data = {**LINES["getrokken"], "lijst": None}
    assert "ijst" not in sentence_of(Ketenregel(soort="getrokken", gegevens=data))


def test_a_ticket_stays_whole_and_markup_stays_text() -> None:
    made = with_whole_tickets("Lot L-0042 <b>")
    assert made == 'Lot <bdi class="wijk-lot" dir="ltr">L-0042</bdi> &lt;b&gt;'


def test_in_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert "17 September 2026" in sentence_of(
            Ketenregel(soort="vastgelegd", gegevens=LINES["vastgelegd"])
        )
