"""Filling in and sending the form on the web, for the tests."""

import re
from datetime import timedelta
from typing import Any

import time_machine
from captcha.models import CaptchaStore
from django.test import Client
from django.utils import timezone

from participatie.models import Conceptaanmelding
from tests.html import Document
from tests.participatie.people import filled_in

PAGE = "/nl/wijken/velsen-noord/loting/"
START = f"{PAGE}aanmelden/"


def begin(client: Client, vorm: str = "vragen", *, page: str = PAGE, **more: str) -> str:
    """The address of a new form."""
    response = client.post(f"{page}aanmelden/", {"vorm": vorm, **more})
    assert response.status_code == 303, response.content.decode()[:2000]
    found = re.match(rf"{re.escape(page)}aanmelden/[\w-]{{32}}/$", response.headers["Location"])
    assert found
    return found[0]


def fill_in(client: Client, form: str, **changes: str) -> None:
    """All answers, on one page."""
    Conceptaanmelding.objects.update(vorm="alles")
    response = client.post(form, filled_in(**changes))
    assert (response.status_code, response.headers.get("Location")) == (303, f"{form}controle/")


def sending(client: Client, form: str, **changes: str) -> dict[str, str]:
    """What the last page sends when somebody typed the digits over and took their time."""
    document = Document(client.get(f"{form}controle/").content.decode())
    fields = {
        each.attrs["name"]: each.attrs.get("value", "")
        for each in document.all("input")
        if "name" in each.attrs
    }
    fields.pop("q", None)
    if key := fields.get("code_sleutel"):
        fields["code"] = CaptchaStore.objects.get(hashkey=key).response
    return {**fields, **changes}


def send(client: Client, form: str, **changes: str) -> Any:
    fields = sending(client, form, **changes)
    with time_machine.travel(timezone.now() + timedelta(seconds=10), tick=True):
        return client.post(f"{form}controle/", fields)


def text_of(response: Any) -> str:
    return " ".join(Document(response.content.decode()).first("main").all_text.split())
