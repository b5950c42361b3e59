"""Whatever happens to the seats, in whatever order: one on each, nobody on two, and a log that holds."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.models import User
from participatie.actions import GoneError
from participatie.models import Bezetting, Loting, Staat, Zetel, Zetelaanbod
from participatie.purge import purge
from participatie.seats.actions import SEATED, SeatGivenError, TooLateError, be_named, offer_seats, resign
from participatie.seats.deadlines import tend
from participatie.seats.rule import choice_for, fill
from participatie.seats.term import term_ends_on
from tests.participatie.drawn import small_draw
from tests.participatie.seats.books import holds_together, lines, offers, say

pytestmark = pytest.mark.django_db
picks = st.randoms(use_true_random=False)


class Machine(RuleBasedStateMachine):
    """A drawn loting in the hands of residents, a lotingbeheerder and the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.now = self.clock.start()
        self.lines = 0

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(
        households=st.booleans(),
        reserves=st.integers(0, 5),
        at_once=st.sampled_from([True, True, True, False]),
    )
    def begin(self, households: bool, reserves: int, at_once: bool) -> None:
        self.user = User.objects.create_superuser("proef-lotingbeheerder", "proef@example.nl")
        self.loting: Loting = small_draw(reserves=reserves, een_per_adres=households, antwoord_dagen=7)
        if at_once:
            offer_seats(loting=self.loting, by=self.user)

    def pick(self, choose: Any) -> Zetelaanbod | None:
        rows = offers(self.loting)
        return choose.choice(rows) if rows else None

    @property
    def is_over(self) -> bool:
        ends_on = term_ends_on(self.loting)
        return ends_on is None or timezone.localdate() >= ends_on

    # --- people -----------------------------------------------------------------------------------

    @rule()
    def offer(self) -> None:
        self.loting.refresh_from_db()
        may = self.loting.staat in SEATED and not self.is_over
        try:
            offer_seats(loting=self.loting, by=self.user)
        except ValidationError:
            assert not may
        else:
            assert may

    @rule(choose=picks, accepts=st.booleans(), times=st.integers(1, 2), back=st.sampled_from([0, 0, 0, 3]))
    def answer(self, choose: Any, accepts: bool, times: int, back: int) -> None:
        row = self.pick(choose)
        if row is None:
            return
        more: dict[str, Any] = {}
        if back:
            more = {"kanaal": "papier", "by": self.user, "received_at": timezone.now() - timedelta(days=back)}
        wanted = "aanvaard" if accepts else "geweigerd"
        for _time in range(times):
            others = Zetelaanbod.objects.open().filter(zetel=row.zetel).exclude(pk=row.pk).exists()
            taken = Bezetting.objects.filter(zetel=row.zetel, tot__isnull=True).exclude(aanbod=row).exists()
            moment = more.get("received_at", timezone.now())
            try:
                say(row, accepts, **more)
            except TooLateError:
                row.refresh_from_db()
                sat = Bezetting.objects.filter(aanbod=row, tot__isnull=False).exists()
                self.loting.refresh_from_db()
                assert (
                    sat
                    or self.is_over
                    or self.loting.staat not in SEATED
                    or not row.aangeboden_op <= moment < row.antwoord_voor
                )
                assert row.stand != wanted
            except SeatGivenError:
                assert accepts
                assert others or taken
            except GoneError:
                row.lot.refresh_from_db()
                assert row.lot.aanmelding is None
            else:
                row.refresh_from_db()
                assert row.stand == wanted

    @rule(choose=picks, named_as=st.sampled_from(["", "Aafke"]))
    def name(self, choose: Any, named_as: str) -> None:
        row = self.pick(choose)
        if row is None:
            return
        try:
            be_named(aanbod=row, named_as=named_as)
        except (TooLateError, GoneError):
            assert not Bezetting.objects.filter(
                aanbod=row, tot__isnull=True, aanbod__lot__aanmelding__isnull=False
            ).exists()

    # --- at the desk ------------------------------------------------------------------------------

    @rule(choose=picks, passes=st.sampled_from([0, 0, 1, 2]), reden=st.sampled_from(["", "Om een reden."]))
    def fill(self, choose: Any, passes: int, reden: str) -> None:
        seats = list(Zetel.objects.filter(loting=self.loting))
        if not seats:
            return
        zetel, choice = choose.choice(seats), choice_for(self.loting)
        order = [candidate.id for candidate in choice.candidates]
        lot = order[min(passes, len(order) - 1)] if order else "L-0008"
        taken = Bezetting.objects.filter(zetel=zetel, tot__isnull=True).exists()
        asked = Zetelaanbod.objects.open().filter(zetel=zetel).exists()
        needs = (order and lot != order[0]) or choice.is_beyond
        try:
            made = fill(zetel=zetel, lot=lot, by=self.user, reden=reden)
        except ValidationError:
            self.loting.refresh_from_db()
            closed = self.loting.staat not in SEATED or self.is_over
            assert closed or taken or asked or not order or (needs and not reden)
        else:
            assert made.lot.nummer == lot
            assert not taken
            assert not asked
            assert reden or not needs

    @rule(choose=picks)
    def leave(self, choose: Any) -> None:
        rows = list(Bezetting.objects.filter(zetel__loting=self.loting))
        if rows:
            resign(bezetting=choose.choice(rows), einde="gestopt", on=timezone.localdate(), by=self.user)

    # --- the clock --------------------------------------------------------------------------------

    # Mostly no time at all: what people do meets each other within the days of an offer.
    @rule(days=st.sampled_from([0] * 12 + [1, 1, 3, 8, 60, 400]), tends=st.booleans(), purges=st.booleans())
    def wait(self, days: int, tends: bool, purges: bool) -> None:
        self.now.shift(timedelta(days=days))
        if tends:
            tend(now=timezone.now())
            assert not Zetelaanbod.objects.past_deadline(at=timezone.now()).exists()
            self.loting.refresh_from_db()
            if self.is_over and Zetel.objects.filter(loting=self.loting).exists():
                assert self.loting.staat == Staat.AFGEROND
        if purges:
            purge(now=timezone.now())

    # --- always -----------------------------------------------------------------------------------

    @invariant()
    def all_is_well(self) -> None:
        if not hasattr(self, "loting"):
            return
        holds_together(self.loting)
        now = len(lines(self.loting))
        assert now >= self.lines
        self.lines = now
        # Whoever sits or is asked is known: nobody is deleted from under a seat.
        for row in offers(self.loting):
            sits = Bezetting.objects.filter(aanbod=row, tot__isnull=True).exists()
            assert row.lot.aanmelding is not None or not (sits or row.stand == "open")


def test_whatever_happens_to_the_seats(db: None) -> None:
    steps = 25 if connection.vendor == "sqlite" else 12
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
