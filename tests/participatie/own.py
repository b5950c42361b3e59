"""A resident with a personal link, for the tests."""

import re
from typing import Any

from core.models import OutboxMail
from participatie import actions
from participatie.models import Aanmelding, Kanaal, Loting
from tests.desk import html
from tests.html import Document
from tests.participatie.people import answers

PAGE = "/nl/wijken/velsen-noord/loting/"


def sign_up(loting: Loting, **changes: str) -> Aanmelding:
    return actions.sign_up(loting=loting, answers=answers(loting, **changes), kanaal=Kanaal.WEB)


def page_of(loting: Loting, language_code: str = "nl") -> str:
    """The address of the page of a loting."""
    from core.page_index import page_index

    index = page_index()
    source = index.by_pk[loting.pages.get(locale__language_code="nl").pk]
    return index.address_in(source, language_code)


def own_url(made: Aanmelding, *, doel: str = "beheren", language_code: str = "nl") -> str:
    token = actions.make_link(aanmelding=made, doel=doel)
    path = "mijn" if doel == "beheren" else "bevestigen"
    return f"{page_of(made.loting, language_code)}{path}/{token}/"


def mails_to(address: str) -> list[Any]:
    """Who knows the address finds the mails to it; the first first."""
    from core.outbox.writing import recipient_index

    return list(OutboxMail.objects.filter(recipient_index=recipient_index(address)).order_by("pk"))


def paths_in(text: str) -> list[str]:
    """The addresses in a mail, without the site."""
    return re.findall(r"https?://[^/\s]+(/\S+)", text)


def fields_of(response: Any) -> dict[str, str]:
    """What a browser would send back of the form in the page, untouched."""
    document = Document(html(response))
    found = {}
    for field in document.all("input"):
        kind = field.attrs.get("type", "text")
        if kind in ("radio", "checkbox") and "checked" not in field.attrs:
            continue
        if name := field.attrs.get("name"):
            found[name] = field.attrs.get("value", "")
    for option in document.all("option"):
        if "selected" in option.attrs:
            found["taal"] = option.attrs["value"]
    return found


def is_private(response: Any) -> bool:
    return (
        response.headers["Cache-Control"] == "no-store"
        and response.headers["X-Robots-Tag"] == "noindex"
        and response.headers["Referrer-Policy"] == "strict-origin"
        and not response.cookies
    )
