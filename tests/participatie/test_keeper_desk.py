"""The screens of the lotingbeheerder: who signed up, who signed up twice, who is missed, and who saw what."""

import csv
import io
from collections import Counter
from datetime import timedelta
from time import process_time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models import OutboxMail, User
from participatie import actions, double_actions
from participatie.desk.export import safe
from participatie.doubles import groups, looks_like_another, possible_doubles
from participatie.models import Aanmelding, Handeling, Loting, NietDubbel, Rondbericht, Staat
from participatie.quota_progress import progress_of
from participatie.reaching import remind, unfinished, write_to_all
from tests.desk import account, allow_unknown_variables, browser, exported, html
from tests.participatie.desk import plain_text, prepared, sent_along
from tests.participatie.own import mails_to, sign_up
from tests.participatie.people import answers

pytestmark = pytest.mark.django_db
Soort = Handeling.Soort
SCREENS = ("signups", "doubles", "quota", "reminders", "calls", "export", "messages", "access")


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def keeper_user(db: None) -> User:
    return account("lotingbeheerder")


@pytest.fixture
def keeper(keeper_user: User) -> Client:
    return browser(keeper_user)


def at(name: str, loting: Loting, *more: Any) -> str:
    return reverse(f"desk_loting_{name}", args=[loting.pk, *more])


def noted(loting: Loting, soort: str) -> list[Handeling]:
    return list(Handeling.objects.filter(loting=loting, soort=soort).order_by("pk"))


def empty(loting: Loting) -> Loting:
    """The same loting as if nobody had signed up."""
    for row in Aanmelding.objects.filter(loting=loting):
        row.delete()
    return loting


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
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert keeper.get(at(name, loting)).status_code == 200
        return len(queries)

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


# --- doubles --------------------------------------------------------------------------------------


numbers = st.integers(1, 9)
shared = st.dictionaries(numbers, st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=2), max_size=9)
pairs = st.sets(st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1]), max_size=12)


@settings(max_examples=300, deadline=None)
@given(shared, pairs)
def test_numbers_hang_together_by_what_they_share_and_by_nothing_else(
    keys: dict[int, list[str]], apart: set[tuple[int, int]]
) -> None:
    def touch(one: int, other: int) -> bool:
        return (
            bool({key for key in keys[one] if key} & set(keys[other]))
            and (min(one, other), max(one, other)) not in apart
        )

    wanted, left = [], set(keys)
    while left:
        group = {min(left)}
        while more := {other for other in left - group if any(touch(one, other) for one in group)}:
            group |= more
        left -= group
        if len(group) > 1:
            wanted.append(sorted(group))
    assert groups(keys, apart) == wanted


def test_thousands_with_the_same_mail_are_not_compared_one_by_one() -> None:
    keys = {number: ["iedereen@example.nl"] for number in range(5000)}
    started = process_time()
    assert groups(keys, [(1, 2)]) == [list(range(5000))]
    assert process_time() - started < 2


def test_possible_doubles_are_those_with_a_mail_or_a_name_and_address_in_common(loting: Loting) -> None:
    empty(loting)
    one = sign_up(loting, naam="Jan de Proef", mail="jan@example.nl")
    by_mail = sign_up(loting, naam="J. Proef", mail="JAN@example.nl ", huisnummer="2")
    by_name = sign_up(loting, naam="ján de  proef", mail="", postcode="1951xa")
    alone = sign_up(loting, naam="Jan de Proef", mail="", huisnummer="3")
    nameless = sign_up(loting, naam="Piet", mail="", huisnummer="4")
    [group] = possible_doubles(loting)
    assert [row.pk for row in group.aanmeldingen] == [one.pk, by_mail.pk, by_name.pk]
    assert group.shared == ["mail", "naam_adres"]
    assert [looks_like_another(row) for row in (one, by_name, alone, nameless)] == [True, True, False, False]
    actions.withdraw(aanmelding=one)
    assert possible_doubles(loting) == []


@pytest.fixture
def twins(loting: Loting) -> list[Aanmelding]:
    empty(loting)
    return [sign_up(loting), sign_up(loting), sign_up(loting)]


def decide(client: Client, rows: list[Aanmelding], besluit: str, **more: str) -> str:
    response = client.post(
        at("doubles", rows[0].loting),
        {"besluit": besluit, "aanmelding": [str(row.pk) for row in rows], **more},
        follow=True,
    )
    assert response.status_code == 200
    return plain_text(response)


def standings(rows: list[Aanmelding]) -> list[str]:
    return [Aanmelding.objects.get(pk=row.pk).reden for row in rows]


def test_one_stays_and_it_can_be_undone(keeper: Client, loting: Loting, twins: list[Aanmelding]) -> None:
    assert "Eén aanmelding blijft" in decide(keeper, twins, "blijft", blijft=str(twins[1].pk))
    assert standings(twins) == ["dubbel", "adres_klopt", "dubbel"]
    assert possible_doubles(loting) == []
    decide(keeper, [twins[0]], "terug")
    assert standings(twins) == ["adres_klopt", "adres_klopt", "dubbel"]
    assert [row.pk for row in possible_doubles(loting)[0].aanmeldingen] == [twins[0].pk, twins[1].pk]


