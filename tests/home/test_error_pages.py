"""When something is wrong, a clear page that helps on."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from wagtail.models import Page

from home.models import NieuwsPage
from home.views import permission_denied, server_error
from tests.checked_client import CheckedClient
from tests.html import Document, faults

pytestmark = pytest.mark.django_db


def main_links(html: str) -> dict[str, str]:
    return {
        link.attrs.get("href", ""): link.all_text for link in Document(html).all("a") if link.inside("main")
    }


@pytest.mark.parametrize("path", ["/nl/bestaat-niet/", "/en/does-not-exist/", "/nl/wijken/utrecht/", "/ar/"])
def test_a_page_that_is_not_there(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    html = response.content.decode()
    assert faults(html) == []
    assert Document(html).first("html").attrs["lang"] == path[1:3]
    assert "14 0255" in html


def test_the_same_page_in_another_language_is_offered(client: Client) -> None:
    """The site has no front door in Turkish, so nothing may stand in for the page."""
    response = client.get("/tr/privacy/")
    assert response.status_code == 404
    assert {"/nl/privacy/", "/en/privacy/"} <= set(main_links(response.content.decode()))


def test_a_page_that_is_nowhere_offers_no_other_language(client: Client) -> None:
    links = main_links(client.get("/en/bestaat-nergens/").content.decode())
    assert not [url for url in links if "bestaat-nergens" in url]


def test_a_draft_elsewhere_is_not_offered(client: Client) -> None:
    for language in ("nl", "en"):
        Page.objects.get(slug="privacy", locale__language_code=language).unpublish()
    assert "/nl/privacy/" not in main_links(client.get("/en/privacy/").content.decode())


@pytest.mark.parametrize(
    "path",
    [
        "/nl/%00/",
        "/nl/" + "a" * 3000 + "/",
        "/nl/%F0%9F%8F%A0/",
        "/nl/../../etc/passwd",
        "/nl/?%00=1",
        "/nl//",
    ],
)
def test_any_address_gets_an_answer(path: str) -> None:
    response = CheckedClient(raise_request_exception=False).get(path)
    assert response.status_code in (200, 301, 302, 400, 404)


def test_a_file_that_is_not_there(client: Client) -> None:
    assert client.get("/media/images/weg.webp").status_code == 404
    assert client.get("/documents/999/weg.pdf").status_code == 404


def test_a_broken_page_needs_no_database(rf: RequestFactory) -> None:
    request = rf.get("/nl/")

    def refuse(execute, sql, params, many, context):
        raise AssertionError(f"Een foutpagina vraagt de database: {sql}")

    with connection.execute_wrapper(refuse):
        response = server_error(request)
    assert response.status_code == 500
    html = response.content.decode()
    assert faults(html) == []
    assert "14 0255" in html
    assert "/nl/" in html


def test_a_page_that_is_not_for_everyone(rf: RequestFactory) -> None:
    response = permission_denied(rf.get("/nl/"), PermissionError())
    assert response.status_code == 403
    assert faults(response.content.decode()) == []


def test_a_picture_without_its_file_does_not_break_the_page(client: Client) -> None:
    page = (
        NieuwsPage.objects.live().filter(image__isnull=False, locale__language_code="nl").order_by("-date")[0]
    )
    page.image.renditions.all().delete()
    file = Path(page.image.file.path)
    aside = file.rename(file.with_suffix(".aside"))
    try:
        for path in (page.url, "/nl/nieuws/"):
            response = client.get(path)
            assert response.status_code == 200
            assert page.title in response.content.decode()
    finally:
        aside.rename(file)
