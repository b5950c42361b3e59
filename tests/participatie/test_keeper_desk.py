"""The screens of the lotingbeheerder: who signed up, who is missed, what goes out, and who saw it."""

import csv
import io
import re
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.models import User
from participatie import actions
from participatie.desk.export import safe
from participatie.models import Aanmelding, Handeling, Loting, Staat
from participatie.quota_progress import progress_of
from tests.desk import allow_unknown_variables, exported, html
from tests.participatie.desk import at, empty, noted, plain_text, prepared
from tests.participatie.own import sign_up

pytestmark = pytest.mark.django_db
Soort = Handeling.Soort
SCREENS = ("signups", "doubles", "quota", "reminders", "calls", "export", "messages", "access")


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


# --- every screen ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_of_a_loting_without_sign_ups_says_so(keeper: Client, name: str, beheerder: User) -> None:
    loting = prepared("leeg")
    before = Handeling.objects.count()
    response = keeper.get(at(name, loting))
    assert response.status_code == 200
    assert "None" not in plain_text(response)
    # Nobody's data was there to be seen.
    assert Handeling.objects.count() == before


@pytest.mark.parametrize(
    ("name", "soort"),
    [
        ("signups", Soort.LIJST),
        ("calls", Soort.LIJST),
        ("doubles", Soort.DUBBEL),
        ("quota", None),
        ("reminders", None),
        ("export", None),
        ("messages", None),
        ("access", None),
    ],
)
def test_each_look_is_written_down_once(
    keeper: Client, keeper_user: User, loting: Loting, name: str, soort: str | None
) -> None:
    sign_up(loting, mail="")
    sign_up(loting, mail="")
    before = Handeling.objects.count()
    assert keeper.get(at(name, loting)).status_code == 200
    made = Handeling.objects.order_by("pk")[before:]
    assert [(row.soort, row.door) for row in made] == ([(soort, keeper_user)] if soort else [])


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_asks_the_database_as_often_for_many_as_for_few(
    keeper: Client, loting: Loting, name: str
) -> None:
    def asked() -> list[str]:
        """What was asked of which tables: numbers and texts differ, the questions may not."""
        with CaptureQueriesContext(connection) as queries:
            assert keeper.get(at(name, loting)).status_code == 200
        return [
            " ".join(re.findall(r'^\w+|(?<=FROM )"\w+"|(?<=INTO )"\w+"', query["sql"])) for query in queries
        ]

    empty(loting)
    for number in range(2):
        sign_up(loting, mail=f"paar{number // 2}@example.nl")
    asked()
    few = asked()
    for number in range(2, 12):
        sign_up(loting, mail=f"paar{number // 2}@example.nl")
    assert asked() == few


@pytest.mark.parametrize(
    "query",
    [
        "zoek=%00",
        "zoek=%F0%9F%90%8D",
        "p=%00",
        "p=-1",
        "stand=weg",
        "nummer=%00",
        "soort=%00",
        "zoek=" + "9" * 3000,
        "p=" + "9" * 5000,
    ],
)
@pytest.mark.parametrize("name", ["signups", "access"])
def test_whatever_is_asked_of_a_list_it_answers(
    keeper: Client, loting: Loting, name: str, query: str
) -> None:
    assert keeper.get(f"{at(name, loting)}?{query}").status_code == 200


# --- sign-ups -------------------------------------------------------------------------------------


def test_the_list_holds_no_identity_and_finds_by_number_or_mail(keeper: Client, loting: Loting) -> None:
    made = sign_up(loting, naam="Quirijn Zoekgoed", mail="quirijn@example.nl")
    sign_up(loting, naam="Iemand Anders", mail="anders@example.nl")
    number = f"{made.bonnummer[:5].lower()} {made.bonnummer[5:]}"
    for wanted in (number, "Quirijn@Example.nl "):
        response = keeper.get(at("signups", loting), {"zoek": wanted})
        assert [row.pk for row in response.context["page_obj"].object_list] == [made.pk]
        assert "Zoekgoed" not in html(response)
    response = keeper.get(at("signups", loting), {"zoek": "quirijn"})
    assert list(response.context["page_obj"].object_list) == []
    assert "Niets gevonden" in html(response)


