"""Where a reader of a language finds the page of a loting: for mails, letters and receipts."""

from dataclasses import dataclass

from django.conf import settings

from core.page_index import page_index
from participatie.models import Loting


@dataclass(frozen=True)
class LotingAddress:
    """The page as a reader of one language gets it. Without a page `url` is empty; the loting has a name."""

    url: str
    title: str
    title_language: str

    def to(self, path: str) -> str:
        """Where something below the page is; the front door of the site while there is no page."""
        return f"{self.url}{path}" if self.url else f"{settings.SITE_URL}/{settings.LANGUAGE_CODE}/"


def address_of_loting(loting: Loting, language_code: str) -> LotingAddress:
    """The page of a loting that everybody may see: in this language, else in the site's own, else in any."""
    index = page_index()
    rows = loting.pages.order_by("pk").values_list("pk", "locale__language_code")
    # The site's own language first: the others are found from there.
    by_source = sorted(rows, key=lambda row: row[1] != settings.LANGUAGE_CODE)
    source = next((known for pk, _code in by_source if (known := index.by_pk.get(pk))), None)
    if source is None:
        return LotingAddress("", loting.naam, settings.LANGUAGE_CODE)
    page = index.in_language(source, language_code)
    path = index.address_in(source, language_code) or index.addresses[source.pk]
    return LotingAddress(f"{settings.SITE_URL}{path}", page.title, page.locale.language_code)
