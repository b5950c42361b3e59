"""The mails of a site without a mail server, on a page of their own for who tries the site."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail
from django.test import Client

from core import outbox
from tests.outbox.mails import write
from tests.outside import environment, production, python

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": tmp_path},
        }
    }
    return tmp_path


def test_every_mail_can_be_read_and_its_links_followed(folder: Path, client: Client) -> None:
    assert "Er is nog geen mail verstuurd." in client.get("/mail/").content.decode()
    write("fatima@example.nl", language="ar", attachments=[outbox.Attachment("a.ics", b"x", "text/calendar")])
    write("jan@example.nl")
    assert outbox.deliver_due() == 2
    assert len(list(folder.iterdir())) == 1
    page = client.get("/mail/").content.decode()
    assert "fatima@example.nl" in page
    assert "jan@example.nl" in page
    links = re.findall(r'href="(/mail/[\w-]+/)"', page)
    assert len(links) == 2
    text = client.get(links[1]).content.decode()
    assert 'dir="rtl"' in text
    assert "a.ics" in text
    assert "UNDEFINED" not in text
    assert '<a href="http://localhost/ar/"' in text
    # Its styles are in the page itself, which no page of the site may have.
    mail = Client().get(f"{links[1]}html/")
    html = mail.content.decode()
    assert 'lang="ar" dir="rtl"' in html
    assert 'href="http://localhost/ar/"' in html
    assert "'unsafe-inline'" in mail.headers["Content-Security-Policy"]
    assert "script-src" not in mail.headers["Content-Security-Policy"]
    assert "default-src 'none'" in mail.headers["Content-Security-Policy"]


def test_other_mail_of_the_site_is_there_too(folder: Path, client: Client) -> None:
    send_mail(
        "Wachtwoord <b>vergeten</b>", "Kijk op http://localhost/admin/ & meer", None, ["jan@example.nl"]
    )
    page = client.get("/mail/").content.decode()
    assert "Wachtwoord &lt;b&gt;vergeten&lt;/b&gt;" in page
    link = re.findall(r'href="(/mail/[\w-]+/)"', page)[0]
    assert client.get(link).status_code == 200
    assert Client().get(f"{link}html/", follow=True).status_code == 404


@pytest.mark.parametrize("name", ["iets", "iets-0", "a" * 300])
def test_what_is_not_there(folder: Path, name: str) -> None:
    assert Client().get(f"/mail/{name}/", follow=True).status_code == 404


def test_with_a_mail_server_there_is_no_folder() -> None:
    assert Client().get("/mail/", follow=True).status_code == 404


def test_a_public_server_has_no_such_page(tmp_path: Path) -> None:
    show = "from django.urls import resolve; print(resolve('/mail/').url_name)"
    assert "Resolver404" in python(show, production(tmp_path)).stderr
    assert python(show, environment(tmp_path, settings="development")).stdout.strip() == "mail-folder"
