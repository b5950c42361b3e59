"""Planning on the desk: every promise stays to be seen, and a next one comes with its reason."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.desk import account, allow_unknown_variables, browser, first, html
from tests.plan import actie_of, promised, promises, step_of, velison, welzijn
from wijken.models import Actie, Mijlpaal, Planning

pytestmark = pytest.mark.django_db

REASON = "De bodem moet eerst schoon."


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def redacteur(db: None) -> Client:
    return browser(account("redacteur"))


@pytest.fixture
def actie(db: None) -> Actie:
    return actie_of(velison())


def change(client: Client, step: Mijlpaal, **values: Any) -> Any:
    return client.post(reverse("desk_planning_change", args=[step.pk]), promised(**values))


def test_a_change_is_shown_first_and_recorded_when_confirmed(redacteur: Client, actie: Actie) -> None:
    step = step_of(actie)
    shown = html(change(redacteur, step, reden=REASON, stap="bekijken"))
    assert "Eerst beloofd" in shown
    assert "2e kwartaal van 2041" in shown
    assert REASON in shown
    assert promises(step) == [(1, "2040", "")], "Looking records nothing."

    again = html(change(redacteur, step, reden=REASON, stap="wijzigen"))
    assert 'value="2041"' in again
    assert promises(step) == [(1, "2040", "")]

    answer = change(redacteur, step, reden=REASON, stap="vastleggen")
    assert answer.headers["Location"] == reverse("desk_planning", args=[actie.pk])
    assert promises(step) == [(1, "2040", ""), (2, "2041-Q2", REASON)]
    assert ModelLogEntry.objects.filter(action="wijken.planning", object_id=str(actie.pk)).count() == 1


def test_two_clicks_record_once(redacteur: Client, actie: Actie) -> None:
    step = step_of(actie)
    change(redacteur, step, reden=REASON, stap="vastleggen")
    second = change(redacteur, step, reden=REASON, stap="vastleggen")
    assert "Deze planning staat er al." in html(second)
    assert len(promises(step)) == 2

    add = reverse("desk_step_add", args=[actie.pk])
    form = promised(naam="Opening", stap="vastleggen")
    assert redacteur.post(add, form).status_code == 302
    assert "heeft de actie al" in html(redacteur.post(add, {**form, "naam": " opening "}))
    assert Mijlpaal.objects.source().filter(actie=actie, naam="Opening").count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reden": ""}, "Schrijf op waarom de planning verandert."),
        ({"reden": "   "}, "Schrijf op waarom de planning verandert."),
        ({"periode_year": ""}, "Vul ook het jaar in."),
        ({"zekerheid": "zeker"}, "zeker"),
        ({"periode_part": "na", "periode_year": ""}, "Schrijf op waarna dit gebeurt."),
        ({"periode_part": "jaar", "periode_year": "2040", "zekerheid": "afgesproken"}, "staat er al"),
        ({"na": "999999"}, "hetzelfde actieplan"),
    ],
)
@pytest.mark.parametrize("press", ["bekijken", "vastleggen"])
def test_what_cannot_be_is_said_and_nothing_is_recorded(
    press: str, values: dict[str, str], sentence: str, redacteur: Client, actie: Actie
) -> None:
    step = step_of(actie)
    answer = change(redacteur, step, **{"reden": REASON, **values, "stap": press})
    assert answer.status_code == 200
    assert sentence in html(answer)
    assert promises(step) == [(1, "2040", "")]


def test_a_step_waits_only_for_another_step_of_its_plan(redacteur: Client, actie: Actie) -> None:
    step, before = step_of(actie), step_of(actie, "Onderzoek")
    elsewhere = first(Mijlpaal.objects.source().exclude(actie__actieplan=actie.actieplan))
    for wrong in (elsewhere, step):
        assert "hetzelfde actieplan" in html(change(redacteur, step, reden=REASON, na=wrong.pk))
    wait = {"periode_part": "na", "periode_year": "", "na": before.pk}
    change(redacteur, step, reden=REASON, stap="vastleggen", **wait)
    assert promises(step)[-1] == (2, "na", REASON)
    shown = html(redacteur.get(reverse("desk_planning", args=[actie.pk])))
    assert "kan pas na “Onderzoek”" in shown


def test_the_screen_shows_first_and_present_and_all_between(redacteur: Client, actie: Actie) -> None:
    step = step_of(actie)
    for year, reason in ((2041, "Te nat."), (2042, "Te duur.")):
        change(redacteur, step, periode_year=str(year), reden=reason, stap="vastleggen")
    shown = html(redacteur.get(reverse("desk_planning", args=[actie.pk])))
    order = ["Eerst beloofd", "2040", "Daarna", "2e kwartaal van 2041", "Te nat.", "2e kwartaal van 2042"]
    places = [shown.index(piece) for piece in order]
    assert places == sorted(places)


def test_nobody_changes_or_deletes_a_promise(desk: Client, actie: Actie) -> None:
    step = step_of(actie)
    row = first(Planning.objects.filter(mijlpaal=step))
    base = "wagtailsnippets_wijken_planning"
    edit = desk.post(reverse(f"{base}:edit", args=[row.pk]), {"voorwaarde": "x", "reden": "x"})
    assert edit.headers["Location"] == reverse(f"{base}:inspect", args=[row.pk])
    delete = desk.post(reverse(f"{base}:delete", args=[row.pk]))
    assert delete.status_code == 409
    assert "blijft staan" in html(delete)
    bulk = reverse("wagtail_bulk_action", args=["wijken", "planning", "delete"])
    assert "blijft staan" in html(desk.post(f"{bulk}?id={row.pk}", follow=True))
    assert desk.post(reverse("wagtailsnippets_wijken_mijlpaal:delete", args=[step.pk])).status_code == 409
    assert promises(step) == [(1, "2040", "")]


def test_the_name_of_a_step_can_be_mended(redacteur: Client, actie: Actie) -> None:
    step = step_of(actie, "Strat van de bouw")
    address = reverse("wagtailsnippets_wijken_mijlpaal:edit", args=[step.pk])
    redacteur.post(address, {"naam": "Start van de bouw", "order": "0"})
    step.refresh_from_db()
    assert step.naam == "Start van de bouw"
    vertaler = browser(account("vertaler"))
    assert vertaler.post(address, {"naam": "Iets anders", "order": "0"}).status_code == 302
    step.refresh_from_db()
    assert step.naam == "Start van de bouw"


def test_a_promise_is_made_by_editors_only(actie: Actie) -> None:
    step = step_of(actie)
    for role in ("partner", "vertaler", "baliemedewerker"):
        client = browser(account(role, velison()))
        change(client, step, reden=REASON, stap="vastleggen")
        client.post(reverse("desk_step_add", args=[actie.pk]), promised(naam="Nog een", stap="vastleggen"))
    assert promises(step) == [(1, "2040", "")]
    assert Mijlpaal.objects.source().filter(actie=actie).count() == 1


# --- the form of an action ------------------------------------------------------------------------


def actie_form(actie: Actie, **values: Any) -> dict[str, Any]:
    return {
        "actieplan": actie.actieplan_id,
        "nummer": actie.nummer,
        "naam": actie.naam,
        "focusopgave": "",
        "kosten": "",
        "kosten_reden": "nvt",
        "financiering-TOTAL_FORMS": "0",
        "financiering-INITIAL_FORMS": "0",
        **values,
    }


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kosten_reden": ""}, "Vul een bedrag in, of kies waarom er geen bedrag is."),
        ({"kosten": "100"}, "Er is een bedrag. Laat dit dan leeg."),
        ({"kosten": "-5", "kosten_reden": ""}, "deze waarde"),
        ({"nummer": "1"}, "bestaat al"),
    ],
)
def test_an_action_has_an_amount_or_a_reason(
    values: dict[str, str], sentence: str, desk: Client, actie: Actie
) -> None:
    answer = desk.post(reverse("acties:edit", args=[actie.pk]), actie_form(actie, **values))
    assert answer.status_code == 200
    assert sentence in html(answer)


def test_everything_of_an_action_is_of_its_own_plan(desk: Client, actie: Actie) -> None:
    address = reverse("acties:edit", args=[actie.pk])
    other_plan = first(type(actie.actieplan).objects.exclude(wijk=actie.actieplan.wijk))
    focus = type(first(actie.actieplan.focusopgaven)).objects.create(
        actieplan=other_plan, nummer=90, naam="Elders"
    )
    perspectief = type(first(actie.actieplan.perspectieven)).objects.create(
        actieplan=other_plan, nummer=90, naam="Elders"
    )
    opgave = type(first(first(actie.actieplan.perspectieven).opgaven)).objects.create(
        perspectief=perspectief, nummer=90, titel="Elders"
    )
    text = html(desk.post(address, actie_form(actie, focusopgave=focus.pk)))
    assert "Kies een focusopgave van het eigen actieplan." in text
    assert "Kies opgaven van de eigen wijk." in html(desk.post(address, actie_form(actie, opgaven=opgave.pk)))
    own = first(actie.actieplan.focusopgaven)
    assert desk.post(address, actie_form(actie, focusopgave=own.pk)).status_code == 302
    # The other way round: the plan changes, and what belonged to the first does not come along.
    moved = actie_form(actie, actieplan=other_plan.pk, focusopgave=own.pk)
    assert "Kies een focusopgave van het eigen actieplan." in html(desk.post(address, moved))

    form = {"actieplan": own.actieplan_id, "nummer": own.nummer, "naam": own.naam}
    answer = desk.post(reverse("focusopgaven:edit", args=[own.pk]), {**form, "perspectieven": perspectief.pk})
    assert "Kies perspectieven van het eigen actieplan." in html(answer)


def test_the_same_budget_twice_gets_a_sentence(desk: Client, actie: Actie) -> None:
    from wijken.models import Budget

    budget = first(Budget.objects.source())
    lines = {"financiering-TOTAL_FORMS": "2"}
    for number in (0, 1):
        lines |= {
            f"financiering-{number}-budget": str(budget.pk),
            f"financiering-{number}-bedrag": "10",
            f"financiering-{number}-id": "",
        }
    answer = desk.post(reverse("acties:edit", args=[actie.pk]), actie_form(actie, **lines))
    assert answer.status_code == 200
    assert actie.financiering.count() == 0
    zero = {**lines, "financiering-TOTAL_FORMS": "1", "financiering-0-bedrag": "0"}
    answer = desk.post(reverse("acties:edit", args=[actie.pk]), actie_form(actie, **zero))
    assert "Het bedrag is meer dan nul." in html(answer)


def test_somebody_writes_for_one_organisation(desk: Client) -> None:
    user = account("partner", velison())
    add = reverse("medewerkers:add")
    answer = desk.post(add, {"user": user.pk, "organisatie": welzijn().pk})
    assert "hoort al bij een organisatie" in html(answer)
    assert user.medewerker.organisatie == velison()
