"""The screen on which the quotas are set, beside the chances they give."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from core.models import User
from participatie.draw import live
from participatie.draw.pool import pool_of_sign_ups
from participatie.draw.quota_actions import change_quotas, fingerprint, options_of
from participatie.draw.quota_warnings import chance_words
from participatie.models import Loting, Quotawijziging, Staat, Vorm
from participatie.sortition.leximin import Chances, chances
from tests.caches import empty_the_caches
from tests.desk import allow_unknown_variables, browser, html
from tests.participatie.desk import at, empty, plain_text, prepared, with_question
from tests.participatie.quotas import field, fields_of, now, opened, send, take_part
from tests.translating.service import work

pytestmark = pytest.mark.django_db
SAME = "Zo hoort het."


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def reckoned(client: Client, loting: Loting, **fields: Any) -> Any:
    return client.post(at("chances_result", loting), fields)


def real(loting: Loting) -> Chances:
    found = chances(pool_of_sign_ups(loting))
    assert isinstance(found, Chances)
    return found


# --- what it shows -------------------------------------------------------------------------------


def test_the_chances_are_those_of_the_draw(keeper: Client, loting: Loting) -> None:
    text, known = plain_text(keeper.get(at("chances", loting))), real(loting)
    assert f"Kleinste kans {chance_words(known.lowest)}" in text
    assert f"Middelste kans {chance_words(known.median)}" in text
    assert f"Grootste kans {chance_words(known.highest)}" in text
    assert f"Er doen {len(known.by_id)} mensen mee. Aantal zetels: 12." in text
    assert "Nu: 1 tot en met 3." in text
    assert "In de wijk 50%: 6 tot en met 6 zetels." in text


def test_every_change_is_answered_and_nothing_is_stored(keeper: Client, loting: Loting) -> None:
    fields = opened(keeper, loting)
    fields[field(loting, "woning", "anders", "max")] = "6"
    fields[field(loting, "woning", "eigen", "min")] = "0"
    changed = plain_text(reckoned(keeper, loting, **fields, prijs="1"))
    without_script = plain_text(send(keeper, loting, "rekenen", **fields))
    assert not Quotawijziging.objects.exists()
    change_quotas(
        loting=loting,
        quotas={
            int(field(loting, "woning", "anders", "max")[4:]): (0, 6),
            int(field(loting, "woning", "eigen", "max")[4:]): (0, 6),
        },
        seen=fingerprint(loting),
        reden=SAME,
        by=User.objects.get(username="test-lotingbeheerder"),
    )
    lowest = chance_words(real(loting).lowest)
    assert lowest != "3,1 op 100"
    for text in (changed, without_script):
        assert f"Kleinste kans {lowest}" in text
        assert "2 zetels ruimer" in text


def test_the_price_waits_until_somebody_looks(keeper: Client, loting: Loting) -> None:
    fields = opened(keeper, loting)
    fields[field(loting, "woning", "anders", "max")] = "5"
    assert "zetels ruimer" not in html(reckoned(keeper, loting, **fields))
    assert "zetels ruimer" in html(reckoned(keeper, loting, **fields, prijs="1"))
    # Known by now.
    assert "zetels ruimer" in html(reckoned(keeper, loting, **fields))


def test_before_anybody_signed_up(keeper: Client, loting: Loting) -> None:
    text = plain_text(keeper.get(at("chances", empty(loting))))
    assert "Er doet nog niemand mee." in text
    assert "Zo kan de verdeling niet worden bewaard." not in text
    fields = opened(keeper, loting)
    for bound in ("min", "max"):
        fields[field(loting, "leeftijd", "16-24", bound)] = "12"
    text = plain_text(reckoned(keeper, loting, **fields))
    assert "Bij “Hoe oud bent u?” vraagt u samen minstens 20 zetels. Er zijn er 12." in text


def test_without_questions_everybody_has_the_same_chance(keeper: Client) -> None:
    loting = prepared(zetels=3)
    assert "Deze loting heeft nog geen vragen." in plain_text(keeper.get(at("chances", loting)))
    take_part(loting, *[()] * 10)
    text = plain_text(keeper.get(at("chances", loting)))
    assert "Kleinste kans 30 op 100" in text
    assert "Iedereen heeft dezelfde kans." in text


def test_a_simple_loting_has_no_quotas_to_set(keeper: Client, loting: Loting) -> None:
    Loting.objects.filter(pk=loting.pk).update(vorm=Vorm.EENVOUDIG, een_per_adres=False)
    response = keeper.get(at("chances", loting))
    assert "iedereen die meedoet, heeft dezelfde kans" in plain_text(response)
    assert fields_of(html(response)) == {}


@pytest.mark.parametrize("staat", [Staat.BEVROREN, Staat.GETROKKEN, Staat.BEZET, Staat.AFGEROND])
def test_when_it_stands_there_is_nothing_to_type(keeper: Client, loting: Loting, staat: str) -> None:
    fields = opened(keeper, loting)
    Loting.objects.filter(pk=loting.pk).update(staat=staat)
    response = keeper.get(at("chances", loting))
    assert "De deelnemers staan vast." in plain_text(response)
    assert [name for name in fields_of(html(response)) if name != "gezien"] == []
    assert "Kleinste kans 3,1 op 100" in plain_text(response)
    assert "Kleinste kans 3,1 op 100" in plain_text(reckoned(keeper, loting, prijs="1"))
    fields[field(loting, "leeftijd", "16-24", "max")] = "4"
    text = plain_text(send(keeper, loting, **fields, reden=SAME))
    assert "De deelnemers staan vast." in text
    assert not Quotawijziging.objects.exists()


# --- storing -------------------------------------------------------------------------------------


def test_storing_after_opening_needs_a_reason_and_shows_the_promise(keeper: Client, loting: Loting) -> None:
    fields = opened(keeper, loting)
    name = field(loting, "leeftijd", "16-24", "max")
    fields[name] = "4"
    refused = send(keeper, loting, **fields)
    assert "Nog niet bewaard." in plain_text(refused)
    assert "Schrijf op waarom." in plain_text(refused)
    assert fields_of(html(refused)) == fields
    saved = send(keeper, loting, **fields, reden="Er zijn meer jongeren.")
    assert saved.headers["Location"] == at("chances", loting)
    text = plain_text(keeper.get(at("chances", loting)))
    assert "Nu: 1 tot en met 4. Eerst beloofd: 1 tot en met 3." in text
    assert "16 tot en met 24 jaar: van 1–3 naar 1–4" in text
    assert "eerst beloofd: 1–3" in plain_text(keeper.get(at("quota", loting)))
    assert "eerst beloofd: 1–3" in plain_text(keeper.get(at("features", loting)))
    page = loting.pages.get(locale__language_code="nl")
    told = plain_text(Client().get(page.url))
    assert "1 tot en met 4 Eerst beloofd: 1 tot en met 3" in told
    assert "Er zijn meer jongeren." in told
    # Undone by filling in what was promised, and storing that with a reason.
    back = send(keeper, loting, "belofte", **opened(keeper, loting))
    assert "Er is nog niets bewaard." in plain_text(back)
    again = fields_of(html(back))
    assert again[name] == "3"
    send(keeper, loting, **again, reden="Toch niet.")
    assert now(loting, "leeftijd", "16-24") == (1, 3)


def test_storing_while_it_is_prepared(keeper: Client) -> None:
    loting = prepared()
    with_question(loting, minimum=2, maximum=3)
    fields = opened(keeper, loting)
    fields[field(loting, "woning", "huur", "max")] = "6"
    assert send(keeper, loting, **fields).status_code == 302
    assert now(loting, "woning", "huur") == (2, 6)
    assert "Er is niets veranderd." in plain_text(
        keeper.post(at("chances", loting), {**opened(keeper, loting), "doen": "bewaren"}, follow=True)
    )


def test_a_colleague_was_first_and_nothing_typed_is_lost(
    keeper: Client, keeper_user: User, loting: Loting
) -> None:
    fields = opened(keeper, loting)
    option = options_of(loting)[0]
    change_quotas(
        loting=loting, quotas={option.pk: (1, 5)}, seen=fingerprint(loting), reden=SAME, by=keeper_user
    )
    mine = field(loting, "leeftijd", "25-44", "max")
    fields[mine] = "6"
    refused = send(keeper, loting, **fields, reden="Mijn reden.")
    text = html(refused)
    assert "Een collega wijzigde de verdeling intussen." in plain_text(refused)
    assert "Nu: 1 tot en met 5." in plain_text(refused)
    kept = fields_of(text)
    assert {**kept, "gezien": ""} == {**fields, "gezien": ""}
    assert "Mijn reden." in text
    assert Quotawijziging.objects.count() == 1
    # Who has seen it may decide.
    assert send(keeper, loting, **kept, reden="Mijn reden.").status_code == 302
    assert now(loting, "leeftijd", "25-44") == (3, 6)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("drie", "Vul een heel getal in van 0 tot en met 12."),
        ("-1", "Vul een heel getal in van 0 tot en met 12."),
        ("2,5", "Vul een heel getal in van 0 tot en met 12."),
        ("13", "Vul een heel getal in van 0 tot en met 12."),
        ("99999999999999999999", "Vul een heel getal in van 0 tot en met 12."),
        ("", "Vul een heel getal in van 0 tot en met 12."),
        ("0", "Hoogstens is niet minder dan minstens."),
        ("²", "Vul een heel getal in van 0 tot en met 12."),
        ("1\0", "Vul een heel getal in van 0 tot en met 12."),
    ],
)
def test_wrong_numbers_are_told_and_kept(keeper: Client, loting: Loting, typed: str, why: str) -> None:
    fields = opened(keeper, loting)
    name = field(loting, "leeftijd", "16-24", "max")
    fields[name] = typed
    refused = send(keeper, loting, **fields, reden="Mijn reden.")
    assert refused.status_code == 200
    assert why in plain_text(refused)
    assert "Mijn reden." in html(refused)
    assert fields_of(html(refused))[name].rstrip("\ufffd\0") == typed.rstrip("\0")
    assert why in plain_text(reckoned(keeper, loting, **fields))
    assert not Quotawijziging.objects.exists()


def test_missing_rows_and_rows_of_another_loting(keeper: Client, loting: Loting) -> None:
    other = prepared()
    with_question(other)
    fields = opened(keeper, loting)
    strange = {**fields, field(other, "woning", "huur", "min"): "3"}
    assert "hoort niet (meer) bij deze loting" in plain_text(send(keeper, loting, **strange, reden=SAME))
    del fields[field(loting, "leeftijd", "16-24", "max")]
    assert "Vul een heel getal in" in plain_text(send(keeper, loting, **fields, reden=SAME))
    assert "Vul een heel getal in" in plain_text(send(keeper, loting, reden=SAME))
    assert not Quotawijziging.objects.exists()


# --- warnings and ways out -----------------------------------------------------------------------


def test_a_way_out_is_filled_in_and_not_stored(keeper: Client) -> None:
    loting = prepared(zetels=4)
    with_question(loting, minimum=3, maximum=4)
    take_part(loting, *[("huur",)] * 2, *[("koop",)] * 8)
    Loting.objects.filter(pk=loting.pk).update(staat=Staat.GESLOTEN)
    fields = opened(keeper, loting)
    text = html(keeper.get(at("chances", loting)))
    name = field(loting, "woning", "huur", "min")
    assert f'name="neem" value="{name}=2"' in text
    assert "minstens 2 “Huur” in plaats van 3" in plain_text(reckoned(keeper, loting, **fields))
    filled = send(keeper, loting, "", **fields, neem=f"{name}=2,min-x=3,{name},reden=1")
    assert fields_of(html(filled)) == {**fields, name: "2"}
    assert "De getallen zijn ingevuld. Er is nog niets bewaard." in plain_text(filled)
    assert now(loting, "woning", "huur") == (3, 4)
    refused = send(keeper, loting, **fields, reden=SAME)
    assert "Nog niet bewaard." in plain_text(refused)
    assert "Zo kan de verdeling niet worden bewaard." in plain_text(refused)


# --- many people, and several of the staff -------------------------------------------------------


def in_the_background(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    monkeypatch.setattr(live, "MOST_PEOPLE", 10)
    monkeypatch.setattr(live, "MOST_CLASSES", 1)


def test_what_takes_long_is_worked_out_once_for_everybody(
    keeper: Client, keeper_user: User, loting: Loting, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_background(settings, monkeypatch)
    colleague = browser(keeper_user)
    for client in (keeper, colleague, keeper):
        text = html(client.get(at("chances", loting)))
        assert "De kansen worden berekend." in text
        assert "data-waiting" in text
    assert DBTaskResult.objects.count() == 1
    fields = opened(keeper, loting)
    fields[field(loting, "leeftijd", "16-24", "max")] = "4"
    refused = plain_text(send(keeper, loting, **fields, reden=SAME))
    assert "De kansen worden nog berekend. Er is nog niets bewaard." in refused
    work()
    text = plain_text(keeper.get(at("chances", loting)))
    assert f"Kleinste kans {chance_words(real(loting).lowest)}" in text
    assert "Dit wordt berekend." in text
    work()
    assert "2 zetels ruimer" in plain_text(colleague.get(at("chances", loting)))
    assert send(keeper, loting, **fields, reden=SAME).status_code == 302


def test_what_nobody_waits_for_is_not_worked_out(
    keeper: Client, loting: Loting, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_background(settings, monkeypatch)
    keeper.get(at("chances", loting))
    asked = live.question(loting, ())
    empty_the_caches()
    worked: list[str] = []
    monkeypatch.setattr(live, "_work_out", lambda *facts: worked.append(facts[1]))
    work()
    assert worked == []
    assert live.known_price(asked) is None
    # The next look begins again.
    assert "data-waiting" in html(keeper.get(at("chances", loting)))
    work()
    assert worked == [live.CHANCES]


def test_who_comes_and_goes_is_seen_at_once(keeper: Client, loting: Loting) -> None:
    before = live.question(loting, ()).version
    plain_text(keeper.get(at("chances", loting)))
    codes = ("16-24", "sociale-huur", "nederlands", "")
    row = take_part(loting, codes)[0]
    after = live.question(loting, ()).version
    assert before != after
    known = real(loting)
    text = plain_text(keeper.get(at("chances", loting)))
    assert f"Er doen {len(known.by_id)} mensen mee" in text
    assert f"Kleinste kans {chance_words(known.lowest)}" in text
    row.delete()
    assert live.question(loting, ()).version == before


def test_another_question_and_other_seats_are_seen_at_once(keeper: Client) -> None:
    loting = prepared(zetels=4)
    with_question(loting, minimum=1, maximum=3)
    take_part(loting, *[("huur",)] * 10, *[("koop",)] * 10)
    assert "Kleinste kans 20 op 100" in plain_text(keeper.get(at("chances", loting)))
    Loting.objects.filter(pk=loting.pk).update(zetels=6)
    assert "Kleinste kans 30 op 100" in plain_text(keeper.get(at("chances", loting)))
    with_question(loting, "taal", minimum=2, maximum=2)
    text = plain_text(keeper.get(at("chances", loting)))
    assert "Vraag over taal?" in text
    assert "vraagt u voor “Huur” minstens 2. Er doen 0 mensen mee" in text


def test_queries_do_not_grow_with_the_people(keeper: Client, loting: Loting) -> None:
    fields = opened(keeper, loting)

    def counted(**changes: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert "Kleinste kans" in html(reckoned(keeper, loting, **{**fields, **changes}))
        return len(found)

    again = counted()
    name = field(loting, "woning", "anders", "max")
    other_numbers = counted(**{name: "4"})
    take_part(loting, *[("16-24", "sociale-huur", "nederlands", "")] * 50)
    more_people = counted(**{name: "5"})
    assert again <= other_numbers + 1 <= 25
    assert more_people <= other_numbers + 12
