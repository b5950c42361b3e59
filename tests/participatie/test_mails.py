"""The mails of a loting: in the person's language, and never more in them than belongs there."""

from typing import Any

import pytest
from django.conf import settings
from django.core import mail as sent_mail
from django.test import Client

from core.models import OutboxMail
from core.outbox import deliver_due, mark_bounced
from participatie import actions, mails
from participatie.models import Antwoordoptie, Kenmerk
from tests.html import left_over_marks, unsafe_markup
from tests.participatie.own import mails_to, page_of, paths_in, sign_up
from tests.participatie.people import answers

pytestmark = pytest.mark.django_db
AAFKE = "aafke@example.nl"


def test_a_receipt_has_number_time_answers_and_both_links(loting: Any, client: Client) -> None:
    made = sign_up(loting, telefoon="06 12345678")
    receipt = mails_to(AAFKE)[0]
    number = f"{made.bonnummer[:5]} {made.bonnummer[5:]}"
    for part in (
        number,
        "Aafke Lindeveld",
        "1951 XA 1",
        "06 12345678",
        "25 tot en met 44 jaar",
        "niet ingevuld",
    ):
        assert part in receipt.text
        assert part in receipt.html
    assert receipt.about == made.bonnummer
    own, confirm = (
        next(path for path in paths_in(receipt.text) if f"/{part}/" in path)
        for part in ("mijn", "bevestigen")
    )
    assert receipt.html.count(own) == receipt.html.count(confirm) == 1
    assert client.get(own).status_code == client.get(confirm).status_code == 200
    assert client.post(confirm).status_code == 303
    made.refresh_from_db()
    assert made.mail_bevestigd_op is not None


def test_special_answers_are_never_in_a_mail(loting: Any) -> None:
    Kenmerk.objects.filter(loting=loting, code="taal-thuis").update(is_bijzonder=True)
    option = Antwoordoptie.objects.source().filter(kenmerk__code="taal-thuis").last()
    assert option
    sign_up(loting, **{"kenmerk_taal-thuis": option.code})
    receipt = mails_to(AAFKE)[0]
    for text in (receipt.text, receipt.html):
        assert "u ziet het op uw eigen pagina" in text
        assert option.label not in text


def test_without_a_mail_address_nothing_is_mailed(loting: Any) -> None:
    before = OutboxMail.objects.count()
    made = sign_up(loting, mail="")
    actions.correct(aanmelding=made, answers=answers(loting, mail="", naam="Aafke L."))
    actions.withdraw(aanmelding=made)
    assert OutboxMail.objects.count() == before


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_mail_in_every_language(loting: Any, language: str) -> None:
    made = sign_up(loting, taal=language, naam="سلمى <b>المثال</b>")
    persoon = made.persoon
    mails.reminder(aanmelding=made, persoon=persoon)
    mails.new_link(aanmelding=made, persoon=persoon)
    mails.draft_link(loting=loting, to=AAFKE, language=language, token="geheim")
    actions.correct(
        aanmelding=made,
        answers=answers(loting, taal=language, mail="nieuw@example.nl", telefoon="0612345678"),
    )
    made.refresh_from_db()
    actions.withdraw(aanmelding=made)
    found = [*mails_to(AAFKE), *mails_to("nieuw@example.nl")]
    assert len(found) == 7
    direction = "rtl" if language.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"
    for mail in found:
        assert mail.language == language
        assert f'lang="{language}" dir="{direction}"' in mail.html
        assert "<b>" not in mail.html
        assert left_over_marks(mail.html) == []
        assert "{{" not in mail.text + mail.subject
        assert not [row for row in unsafe_markup(mail.html) if "<style" not in row and "style>" not in row]
        assert mail.subject.strip()
    expected = page_of(loting, language)
    assert all(
        path.startswith(expected)
        for mail in found
        for path in paths_in(mail.text)
        if len(path) > len(f"/{language}/")
    )


def test_a_new_mail_address_ends_the_links_sent_to_the_old_one(loting: Any, client: Client) -> None:
    made = sign_up(loting)
    old_links = [
        path for path in paths_in(mails_to(AAFKE)[0].text) if "/mijn/" in path or "/bevestigen/" in path
    ]
    actions.correct(aanmelding=made, answers=answers(loting, mail="nieuw@example.nl"))
    warned, new = mails_to(AAFKE)[-1], mails_to("nieuw@example.nl")[0]
    assert "mailadres is gewijzigd" in warned.subject
    for secret in (made.bonnummer[:5], "nieuw@", "Aafke", "/mijn/", "/bevestigen/"):
        assert secret not in warned.text + warned.html
    assert [client.get(path).status_code for path in old_links] == [404, 404]
    assert [client.get(path).status_code for path in paths_in(new.text) if "/mijn/" in path] == [200]


def test_a_correction_says_what_changed_and_not_into_what(loting: Any) -> None:
    made = sign_up(loting)
    actions.correct(aanmelding=made, answers=answers(loting, naam="Iemand Anders", kenmerk_woning="anders"))
    told = mails_to(AAFKE)[-1]
    assert "- Uw naam" in told.text
    assert "- Uw antwoorden" in told.text
    assert "Uw adres" not in told.text
    for secret in ("Iemand", "Aafke", "1951"):
        assert secret not in told.text + told.html


def test_a_link_to_confirm_is_not_for_an_address_that_came_later(loting: Any) -> None:
    made = sign_up(loting)
    token = actions.make_link(aanmelding=made, doel="bevestigen")
    link = actions.find_link(token, doel="bevestigen", loting=loting)
    assert link
    actions.correct(aanmelding=made, answers=answers(loting, mail="nieuw@example.nl"))
    with pytest.raises(actions.GoneError):
        actions.confirm_mail(link=link)
    made.refresh_from_db()
    assert made.mail_bevestigd_op is None


def test_a_mail_that_comes_back_is_noted_unless_the_address_was_left(loting: Any) -> None:
    made = sign_up(loting)
    first = mails_to(AAFKE)[0]
    deliver_due()
    actions.correct(aanmelding=made, answers=answers(loting, mail="nieuw@example.nl"))
    bounce(first)
    made.refresh_from_db()
    assert made.onbestelbaar_op is None
    bounce(mails_to("nieuw@example.nl")[0])
    made.refresh_from_db()
    assert made.onbestelbaar_op is not None


def bounce(mail: OutboxMail) -> None:
    assert mark_bounced(mail.message_id, status="5.1.1")


def test_erasing_takes_what_was_mailed_along(loting: Any) -> None:
    made = sign_up(loting)
    other = sign_up(loting, naam="Bo", mail="bo@example.nl")
    actions.erase(aanmelding=made)
    assert not OutboxMail.objects.filter(about=made.bonnummer).exists()
    assert OutboxMail.objects.filter(about=other.bonnummer).count() == 1
    deliver_due()
    assert [message.to for message in sent_mail.outbox if message.to == [AAFKE]] == []


def test_when_the_sign_up_is_undone_so_is_its_mail(loting: Any) -> None:
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        sign_up(loting)
        raise RuntimeError
    assert mails_to(AAFKE) == []
