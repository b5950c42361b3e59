"""What was known of an action on a day: read from the registers, as they were then."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.plans import at, draft, move, new_actie, new_plan, new_step, published
from wijken.actions import (
    publish_voortgang,
    return_voortgang,
    start_correction,
    submit_voortgang,
    take_snapshot,
)
from wijken.models import Actie, Mijlpaal, Momentopname, Organisatie, Planning, Terugblik, Voortgang
from wijken.monitor.facts import facts_of, judge_one, standings
from wijken.monitor.standing import Change, State

pytestmark = pytest.mark.django_db
PLANNED = date(2025, 1, 10)
WHY = "De aannemer is ziek."


@pytest.fixture
def actie() -> Actie:
    """With one step, promised for the second quarter of 2025."""
    actie = new_actie(new_plan())
    new_step(actie, "2025-Q2", PLANNED)
    return actie


def only_step(actie: Actie) -> Mijlpaal:
    return Mijlpaal.objects.source().get(actie=actie)


def state(actie: Actie, on: date) -> State:
    return judge_one(actie, on=on).standing.state


def corrected(wrong: Voortgang, on: date, **words: object) -> Voortgang:
    with at(on):
        right = start_correction(voortgang=wrong, organisatie=Organisatie.objects.source()[0])
        for name, value in words.items():
            setattr(right, name, value)
        right.save()
        return publish_voortgang(voortgang=right)


def test_as_of_any_day(actie: Actie) -> None:
    """The same action, asked about one day after the other: nobody knew more than was known."""
    step = only_step(actie)
    published(actie, date(2025, 5, 1), verandering="bezig")
    published(actie, date(2025, 7, 20), mijlpaal=step, periode="2025-Q4", zekerheid="verwacht", reden=WHY)
    published(actie, date(2026, 2, 1), mijlpaal=step, gehaald_op=date(2026, 1, 28))
    expected = {
        date(2025, 1, 9): (State.GEPLAND, 0, []),
        date(2025, 1, 10): (State.GEPLAND, 0, ["2025-Q2"]),
        date(2025, 4, 30): (State.GEPLAND, 0, ["2025-Q2"]),
        date(2025, 5, 1): (State.BEZIG, 0, ["2025-Q2"]),
        date(2025, 6, 30): (State.BEZIG, 0, ["2025-Q2"]),
        date(2025, 7, 19): (State.TE_LAAT, 19, ["2025-Q2"]),
        date(2025, 7, 20): (State.BEZIG, 0, ["2025-Q2", "2025-Q4"]),
        date(2025, 12, 31): (State.BEZIG, 0, ["2025-Q2", "2025-Q4"]),
        date(2026, 1, 29): (State.TE_LAAT, 29, ["2025-Q2", "2025-Q4"]),
        date(2026, 2, 1): (State.KLAAR, 0, ["2025-Q2", "2025-Q4"]),
    }
    for day, answer in expected.items():
        judged = judge_one(actie, on=day)
        promises = [made.period.code for one in judged.facts.milestones for made in one.promises]
        assert (judged.standing.state, judged.standing.days_late, promises) == answer, day


def test_news_from_the_past_was_not_known_before_it_was_published(actie: Actie) -> None:
    published(actie, date(2025, 5, 1), published_on=date(2025, 5, 20), verandering="bezig")
    assert state(actie, date(2025, 5, 1)) is State.GEPLAND
    assert state(actie, date(2025, 5, 19)) is State.GEPLAND
    assert state(actie, date(2025, 5, 20)) is State.BEZIG


def test_published_just_before_midnight_is_of_that_day_here(actie: Actie) -> None:
    """In the Netherlands it is the 2nd already when in London it is still the 1st."""
    import time_machine

    with time_machine.travel("2025-05-01 22:30:00+00:00", tick=False):
        publish_voortgang(voortgang=draft(actie, date(2025, 5, 1), verandering="bezig"))
    assert state(actie, date(2025, 5, 1)) is State.GEPLAND
    assert state(actie, date(2025, 5, 2)) is State.BEZIG


def test_a_draft_is_not_known(actie: Actie) -> None:
    day = date(2025, 5, 1)
    with at(day):
        row = draft(actie, day, verandering="gestopt", reden=WHY)
        assert state(actie, day) is State.GEPLAND
        row = submit_voortgang(voortgang=row)
        assert state(actie, day) is State.GEPLAND
        row = return_voortgang(voortgang=row, reden="Waarom?")
        assert (row.stand, row.terug_reden) == (Voortgang.Stand.TERUG, "Waarom?")
        assert state(actie, day) is State.GEPLAND
        publish_voortgang(voortgang=submit_voortgang(voortgang=row))
    assert state(actie, day) is State.GESTOPT


@pytest.mark.parametrize(
    ("said", "then", "repaired"),
    [
        ({"verandering": "klaar"}, State.KLAAR, State.GEPLAND),
        ({"verandering": "gestopt", "reden": WHY}, State.GESTOPT, State.GEPLAND),
        ({"verandering": "bezig"}, State.BEZIG, State.GEPLAND),
    ],
)
def test_a_correction_undoes_what_the_message_said(
    actie: Actie, said: dict[str, Any], then: State, repaired: State
) -> None:
    wrong = published(actie, date(2025, 5, 1), **said)
    right = corrected(wrong, date(2025, 5, 10), verandering="", reden="", tekst="Dat was niet zo.")
    assert state(actie, date(2025, 5, 9)) is then, "Until then everybody believed it."
    assert state(actie, date(2025, 5, 10)) is repaired
    # And back again: the last word counts.
    corrected(right, date(2025, 5, 20), **said)
    assert state(actie, date(2025, 5, 19)) is repaired
    assert state(actie, date(2025, 5, 20)) is then


def test_a_correction_undoes_that_a_step_was_reached(actie: Actie) -> None:
    step = only_step(actie)
    wrong = published(actie, date(2025, 5, 1), mijlpaal=step, gehaald_op=date(2025, 4, 28))
    assert state(actie, date(2025, 6, 1)) is State.KLAAR
    corrected(wrong, date(2025, 7, 5), gehaald_op=None, reden=WHY)
    assert state(actie, date(2025, 7, 4)) is State.KLAAR
    judged = judge_one(actie, on=date(2025, 7, 5))
    assert (judged.standing.state, judged.standing.days_late) == (State.TE_LAAT, 5)


def test_a_correction_takes_the_words_and_the_photo_along(actie: Actie) -> None:
    from core.models import SiteImage

    photo = SiteImage.objects.all()[0]
    wrong = published(actie, date(2025, 5, 1), verandering="bezig", foto=photo, foto_alt="Een kuil.")
    with at(date(2025, 5, 2)):
        right = start_correction(voortgang=wrong, organisatie=wrong.organisatie)
    for name in ("tekst", "verandering", "foto", "foto_alt", "mijlpaal", "gehaald_op", "reden"):
        assert getattr(right, name) == getattr(wrong, name), name
    assert (right.stand, right.datum) == (Voortgang.Stand.CONCEPT, date(2025, 5, 2))


def test_what_can_be_corrected(actie: Actie) -> None:
    day = date(2025, 5, 1)
    someone = Organisatie.objects.source()[0]
    unpublished = draft(actie, day)
    with pytest.raises(ValidationError, match="staat nog niet op de site"):
        start_correction(voortgang=unpublished, organisatie=someone)
    wrong = published(actie, day)
    with at(day):
        start_correction(voortgang=wrong, organisatie=someone)
        with pytest.raises(ValidationError, match="al een verbetering"):
            start_correction(voortgang=wrong, organisatie=someone)
        # By hand, around the action, the same rules hold.
        with pytest.raises(ValidationError, match="al een verbetering"):
            Voortgang(**same(unpublished), corrigeert=wrong).full_clean()
        with pytest.raises(ValidationError, match="staat nog niet op de site"):
            Voortgang(**same(unpublished), corrigeert=unpublished).full_clean()
        unpublished.corrigeert = unpublished
        with pytest.raises(ValidationError, match="staat nog niet op de site"):
            unpublished.full_clean()
        elsewhere = published(new_actie(actie.actieplan, 2), day)
        with pytest.raises(ValidationError, match="over een andere actie"):
            Voortgang(**same(unpublished), corrigeert=elsewhere).full_clean()


def same(row: Voortgang) -> dict[str, object]:
    return {
        "actie": row.actie,
        "organisatie": row.organisatie,
        "datum": row.datum,
        "tekst": row.tekst,
        "locale": row.locale,
    }


def test_a_reason_is_asked_for_as_long_as_the_action_is_late(actie: Actie) -> None:
    late = date(2025, 8, 1)
    with pytest.raises(ValidationError) as caught:
        published(actie, late)
    assert "Deze actie is te laat" in caught.value.message_dict["reden"][0]
    assert judge_one(actie, on=late).standing.needs_reason
    published(actie, late, reden=WHY)
    assert not judge_one(actie, on=late).standing.needs_reason
    # Good news needs no excuse.
    published(actie, late, mijlpaal=only_step(actie), gehaald_op=late)
    assert state(actie, late) is State.KLAAR


def test_the_reason_for_moving_is_not_the_reason_for_being_late_again(actie: Actie) -> None:
    published(
        actie,
        date(2025, 6, 1),
        mijlpaal=only_step(actie),
        periode="2025-Q3",
        zekerheid="afgesproken",
        reden=WHY,
    )
    standing = judge_one(actie, on=date(2025, 10, 1)).standing
    assert (standing.days_late, standing.needs_reason) == (1, True)


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ({"periode": "2025-Q2"}, "Deze planning staat er al"),
        ({"periode": "na"}, "Kies een periode"),
        ({"periode": "2025-Q9"}, "geen periode"),
    ],
)
def test_a_message_that_cannot_be_published_cannot_be_handed_in(
    actie: Actie, message: dict[str, Any], sentence: str
) -> None:
    """Else the editors would find out what its writer should have read."""
    with pytest.raises(ValidationError) as caught:
        published(
            actie,
            date(2025, 5, 1),
            mijlpaal=only_step(actie),
            reden=WHY,
            zekerheid="afgesproken",
            **message,
        )
    assert sentence in " ".join(caught.value.messages)
    assert not Voortgang.objects.filter(actie=actie).exclude(stand="concept").exists()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"periode": "2025-Q2"}, "staat er al"),
        ({"periode": " 2025-Q2 "}, "staat er al"),
        ({"periode": "2025-Q3", "reden": " "}, "waarom de planning verandert"),
        ({"periode": "na"}, "waarna dit gebeurt"),
        ({"periode": "morgen"}, "geen periode"),
        ({"periode": "2025-Q3", "on": date(2025, 1, 9)}, "van een latere dag"),
    ],
)
def test_why_a_promise_cannot_be_recorded(actie: Actie, more: dict[str, object], sentence: str) -> None:
    on = more.pop("on", date(2025, 2, 1))
    with pytest.raises(ValidationError) as caught:
        move(only_step(actie), more.pop("periode"), on, **more)  # type: ignore[arg-type]
    assert sentence in " ".join(caught.value.messages)
    assert Planning.objects.filter(mijlpaal__actie=actie).count() == 1


def test_a_step_does_not_wait_for_itself(actie: Actie) -> None:
    step = only_step(actie)
    with pytest.raises(ValidationError, match="op zichzelf"):
        move(step, "na", date(2025, 2, 1), na=step)
    other = new_step(actie, "ntb", PLANNED)
    assert move(step, "na", date(2025, 2, 1), na=other).volgnummer == 2


def test_a_promise_belongs_to_the_step_itself_not_to_its_translation() -> None:
    translated = Mijlpaal.objects.filter(locale__language_code="en")[0]
    with pytest.raises(ValidationError) as caught:
        move(translated, "2031", date(2026, 11, 1))
    assert "mijlpaal" in caught.value.message_dict


def test_a_snapshot_keeps_the_day_whatever_follows(actie: Actie) -> None:
    plan, step = actie.actieplan, only_step(actie)
    on = date(2025, 7, 1)
    # Told afterwards, about before: it is no part of what was known on the day itself.
    published(actie, date(2025, 6, 1), published_on=date(2025, 7, 2), verandering="klaar")
    with at(date(2025, 7, 3)):
        kept = take_snapshot(terugblik=Terugblik.objects.create(actieplan=plan, peildatum=on))
        with pytest.raises(ValidationError, match="al bewaard"):
            take_snapshot(terugblik=kept.terugblik)
        with pytest.raises(ValidationError, match="moet nog komen"):
            take_snapshot(terugblik=Terugblik.objects.create(actieplan=plan, peildatum=date(2025, 7, 4)))
    assert kept.data["on"] == "2025-07-01"
    [row] = kept.data["acties"]
    assert (row["state"], row["days_late"], row["last_report_on"]) == ("te_laat", 1, None)
    assert row["milestones"] == [
        {"pk": step.pk, "first": "2025-Q2", "current": "2025-Q2", "reached_on": None}
    ]
    actie.naam, actie.nummer = "Andere naam", 77
    actie.save()
    move(step, "2030", date(2025, 8, 1))
    assert Momentopname.objects.get(pk=kept.pk).data == kept.data


def test_the_day_of_a_look_back_stays_once_its_standing_is_kept(actie: Actie) -> None:
    terugblik = Terugblik.objects.create(actieplan=actie.actieplan, peildatum=date(2025, 7, 1))
    terugblik.peildatum = date(2025, 7, 2)
    terugblik.full_clean()
    terugblik.save()
    take_snapshot(terugblik=terugblik)
    terugblik.gehouden_op = date(2025, 7, 9)
    terugblik.full_clean()
    terugblik.peildatum = date(2025, 7, 3)
    with pytest.raises(ValidationError, match="al bewaard"):
        terugblik.full_clean()


def test_facts_of_many_actions_cost_as_much_as_those_of_one(
    actie: Actie, django_assert_num_queries: object
) -> None:
    published(actie, date(2025, 5, 1), verandering=Change.BEZIG)
    assert callable(django_assert_num_queries)
    for acties in (Actie.objects.filter(pk=actie.pk), Actie.objects.all()):
        with django_assert_num_queries(3):
            found = facts_of(acties, on=date(2026, 1, 1))
        assert len(found) == acties.count()


def test_the_demo_says_how_late_everything_is_without_one_word_of_progress() -> None:
    """No source tells what was done: only the calendar speaks."""
    found = standings(Actie.objects.all(), on=date(2026, 11, 22))
    assert {standing.state for standing in found.values()} == {State.TE_LAAT, State.GEPLAND}
    assert all(standing.is_unreported for standing in found.values())
    assert all(standing.needs_reason for standing in found.values() if standing.is_late)
