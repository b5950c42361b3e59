"""Subscribers of a wijkkrant and what they send, for the tests."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import time_machine
from captcha.models import CaptchaStore
from django.conf import settings
from django.test import Client
from django.utils import timezone

from core.models import OutboxMail
from core.outbox import recipient_index
from core.receipts import hash_of, new_token
from home.models import Abonnee, Editie
from tests.html import Document
from wijken.models import Wijk

KRANT = "/nl/wijken/velsen-noord/wijkkrant/"
FORM = f"{KRANT}abonneren/"


def wijk_of_krant() -> Wijk:
    return Wijk.objects.get(slug="velsen-noord")


def published() -> Editie:
    """The edition of the demo that is out."""
    return Editie.objects.get(wijk__slug="velsen-noord", staat=Editie.Staat.UIT)


def row(mail: str, *, taal: str = "nl", wijk: Wijk, **changes: Any) -> Abonnee:
    """A subscriber that is not stored yet, who confirmed a day ago."""
    long_ago = timezone.now() - timedelta(days=1)
    values: dict[str, Any] = {"gevraagd_op": long_ago, "bevestigd_op": long_ago, **changes}
    return Abonnee(
        wijk=wijk,
        taal=taal,
        mail=mail,
        mail_index=recipient_index(mail),
        bevestig_hash=hash_of(new_token()),
        **values,
    )


def subscribed(mail: str = "fatima@example.nl", **changes: Any) -> Abonnee:
    made = row(mail, **{"wijk": wijk_of_krant(), **changes})
    made.save()
    return made


def many(count: int, *, languages: Iterable[str] = ("nl",)) -> None:
    """So many subscribers at once, spread over languages."""
    wijk, codes = wijk_of_krant(), list(languages)
    Abonnee.objects.bulk_create(
        row(f"a{number}@example.nl", taal=codes[number % len(codes)], wijk=wijk) for number in range(count)
    )


def mails_to(mail: str) -> list[OutboxMail]:
    """The oldest first."""
    return list(OutboxMail.objects.filter(recipient_index=recipient_index(mail)).order_by("pk"))


def path_in(mail: OutboxMail, part: str) -> str:
    """The address in a mail with this in it, without the name of the site."""
    found = re.search(rf"{re.escape(settings.SITE_URL)}(/\S*{part}/\S+)", mail.text)
    assert found, mail.text
    return found[1]


def filled_in(client: Client, address: str = FORM, **changes: str) -> dict[str, str]:
    """What the form sends when somebody typed a mail address and the digits."""
    document = Document(client.get(address).content.decode())
    fields = {
        each.attrs["name"]: each.attrs.get("value", "")
        for each in document.all("input")
        if "name" in each.attrs
    }
    fields.pop("q", None)
    fields |= {"mail": "fatima@example.nl", "taal": "nl"}
    if key := fields.get("code_sleutel"):
        fields["code"] = CaptchaStore.objects.get(hashkey=key).response
    return {**fields, **changes}


def send(client: Client, fields: dict[str, str], address: str = FORM, **headers: Any) -> Any:
    """Some seconds later."""
    with time_machine.travel(timezone.now() + timedelta(seconds=10), tick=True):
        return client.post(address, fields, headers=headers)


def ask(client: Client, **changes: str) -> Any:
    return send(client, filled_in(client, **changes))


def text_of(response: Any) -> str:
    return " ".join(Document(response.content.decode()).first("main").all_text.split())
