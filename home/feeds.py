from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags

from home.models import NieuwsIndexPage, NieuwsPage
from home.models.nieuws_page import latest_news


class NieuwsFeed(Feed):
    """The newest twenty items of one language as Atom."""

    feed_type = Atom1Feed

    def __init__(self, index: NieuwsIndexPage) -> None:
        self.index = index
        self.language = index.language_code

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return request.GET.get("wijk", "")

    def title(self) -> str:
        return self.index.title

    def description(self) -> str:
        return self.index.intro

    def link(self) -> str:
        return self.index.url

    def items(self, wijk: str) -> list[NieuwsPage]:
        news = latest_news(self.index.language_code)
        if wijk:
            news = news.filter(wijken__slug=wijk)
        return list(news[:20])

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
