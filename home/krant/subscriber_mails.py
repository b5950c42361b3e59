"""The mails to subscribers but for the wijkkrant itself: to confirm, confirmed, and known already."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override

from core import outbox
from core.page_index import page_index
from home.models import Abonnee, WijkkrantPage
from wijken.models import Wijk

KIND = "krantabonnee"
KIND_OF_EDITION = "krantabonnee-editie"


def about(abonnee: Abonnee) -> str:
    """What a mail to one subscriber is about."""
    return f"abonnee:{abonnee.pk}"


def about_edition(editie_id: int) -> str:
    """What the mail of an edition is about: the same for everybody, so that they can be counted."""
    return f"editie:{editie_id}"


@dataclass(frozen=True)
class KrantAddress:
    """The page of a wijkkrant as a reader of one language finds it."""

    url: str

    def to_stop(self, token: str) -> str:
        return f"{self.url}afmelden/{token}/"

    def to_confirm(self, token: str) -> str:
        return f"{self.url}abonneren/bevestigen/{token}/"


def krant_address(wijk: Wijk, language: str) -> KrantAddress:
    """Where the wijkkrant of a wijk is, in this language or else the site's own."""
    index = page_index()
    rows = WijkkrantPage.objects.filter(wijk=wijk).order_by("pk").values_list("pk", flat=True)
    page = next((known for pk in rows if (known := index.by_pk.get(pk))), None)
    if page is None:
        return KrantAddress(f"{settings.SITE_URL}/{settings.LANGUAGE_CODE}/")
    path = index.address_in(page, language) or index.address_in(page, settings.LANGUAGE_CODE)
    return KrantAddress(f"{settings.SITE_URL}{path or index.addresses[page.pk]}")


def to_confirm(abonnee: Abonnee, *, confirm_token: str) -> None:
    """The link with which somebody says that the address is their own. Without it nothing else is sent."""
    krant = krant_address(abonnee.wijk, abonnee.taal)
    _send(
        abonnee,
        template="krant_bevestigen",
        confirm_url=krant.to_confirm(confirm_token),
        days=Abonnee.CONFIRM_WITHIN.days,
    )


def confirmed(abonnee: Abonnee, *, token: str) -> None:
    """The receipt: what somebody gets from now on, since when, and how to stop."""
    with override(abonnee.taal):
        moment = date_format(localtime(abonnee.bevestigd_op), "j E Y H:i")
    _send(abonnee, template="krant_bevestigd", token=token, moment=moment)


def known_already(abonnee: Abonnee, *, token: str) -> None:
    """Somebody asked for what this address has already."""
    _send(abonnee, template="krant_al_abonnee", token=token)


def _send(abonnee: Abonnee, *, template: str, token: str = "", **context: Any) -> None:
    krant = krant_address(abonnee.wijk, abonnee.taal)
    stop_url = krant.to_stop(token) if token else ""
    outbox.send(
        kind=KIND,
        to=abonnee.mail,
        language=abonnee.taal,
        template=template,
        context={
            "wijk": abonnee.wijk,
            "krant_url": krant.url,
            "stop_url": stop_url,
            **context,
        },
        about=about(abonnee),
        unsubscribe_url=stop_url,
    )