@pytest.mark.parametrize(
    "query",
    [
        {"stand": "ingetrokken"},
        {"geschiktheid": "controleren"},
        {"kanaal": "papier"},
        {"taal": "ar"},
        {"mail": "bevestigd"},
        {"mail": "onbevestigd"},
        {"mail": "onbestelbaar"},
        {"mail": "geen"},
    ],
)
def test_a_filter_shows_those_and_no_others(keeper: Client, loting: Loting, query: dict[str, str]) -> None:
    now = timezone.now()
    rows = [sign_up(loting, mail="" if number == 7 else f"m{number}@example.nl") for number in range(8)]
    actions.withdraw(aanmelding=rows[0])
    change = Aanmelding.objects.filter
    change(pk=rows[1].pk).update(geschiktheid="controleren")
    change(pk=rows[2].pk).update(kanaal="papier")
    change(pk=rows[3].pk).update(taal="ar")
    change(pk=rows[4].pk).update(mail_bevestigd_op=now)
    change(pk=rows[6].pk).update(onbestelbaar_op=now)
    wanted = set()
    for row in Aanmelding.objects.filter(loting=loting).select_related("persoon"):
        mail = {
            "bevestigd": row.mail_bevestigd_op is not None,
            "onbevestigd": row.mail_bevestigd_op is None and row.persoon.mail != "",
            "onbestelbaar": row.onbestelbaar_op is not None,
            "geen": row.persoon.mail == "",
        }
        [(name, value)] = query.items()
        if mail[value] if name == "mail" else getattr(row, name) == value:
            wanted.add(row.pk)
    found = set()
    page = 1
    while True:
        asked: dict[str, Any] = {**query, "p": page}
        listed = keeper.get(at("signups", loting), asked).context["page_obj"]
        found |= {row.pk for row in listed.object_list}
        if not listed.has_next():
            break
        page += 1
    assert wanted
    assert found == wanted


def judging(client: Client, made: Aanmelding, **changes: str) -> Any:
    return client.post(
        at("signup", made.loting, made.bonnummer),
        {
            "wat": "oordeel",
            "geschiktheid": "niet_geschikt",
            "reden": "te_jong",
            "toelichting": "",
            "versie": str(made.versie),
            **changes,
        },
    )


def test_a_verdict_is_kept_once_and_not_over_that_of_somebody_else(
    keeper: Client, keeper_user: User, loting: Loting
) -> None:
    made = sign_up(loting)
    assert judging(keeper, made).status_code == 302
    late = judging(keeper, made, geschiktheid="geschikt")
    assert "intussen gewijzigd" in plain_text(late)
    made.refresh_from_db()
    assert (made.geschiktheid, made.reden) == ("niet_geschikt", "te_jong")
    [row] = Handeling.objects.filter(bonnummer=made.bonnummer, soort=Soort.BEOORDEELD)
    assert row.door == keeper_user


@pytest.mark.parametrize(
    "changes",
    [{"geschiktheid": "x"}, {"reden": "\0"}, {"versie": "x"}, {"versie": "9" * 400}, {"toelichting": "\0"}],
)
def test_a_wrong_verdict_is_refused_at_the_screen(
    keeper: Client, loting: Loting, changes: dict[str, str]
) -> None:
    made = sign_up(loting)
    assert judging(keeper, made, **changes).status_code == 200
    made.refresh_from_db()
    assert made.geschiktheid == "geschikt"


def test_a_sign_up_of_another_loting_is_not_found(keeper: Client, loting: Loting) -> None:
    made, other = sign_up(loting), prepared("ander")
    assert keeper.get(at("signup", other, made.bonnummer)).status_code in (302, 404)
    assert not Handeling.objects.filter(loting=other).exists()


def test_the_desk_withdraws_and_erases_and_not_once_the_pool_stands(keeper: Client, loting: Loting) -> None:
    made, stays = sign_up(loting), sign_up(loting)
    for what in ("intrekken", "intrekken", "wissen", "wissen"):
        assert keeper.post(at("signup", loting, made.bonnummer), {"wat": what}).status_code in (302, 404)
    assert not Aanmelding.objects.filter(pk=made.pk).exists()
    kinds = Counter(Handeling.objects.filter(bonnummer=made.bonnummer).values_list("soort", flat=True))
    assert kinds == {"aangemeld": 1, "ingetrokken": 1, "gewist": 1}
    Loting.objects.filter(pk=loting.pk).update(staat=Staat.BEVROREN)
    for what in ("intrekken", "wissen"):
        response = keeper.post(at("signup", loting, stays.bonnummer), {"wat": what}, follow=True)
        assert "staan vast" in plain_text(response)
    assert Aanmelding.objects.standing().filter(pk=stays.pk).exists()


