"""Atom feeds of pages: what is new, in the language of the page."""

from datetime import date, datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from core.page_index import address_of

MAX_ITEMS = 20


def start_of(day: date) -> datetime:
    """The first moment of a day, here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def feed_address(page: Any) -> str:
    """Where the feed of a page is; the page has a route with the name `feed`."""
    return f"{address_of(page)}{page.reverse_subpage('feed')}"


class AtomFeed(Atom1Feed):
    """Says of each entry in another language than the feed which one."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        attributes: dict[str, str] = super().item_attributes(item)
        language_code = item.get("language_code")
        return {**attributes, "xml:lang": language_code} if language_code else attributes


class PageFeed(Feed):
    """What a page tells as Atom. A subclass says which items there are."""

    feed_type = AtomFeed

    def __init__(self, page: Any) -> None:
        self.page = page
        self.language: str = page.language_code

    def title(self, _obj: Any) -> str:
        return str(self.page.title)

    def description(self) -> str:
        return str(self.page.intro)

    def link(self, _obj: Any) -> str:
        return address_of(self.page)

    def feed_url(self, _obj: Any) -> str:
        return feed_address(self.page)
