"""Asking, confirming and stopping in whatever order, with whatever address: the books and the rows agree."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from core.models import OutboxMail
from core.outbox import mark_bounced, normalised
from home.krant import subscribing
from home.krant.views.forms import SubscribeForm
from home.models import Abonnee
from tests.home.krant.subscribers import mails_to, path_in, wijk_of_krant

pytestmark = pytest.mark.django_db
ASKED, SUBSCRIBED, BOUNCED = "asked", "subscribed", "bounced"
FEW = ["fatima@example.nl", " FATIMA@example.nl", "jan+krant@example.org", "o'neil@example.nl"]
HOSTILE = [
    '"a b"@example.nl',
    "a@[127.0.0.1]",
    "a@bücher.example",
    "ı@example.nl",
    "K@example.nl",
    "a@example.nl\r\nBcc: b@example.nl",
    "a@example.nl>",
    "<b>@example.nl",
    "{{7*7}}@example.nl",
    "a@" + "x." * 120 + "nl",
    "a\0@example.nl",
    "\u202ea@example.nl",
    "a@example.nl,b@example.nl",
]
addresses = st.one_of(
    st.sampled_from(FEW), st.sampled_from(HOSTILE), st.emails(), st.text(max_size=30).map("{}@b.nl".format)
)
picks = st.randoms(use_true_random=False)


class Machine(RuleBasedStateMachine):
    """What every address may expect, beside what is stored."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.wijk = wijk_of_krant()
        self.books: dict[str, str] = {}
        # (address, secret) of every link to confirm that was ever mailed, the newest last.
        self.links: list[tuple[str, str]] = []
        self.stops: dict[str, list[str]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def _newest(self, mail: str) -> OutboxMail:
        return mails_to(mail)[-1]

    @rule(typed=addresses, taal=st.sampled_from(["nl", "ar"]))
    def ask(self, typed: str, taal: str) -> None:
        try:
            mail = SubscribeForm.base_fields["mail"].clean(typed)
        except ValidationError:
            return
        before, known = len(mails_to(mail)), normalised(mail)
        subscribing.ask(wijk=self.wijk, mail=mail, taal=taal)
        assert len(mails_to(mail)) == before + 1
        if self.books.get(known) == SUBSCRIBED:
            assert "Die krijgt u al" in self._newest(mail).text or self._newest(mail).language == "ar"
            return
        self.books[known] = ASKED
        self.links.append((known, path_in(self._newest(mail), "bevestigen").split("/")[-2]))

    @rule(choose=picks)
    def confirm(self, choose: Any) -> None:
        if self.links:
            known, secret = choose.choice(self.links)
            newest = [link for mail, link in self.links if mail == known][-1]
            counts = secret == newest and known in self.books
            abonnee = subscribing.confirm(secret, wijk=self.wijk)
            assert (abonnee is not None) == counts
            if abonnee and self.books[known] == ASKED:
                self.books[known] = SUBSCRIBED
                self.stops.setdefault(known, []).append(subscribing.token_of(abonnee))

    @rule(choose=picks)
    def stop(self, choose: Any) -> None:
        if self.stops:
            known = choose.choice(sorted(self.stops))
            token = choose.choice(self.stops[known])
            pk = subscribing.read_token(token, wijk=self.wijk)
            row = Abonnee.objects.filter(pk=pk).first()
            assert subscribing.stop(pk) == (row is not None)
            if row:
                assert row.mail == known
                assert mails_to(known) == []
                del self.books[known]

    @rule(choose=picks)
    def bounce(self, choose: Any) -> None:
        known = choose.choice(sorted(self.books)) if self.books else ""
        mails = mails_to(known)
        is_news = bool(mails) and mark_bounced(mails[-1].message_id)
        if is_news and self.books[known] == SUBSCRIBED:
            self.books[known] = BOUNCED

    @rule()
    def a_week_goes_by(self) -> None:
        later = timezone.now() + timedelta(days=8)
        with time_machine.travel(later, tick=False):
            waiting = [mail for mail, state in self.books.items() if state == ASKED]
            assert subscribing.forget_unconfirmed(timezone.now()) == len(waiting)
        for mail in waiting:
            del self.books[mail]

    @invariant()
    def the_rows_are_as_the_books_say(self) -> None:
        stored = {row.mail: row for row in Abonnee.objects.filter(wijk=self.wijk)}
        assert set(stored) == set(self.books)
        reachable = set(Abonnee.objects.reachable().values_list("pk", flat=True))
        wanted = {stored[mail].pk for mail, state in self.books.items() if state == SUBSCRIBED}
        assert reachable == wanted


def test_whatever_people_do_in_whatever_order() -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
