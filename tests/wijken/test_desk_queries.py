"""Lists and screens of the action plan ask the database as often for many rows as for a few."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk import account, allow_unknown_variables, browser, html
from tests.plan import actie_of, message_of, published, step_of, submitted, velison
from wijken.actions import record_planning
from wijken.models import Actie

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def actie(db: None) -> Actie:
    return actie_of(velison())


@pytest.fixture
def partner(db: None) -> Client:
    return browser(account("partner", velison()))


@pytest.fixture
def editor(db: None) -> Client:
    return browser(account("eindredacteur"))


@pytest.mark.parametrize("screen", ["desk_my_actions", "desk_inbox", "wagtailadmin_home"])
def test_more_actions_and_messages_take_no_more_queries(
    screen: str, partner: Client, editor: Client, django_assert_max_num_queries: Any
) -> None:
    who = partner if screen == "desk_my_actions" else editor
    address = reverse(screen)

    def more() -> None:
        for _one in range(3):
            new = actie_of(velison())
            step_of(new, periode="2024")
            submitted(new, velison(), reden="Te nat.")
            message_of(new, velison())

    more()
    who.get(address)
    with django_assert_max_num_queries(70) as few:
        who.get(address)
    limit = len(few)
    more()
    who.get(address)
    with django_assert_max_num_queries(limit):
        who.get(address)


@pytest.mark.parametrize("screen", ["desk_planning", "desk_my_action", "desk_review"])
def test_more_steps_and_promises_take_no_more_queries(
    screen: str, editor: Client, actie: Actie, django_assert_max_num_queries: Any
) -> None:
    step_of(actie, "Eerste stap")
    message = submitted(actie, velison())
    address = reverse(screen, args=[message.pk if screen == "desk_review" else actie.pk])
    editor.get(address)
    with django_assert_max_num_queries(40) as few:
        editor.get(address)
    limit = len(few)
    for number in range(4):
        step = step_of(actie, f"Stap {number}")
        record_planning(
            mijlpaal=step,
            periode="2042",
            zekerheid="verwacht",
            reden="Te nat.",
            vastgelegd_op=timezone.localdate(),
        )
        published(actie, velison())
    with django_assert_max_num_queries(limit):
        editor.get(address)


@pytest.mark.parametrize(
    "listing",
    [
        "acties:index",
        "actieplannen:index",
        "wagtailsnippets_wijken_mijlpaal:list",
        "wagtailsnippets_wijken_voortgang:list",
        "wagtailsnippets_wijken_planning:list",
        "wagtailsnippets_wijken_budget:list",
    ],
)
def test_longer_lists_take_no_more_queries(
    listing: str, editor: Client, actie: Actie, django_assert_max_num_queries: Any
) -> None:
    def more() -> None:
        new = actie_of(velison())
        step = step_of(new)
        record_planning(
            mijlpaal=step,
            periode="2042",
            zekerheid="verwacht",
            reden="Te nat.",
            vastgelegd_op=timezone.localdate(),
        )
        published(new, velison())

    more()
    address = reverse(listing)
    editor.get(address)
    with django_assert_max_num_queries(40) as few:
        editor.get(address)
    limit = len(few)
    for _one in range(4):
        more()
    with django_assert_max_num_queries(limit):
        editor.get(address)


def test_the_list_of_actions_shows_and_exports_how_each_stands(editor: Client, actie: Actie) -> None:
    step_of(actie, periode="2024")
    address = reverse("acties:index")
    late = html(editor.get(address, {"stand": "te_laat", "q": actie.naam}))
    assert actie.naam in late
    assert "zonder reden" in late
    done = html(editor.get(address, {"stand": "klaar", "q": actie.naam}))
    assert reverse("acties:edit", args=[actie.pk]) not in done
    answer: Any = editor.get(address, {"export": "csv", "q": actie.naam})
    csv = b"".join(answer.streaming_content).decode()
    assert "Dagen te laat" in csv
    assert "te laat" in csv
    assert "Velison Wonen" in csv
