"""The models every room uses."""

from core.models.media import Rendition, SiteDocument, SiteImage
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

__all__ = [
    "BasePage",
    "Brontekst",
    "Rendition",
    "SiteDocument",
    "SiteImage",
    "SiteInstellingen",
    "TranslatableSnippet",
    "TranslatableSnippetQuerySet",
    "User",
    "Vertaalstand",
    "ZoektermZonderResultaat",
    "attach_words",
    "lend_words",
    "source_rows",
    "words",
]
