"""A resident with a personal link, for the tests."""

import re
from typing import Any

from core.models import OutboxMail
from participatie import actions
from participatie.models import Aanmelding, Kanaal, Loting
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
