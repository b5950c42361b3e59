"""A loting that is being prepared, and what the screens of the desk are filled in with."""

from datetime import timedelta
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from participatie.models import Aanmelding, Antwoordoptie, Handeling, Kenmerk, Loting
from tests.desk import html
from tests.html import Document
from tests.participatie.people import filled_in
from wijken.models import Wijk


def prepared(slug: str = "proef", **changes: Any) -> Loting:
    """A loting in preparation, without questions."""
    now = timezone.now()
    facts: dict[str, Any] = {
        "naam": f"Proefloting {slug}",
        "wijk": Wijk.objects.get(slug="velsen-noord"),
        "opent_op": now - timedelta(days=1),
        "sluit_op": now + timedelta(days=20),
        "trekking_op": now + timedelta(days=40),
        "zetels": 12,
        "termijn_maanden": 24,
    }
    return Loting.objects.create(slug=slug, **{**facts, **changes})


def with_question(loting: Loting, code: str = "woning", **quota: Any) -> Kenmerk:
    """A question of it with two answers."""
    order = Kenmerk.objects.source().filter(loting=loting).count()
    kenmerk = Kenmerk.objects.create(loting=loting, code=code, order=order, vraag=f"Vraag over {code}?")
    for place, label in enumerate(("Huur", "Koop")):
        Antwoordoptie.objects.create(
            kenmerk=kenmerk, code=label.lower(), order=place, label=label, **(quota if place == 0 else {})
        )
    return kenmerk


def sent_along(client: Client, address: str) -> dict[str, str]:
    """What the form on a screen would send when nobody changes anything."""
    document = Document(html(client.get(address)))
    found = {}
    for field in document.all("input"):
        name, kind = field.attrs.get("name"), field.attrs.get("type")
        if name and (kind not in ("radio", "checkbox") or "checked" in field.attrs):
            found[str(name)] = str(field.attrs.get("value") or "")
    return found


def enter(client: Client, loting: Loting, **changes: str) -> Any:
    """Enter a sign-up at the counter, on a freshly opened screen."""
    address = reverse("desk_counter_entry", args=[loting.pk])
    fresh = sent_along(client, address)
    return client.post(
        address, {"sleutel": fresh["sleutel"], "kanaal": "balie", "ontvangen": "", **filled_in(), **changes}
    )


def plain_text(response: Any) -> str:
    return " ".join(unescape(strip_tags(html(response))).split())


def at(name: str, loting: Loting, *more: Any) -> str:
    return reverse(f"desk_loting_{name}", args=[loting.pk, *more])


def noted(loting: Loting, soort: str) -> list[Handeling]:
    return list(Handeling.objects.filter(loting=loting, soort=soort).order_by("pk"))


def empty(loting: Loting) -> Loting:
    """The same loting as if nobody had signed up."""
    Aanmelding.objects.filter(loting=loting).delete()
    return loting