def test_two_who_decide_at_once_do_not_put_everybody_out(
    loting: Loting, twins: list[Aanmelding], beheerder: User
) -> None:
    first, second = twins[:2]
    double_actions.mark_doubles(kept=first, others=[second], by=beheerder)
    with pytest.raises(ValidationError):
        double_actions.mark_doubles(kept=second, others=[first], by=beheerder)
    assert standings([first, second]) == ["adres_klopt", "dubbel"]


def test_nobody_is_put_out_for_one_that_is_gone_or_withdrawn(
    keeper: Client, twins: list[Aanmelding], beheerder: User
) -> None:
    first, second, third = twins
    actions.withdraw(aanmelding=first)
    assert "Kies welke" in decide(keeper, twins, "blijft", blijft=str(first.pk))
    actions.erase(aanmelding=second)
    with pytest.raises(actions.GoneError):
        double_actions.mark_doubles(kept=second, others=[third], by=beheerder)
    for what in (double_actions.tell_apart, double_actions.undo_doubles):
        with pytest.raises(actions.GoneError):
            what(aanmeldingen=[second, third], by=beheerder)
    assert standings([third]) == ["adres_klopt"]
    assert "is er niet meer" in decide(keeper, [second, third], "twee")


def test_told_apart_is_told_apart_and_only_that_pair_is_undone(
    keeper: Client, loting: Loting, twins: list[Aanmelding]
) -> None:
    for _time in range(2):
        decide(keeper, twins, "twee")
    assert NietDubbel.objects.filter(eerste__loting=loting).count() == 3
    assert possible_doubles(loting) == []
    assert [row.toelichting for row in noted(loting, Soort.BEOORDEELD)] == ["niet_dubbel"] * 3
    decide(keeper, twins[:2], "terug")
    assert [row.pk for row in possible_doubles(loting)[0].aanmeldingen] == [row.pk for row in twins[:2]]
    assert NietDubbel.objects.filter(eerste__loting=loting).count() == 2
    assert [row.toelichting for row in noted(loting, Soort.BEOORDEELD)[3:]] == ["niet_dubbel: terug"] * 2


def test_nothing_about_doubles_changes_once_the_pool_stands(
    keeper: Client, loting: Loting, twins: list[Aanmelding]
) -> None:
    decide(keeper, twins[:2], "twee")
    Loting.objects.filter(pk=loting.pk).update(staat=Staat.BEVROREN)
    before = (standings(twins), NietDubbel.objects.count())
    for besluit in ("blijft", "twee", "terug"):
        assert "staan vast" in decide(keeper, twins, besluit, blijft=str(twins[0].pk))
    assert (standings(twins), NietDubbel.objects.count()) == before


@pytest.mark.parametrize("key", ["", "x", "\0", "-1", "9" * 30, "9" * 5000, "٣"])
def test_a_form_about_sign_ups_that_are_not_there_is_refused(
    keeper: Client, loting: Loting, twins: list[Aanmelding], key: str
) -> None:
    for besluit in ("blijft", "twee", "terug", "", "\0"):
        response = keeper.post(
            at("doubles", loting), {"besluit": besluit, "aanmelding": [str(twins[0].pk), key], "blijft": key}
        )
        assert response.status_code == 302
    assert standings(twins) == ["adres_klopt"] * 3


def test_a_decision_for_another_reason_stays_when_the_person_moves(
    loting: Loting, twins: list[Aanmelding], beheerder: User
) -> None:
    double_actions.mark_doubles(kept=twins[0], others=[twins[1]], by=beheerder)
    actions.correct(aanmelding=twins[1], answers=answers(loting, postcode="1017 AB", huisnummer="9"))
    row = Aanmelding.objects.get(pk=twins[1].pk)
    assert (row.geschiktheid, row.reden, row.adrescontrole) == ("niet_geschikt", "dubbel", "buiten")
    actions.correct(aanmelding=twins[0], answers=answers(loting, postcode="1017 AB", huisnummer="9"))
    row = Aanmelding.objects.get(pk=twins[0].pk)
    assert (row.geschiktheid, row.reden) == ("controleren", "buiten_gebied")


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


# --- reminders and messages -----------------------------------------------------------------------


