from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags

from home.models import NieuwsIndexPage, NieuwsPage
from home.models.nieuws_page import about, latest_news
from wijken.models import Wijk

MAX_ITEMS = 20


class NieuwsFeed(Feed):
    """The newest items of one language as Atom."""

    feed_type = Atom1Feed

    def __init__(self, index: NieuwsIndexPage) -> None:
        self.index = index
        self.language = index.language_code

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Wijk | None:
        """The wijk of `?wijk=`; a wijk that does not exist gives all news, as on the page."""
        asked = request.GET.get("wijk")
        return next((wijk for wijk in Wijk.objects.all() if wijk.slug == asked), None)

    def title(self, wijk: Wijk | None) -> str:
        return f"{self.index.title}: {wijk.naam}" if wijk else self.index.title

    def description(self) -> str:
        return self.index.intro

    def link(self, wijk: Wijk | None) -> str:
        return f"{self.index.url}?wijk={wijk.slug}" if wijk else self.index.url

    def feed_url(self, wijk: Wijk | None) -> str:
        return self.index.feed_address(wijk)

    def items(self, wijk: Wijk | None) -> list[NieuwsPage]:
        news = latest_news(self.index.language_code)
        if wijk:
            news = news.filter(about(wijk))
        return list(news[:MAX_ITEMS])

    def item_title(self, item: NieuwsPage) -> str:
        return item.title

    def item_description(self, item: NieuwsPage) -> str:
        return strip_tags(item.intro)

    def item_link(self, item: NieuwsPage) -> str:
        return item.url

    def item_pubdate(self, item: NieuwsPage) -> Any:
        return timezone.make_aware(datetime.combine(item.date, time.min))

    def item_updateddate(self, item: NieuwsPage) -> Any:
        return item.last_published_at or self.item_pubdate(item)
