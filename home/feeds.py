from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import HttpRequest
from django.utils.html import strip_tags

from core.feeds import MAX_ITEMS, PageFeed, start_of
from core.page_index import address_of, page_index
from core.reading import words_language
from home.krant.public import articles_of, editions_of
from home.models import ArtikelPage, Editie, EditiePage, Editiestap, NieuwsPage, WijkkrantPage
from home.models.nieuws_page import about, latest_news
from wijken.models import Wijk


class NieuwsFeed(PageFeed):
    """The newest items of one language as Atom."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Wijk | None:
        """The wijk of `?wijk=`; a wijk that does not exist gives all news, as on the page."""
        asked = request.GET.get("wijk")
        return next((wijk for wijk in Wijk.objects.all() if wijk.slug == asked), None)

    def title(self, wijk: Wijk | None) -> str:
        return f"{self.page.title}: {wijk.naam}" if wijk else str(self.page.title)

    def link(self, wijk: Wijk | None) -> str:
        address = super().link(wijk)
        return f"{address}?wijk={wijk.slug}" if wijk else address

    def feed_url(self, wijk: Wijk | None) -> str:
        return str(self.page.feed_address(wijk))

    def items(self, wijk: Wijk | None) -> list[NieuwsPage]:
        news = latest_news(self.language)
        if wijk:
            news = news.filter(about(wijk))
        return list(news[:MAX_ITEMS])

    def item_title(self, item: NieuwsPage) -> str:
        return item.title

    def item_description(self, item: NieuwsPage) -> str:
        return strip_tags(item.intro)

    def item_extra_kwargs(self, item: NieuwsPage) -> dict[str, str]:
        # What is not translated yet is there in Dutch; the index knows, without a query.
        language_code = words_language(page_index().by_pk.get(item.pk, item))
        return {} if language_code == self.language else {"language_code": language_code}

    def item_link(self, item: NieuwsPage) -> str:
        return item.url

    def item_pubdate(self, item: NieuwsPage) -> Any:
        return start_of(item.date)

    def item_updateddate(self, item: NieuwsPage) -> Any:
        return item.last_published_at or self.item_pubdate(item)


@dataclass(frozen=True)
class KrantItem:
    """An edition or one of its articles, and since when the edition is out."""

    page: EditiePage | ArtikelPage
    title: str
    at: datetime


class KrantFeed(PageFeed):
    """The newest editions of a wijkkrant as Atom, each followed by its articles."""

    page: WijkkrantPage

    def items(self, _obj: Any) -> list[KrantItem]:
        cards = editions_of(self.page)
        steps = Editiestap.objects.filter(editie__in=[card.editie for card in cards], naar=Editie.Staat.UIT)
        out = dict(steps.order_by().values_list("editie").annotate(Max("op")))
        found: list[KrantItem] = []
        for card in cards:
            if len(found) >= MAX_ITEMS:
                break
            at = out.get(card.editie.pk) or start_of(card.editie.bezorgd_van)
            found.append(KrantItem(card.page, f"{self.page.title}: {card.page.title}", at))
            found += [KrantItem(article, article.title, at) for article in articles_of(card.page)]
        return found[:MAX_ITEMS]

    def item_title(self, item: KrantItem) -> str:
        return item.title

    def item_description(self, item: KrantItem) -> str:
        return strip_tags(item.page.intro)

    def item_extra_kwargs(self, item: KrantItem) -> dict[str, str]:
        language_code = words_language(item.page)
        return {} if language_code == self.language else {"language_code": language_code}

    def item_link(self, item: KrantItem) -> str:
        return address_of(item.page)

    def item_categories(self, item: KrantItem) -> list[str]:
        return [item.page.get_rubriek_display()] if isinstance(item.page, ArtikelPage) else []

    def item_pubdate(self, item: KrantItem) -> datetime:
        return item.at

    def item_updateddate(self, item: KrantItem) -> datetime:
        return max(item.page.last_published_at or item.at, item.at)
