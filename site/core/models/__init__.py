"""The models every room uses."""

from core.models.bewaarde_vertaling import BewaardeVertaling
from core.models.blijvend_woord import BlijvendWoord, VasteVertaling
from core.models.media import Rendition, SiteDocument, SiteImage
from core.models.outbox import OutboxMail
from core.models.page import BasePage
from core.models.search_term import ZoektermZonderResultaat
from core.models.settings import SiteInstellingen
from core.models.translatable import (
    TranslatableSnippet,
    TranslatableSnippetQuerySet,
    attach_words,
    lend_words,
    source_rows,
    words,
)
from core.models.user import User
from core.models.vertaalstand import Brontekst, Vertaalstand
from core.models.vertaalvoorkeur import Vertaalvoorkeur
from core.models.vertaalwerk import Stand, Vertaalopdracht, Vertaalronde

__all__ = [
    "BasePage",
    "BewaardeVertaling",
    "BlijvendWoord",
    "Brontekst",
    "OutboxMail",
    "Rendition",
    "SiteDocument",
    "SiteImage",
    "SiteInstellingen",
    "Stand",
    "TranslatableSnippet",
    "TranslatableSnippetQuerySet",
    "User",
    "VasteVertaling",
    "Vertaalopdracht",
    "Vertaalronde",
    "Vertaalstand",
    "Vertaalvoorkeur",
    "ZoektermZonderResultaat",
    "attach_words",
    "lend_words",
    "source_rows",
    "words",
]
