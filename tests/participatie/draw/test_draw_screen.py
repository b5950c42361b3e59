"""The one screen of the draw, whatever is pressed and in whatever state."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participatie.draw import computing, lots, rehearsal
from participatie.models import Aanmelding, Lot, Staat, Trekking, Vastlegging
from participatie.samples import make_sign_ups
from tests.desk import allow_unknown_variables, is_absent
from tests.participatie.desk import plain_text
from tests.participatie.draw.ceremonies import STAGES, Ceremony

pytestmark = pytest.mark.django_db
BUTTONS = (
    "uitdelen",
    "versturen",
    "bijwerken",
    "vaststellen",
    "berekenen",
    "vastleggen",
    "gooien",
    "ophalen",
    "intypen",
    "uitstellen",
)
# What is sent along with every button, right or wrong.
FILLED_IN: tuple[dict[str, str], ...] = (
    {},
    {"reden": "\0", "dice": "4 7", "signature": "zz", "until": "gisteren"},
    {"reden": "x" * 601, "dice": "47x", "signature": "0" * 96, "until": "2020-01-01T10:00"},
    {"reden": "Omdat", "dice": "٤٧", "signature": "", "until": "9999-12-31T23:59"},
)


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    allow_unknown_variables(monkeypatch)
    yield


def address(draw: Ceremony) -> str:
    return reverse("desk_loting_draw", args=[draw.loting.pk])


@pytest.mark.parametrize("stage", ["", *STAGES])
def test_every_state_shows_and_no_button_fails(draw: Ceremony, keeper: Client, stage: str) -> None:
    if stage:
        draw.to(stage)
    page = keeper.get(address(draw))
    assert page.status_code == 200 and "De loting" in plain_text(page)
    rows = {model: model._default_manager.count() for model in (Trekking, Lot, Vastlegging)}
    for sent in FILLED_IN[:3]:
        for button in ("gooien", "intypen", "uitstellen", "vaststellen"):
            answer = keeper.post(address(draw), {**sent, "wat": button})
            assert answer.status_code in (302, 422), (button, sent, answer.status_code)
    if stage != "vastgelegd":
        assert rows == {model: model._default_manager.count() for model in rows}
    assert is_absent(keeper.post(address(draw), {"wat": "niets"}))
    assert is_absent(keeper.post(address(draw)))


@pytest.mark.parametrize("filled_in", FILLED_IN)
def test_every_button_at_an_early_and_a_late_moment(
    draw: Ceremony, keeper: Client, filled_in: dict[str, str]
) -> None:
    for stage in ("verstuurd", "getrokken"):
        draw.to(stage) if stage == "verstuurd" else [getattr(draw, name)() for name in STAGES[3:]]
        for button in BUTTONS:
            answer = keeper.post(address(draw), {**filled_in, "wat": button}, follow=True)
            assert answer.status_code in (200, 422), (stage, button)
        if draw.trekking.trekking_op != draw.loting.trekking_op:
            pytest.fail("a wrong moment put the draw off")


def test_the_whole_way_by_pressing_what_is_next(
    draw: Ceremony, keeper: Client, django_capture_on_commit_callbacks: Any
) -> None:
    draw.gesloten()

    def press(button: str, **more: str) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            answer = keeper.post(address(draw), {"wat": button, **more}, follow=True)
        assert answer.status_code == 200
        return plain_text(answer)

    assert "De loten zijn uitgedeeld." in press("uitdelen")
    assert "al uitgedeeld" in press("uitdelen")
    assert "op weg" in press("versturen")
    draw.verstuurd()
    draw.at(draw.trekking.bezwaar_tot + timedelta(minutes=1))
    assert "De deelnemers staan vast." in press("vaststellen", reden="Iedereen staat erin.")
    # The task runs at once in the tests.
    assert "Het rekenen is begonnen" in press("berekenen")
    assert "zijn er al" in press("berekenen")
    draw.at(draw.trekking.trekking_op - timedelta(days=2))
    told = press("vastleggen")
    promised = draw.promised
    assert promised.manifest_hash[:8] in told and "officiële bekendmaking" in told
    assert "staan al vast" in press("vastleggen")
    draw.at(promised.ronde_op - timedelta(minutes=5))
    assert "De worp ligt vast." in press("gooien", dice="4 7")
    assert "al gegooid" in press("gooien", dice="48")
    assert "nog niet bekend" in press("ophalen")
    draw.at(promised.ronde_op + timedelta(seconds=4))
    assert "Er is geloot." in press("ophalen")
    drawn = draw.trekking.loten.filter(is_getrokken=True).values_list("nummer", flat=True)
    told = plain_text(keeper.get(address(draw)))
    assert [number for number in drawn if number not in told] == []
    draw.loting.refresh_from_db()
    assert draw.loting.staat == Staat.GETROKKEN


def test_lists_that_are_being_worked_out_show_how_far(draw: Ceremony, keeper: Client) -> None:
    draw.to("bevroren")
    computing.begin(trekking=draw.trekking, in_background=False)
    Trekking.objects.filter(pk=draw.trekking.pk).update(voortgang={"step": "panels", "done": 3, "total": 100})
    page = keeper.get(address(draw)).content.decode()
    assert 'max="100" value="3"' in page and "core/js/draw.js" in page
    told = keeper.get(reverse("desk_loting_draw_progress", args=[draw.loting.pk, draw.trekking.pk])).json()
    assert told == {"bezig": True, "woorden": "De lijsten worden gemaakt. 3/100", "gedaan": 3, "totaal": 100}


def test_files_are_downloaded_byte_for_byte(draw: Ceremony, keeper: Client) -> None:
    draw.to("vastgelegd")
    for row in draw.promised.bestanden.all():
        answer = keeper.get(reverse("desk_loting_draw_file", args=[draw.loting.pk, row.pk]))
        assert answer.content == bytes(row.inhoud)
        assert row.naam in answer.headers["Content-Disposition"]


def test_a_rehearsal_says_so_everywhere(
    draw: Ceremony, keeper: Client, django_capture_on_commit_callbacks: Any
) -> None:
    answer = keeper.post(address(draw), {"wat": "oefenen"})
    made = Trekking.objects.get(is_proef=True)
    here = reverse("desk_loting_rehearsal", args=[draw.loting.pk, made.pk])
    assert answer.headers["Location"] == here
    for button in ("", "berekenen", "vastleggen"):
        with django_capture_on_commit_callbacks(execute=True):
            if button:
                keeper.post(here, {"wat": button})
        assert "OEFENING" in plain_text(keeper.get(here))
    assert "OEFENING, NIET PUBLICEREN" in keeper.get(here).content.decode()
    for button in ("uitdelen", "versturen", "vaststellen", "uitstellen", "oefenen"):
        assert is_absent(keeper.post(here, {"wat": button}))
    assert is_absent(keeper.get(reverse("desk_loting_rehearsal", args=[draw.loting.pk, 0])))


def test_more_people_ask_no_more_queries(draw: Ceremony, keeper: Client) -> None:
    def asked(name: str, *more: Any) -> int:
        url = reverse(name, args=[draw.loting.pk, *more])
        keeper.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert keeper.get(url).status_code == 200
        return len(queries)

    names = [f"desk_loting_{name}" for name in ("draw", "draw_letters", "draw_calls", "objections")]
    rehearsal.rehearse(loting=draw.loting)
    Aanmelding.objects.filter(pk__in=Aanmelding.objects.filter(loting=draw.loting)[50:]).delete()
    draw.to("uitgedeeld")
    few = {name: asked(name) for name in names}
    make_sign_ups(draw.loting, count=150, seed=9)
    new = Aanmelding.objects.filter(loting=draw.loting, geschiktheid="controleren")
    new.update(geschiktheid="niet_geschikt")
    assert len(lots.synchronise(draw.trekking).new) > 100
    for _time in range(5):
        rehearsal.rehearse(loting=draw.loting)
    assert {name: asked(name) for name in names} == few
    assert few["desk_loting_draw"] <= 60
