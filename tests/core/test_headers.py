"""What a browser is told on every public page: the strict policy, and nothing that leaves a trace."""

from typing import Any

import pytest
from django.conf import settings
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.utils.csp import CSP
from wagtail.models import PageViewRestriction

from home.views import csrf_failure
from tests.checked_client import CheckedClient
from tests.examples import PAGE_TYPES, example

pytestmark = pytest.mark.django_db


def policy(response: HttpResponseBase) -> dict[str, list[str]]:
    """The content policy as {directive: sources}."""
    directives = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


def assert_strict(response: HttpResponseBase) -> None:
    sources = policy(response)
    assert sources["default-src"] == ["'self'"]
    assert sources["base-uri"] == ["'none'"]
    assert sources["form-action"] == ["'self'"]
    assert sources["frame-ancestors"] == ["'none'"]
    assert sources["object-src"] == ["'none'"]
    for directive, allowed in sources.items():
        assert not [source for source in allowed if source.startswith("'unsafe") or "*" in source], directive
        assert set(allowed) <= {"'self'", "'none'", "data:"}, directive
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "Server" not in response.headers
    assert not response.cookies


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_page_type(model, client: Client) -> None:
    page = example(model)
    for _kept in (False, True):
        response = client.get(page.url)
        assert response.status_code == 200
        assert_strict(response)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nl/zoeken/?q=afval", 200),
        ("/nl/zoeken/suggesties/?q=af", 200),
        ("/nl/nieuws/feed/", 200),
        ("/nl/aanplakplaatsen/print/", 200),
        ("/qr.svg?pad=/nl/", 200),
        ("/robots.txt", 200),
        ("/sitemap.xml", 200),
        ("/health/ready", 200),
        ("/nl/bestaat-niet/", 404),
        ("/bestaat-niet", 302),
        ("/", 302),
    ],
)
def test_every_other_public_address(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert_strict(response)


def test_when_the_page_breaks(monkeypatch) -> None:
    monkeypatch.setattr("home.views.search", None)
    response = CheckedClient(raise_request_exception=False).get("/nl/zoeken/?q=a")
    assert response.status_code == 500
    assert_strict(response)


def test_when_the_host_is_wrong() -> None:
    response = CheckedClient(raise_request_exception=False).get(
        "/nl/", headers={"host": "elders.example.com"}
    )
    assert response.status_code == 400
    assert_strict(response)


def test_when_the_page_is_not_for_everyone(client: Client, page_at) -> None:
    page = page_at("/nl/privacy/")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/nl/privacy/")
    assert response.status_code in (302, 403)
    assert_strict(response)


def test_a_form_that_was_open_too_long(rf: RequestFactory) -> None:
    response = csrf_failure(rf.get("/nl/contact/"))
    assert response.status_code == 403
    assert "niet verstuurd" in response.content.decode()


def test_the_desk_may_do_more_but_only_with_its_own_files(desk: Client) -> None:
    sources = policy(desk.get("/admin/"))
    assert CSP.UNSAFE_INLINE.value in sources["script-src"]
    assert sources["frame-ancestors"] == ["'self'"]
    for allowed in sources.values():
        assert not [source for source in allowed if "://" in source or "*" in source]


def test_the_strict_policy_is_the_settings_default() -> None:
    policies: Any = settings.SECURE_CSP
    sources = {source for allowed in policies.values() for source in allowed}
    assert not {CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL} & sources
