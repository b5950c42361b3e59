from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from core.feeds import feed_address
from core.models import BasePage
from core.pagination import RememberedList
from home.models.nieuws_page import about, latest_news, with_pictures
from home.wijk_choice import wijk_thema_choice
from wijken.models import Wijk


class NieuwsIndexPage(RoutablePageMixin, BasePage):
    """All news, per wijk and per thema, with an Atom feed."""

    template = "pages/nieuws_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NieuwsPage"]
    max_count_per_parent = 1
    per_page = 9
    admin_default_ordering = "-latest_revision_created_at"

    class Meta:
        verbose_name = _("nieuws, overzicht")

    @path("feed/", name="feed")
    def feed(self, request: Any) -> HttpResponse:
        """The newest items as Atom; `?wijk=` narrows it down."""
        from home.feeds import NieuwsFeed

        return NieuwsFeed(self)(request)

    def feed_address(self, wijk: Wijk | None = None) -> str:
        """Where the feed is, of everything or of one wijk."""
        address = feed_address(self)
        return f"{address}?wijk={wijk.slug}" if wijk else address

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`?wijk=`, `?thema=` and `?page=`; a value that does not exist is ignored."""
        choice = wijk_thema_choice(request, self.language_code)
        news = latest_news(self.language_code)
        if choice.wijk:
            news = news.filter(about(choice.wijk))
        if choice.thema:
            news = news.filter(themas=choice.thema)
        key = f"news:{self.language_code}:{choice.key}"
        items = RememberedList(key, news, per_page=self.per_page, prepare=with_pictures)
        return {
            **super().get_context(request, *args, **kwargs),
            "choice": choice,
            "items": items.get_page(request.GET.get("page", 1)),
            "feed_url": self.feed_address(choice.wijk),
        }
