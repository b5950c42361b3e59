"""The public page of the draw: in each state what is true then, and never a trace of anybody."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from inline_snapshot_django import snapshot_queries

from participatie.draw import ceremony, chain
from participatie.draw.public import Stage
from participatie.models import Ketenregel, Lot, Loting, Persoon, Quotawijziging, Staat, Uitkomst, Vastlegging
from tests.caches import empty_the_caches
from tests.html import Document, faults, fetched_urls, foreign
from tests.participatie import draws
from tests.participatie.own import PAGE
from tests.participatie.publication.publications import SIGNATURES
from tests.translated import front_door, in_language

pytestmark = pytest.mark.django_db
DRAW = f"{PAGE}trekking/"
MOST_QUERIES = 12
SAID = {
    Stage.VOORBEREIDING: "Er is nog niemand om te loten",
    Stage.AANMELDEN: "Aanmelden kan nog. Daarna wordt er geloot",
    Stage.GESLOTEN: "De loten worden nog uitgedeeld",
    Stage.BEZWAAR: "De loten zijn uitgedeeld",
    Stage.DEELNEMERS: "De deelnemers staan vast",
    Stage.VASTGELEGD: "Alles ligt vast. Het wachten is op de dobbelstenen",
    Stage.UITGESTELD: "De loting is uitgesteld",
    Stage.VERLOPEN: "Er is niet op tijd gegooid",
    Stage.GEGOOID: "De dobbelstenen liggen. Nu het baken nog",
    Stage.GETROKKEN: "Er is geloot",
    Stage.BEZET: "Er is geloot, en de zetels zijn bezet",
    Stage.AFGEROND: "Deze loting is afgerond",
}


def html_of(client: Client, path: str = DRAW) -> str:
    empty_the_caches()
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    html = str(response.content.decode())
    assert faults(html) == []
    assert foreign(fetched_urls(Document(html))) == []
    return html


def words(client: Client, path: str = DRAW) -> str:
    main = re.sub(r"<[^>]+>", " ", html_of(client, path).partition("<main")[2].partition("</main")[0])
    return " ".join(main.split())


@pytest.mark.parametrize("stage", Stage)
def test_every_state_has_its_own_honest_text(client: Client, loting: Loting, stage: Stage) -> None:
    front_door("ar")
    in_language(loting.pages.get(locale__language_code="nl"), "ar")
    with draws.at(draws.in_stage(loting, stage)):
        text = words(client)
        headings = [words for words in SAID.values() if f"{words} " in text]
        assert SAID[stage] in headings
        is_drawn = stage in (Stage.GETROKKEN, Stage.BEZET, Stage.AFGEROND)
        is_promised = is_drawn or stage in (Stage.VASTGELEGD, Stage.UITGESTELD, Stage.VERLOPEN, Stage.GEGOOID)
        assert ("Reserves, op volgorde" in text) == is_drawn
        assert ("Er is nog niets vastgelegd" in text) != is_promised
        assert ("Kopieer de code" in text) == is_promised
        for tail in ("", "uitleg/", "zaal/"):
            arabic = Document(html_of(client, f"/ar{DRAW[3:]}{tail}"))
            assert arabic.first("html").attrs["dir"] == "rtl"
            html_of(client, f"{DRAW}{tail}")


@pytest.mark.parametrize("stage", [Stage.VASTGELEGD, Stage.GEGOOID, Stage.GETROKKEN])
def test_a_simple_draw_says_nothing_of_lists(client: Client, loting: Loting, stage: Stage) -> None:
    with draws.at(draws.in_stage(draws.simple(loting), stage)):
        text = words(client)
        assert "lijsten" not in text.replace("alle lijsten thuis", "")
        assert "in een volgorde" in text
        assert "Afgesproken" not in text
        assert "tien lijsten" not in words(client, f"{DRAW}uitleg/")
        html_of(client, f"{DRAW}zaal/")


def test_who_is_drawn_can_be_read_without_script(client: Client, loting: Loting) -> None:
    draws.drawn(loting)
    document = Document(html_of(client))
    lists = [one for one in document.elements if "wijk-loten" in one.attrs.get("class", "")]
    shown, reserves = ([item.all_text for item in one.all("li")] for one in lists)
    drawn = Lot.objects.filter(trekking__loting=loting, is_getrokken=True).order_by("nummer")
    assert shown == list(drawn.values_list("nummer", flat=True))
    rest = Lot.objects.filter(trekking__loting=loting, is_getrokken=False).order_by("reserveplek")
    assert reserves == list(rest.values_list("nummer", flat=True)[: loting.reserves])


def test_the_field_for_a_ticket_is_never_sent(client: Client, loting: Loting) -> None:
    draws.drawn(loting)
    form = next(one for one in Document(html_of(client)).all("form") if "data-controle" in one.attrs)
    assert "action" not in form.attrs
    assert "hidden" in form.attrs
    assert [field.attrs.get("name") for field in form.all("input")] == [None]
    assert [button.attrs.get("name") for button in form.all("button")] == [None]


def test_the_order_in_time(client: Client, loting: Loting) -> None:
    made = draws.drawn(loting)
    document = Document(html_of(client))
    steps = [one for one in document.elements if "wijk-reeks__stap" in one.attrs.get("class", "")]
    times = [step.all("time")[0].attrs["datetime"] for step in steps]
    assert times == sorted(times)
    assert len(set(times)) == 4
    assert all("wijk-reeks__stap--klaar" in step.attrs["class"] for step in steps)
    assert str(made.worp.vastlegging.ronde) in html_of(client)


def test_what_was_put_off_stays_to_be_seen(client: Client, loting: Loting) -> None:
    draws.drawn_after_all(loting)
    first, second = made = list(Vastlegging.objects.filter(trekking__loting=loting).order_by("nummer"))
    assert [row.nummer for row in made] == [1, 2]
    html, text = html_of(client), words(client)
    assert f"{DRAW}1/manifest.json" in html
    assert first.manifest_hash[:4] in html
    assert second.manifest_hash in html
    assert "De zaal was niet vrij." in text
    assert "Voor de nieuwe dag." in text
    assert "Eerst beloofd: 10 september 2026" in text
    assert "De ketting is heel" in text


def test_another_division_stands_beside_the_first_promise(
    client: Client, loting: Loting, keeper_user
) -> None:
    draws.drawn(loting)
    option = loting.kenmerken.get(code="leeftijd", locale__language_code="nl").opties.get(
        code="16-24", locale__language_code="nl"
    )
    Quotawijziging.objects.create(
        optie=option, van_minimum=1, van_maximum=3, naar_minimum=0, naar_maximum=4,
        reden="Te weinig jongeren.", door=keeper_user,
    )  # fmt: skip
    text = words(client)
    assert "0 tot en met 4 zetels Eerst beloofd: 1 tot en met 3 zetels" in text
    assert "Te weinig jongeren." in text


def test_the_lots_are_counted_from_the_log(client: Client, loting: Loting) -> None:
    trekking = draws.handed_out(draws.moved(loting))
    chain.add(loting, "loten bijgewerkt", {"nieuw": ["L-0300"], "vernieuwd": [], "vervallen": ["L-0001"] * 3})
    # Another kind that names them counts nothing.
    chain.add(loting, "loten verstuurd", {"loten": 1, "bezwaar_tot": trekking.bezwaar_tot.isoformat()})
    assert f"Loten {trekking.loten.count() - 2} " in words(client)


def test_a_changed_log_is_said(client: Client, loting: Loting) -> None:
    draws.drawn(loting)
    assert "De ketting is heel" in words(client)
    with connection.cursor() as cursor:
        table = Ketenregel._meta.db_table
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_stays_update")
        else:
            # It alters no table that still has rows to check at the end of the transaction.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    row = Ketenregel.objects.filter(loting=loting).get(soort="gegooid")
    Ketenregel.objects.filter(pk=row.pk).update(gegevens={**row.gegevens, "dobbelstenen": "479"})
    text = words(client)
    assert "De ketting is gebroken" in text
    assert text.count("Deze regel is veranderd") == 1
    # Nothing that stands in a row may take the page down.
    Ketenregel.objects.filter(pk=row.pk).update(gegevens=["<b>", 1.5], soort="<i>")
    assert "De ketting is gebroken" in words(client)


def test_nobody_is_on_any_of_it(client: Client, loting: Loting) -> None:
    draws.drawn(loting)
    people = list(Persoon.objects.filter(aanmelding__loting=loting).select_related("aanmelding"))
    assert len(people) > 200
    files = ["manifest.json", "regels.json", "loten.csv", "quota.csv", "lijsten.csv", "uitkomst.json"]
    served = "\n".join(
        client.get(f"{DRAW}{tail}").content.decode()
        for tail in ("", "uitleg/", "zaal/", "logboek.json", "1/loten.csv", *files)
    )
    for person in people:
        for secret in (person.naam, person.mail, person.telefoon, person.aanmelding.bonnummer):
            assert not secret or secret not in served
    salts = [lot.zout for lot in Lot.objects.filter(trekking__loting=loting)]
    assert not [salt for salt in salts if salt in served]


def test_few_queries_with_cold_caches(client: Client, loting: Loting) -> None:
    draws.drawn(loting)
    client.get(DRAW)
    empty_the_caches()
    with snapshot_queries() as queries:
        assert client.get(DRAW).status_code == 200
    made = "".join(f"{query}\n" for query in queries).replace("(", "").replace(")", "")
    assert len(queries) <= MOST_QUERIES, made
    file = Path(__file__).parents[1] / "pages" / "snapshots" / "draw" / "trekking.sql"
    if draws.UPDATES:
        file.parent.mkdir(exist_ok=True)
        file.write_text(made)
    assert made == file.read_text()


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (Stage.AANMELDEN, "Zo gaat de trekking"),
        (Stage.BEZWAAR, "Volg de trekking"),
        (Stage.VASTGELEGD, "Bekijk wat er voor de trekking is vastgelegd"),
        (Stage.GETROKKEN, "Bekijk de uitslag"),
    ],
)
def test_the_page_of_the_loting_leads_here(client: Client, loting: Loting, stage: Stage, said: str) -> None:
    with draws.at(draws.in_stage(loting, stage)):
        empty_the_caches()
        links = Document(client.get(PAGE).content.decode()).all("a")
        assert [link.attrs["href"] for link in links if said in link.all_text] == [DRAW]


def test_a_cached_page_follows_every_step(
    client: Client, loting: Loting, django_capture_on_commit_callbacks
) -> None:
    """Nothing is emptied by hand: each action says itself that there is something new to see."""
    vastlegging = draws.promised(draws.moved(loting))
    with draws.at(vastlegging.trekking.trekking_op + draws.SHORTLY):
        assert "Het wachten is op de dobbelstenen" in client.get(DRAW).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            worp = ceremony.throw(vastlegging=vastlegging, dice="000", by=None)
        assert "De dobbelstenen liggen" in client.get(DRAW).content.decode()
    with draws.at(worp.ronde_op + timedelta(minutes=1)):
        with django_capture_on_commit_callbacks(execute=True):
            ceremony.finish(worp=worp, signature=SIGNATURES[draws.ROUND], bron=Uitkomst.Bron.DRAND, by=None)
        assert "Er is geloot" in client.get(DRAW).content.decode()
    loting.refresh_from_db()
    assert loting.staat == Staat.GETROKKEN
