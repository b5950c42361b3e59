"""Whatever people do, in whatever order: nobody is lost or counted twice, and all of it is written down."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from core.models import OutboxMail
from participatie import actions, double_actions
from participatie.doubles import possible_doubles
from participatie.draw.checks import trekking_of
from participatie.draw.lots import hand_out, synchronise
from participatie.models import (
    Aanmelding,
    Conceptaanmelding,
    Handeling,
    Kanaal,
    Kenmerkwaarde,
    Lot,
    Loting,
    NietDubbel,
    Persoon,
    Staat,
    Trekking,
)
from participatie.purge import purge
from participatie.reaching import remind, write_messages, write_to_all
from participatie.signup.drafts import find_draft, keep, open_draft
from tests.participatie.books import Books, anything, picks, typed, why
from tests.participatie.people import filled_in

pytestmark = pytest.mark.django_db


class Machine(Books):
    """A loting in the hands of residents and a lotingbeheerder, beside what it should hold by now."""

    # --- residents --------------------------------------------------------------------------------

    @rule(changes=typed, on_paper=st.sampled_from([False, False, True]))
    def sign_up(self, changes: dict[str, str], on_paper: bool) -> None:
        form = self.form(changes)
        if form.errors:
            return
        may = self.is_open
        more: dict[str, Any] = {}
        if on_paper:
            may = self.is_loose
            more = {"by": self.user, "received_at": self.loting.opent_op + timedelta(hours=1)}
        try:
            made = actions.sign_up(
                loting=self.loting,
                answers=form.answers(),
                kanaal=Kanaal.PAPIER if on_paper else Kanaal.WEB,
                **more,
            )
        except actions.LotingClosedError:
            assert not may
        else:
            assert may
            self.came_in(made, form, "ingevoerd" if on_paper else "aangemeld")

    @rule(language_code=st.sampled_from(["nl", "ar"]))
    def open_a_form(self, language_code: str) -> None:
        self.drafts.append(open_draft(self.loting, language_code=language_code, vorm="alles"))

    @rule(choose=picks, changes=typed)
    def fill_in(self, choose: Any, changes: dict[str, str]) -> None:
        if self.drafts and (draft := find_draft(choose.choice(self.drafts).token, loting=self.loting)):
            keep(draft, {name: value.replace("\0", "") for name, value in filled_in(**changes).items()})

    @rule(choose=picks, times=st.integers(1, 3))
    def send(self, choose: Any, times: int) -> None:
        if not self.drafts:
            return
        draft = choose.choice(self.drafts)
        found = find_draft(draft.token, loting=self.loting)
        form = self.form(found.given if found and found.given else {})
        if form.errors:
            return
        for _time in range(times):
            before = self.sent.get(draft.row.pk)
            try:
                made, is_new = actions.send_draft(draft=draft, answers=form.answers())
            except Conceptaanmelding.DoesNotExist:
                assert before is not None
                assert before not in self.people
            except actions.LotingClosedError:
                assert before is None
                assert not self.is_open
            else:
                assert is_new is (before is None)
                if is_new:
                    self.sent[draft.row.pk] = made.pk
                    self.came_in(made, form, "aangemeld")
                assert made.pk == self.sent[draft.row.pk]

    @rule(choose=picks, changes=typed, by_staff=st.booleans(), behind=st.sampled_from([None, 0, 0, 1]))
    def correct(self, choose: Any, changes: dict[str, str], by_staff: bool, behind: int | None) -> None:
        row, form = self.pick(choose), self.form(changes)
        if row is None or form.errors:
            return
        may = (self.is_loose if by_staff else self.is_open) and row.pk not in self.withdrawn
        try:
            changed = actions.correct(
                aanmelding=row,
                answers=form.answers(),
                by=self.user if by_staff else None,
                versie=None if behind is None else row.versie - behind,
            )
        except actions.GoneError:
            assert row.pk not in self.people
        except actions.LotingClosedError:
            assert not may
        except actions.ChangedMeanwhileError:
            assert behind
        else:
            assert may
            assert not behind
            wanted = {name: getattr(form.answers(), name) for name in Persoon.identity}
            own = {name for name in Persoon.identity if wanted[name] != self.people[row.pk][name]}
            assert own == set(changed) & set(Persoon.identity)
            self.people[row.pk] = wanted
            if changed:
                self.notes[row.bonnummer, "gewijzigd"] += 1
            if "mail" in changed:
                self.links = {token: known for token, known in self.links.items() if known[1] != row.pk}

    @rule(choose=picks, times=st.integers(1, 2))
    def withdraw(self, choose: Any, times: int) -> None:
        if (row := self.pick(choose)) is None:
            return
        for _time in range(times):
            try:
                actions.withdraw(aanmelding=row)
            except actions.GoneError:
                assert row.pk not in self.people
            except actions.LotingClosedError:
                assert not self.is_loose
            else:
                assert row.pk in self.people
                if row.pk not in self.withdrawn:
                    assert self.is_loose
                    self.withdrawn.add(row.pk)
                    self.notes[row.bonnummer, "ingetrokken"] += 1

    @rule(choose=picks, times=st.integers(1, 2))
    def erase(self, choose: Any, times: int) -> None:
        if (row := self.pick(choose)) is None:
            return
        for _time in range(times):
            try:
                actions.erase(aanmelding=row)
            except actions.LotingClosedError:
                assert not self.is_loose
            else:
                if self.people.pop(row.pk, None) is not None:
                    assert self.is_loose
                    self.notes[row.bonnummer, "gewist"] += 1
                    self.links = {token: known for token, known in self.links.items() if known[1] != row.pk}

    # --- links ------------------------------------------------------------------------------------

    @rule(choose=picks, doel=st.sampled_from(["bevestigen", "beheren"]))
    def get_a_link(self, choose: Any, doel: str) -> None:
        row = self.pick(choose)
        if row is not None and row.pk in self.people:
            self.links[actions.make_link(aanmelding=row, doel=doel)] = (doel, row.pk)

    @rule(choose=picks, doel=st.sampled_from(["bevestigen", "beheren", ""]), wrong=anything)
    def follow_a_link(self, choose: Any, doel: str, wrong: str) -> None:
        for token in (wrong, wrong[:40] + "x", *([choose.choice(sorted(self.links))] if self.links else [])):
            found = actions.find_link(token, doel=doel, loting=self.loting)
            known = self.links.get(token)
            wanted = known[1] if known and known[0] == doel else None
            assert (found.aanmelding_id if found else None) == wanted
            for other in self.others:
                assert actions.find_link(token, doel=doel, loting=other) is None
            if found and doel == "bevestigen":
                before = found.aanmelding.mail_bevestigd_op
                assert actions.confirm_mail(link=found).mail_bevestigd_op
                if before is None:
                    self.notes[found.aanmelding.bonnummer, "bevestigd"] += 1
                # As if it was changed in another tab after the page was shown.
                elsewhere = actions.find_link(token, doel=doel, loting=self.loting)
                assert elsewhere
                elsewhere.pk = 0
                with pytest.raises(actions.GoneError):
                    actions.confirm_mail(link=elsewhere)

    # --- at the desk ------------------------------------------------------------------------------

    @rule(
        choose=picks,
        geschiktheid=st.sampled_from([*Aanmelding.Geschiktheid.values, "x"]),
        reden=st.sampled_from([*Aanmelding.Reden.values, ""]),
        toelichting=st.sampled_from(["", "Gebeld.", "x" * 201]),
    )
    def judge(self, choose: Any, geschiktheid: str, reden: str, toelichting: str) -> None:
        if (row := self.pick(choose)) is None:
            return
        try:
            actions.judge(
                aanmelding=row, geschiktheid=geschiktheid, reden=reden, toelichting=toelichting, by=self.user
            )
        except actions.GoneError:
            assert row.pk not in self.people
        except actions.LotingClosedError:
            assert not self.is_loose
        except ValidationError:
            assert geschiktheid == "x" or reden == "" or len(toelichting) > 200
        else:
            assert self.is_loose
            self.notes[row.bonnummer, "beoordeeld"] += 1

    @rule(choose=picks, how=st.sampled_from(["blijft", "twee", "terug"]), count=st.integers(1, 3))
    def decide_about_doubles(self, choose: Any, how: str, count: int) -> None:
        chosen = [row for row in (self.pick(choose) for _time in range(count)) if row]
        if not chosen:
            return
        before = Counter(self.written())
        try:
            # All of it or nothing, as with a request.
            with transaction.atomic():
                if how == "blijft":
                    double_actions.mark_doubles(kept=chosen[0], others=chosen[1:], by=self.user)
                elif how == "twee":
                    double_actions.tell_apart(aanmeldingen=chosen, by=self.user)
                else:
                    double_actions.undo_doubles(aanmeldingen=chosen, by=self.user)
        except actions.GoneError:
            assert any(row.pk not in self.people for row in chosen)
        except actions.LotingClosedError:
            assert not self.is_loose
        except ValidationError:
            assert how != "terug"
        else:
            assert self.is_loose
            assert all(row.pk in self.people for row in chosen)
            new = Counter(self.written()) - before
            assert {soort for _number, soort in new} <= {"beoordeeld"}
            assert {number for number, _soort in new} <= {row.bonnummer for row in chosen}
            if how == "blijft":
                assert Aanmelding.objects.get(pk=chosen[0].pk).reden != "dubbel"
                assert {row.bonnummer for row in chosen[1:]} == {number for number, _soort in new}
            self.notes += new
            return
        assert Counter(self.written()) == before

    @rule(days=st.sampled_from([0, 4, 12]))
    def remind(self, days: int) -> None:
        now = timezone.now() + timedelta(days=days)
        with transaction.atomic():
            before = Counter(self.written())
            remind(self.loting, now=now, by=self.user)
            assert remind(self.loting, now=now, by=self.user) == 0
            new = Counter(self.written()) - before
            assert {soort for _number, soort in new} <= {"herinnerd"}
            assert set(new.values()) <= {1}
            self.notes += new

    @rule(key=st.sampled_from("ab"))
    def write_to_all(self, key: str) -> None:
        texts = {"nl": {"onderwerp": "Nieuws", "tekst": "{{ Kom }} 👋"}}
        write_to_all(self.loting, texts=texts, key=key, by=self.user)
        write_messages()
        mails = OutboxMail.objects.count()
        write_to_all(self.loting, texts=texts, key=key, by=self.user)
        assert write_messages() == 0
        assert OutboxMail.objects.count() == mails

    # --- the life of it ---------------------------------------------------------------------------

    @rule(naar=st.sampled_from([*Staat.values, Staat.GESLOTEN, Staat.OPEN, "x"]), reden=why)
    def take_step(self, naar: str, reden: str) -> None:
        self.loting.refresh_from_db()
        was, may = self.loting.staat, self.loting.next_steps
        try:
            actions.take_step(loting=self.loting, naar=naar, reden=reden, by=self.user)
        except ValidationError:
            naar = was
        else:
            assert naar in may
            assert reden.strip()
        self.loting.refresh_from_db()
        assert self.loting.staat == naar

    @rule()
    def freeze(self) -> None:
        """The participants stand, as if everybody was told and nobody objected."""
        self.loting.refresh_from_db()
        if self.loting.staat != Staat.GESLOTEN:
            return
        try:
            trekking = trekking_of(self.loting) or hand_out(loting=self.loting, by=self.user)
            synchronise(trekking)
        except ValidationError:
            return
        now = timezone.now()
        trekking.loten.update(verstuurd_op=now)
        Trekking.objects.filter(pk=trekking.pk).update(
            loten_verstuurd_op=now, bezwaar_tot=now - timedelta(seconds=1)
        )
        try:
            actions.take_step(loting=self.loting, naar=Staat.BEVROREN, reden="Klaar.", by=self.user)
        except ValidationError:
            return
        lots = Lot.objects.filter(trekking=trekking).values_list("aanmelding", flat=True)
        assert set(lots) == set(
            Aanmelding.objects.in_the_pool().filter(loting=self.loting).values_list("pk", flat=True)
        )

    @rule(days=st.integers(-3, 3), reden=why)
    def extend(self, days: int, reden: str) -> None:
        self.loting.refresh_from_db()
        was, loose = self.loting.sluit_op, self.is_loose
        try:
            actions.extend(loting=self.loting, until=was + timedelta(days=days), reden=reden, by=self.user)
        except ValidationError:
            return
        self.loting.refresh_from_db()
        assert loose
        assert was < self.loting.sluit_op < self.loting.trekking_op
        assert self.loting.staat == Staat.OPEN

    @rule(is_late=st.booleans())
    def the_clock_strikes(self, is_late: bool) -> None:
        was_open = self.is_open
        actions.close_due(now=self.loting.sluit_op if is_late else timezone.now())
        assert self.is_open is (was_open and not is_late)

    @rule(days=st.integers(0, 4000))
    def see_what_a_purge_would_do(self, days: int) -> None:
        purge(now=timezone.now() + timedelta(days=days), dry_run=True)

    # --- what always holds ------------------------------------------------------------------------

    def written(self) -> list[tuple[str, str]]:
        return list(
            Handeling.objects.filter(pk__gt=self.noted, bonnummer__in=self.numbers.values()).values_list(
                "bonnummer", "soort"
            )
        )

    @invariant()
    def nobody_is_lost_or_twice(self) -> None:
        rows = Persoon.objects.exclude(aanmelding__in=self.known).select_related("aanmelding")
        found = {row.aanmelding_id: row for row in rows}
        assert set(Aanmelding.objects.values_list("pk", flat=True)) == self.known | set(self.people)
        assert {
            pk: {name: getattr(row, name) for name in Persoon.identity} for pk, row in found.items()
        } == self.people
        assert {pk for pk, row in found.items() if row.aanmelding.stand == "ingetrokken"} == (
            self.withdrawn & set(self.people)
        )
        assert all(
            (row.aanmelding.ingetrokken_op is None) is (pk not in self.withdrawn) for pk, row in found.items()
        )

    @invariant()
    def everything_is_written_down(self) -> None:
        assert Counter(self.written()) == self.notes

    @invariant()
    def nothing_stays_of_who_was_erased(self) -> None:
        gone = set(self.numbers) - set(self.people)
        assert not Kenmerkwaarde.objects.filter(aanmelding__in=gone).exists()
        assert not NietDubbel.objects.filter(eerste__in=gone).exists()
        numbers = [self.numbers[pk] for pk in gone]
        assert not OutboxMail.objects.filter(about__in=numbers).exists()

    @invariant()
    def it_lies_sealed(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT aanmelding_id, naam, postcode, adres_anders, mail, telefoon FROM participatie_persoon"
            )
            stored = [row for row in cursor.fetchall() if row[0] in self.people]
            cursor.execute("SELECT gegevens FROM participatie_conceptaanmelding")
            drafts = cursor.fetchall()
        assert len(stored) == len(self.people)
        for cell in [cell for row in stored for cell in row[1:]] + [cell for [cell] in drafts]:
            assert cell in (None, "") or cell.startswith("gAAAA")

    @invariant()
    def what_was_sent_is_not_kept_twice(self) -> None:
        rows = Conceptaanmelding.objects.filter(aanmelding__isnull=False, pk__in=self.sent)
        assert {row.pk: row.aanmelding_id for row in rows} == {
            pk: made for pk, made in self.sent.items() if made in self.people
        }
        assert not [row for row in rows if row.gegevens is not None or row.bewaar_mail]

    @invariant()
    def who_looks_double_takes_part(self) -> None:
        for group in possible_doubles(self.loting):
            assert all(row.stand == "aangemeld" and row.reden != "dubbel" for row in group.aanmeldingen)

    @invariant()
    def each_step_begins_where_the_one_before_ended(self) -> None:
        steps = list(self.loting.stappen.order_by("pk").values_list("van", "naar", "reden"))
        assert all(before[1] == after[0] for before, after in zip(steps, steps[1:], strict=False))
        assert all(reden.strip() for _van, _naar, reden in steps)
        assert Loting.objects.get(pk=self.loting.pk).staat == (steps[-1][1] if steps else Staat.OPEN)


def test_no_order_of_events_loses_doubles_or_uncovers_anybody(loting: Loting) -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