def test_who_did_not_confirm_is_reminded_once_a_week(
    keeper: Client, keeper_user: User, loting: Loting
) -> None:
    empty(loting)
    late, new = sign_up(loting, mail="laat@example.nl"), sign_up(loting, mail="nieuw@example.nl")
    gone = sign_up(loting, mail="weg@example.nl")
    long_ago = timezone.now() - timedelta(days=4)
    Aanmelding.objects.filter(pk__in=[late.pk, gone.pk]).update(ontvangen_op=long_ago)
    Aanmelding.objects.filter(pk=gone.pk).update(onbestelbaar_op=timezone.now())
    before = {mail: len(mails_to(mail)) for mail in ("laat@example.nl", "nieuw@example.nl", "weg@example.nl")}
    for _time in range(2):
        assert keeper.post(at("reminders", loting)).status_code == 302
    after = {mail: len(mails_to(mail)) - count for mail, count in before.items()}
    assert after == {"laat@example.nl": 1, "nieuw@example.nl": 0, "weg@example.nl": 0}
    assert [(row.bonnummer, row.door) for row in noted(loting, Soort.HERINNERD)] == [
        (late.bonnummer, keeper_user)
    ]
    week = timezone.now() + timedelta(days=7, minutes=1)
    assert remind(loting, now=week, by=keeper_user) == 2
    assert {new.pk, late.pk} == set(Aanmelding.objects.filter(herinnerd_op=week).values_list("pk", flat=True))


def test_what_is_missing_is_counted_and_called(keeper: Client, loting: Loting) -> None:
    empty(loting)
    silent = sign_up(loting, mail="", telefoon="0251 123456", naam="Bel Mij")
    unknown = sign_up(loting, postcode="", huisnummer="", adres_anders="Woonboot", mail="a@example.nl")
    partly = sign_up(loting, mail="b@example.nl")
    partly.kenmerkwaarden.filter(kenmerk__code="woning").delete()
    found = unfinished(loting, now=timezone.now())
    assert {name: [row.pk for row in rows] for name, rows in vars(found).items()} == {
        "unconfirmed": [],
        "without_answer": [partly.pk],
        "unknown_address": [unknown.pk],
        "undeliverable": [],
        "without_mail": [silent.pk],
    }
    text = plain_text(keeper.get(at("calls", loting)))
    assert "Bel Mij" in text
    assert "0251 123456" in text
    assert unknown.bonnummer not in text


WORDS = {"onderwerp_nl": "De zaal is gewijzigd", "tekst_nl": "Wij zitten in De Mel."}


def test_a_message_is_looked_at_first_and_sending_it_twice_is_once(
    keeper: Client, keeper_user: User, loting: Loting
) -> None:
    empty(loting)
    for mail, taal in (("a@example.nl", "nl"), ("b@example.nl", "ar"), ("", "nl")):
        sign_up(loting, mail=mail, taal=taal)
    before = OutboxMail.objects.count()
    address = at("messages", loting)
    key = sent_along(keeper, address)["sleutel"]
    assert "De zaal is gewijzigd" in plain_text(keeper.post(address, {**WORDS, "sleutel": key}))
    assert OutboxMail.objects.count() == before
    for _time in range(2):
        response = keeper.post(address, {**WORDS, "sleutel": key, "versturen": "1"}, follow=True)
        assert "gaat naar 2 mensen" in plain_text(response)
    assert OutboxMail.objects.count() == before + 2
    [sent] = Rondbericht.objects.filter(loting=loting)
    assert (sent.aantal, sent.door) == (2, keeper_user)
    assert [row.aantal for row in noted(loting, Soort.BERICHT)] == [2]


def test_a_message_with_a_key_that_is_not_ours_is_not_sent(keeper: Client, loting: Loting) -> None:
    other = prepared("ander")
    foreign = sent_along(keeper, at("messages", other))["sleutel"]
    for key in ("", "x", "\0", foreign):
        assert (
            keeper.post(at("messages", loting), {**WORDS, "sleutel": key, "versturen": "1"}).status_code
            == 200
        )
    assert not Rondbericht.objects.filter(loting=loting).exists()


def test_a_language_is_written_whole_or_not(keeper: Client, loting: Loting) -> None:
    sign_up(loting, taal="ar", mail="ar@example.nl")
    address = at("messages", loting)
    key = sent_along(keeper, address)["sleutel"]
    for half in ({"tekst_ar": "x"}, {"onderwerp_ar": "x"}, {"tekst_nl": ""}):
        keeper.post(address, {**WORDS, **half, "sleutel": key, "versturen": "1"})
    assert not Rondbericht.objects.filter(loting=loting).exists()


def test_each_reads_a_message_in_their_own_language_when_it_was_written(
    loting: Loting, beheerder: User
) -> None:
    empty(loting)
    sign_up(loting, taal="en", mail="en@example.nl")
    sign_up(loting, taal="pl", mail="pl@example.nl")
    texts = {
        "nl": {"onderwerp": "Nieuws", "tekst": "De zaal is anders."},
        "en": {"onderwerp": "News", "tekst": "Another room."},
    }
    assert write_to_all(loting, texts=texts, key="proef", by=beheerder) == 2
    english, polish = mails_to("en@example.nl")[-1], mails_to("pl@example.nl")[-1]
    assert "Another room." in english.text
    assert "De zaal is anders." in polish.text


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
