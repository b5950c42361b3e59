"""What a mail says, in which language, and what of it lies in the database."""

from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection, transaction
from django.tasks import task_backends
from wagtail.models import Site

from core import outbox
from core.cache import content_version
from core.management.commands.sleutels import reseal_all
from core.models import OutboxMail, SiteInstellingen
from core.outbox.delivering import message_of
from core.outbox.writing import recipient_index, written
from tests.outbox.mails import now, write

pytestmark = pytest.mark.django_db


def proef(language: str) -> tuple[str, str, str]:
    return written("proef", {}, language=language)


@pytest.mark.parametrize("language", [code for code, _name in site.LANGUAGES])
def test_a_mail_is_in_the_language_of_its_reader(language: str) -> None:
    _subject, text, html = proef(language)
    direction = "rtl" if language in site.LANGUAGES_BIDI else "ltr"
    # The outer element for who keeps it, and one inside for mail programs that do not.
    assert html.count(f'lang="{language}" dir="{direction}"') == 2
    assert f"{site.SITE_URL}/{language}/" in text
    assert f'href="{site.SITE_URL}/{language}/"' in html
    for part in (text, html):
        assert "14 0255" in part
        assert "Gemeente Velsen" in part
        assert "UNDEFINED" not in part
        assert "{{" not in part
    for forbidden in ("<table", "<img", "<script", "style=", "http://www", "https://"):
        assert forbidden not in html


def test_a_phone_number_is_not_turned_round_in_arabic() -> None:
    _subject, text, html = proef("ar")
    assert "\N{LEFT-TO-RIGHT ISOLATE}14 0255\N{POP DIRECTIONAL ISOLATE}" in text
    assert '<a href="tel:140255"><bdi dir="ltr">14 0255</bdi></a>' in html
    assert "\N{LEFT-TO-RIGHT ISOLATE}" not in proef("nl")[1]


def test_names_are_safe_in_html_and_plain_in_text() -> None:
    settings: Any = SiteInstellingen.for_site(Site.objects.get(is_default_site=True))
    settings.gemeente_naam = "Zand & <b>Zee</b>\r\nBcc: iemand@example.nl"
    settings.save()
    subject, text, html = proef("nl")
    assert subject == "Proefmail van Zand & <b>Zee</b> Bcc: iemand@example.nl"
    assert "Zand & <b>Zee</b>" in text
    assert "Zand &amp; &lt;b&gt;Zee&lt;/b&gt;" in html
    mail = write()
    message = message_of(mail.pk).message()
    assert message["Bcc"] is None
    assert message["Subject"] == subject


def test_the_headers() -> None:
    mail = write(language="ar", unsubscribe_url="https://wijken.example.nl/ar/afmelden/abc/")
    message = message_of(mail.pk).message()
    assert message["To"] == "fatima@example.nl"
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "ar"
    assert message["List-Unsubscribe"] == "<https://wijken.example.nl/ar/afmelden/abc/>"
    assert message_of(write().pk).message()["List-Unsubscribe"] is None
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_an_attachment_arrives_as_it_was() -> None:
    content = bytes(range(256))
    mail = write(attachments=[outbox.Attachment("loting\r\n.ics", content, "application/octet-stream")])
    attached = next(message_of(mail.pk).message().iter_attachments())
    assert attached.get_filename() == "loting .ics"
    assert attached.get_content() == content


@pytest.mark.parametrize(
    "address",
    ["", "geen adres", "a@example.nl\nBcc: b@example.nl", "a@example.nl, b@example.nl", "<a@example.nl>"],
)
def test_what_is_no_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        write(address)
    assert not address or address not in str(caught.value)
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize("url", ["geen adres", "https://a.example.nl/>\r\nX: y", "javascript:alert(1)"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="not a web address"):
        write(unsubscribe_url=url)


def test_the_same_key_gives_the_same_mail() -> None:
    first = write(key="aanmelding:7Q")
    assert write(key="aanmelding:7Q").pk == first.pk
    assert write(key="aanmelding:8Q").pk != first.pk
    assert write(key="aanmelding:7Q", kind="ander").pk != first.pk
    assert write().pk != write().pk
    assert OutboxMail.objects.count() == 5


def test_a_language_that_is_gone_becomes_dutch() -> None:
    assert write(language="xx").language == "nl"


def test_an_address_is_found_again_however_it_was_typed() -> None:
    mail = write(" Fatima@Example.NL ")
    assert mail.recipient == "Fatima@Example.NL"
    assert OutboxMail.objects.get(recipient_index=recipient_index("fatima@example.nl")) == mail


def test_a_dump_of_the_table_says_nothing_of_anybody() -> None:
    mail = write(
        "fatima@example.nl",
        key="sleutel-van-fatima",
        unsubscribe_url="https://wijken.example.nl/afmelden/geheim/",
        attachments=[outbox.Attachment("Fatima.txt", b"Kerkstraat", "text/plain")],
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM core_outboxmail")
        dump = repr(cursor.fetchall()).lower()
    assert mail.message_id in dump
    # No two letters of a word can be told from chance in what is sealed; whole words can.
    for word in (
        "fatima",
        "example.nl",
        "kerkstraat",
        "geheim",
        "goed aangekomen",
        "proefmail",
        "sleutel-van",
    ):
        assert word not in dump, word
    assert "fatima" not in f"{mail} {mail!r}"


def test_keys_can_be_renewed(settings: Any) -> None:
    mail = write(attachments=[outbox.Attachment("a.txt", b"a", "text/plain")])
    old, new = settings.PERSONAL_DATA_KEYS[0], "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDI="
    settings.PERSONAL_DATA_KEYS = [new, old]
    columns = ["recipient", "subject", "text", "html", "attachments", "unsubscribe_url"]
    assert reseal_all(OutboxMail, columns) == 1
    settings.PERSONAL_DATA_KEYS = [new]
    assert now(mail).recipient == "fatima@example.nl"


def test_a_mail_does_not_empty_the_cache(django_capture_on_commit_callbacks: Any) -> None:
    before = content_version()
    with django_capture_on_commit_callbacks(execute=True):
        write()
    assert content_version() == before


def test_it_leaves_with_the_transaction_and_not_without(
    server: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(RuntimeError), transaction.atomic():
            write("undone@example.nl")
            raise RuntimeError
        write("done@example.nl")
        assert server.received == []
    assert server.addresses == ["done@example.nl"]
    assert OutboxMail.objects.get().state == "verzonden"


def test_one_of_many_waits_for_the_clock(server: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write("many@example.nl", is_one_of_many=True)
    assert server.received == []
    assert outbox.deliver_due() == 1
    assert server.addresses == ["many@example.nl"]


def test_what_the_worker_gets_to_do_names_nobody(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    with django_capture_on_commit_callbacks(execute=True):
        mail = write()
    assert task_backends["default"].supports_get_result
    assert DBTaskResult.objects.get().args_kwargs == {"args": [mail.pk], "kwargs": {}}


def test_every_mail_has_its_three_parts_and_says_why_it_comes() -> None:
    folder = site.BASE_DIR / "templates" / "emails"
    names = {file.name.removesuffix(".subject.txt") for file in folder.glob("*.subject.txt")}
    assert "proef" in names
    for name in names:
        for kind in ("txt", "html"):
            source = (folder / f"{name}.{kind}").read_text()
            assert f'{{% extends "emails/base.{kind}" %}}' in source, name
            assert "{% block why %}" in source, name
