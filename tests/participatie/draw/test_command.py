"""`manage.py loting`: the same actions and sentences, with an exit code."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from participatie.models import Loting, Staat, Trekking
from participatie.sortition.publication.beacon import RehearsalBeacon
from tests.participatie.draw.ceremonies import Ceremony

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("loting", *arguments, stdout=out, no_color=True)
    return out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 1
    return str(error.value)


def test_the_whole_way(draw: Ceremony, beacon: RehearsalBeacon, tmp_path: Path) -> None:
    slug = draw.loting.slug
    assert "als aanmelden is gesloten" in refused("uitdelen", slug)
    draw.gesloten()
    assert "loten uitgedeeld" in run("uitdelen", slug)
    assert "mails staan klaar" in run("versturen", slug)
    draw.verstuurd()
    assert "nog zeggen" in refused("vaststellen", slug, "--reden", "Klaar")
    draw.at(draw.trekking.bezwaar_tot + timedelta(minutes=1))
    assert "staan vast" in run("vaststellen", slug, "--reden", "Klaar")
    assert "100 lijsten" in run("berekenen", slug)
    assert "zijn er al" in run("berekenen", slug)
    draw.at(draw.trekking.trekking_op - timedelta(days=1))
    later = (draw.trekking.trekking_op + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert "is nu op" in run("uitstellen", slug, "--tot", later, "--reden", "Storm")
    assert draw.promised_hash(run("vastleggen", slug))
    draw.at(draw.promised.ronde_op - timedelta(minutes=5))
    assert "Typ 2 cijfers" in refused("gooien", slug, "478")
    assert "ligt vast: 47" in run("gooien", slug, "47")
    draw.at(draw.promised.ronde_op + timedelta(seconds=4))
    assert "niet de handtekening" in refused("trekken", slug, "--handtekening", "00")
    signature = beacon.sign(draw.promised.ronde).hex()
    assert "Er is geloot." in run("trekken", slug, "--handtekening", signature)
    assert "[x] Uitkomst" in run("stand", slug)
    assert "7 bestanden" in run("bestanden", slug, str(tmp_path / "uit"))
    assert (tmp_path / "uit" / "manifest.json").read_bytes() == bytes(
        draw.promised.bestanden.get(naam="manifest.json").inhoud
    )


def test_practising(draw: Ceremony) -> None:
    told = run("oefenen", draw.loting.slug, "--zaad", "3")
    assert "OEFENING" in told and "De kleinste kans is" in told
    assert Trekking.objects.get(is_proef=True).stand == Trekking.Stand.KLAAR


@pytest.mark.parametrize(
    "arguments",
    [
        ("stand", "nergens"),
        ("controleren", "velsen-noord"),
        ("bestanden", "velsen-noord", "/nergens"),
        ("trekken", "velsen-noord"),
        ("gooien", "velsen-noord", "478"),
        ("vastleggen", "velsen-noord"),
        ("berekenen", "velsen-noord", "--oefening", "999"),
        ("uitstellen", "velsen-noord", "--tot", "morgen", "--reden", "Zo"),
    ],
)
def test_what_cannot_be_is_said(loting: Loting, arguments: tuple[str, ...]) -> None:
    assert refused(*arguments).endswith(".")


def test_the_draw_of_the_demo_is_real() -> None:
    """Made with a round of drand that anybody can look up, and checked by the published program itself."""
    told = run("controleren", "velserbroek")
    assert "Alles klopt." in told
    loting = Loting.objects.get(slug="velserbroek")
    outcome = Trekking.objects.get(loting=loting).uitkomst
    assert loting.staat == Staat.GETROKKEN
    assert (outcome.worp.vastlegging.ronde, outcome.worp.dobbelstenen) == (32281667, "478")
    assert outcome.op > outcome.ronde_op > outcome.worp.op > outcome.worp.vastlegging.op