# --- who is missed --------------------------------------------------------------------------------


def test_the_bars_count_who_signed_up_for_each_answer(keeper: Client, loting: Loting) -> None:
    empty(loting)
    for _time in range(3):
        sign_up(loting, kenmerk_woning="eigen")
    actions.withdraw(aanmelding=sign_up(loting, kenmerk_woning="anders"))
    sign_up(loting, **{"kenmerk_taal-thuis": ""})
    features = {row.kenmerk.code: row for row in progress_of(loting, language_code="nl")}
    counts = {each.option.code: each.count for each in features["woning"].options}
    assert (counts["eigen"], counts["anders"]) == (4, 0)
    assert features["taal-thuis"].without_answer == 1
    for feature in features.values():
        for each in feature.options:
            assert each.missing == max(0, each.quota.minimum - each.count) <= each.wanted or not each.wanted
            assert 0 <= each.low <= 100
            assert each.low + each.span <= 100 + 1
    assert "Aafke" not in html(keeper.get(at("quota", loting)))


# --- a file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("reden", ["", "   ", "\0", "x" * 201])
def test_no_file_without_a_reason(keeper: Client, loting: Loting, reden: str) -> None:
    response = keeper.post(at("export", loting), {"reden": reden, "met_namen": "on"})
    assert response.status_code == 200
    assert "Content-Disposition" not in response.headers
    assert noted(loting, Soort.GEEXPORTEERD) == []


@pytest.mark.parametrize("with_names", [False, True])
def test_a_file_holds_what_was_asked_and_is_written_down_before_it_leaves(
    keeper: Client, keeper_user: User, loting: Loting, with_names: bool
) -> None:
    sign_up(loting, naam='=HYPERLINK("http://x.example";"klik")', telefoon="+31 6 12345678", mail="")
    sign_up(loting, naam="Jan; Piet\u2028Klaas", mail="")
    response = keeper.post(
        at("export", loting), {"reden": "Voor de notaris", **({"met_namen": "on"} if with_names else {})}
    )
    [row] = noted(loting, Soort.GEEXPORTEERD)
    assert (row.aantal, row.door) == (Aanmelding.objects.filter(loting=loting).count(), keeper_user)
    assert row.toelichting.endswith("namen: Voor de notaris")
    assert "no-store" in response.headers["Cache-Control"]
    text = exported(response)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [each["bonnummer"] for each in rows] == list(
        Aanmelding.objects.filter(loting=loting).order_by("pk").values_list("bonnummer", flat=True)
    )
    assert ("naam" in rows[0]) is with_names
    assert ("HYPERLINK" in text) is with_names
    assert rows[-1]["woning"] == "eigen"
    cells = [cell for each in rows for cell in each.values()]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n")]
    if with_names:
        assert rows[-2]["telefoon"] == "'+31 6 12345678"


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    found = safe(text)
    assert found.removeprefix("'") == text.removeprefix("'")
    assert found[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")


# --- who saw what ---------------------------------------------------------------------------------


def test_the_access_log_says_who_saw_what_and_nothing_more(keeper: Client, loting: Loting) -> None:
    made = sign_up(loting, naam="Geheim Persoon")
    keeper.get(at("signup", loting, made.bonnummer))
    response = keeper.get(at("access", loting), {"nummer": made.bonnummer.lower()})
    assert {row.soort for row in response.context["page_obj"].object_list} == {"aangemeld", "bekeken"}
    assert "Geheim" not in html(response)
    assert list(keeper.get(at("access", loting), {"nummer": "onzin"}).context["page_obj"].object_list) == []
    text = html(keeper.get(at("access", loting), {"nummer": made.bonnummer, "csv": ""}))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [(row[1], row[2], row[4]) for row in rows[1:]] == [
        ("aanmelding bekeken", made.bonnummer, "test-lotingbeheerder"),
        ("aangemeld", made.bonnummer, ""),
    ]
