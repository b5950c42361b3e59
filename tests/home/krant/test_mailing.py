"""An edition by mail: what it says, to whom it goes, how quick, and with which headers."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from core import outbox
from core.models import OutboxMail, User
from core.outbox import mark_bounced
from home.krant import mailing
from home.krant.edition_mail import NotOnTheSiteError, edition_mail
from home.krant.subscribing import stop, token_of
from home.models import Abonnee, ArtikelPage, Editie, EditiePage, Mailing, Mailingstand
from tests.caches import empty_the_caches
from tests.home.krant.subscribers import mails_to, many, published, row, subscribed, wijk_of_krant
from tests.html import Document
from tests.mailserver import MailServer, running
from tests.translated import front_door, in_language

pytestmark = pytest.mark.django_db
ME = "fatima@example.nl"
START = datetime.fromisoformat("2026-11-26T09:00:00+01:00")


def started(by: User, *, per_minuut: int = 100) -> Mailing:
    return mailing.start(editie=published(), per_minuut=per_minuut, by=by)


# --- starting -------------------------------------------------------------------------------------


def test_it_starts_once_and_only_when_the_edition_is_out(beheerder: User) -> None:
    with pytest.raises(ValidationError, match="Nog niemand"):
        started(beheerder)
    subscribed()
    subscribed("nee@example.nl", bevestigd_op=None)
    subscribed("weg@example.nl", onbestelbaar_op=timezone.now())
    first = started(beheerder)
    assert (first.aantal, first.per_minuut, first.door) == (1, 100, beheerder)
    assert started(beheerder, per_minuut=5) == first
    in_the_making = Editie.objects.in_the_making().get(wijk=wijk_of_krant())
    with pytest.raises(ValidationError, match="pas als de editie uit is"):
        mailing.start(editie=in_the_making, per_minuut=100, by=beheerder)
    for wrong in (0, 1001):
        Editie.objects.filter(pk=in_the_making.pk).update(staat="uit")
        with pytest.raises(ValidationError):
            mailing.start(editie=in_the_making, per_minuut=wrong, by=beheerder)


def test_an_edition_that_is_taken_off_the_site_waits(beheerder: User) -> None:
    subscribed()
    started(beheerder)
    page = EditiePage.objects.get(editie=published(), locale__language_code="nl")
    EditiePage.objects.filter(editie=published()).update(live=False)
    empty_the_caches()
    with pytest.raises(NotOnTheSiteError):
        edition_mail(published(), "nl")
    assert mailing.write_mailings() == 0
    assert Mailingstand.objects.get().tot == 0
    EditiePage.objects.filter(pk=page.pk).update(live=True)
    empty_the_caches()
    assert mailing.write_mailings() == 1


# --- the rate -------------------------------------------------------------------------------------


def test_a_hundred_a_minute_is_a_hundred_a_minute(beheerder: User) -> None:
    with time_machine.travel(START, tick=False):
        many(1000)
        started(beheerder)
    counts = []
    # A clock that is never quite on time.
    for second in (0.0, 60.2, 119.9, 180.4, 239.8, 300.0):
        with time_machine.travel(START + timedelta(seconds=second), tick=False):
            counts.append(mailing.write_mailings())
            assert mailing.write_mailings() == 0
            OutboxMail.objects.filter(state="wachtend").update(
                state="verzonden", sent_at=timezone.now(), next_try_at=None
            )
    assert all(95 <= count <= 100 for count in counts), counts
    assert 595 <= sum(counts) <= 600
    # Half a minute is half of it, and after an hour without a clock there is no flood.
    with time_machine.travel(START + timedelta(seconds=330), tick=False):
        assert 48 <= mailing.write_mailings() <= 51
        OutboxMail.objects.filter(state="wachtend").update(
            state="verzonden", sent_at=timezone.now(), next_try_at=None
        )
    with time_machine.travel(START + timedelta(hours=1), tick=False):
        assert mailing.write_mailings() == 100


def test_what_waits_to_leave_counts_for_the_rate(beheerder: User) -> None:
    many(300)
    started(beheerder)
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert mailing.write_mailings() == 100
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        # The mail server is away: the hundred are still here.
        assert mailing.write_mailings() == 0


def test_pausing_and_going_on(beheerder: User) -> None:
    many(30)
    sent = started(beheerder, per_minuut=10)
    now = timezone.now()
    assert mailing.write_mailings() == 10
    assert mailing.pause(sent)
    OutboxMail.objects.filter(state="wachtend").update(state="verzonden", sent_at=now, next_try_at=None)
    with time_machine.travel(now + timedelta(minutes=5), tick=False):
        assert mailing.write_mailings() == 0
        assert mailing.progress_of(sent).is_paused
        mailing.pause(sent, is_paused=False)
        assert mailing.write_mailings() == 10
    progress = mailing.progress_of(sent)
    assert (progress.sent, progress.waiting, progress.unwritten, progress.minutes_left) == (10, 10, 10, 1)


# --- to whom --------------------------------------------------------------------------------------


def test_who_comes_later_or_leaves_meanwhile_does_not_get_it(beheerder: User) -> None:
    late = subscribed("laat@example.nl", bevestigd_op=None)
    gone, waiting, bounced, stays = (
        subscribed(f"{name}@example.nl") for name in ("weg", "wacht", "terug", "blijft")
    )
    sent = started(beheerder)
    Abonnee.objects.filter(pk=late.pk).update(bevestigd_op=timezone.now() + timedelta(seconds=1))
    new = row("nieuw@example.nl", wijk=wijk_of_krant(), bevestigd_op=timezone.now() + timedelta(seconds=1))
    new.save()
    stop(gone.pk)
    Abonnee.objects.filter(pk=bounced.pk).update(onbestelbaar_op=timezone.now())
    assert mailing.write_mailings() == 2
    stop(waiting.pk)
    assert [len(mails_to(f"{name}@example.nl")) for name in ("laat", "nieuw", "weg", "terug", "wacht")] == [
        0
    ] * 5
    assert len(mails_to(stays.mail)) == 1
    mailing.write_mailings()
    assert not Mailingstand.objects.exists()
    progress = mailing.progress_of(sent)
    assert (progress.total, progress.waiting, progress.stopped) == (4, 1, 3)


def test_who_stops_after_it_was_sent_is_still_counted_and_not_known(beheerder: User) -> None:
    abonnee = subscribed()
    sent = started(beheerder)
    mailing.write_mailings()
    OutboxMail.objects.filter(state="wachtend").update(
        state="verzonden", sent_at=timezone.now(), next_try_at=None
    )
    stop(abonnee.pk)
    assert mails_to(ME) == []
    [mail] = OutboxMail.objects.filter(about=f"editie:{sent.editie_id}")
    assert (mail.recipient, mail.text, mail.unsubscribe_url) == ("", "", "")
    assert mailing.progress_of(sent).sent == 1
    # A report that comes back after that is about nobody.
    assert mark_bounced(mail.message_id)
    assert mailing.progress_of(sent).bounced == 1


def test_an_address_that_cannot_be_one_keeps_nobody_waiting(
    beheerder: User, caplog: pytest.LogCaptureFixture
) -> None:
    broken = subscribed("geen adres")
    subscribed()
    started(beheerder)
    mailing.write_mailings()
    assert len(mails_to(ME)) == 1
    assert f"no mail for {broken.pk}" in caplog.text
    assert "geen adres" not in caplog.text


# --- what it says ---------------------------------------------------------------------------------


def test_every_article_is_in_both_forms_of_the_mail(beheerder: User) -> None:
    subscribed()
    started(beheerder)
    mailing.write_mailings()
    [mail] = mails_to(ME)
    articles = ArtikelPage.objects.live().filter(locale__language_code="nl")
    articles = articles.descendant_of(EditiePage.objects.get(editie=published(), locale__language_code="nl"))
    assert articles
    html = Document(mail.html)
    shown = " ".join(html.first("body").all_text.split())
    links = [each.attrs["href"] for each in html.all("a")]
    for article in articles:
        assert article.title in mail.text
        assert article.title in shown
        assert " ".join(article.intro.split()) in " ".join(mail.text.split())
        [link] = [each for each in links if each.endswith(f"/{article.slug}/")]
        assert link in mail.text
    # Nobody is watched: no pictures, and no address that tells who followed it.
    assert html.all("img") == []
    assert not any("?" in each or "utm" in each for each in links)
    assert "AFMELDEN.HIER" not in mail.text + mail.html
    token = token_of(Abonnee.objects.get())
    assert [each for each in links if token in each] == [mail.unsubscribe_url]
    assert mail.unsubscribe_url in mail.text
    assert any(each.endswith("/krant.pdf") for each in links)


def test_what_is_not_translated_is_dutch_and_says_so() -> None:
    front_door("ar")
    mail = edition_mail(published(), "ar")
    assert 'dir="rtl"' in mail.words.html
    article = ArtikelPage.objects.live().filter(locale__language_code="nl")
    first = article.descendant_of(EditiePage.objects.get(editie=published(), locale__language_code="nl"))[0]
    heading = next(each for each in Document(mail.words.html).all("h3") if first.title in each.all_text)
    assert (heading.attrs["lang"], heading.attrs["dir"]) == ("nl", "ltr")
    in_language(first, "ar", suffix=" بالعربية")
    mail = edition_mail(published(), "ar")
    heading = next(each for each in Document(mail.words.html).all("h3") if "بالعربية" in each.all_text)
    assert "lang" not in heading.attrs
    [link] = [each.attrs["href"] for each in heading.all("a")]
    assert "/ar/" in link


def test_a_language_that_the_site_no_longer_has_is_dutch(beheerder: User) -> None:
    subscribed(taal="xx")
    started(beheerder)
    assert mailing.write_mailings() == 1
    [mail] = mails_to(ME)
    assert mail.language == "nl"


@pytest.fixture
def server(settings: Any) -> MailServer:
    made = MailServer()
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": made.options()}
    }
    return made


def test_what_a_mail_server_gets(beheerder: User, server: MailServer, settings: Any) -> None:
    for number, taal in enumerate(("nl", "ar", "en")):
        subscribed(f"a{number}@example.nl", taal=taal)
    started(beheerder)
    mailing.write_mailings()
    with running(server):
        assert outbox.deliver_due() == 3
    assert server.connections == 1
    for message in server.received:
        unsubscribe = "".join(str(message["List-Unsubscribe"]).split())
        assert re.fullmatch(
            rf"<{re.escape(settings.SITE_URL)}/(nl|ar|en)/[\w/-]+/wijkkrant/afmelden/[\w.-]+/>", unsubscribe
        )
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["Auto-Submitted"] == "auto-generated"
        assert len(message.get_all("To", [])) == 1
        assert message["Cc"] is None
        plain, html = message.get_body(("plain",)), message.get_body(("html",))
        assert plain
        assert html
        assert unsubscribe.strip("<>") in plain.get_content()
        assert unsubscribe.strip("<>") in html.get_content()
    assert {str(message["Content-Language"]) for message in server.received} == {"nl", "ar", "en"}
    assert len({str(message["Message-ID"]) for message in server.received}) == 3


def test_a_refusal_is_noted_and_stops_the_next_edition(beheerder: User, server: MailServer) -> None:
    subscribed()
    other = subscribed("ander@example.nl")
    sent = started(beheerder)
    mailing.write_mailings()
    server.answers_to[ME] = "550 No such user"
    with running(server):
        assert outbox.deliver_due() == 1
    progress = mailing.progress_of(sent)
    assert (progress.sent, progress.refused, progress.settled) == (1, 1, 2)
    assert list(Abonnee.objects.reachable()) == [other]
