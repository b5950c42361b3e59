"""Changing how the seats are shared: what is kept, what is told to everybody, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import timezone

from core.models import User
from participatie.draw import chain
from participatie.draw.lots import hand_out
from participatie.draw.pool import quotas_of
from participatie.draw.quota_actions import change_quotas, fingerprint, options_of
from participatie.loting import story_of
from participatie.models import Aanmelding, Antwoordoptie, Ketenregel, Loting, Quotawijziging, Staat, Vorm
from participatie.quotas import holding
from tests.desk import account
from tests.own_database import at_once
from tests.participatie.desk import prepared, with_question
from tests.participatie.quotas import now, take_part


def option(loting: Loting, feature: str, answer: str) -> Antwoordoptie:
    return next(one for one in options_of(loting) if (one.kenmerk.code, one.code) == (feature, answer))


def change(loting: Loting, by: User, rows: dict[tuple[str, str], tuple[Any, Any]], **more: Any) -> bool:
    quotas = {option(loting, *name).pk: numbers for name, numbers in rows.items()}
    facts = {"seen": fingerprint(loting), "reden": "Er zijn meer jongeren dan wij dachten.", **more}
    return change_quotas(loting=loting, quotas=quotas, by=by, **facts)


# --- while it is prepared ------------------------------------------------------------------------


@pytest.mark.django_db
def test_in_preparation_the_answers_themselves_change(keeper_user: User) -> None:
    loting = prepared()
    with_question(loting, minimum=2, maximum=3)
    assert change(loting, keeper_user, {("woning", "huur"): (1, 5)}, reden="")
    assert now(loting, "woning", "huur") == (1, 5)
    assert not Quotawijziging.objects.filter(optie__kenmerk__loting=loting).exists()
    assert not Ketenregel.objects.filter(loting=loting).exists()


@pytest.mark.django_db
def test_what_follows_from_the_share_goes_on_following_it(keeper_user: User) -> None:
    loting = prepared()
    with_question(loting, aandeel=40)
    row = option(loting, "woning", "huur")
    # Twelve seats: 4,8.
    assert not change(loting, keeper_user, {("woning", "huur"): (4, 5)})
    assert change(loting, keeper_user, {("woning", "huur"): (4, 6)})
    row.refresh_from_db()
    assert (row.minimum, row.maximum) == (None, 6)
    assert change(loting, keeper_user, {("woning", "huur"): (None, None)})
    row.refresh_from_db()
    assert (row.minimum, row.maximum) == (None, None)
    assert now(loting, "woning", "huur") == (4, 5)


# --- after it opened -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_after_opening_a_row_is_added_and_the_promise_stays(loting: Loting, keeper_user: User) -> None:
    promised = option(loting, "leeftijd", "16-24")
    assert change(loting, keeper_user, {("leeftijd", "16-24"): (2, 4), ("leeftijd", "25-44"): (3, 5)})
    (row,) = Quotawijziging.objects.filter(optie__kenmerk__loting=loting)
    assert (row.optie_id, row.van_minimum, row.van_maximum) == (promised.pk, 1, 3)
    assert (row.naar_minimum, row.naar_maximum, row.door) == (2, 4, keeper_user)
    promised.refresh_from_db()
    assert (promised.minimum, promised.maximum) == (1, 3)
    seats = holding(loting).of(promised)
    assert (tuple(seats.promised), tuple(seats.now), seats.is_changed) == ((1, 3), (2, 4), True)
    assert [(q.minimum, q.maximum) for q in quotas_of(loting) if q.value == "16-24"] == [(2, 4)]


@pytest.mark.django_db
def test_everybody_can_read_it_in_the_public_log(loting: Loting, keeper_user: User) -> None:
    change(loting, keeper_user, {("leeftijd", "16-24"): (2, 4)}, reden="  Meer jongeren.  ")
    line = Ketenregel.objects.get(loting=loting)
    assert (line.soort, line.gegevens) == (
        "verdeling gewijzigd",
        {
            "reden": "Meer jongeren.",
            "zetels": [{"vraag": "leeftijd", "antwoord": "16-24", "van": [1, 3], "naar": [2, 4]}],
        },
    )
    assert chain.breaks(loting) == []
    story = story_of(loting, language_code="nl", now=timezone.now())
    assert [one.reden for one in story.changes] == ["Meer jongeren."]


@pytest.mark.django_db
def test_a_change_is_undone_by_a_change(loting: Loting, keeper_user: User) -> None:
    change(loting, keeper_user, {("leeftijd", "16-24"): (2, 4)})
    change(loting, keeper_user, {("leeftijd", "16-24"): (1, 3)}, reden="Toch niet.")
    assert now(loting, "leeftijd", "16-24") == (1, 3)
    assert not holding(loting).of(option(loting, "leeftijd", "16-24")).is_changed
    assert Quotawijziging.objects.filter(optie__kenmerk__loting=loting).count() == 2
    assert Ketenregel.objects.filter(loting=loting).count() == 2


# --- refused -------------------------------------------------------------------------------------


def refused(loting: Loting, by: User, rows: dict[tuple[str, str], tuple[Any, Any]], **more: Any) -> str:
    before = Quotawijziging.objects.count(), Ketenregel.objects.count()
    with pytest.raises(ValidationError) as error:
        change(loting, by, rows, **more)
    assert (Quotawijziging.objects.count(), Ketenregel.objects.count()) == before
    return " ".join(error.value.messages)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("numbers", "more", "why"),
    [
        ((2, 4), {"reden": "  "}, "Schrijf op waarom."),
        ((2, 4), {"seen": "iets-anders"}, "Een collega wijzigde de verdeling intussen."),
        ((4, 3), {}, "is minstens 4 meer dan hoogstens 3"),
        ((12, 12), {}, "vraagt u samen minstens 20 zetels. Er zijn er 12."),
        ((0, 0), {}, "kunnen zo nooit worden geloot"),
    ],
    ids=["no reason", "a colleague", "in the wrong order", "too many", "nobody of them"],
)
def test_what_cannot_be_is_refused_in_words(
    loting: Loting, keeper_user: User, numbers: tuple[int, int], more: dict[str, str], why: str
) -> None:
    assert why in refused(loting, keeper_user, {("leeftijd", "16-24"): numbers}, **more)


@pytest.mark.django_db
def test_an_answer_of_another_loting_is_refused(loting: Loting, keeper_user: User) -> None:
    other = prepared()
    with_question(other)
    strange = option(other, "woning", "huur")
    with pytest.raises(ValidationError, match="hoort niet bij deze loting"):
        change_quotas(
            loting=loting, quotas={strange.pk: (1, 2)}, seen=fingerprint(loting), reden="x", by=keeper_user
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [{"staat": staat} for staat in Staat.values if staat not in ("concept", "open", "gesloten")]
    + [{"vorm": Vorm.EENVOUDIG, "een_per_adres": False}],
    ids=lambda facts: str(next(iter(facts.values()))),
)
def test_when_it_stands_it_stays(loting: Loting, keeper_user: User, facts: dict[str, Any]) -> None:
    Loting.objects.filter(pk=loting.pk).update(**facts)
    loting.refresh_from_db()
    words = "eenvoudig" if "vorm" in facts else "De deelnemers staan vast."
    assert words in refused(loting, keeper_user, {("leeftijd", "16-24"): (2, 4)})


@pytest.mark.django_db
def test_what_newcomers_may_mend_stops_nobody_before_closing(keeper_user: User) -> None:
    loting = prepared(zetels=3)
    with_question(loting, minimum=0, maximum=2)
    Loting.objects.filter(pk=loting.pk).update(staat=Staat.OPEN)
    loting.refresh_from_db()
    take_part(loting, *[("huur",)] * 2, *[("koop",)] * 8)
    # Both of them would always be drawn, and three there are not.
    assert change(loting, keeper_user, {("woning", "huur"): (2, 3)})
    assert change(loting, keeper_user, {("woning", "huur"): (3, 3)})
    assert change(loting, keeper_user, {("woning", "huur"): (0, 2)})
    Loting.objects.filter(pk=loting.pk).update(staat=Staat.GESLOTEN)
    loting.refresh_from_db()
    why = refused(loting, keeper_user, {("woning", "huur"): (2, 3)})
    assert "Enkele anderen worden zo altijd geloot. Dat zijn 2 mensen." in why
    why = refused(loting, keeper_user, {("woning", "huur"): (3, 3)})
    assert "vraagt u voor “Huur” minstens 3. Er doen 2 mensen mee" in why


@pytest.mark.django_db
def test_the_lots_count_once_they_are_handed_out(loting: Loting, keeper_user: User) -> None:
    Aanmelding.objects.filter(loting=loting, geschiktheid="controleren").update(geschiktheid="niet_geschikt")
    Loting.objects.filter(pk=loting.pk).update(
        staat=Staat.GESLOTEN,
        sluit_op=timezone.now(),
        trekking_op=timezone.now() + timedelta(days=30),
    )
    loting.refresh_from_db()
    hand_out(loting=loting, by=keeper_user)
    # Who signs up now by mistake has no lot, and makes nothing possible.
    Aanmelding.objects.in_the_pool().filter(loting=loting).update(geschiktheid="niet_geschikt")
    assert change(loting, keeper_user, {("leeftijd", "16-24"): (2, 4)})


# --- at once -------------------------------------------------------------------------------------


def test_of_two_at_once_the_second_hears_of_the_first(loting_to_lose: Loting) -> None:
    loting = loting_to_lose
    users = [account("lotingbeheerder", name=name) for name in ("een", "twee")]
    pk, seen = option(loting, "leeftijd", "16-24").pk, fingerprint(loting)
    connections.close_all()

    def press(user: User, most: int) -> Any:
        return lambda: change_quotas(
            loting=loting, quotas={pk: (1, most)}, seen=seen, reden="Samen.", by=user
        )

    found = at_once(press(users[0], 4), press(users[1], 5))
    assert sorted(type(one).__name__ for one in found) == ["ValidationError", "bool"]
    (error,) = [one for one in found if isinstance(one, ValidationError)]
    assert error.code == "changed"
    assert Quotawijziging.objects.filter(optie=pk).count() == 1
    assert Ketenregel.objects.filter(loting=loting).count() == 1
