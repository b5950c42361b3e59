from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags

from core.feeds import MAX_ITEMS, PageFeed, start_of
from core.page_index import page_index
from core.reading import words_language
from home.models import NieuwsPage
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
