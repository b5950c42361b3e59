"""Sending in kopij on the web, for the tests; and pieces of kopij made right away."""

from datetime import timedelta
from typing import Any

import time_machine
from captcha.models import CaptchaStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.photos import Photo, read_photo
from core.receipts import new_number
from home.krant.kopij import actions
from home.krant.kopij.forms import About, Sent
from home.krant.redactie import follow
from home.models import Editie, Kopij, Redactielid
from tests.core.pictures import jpeg
from tests.desk import account
from tests.html import Document
from wijken.models import Wijk

PAGE = "/nl/wijken/velsen-noord/wijkkrant/"
FORM = f"{PAGE}kopij/"
TYPED = {
    "titel": "De zonnebloemen bij de Stek",
    "tekst": "Wij zaaiden zonnebloemen.\n\nWie zaait er mee?",
    "teksttaal": "nl",
    "rubriek": "",
    "naam": "Aafke Lindeveld",
    "mail": "aafke@example.nl",
    "telefoon": "",
    "noemen": "zonder",
}
ABOUT_PHOTO = {"foto1_beschrijving": "Zonnebloemen langs een muur", "foto1_toestemming": "niemand"}


def wijk() -> Wijk:
    return Wijk.objects.get(slug="velsen-noord")


def edition(**facts: Any) -> Editie:
    """The edition of the demo that is being made, while kopij can be sent."""
    found = Editie.objects.in_the_making().get()
    today = timezone.localdate()
    dates = {
        "staat": "kopij",
        "kopij_tot": today + timedelta(days=10),
        "bezorgd_van": today + timedelta(days=50),
        "bezorgd_tot": today + timedelta(days=55),
    }
    Editie.objects.filter(pk=found.pk).update(**{**dates, **facts})
    found.refresh_from_db()
    return found


def picture(
    content: bytes | None = None, name: str = "C:\\Mijn foto's\\Aafke thuis.jpg"
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg() if content is None else content, content_type="image/jpeg")


def fields_of(response: Any) -> dict[str, str]:
    """What a browser would send of a form as it was drawn, without files."""
    form = next(form for form in Document(response.content.decode()).all("form") if form.attrs.get("enctype"))
    found: dict[str, str] = {}
    for each in form.all("input"):
        kind, name = each.attrs.get("type", "text"), each.attrs.get("name", "")
        if name and kind not in ("file", "submit") and (kind != "radio" or "checked" in each.attrs):
            found[name] = each.attrs.get("value", "")
    for each in form.all("textarea"):
        found[each.attrs["name"]] = each.all_text.removeprefix("\n")
    for each in form.all("select"):
        chosen = [option for option in each.all("option") if "selected" in option.attrs]
        found[each.attrs["name"]] = chosen[0].attrs.get("value", "") if chosen else ""
    return found


def solved(fields: dict[str, str]) -> dict[str, str]:
    """The digits typed over as a person reads them."""
    key = fields.get("code_sleutel")
    return {**fields, "code": CaptchaStore.objects.get(hashkey=key).response} if key else fields


def opened(client: Client, form: str = FORM) -> dict[str, str]:
    """An empty form, with the digits typed over."""
    response = client.get(form)
    assert response.status_code == 200, response.content.decode()[:1000]
    return solved(fields_of(response))


def send(client: Client, fields: dict[str, Any], form: str = FORM, **options: Any) -> Any:
    """Send a form some seconds after it was opened."""
    with time_machine.travel(timezone.now() + timedelta(seconds=10), tick=True):
        return client.post(form, fields, **options)


def sent_in(client: Client, **changes: Any) -> Kopij:
    """Kopij that came in through the form."""
    response = send(client, {**opened(client), **TYPED, **changes})
    assert response.status_code == 303, response.content.decode()
    return Kopij.objects.latest("pk")


def made(photos: int = 0, **changes: Any) -> Kopij:
    """Kopij without the form, with so many pictures."""
    given = {
        name: TYPED[name] for name in ("titel", "tekst", "teksttaal", "rubriek", "naam", "mail", "telefoon")
    }
    facts: dict[str, Any] = {**given, "ondertekening": "", **changes}
    language = facts.pop("taal", "nl")
    pictures: dict[int, Photo] = {number: read_photo(jpeg()) for number in range(1, photos + 1)}
    about = tuple(About(number, f"Foto {number} van bloemen", "Bo", "niemand") for number in pictures)
    return actions.receive(
        wijk=facts.pop("wijk", None) or wijk(),
        number=new_number(),
        sent=Sent(**facts, fotos=about),
        language=language,
        photos=pictures,
    )


def editor(of: Wijk | None = None, *, name: str = "") -> Any:
    """Somebody of the redactie of a wijk."""
    user = account("krantredactie", name=name)
    Redactielid.objects.create(user=user, wijk=of or wijk())
    follow(of or wijk())
    return user
