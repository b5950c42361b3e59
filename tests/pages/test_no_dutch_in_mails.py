"""No mail and no page about something that went wrong holds a text that nobody translated."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.signals import template_rendered
from django.utils import timezone, translation

from core import outbox
from core.models import OutboxMail, User
from core.pdf.making import not_available
from home import views
from home.krant import mailing, subscribing
from home.krant.kopij import mails as kopij_mails
from home.krant.reminders import Kind
from home.krant.reminders import mail as reminder
from home.models import ArtikelPage, Editie
from participatie import actions, mails
from participatie.models import Aanmelding, Loting
from participatie.seats.actions import answer
from participatie.seats.deadlines import remind_due
from participatie.sortition.publication.records import Record
from tests.home.krant.kopij import edition, made
from tests.home.krant.subscribers import mails_to, path_in, published, wijk_of_krant
from tests.participatie.drawn import offered_in
from tests.participatie.own import sign_up
from tests.participatie.people import answers
from tests.untranslated import LANGUAGE, WORD, left_in_dutch, left_in_dutch_of_mail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written", "pseudo")]
MAILS = {f"emails/{file.name}" for file in Path("templates/emails").iterdir()}
TO_TRANSLATORS = "emails/nederlands_gewijzigd.txt"
ME = {"naam": "Bo Al", "mail": "bo@al.nl", "telefoon": "06 12345678", "taal": LANGUAGE}


@pytest.fixture
def drawn() -> Iterator[set[str]]:
    """The names of the templates that were drawn."""
    names: set[str] = set()

    def note(template: Any, **_kwargs: Any) -> None:
        names.add(str(template.name))

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def answer_about_a_seat(loting: Loting) -> None:
    """Everything that is mailed about a seat, to somebody who reads the pseudo-language."""
    aanbod = offered_in(LANGUAGE, loting)
    remind_due(now=aanbod.antwoord_voor - timedelta(days=1))
    for accepts in (True, False):
        answer(aanbod=aanbod, accepts=accepts, kanaal="web", named_as="Bo" if accepts else "")


def write_about_a_lot(made: Aanmelding) -> None:
    """A lot, a lot that changed, and what becomes of an objection to it."""
    # Its answers are codes, which are the same in every language.
    record = Record("L-0042", "0" * 32, ())
    for is_renewed in (False, True):
        mails.lot(
            aanmelding=made,
            persoon=made.persoon,
            number=record.ticket,
            record=record.text,
            fingerprint="0" * 64,
            until=timezone.now(),
            draws_at=timezone.now(),
            is_renewed=is_renewed,
            key=f"lot {is_renewed}",
        )
    mails.objection_received(aanmelding=made, persoon=made.persoon, key="bezwaar")
    for is_corrected in (False, True):
        mails.objection_decided(
            aanmelding=made,
            persoon=made.persoon,
            is_corrected=is_corrected,
            explanation="⟦uitleg⟧",
            key=f"besluit {is_corrected}",
        )


def write_about_the_krant() -> None:
    """Everything that is mailed to somebody who gets the wijkkrant by mail."""
    wijk = wijk_of_krant()
    subscribing.ask(wijk=wijk, mail="bo@al.nl", taal=LANGUAGE)
    token = path_in(mails_to("bo@al.nl")[-1], "bevestigen").split("/")[-2]
    subscribing.confirm(token, wijk=wijk)
    subscribing.ask(wijk=wijk, mail="bo@al.nl", taal=LANGUAGE)
    mailing.start(editie=published(), per_minuut=10, by=User.objects.create_user("krant"))
    assert mailing.write_mailings() == 1


def words_of_articles() -> set[str]:
    """Of the edition: plain text cannot say that what is not translated is Dutch; the line above it does."""
    articles = ArtikelPage.objects.filter(locale__language_code="nl")
    return {word.lower() for row in articles for word in WORD.findall(f"{row.title} {row.intro}")}


def remind_a_redactie() -> None:
    """Every reminder to the redactie of a wijkkrant: the desk is Dutch, its words can be translated."""
    editie, today = Editie.objects.in_the_making()[0], timezone.localdate()
    for kind in Kind:
        reminder(editie=editie, kind=kind, to="bo@al.nl", on=today, key=str(kind), language=LANGUAGE)


def write_about_kopij() -> None:
    """Everything that is mailed about kopij: for an edition and for none, with and without a name."""
    editie = edition()
    facts: dict[str, Any] = {
        "taal": LANGUAGE,
        "titel": "⟦titel⟧",
        "tekst": "⟦tekst⟧",
        "naam": "Bo Al",
        "mail": "bo@al.nl",
    }
    for of, ondertekening in ((editie, "Bo Al"), (None, "")):
        kopij = made(**facts, ondertekening=ondertekening, telefoon="06 12345678" if of else "")
        kopij.editie = of
        kopij_mails.received(kopij)
        for staat in ("gebruikt", "later", "afgewezen"):
            if of or staat != "gebruikt":
                kopij.staat, kopij.versie = staat, kopij.versie + 1
                kopij_mails.decided(kopij, reden="reclame", woorden="⟦woorden⟧")


def test_every_mail_to_a_resident(loting: Loting, drawn: set[str]) -> None:
    before = set(OutboxMail.objects.values_list("pk", flat=True))
    made = sign_up(loting, **ME)
    actions.correct(
        aanmelding=made,
        answers=answers(loting, **ME | {"naam": "Bo El", "huisnummer": "2", "mail": "al@bo.nl"}),
        versie=made.versie,
    )
    made.refresh_from_db()
    actions.correct(
        aanmelding=made,
        answers=answers(loting, **ME | {"mail": "al@bo.nl", "kenmerk_woning": "anders", "telefoon": ""}),
        versie=made.versie,
    )
    made.refresh_from_db()
    mails.reminder(aanmelding=made, persoon=made.persoon)
    mails.new_link(aanmelding=made, persoon=made.persoon)
    words = {"onderwerp": "Dit is Nederlands", "tekst": "Dit ook"}
    for language, said in (("nl", words), (LANGUAGE, {name: f"⟦{text}⟧" for name, text in words.items()})):
        mails.message(
            aanmelding=made, persoon=made.persoon, words=said, words_language=language, key=language
        )
    mails.draft_link(loting=loting, to="bo@al.nl", language=LANGUAGE, token="x")  # noqa: S106
    outbox.send(kind="proef", to="bo@al.nl", language=LANGUAGE, template="proef", context={})
    write_about_a_lot(made)
    actions.withdraw(aanmelding=made)
    answer_about_a_seat(loting)
    write_about_the_krant()
    remind_a_redactie()
    write_about_kopij()
    sent = OutboxMail.objects.exclude(pk__in=before).filter(language=LANGUAGE)
    assert drawn & MAILS == MAILS - {TO_TRANSLATORS}
    for mail in sent:
        assert "⟦" in mail.subject + mail.text
        left = left_in_dutch_of_mail(mail.subject, mail.text, mail.html)
        if mail.subject == "Dit is Nederlands":
            # The text of a message has no way to say in which language it is; the line above it does.
            left -= {"nederlands"}
            assert "⟦Dit bericht is nog niet vertaald" in mail.text
        if mail.kind == "krantabonnee-editie":
            left -= words_of_articles()
        assert left == set(), mail.subject


def test_the_mail_to_translators() -> None:
    context = {
        "name": "",
        "groups": [{"language": "⟦taal⟧", "pages": [{"title": "⟦titel⟧", "url": "https://a.nl/"}]}],
        "preferences": "https://a.nl/",
        "site": "⟦site⟧",
    }
    with translation.override(LANGUAGE):
        text = render_to_string(TO_TRANSLATORS, context)
    assert left_in_dutch_of_mail("", text, "") == set()


WRONG = {
    "400": lambda request: views.bad_request(request, SuspiciousOperation()),
    "400, not our name": lambda request: views.bad_request(request, DisallowedHost()),
    "403": lambda request: views.permission_denied(request, PermissionError()),
    "403, form": lambda request: views.csrf_failure(request),
    "404": lambda request: views.page_not_found(request, LookupError()),
    "500": views.server_error,
    "503": lambda request: not_available(request, {}),
}


@pytest.mark.parametrize("status", WRONG)
def test_every_page_about_something_that_went_wrong(status: str, rf: RequestFactory) -> None:
    request: HttpRequest = rf.get(f"/{LANGUAGE}/er/is/niets/")
    with translation.override(LANGUAGE):
        response: HttpResponse = WRONG[status](request)
    assert response.status_code == int(status[:3])
    html = response.content.decode()
    assert f'lang="{LANGUAGE}"' in html
    assert html.count("⟦") > 2
    assert left_in_dutch(html) == set()
