from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from core.models import BasePage
from core.pagination import paginate
from home.models.nieuws_page import latest_news
from wijken.models import Thema, Wijk


class NieuwsIndexPage(RoutablePageMixin, BasePage):
    """All news, per wijk and per thema, with an Atom feed."""

    template = "pages/nieuws_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NieuwsPage"]
    max_count_per_parent = 1
    per_page = 9

    class Meta:
        verbose_name = _("nieuws, overzicht")

    @path("feed/", name="feed")
    def feed(self, request: Any) -> HttpResponse:
        """The newest items as Atom; `?wijk=` narrows it down."""
        from home.feeds import NieuwsFeed

        return NieuwsFeed(self)(request)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`?wijk=`, `?thema=` and `?page=`; a value that does not exist is ignored."""
        wijken = list(Wijk.objects.all())
        themas = Thema.objects.all().worded(self.language_code)
        wijk = next((wijk for wijk in wijken if wijk.slug == request.GET.get("wijk")), None)
        thema = next((thema for thema in themas if thema.slug == request.GET.get("thema")), None)
        news = latest_news(self.language_code)
        if wijk:
            news = news.filter(wijken=wijk)
        if thema:
            news = news.filter(themas=thema)
        return {
            **super().get_context(request, *args, **kwargs),
            "wijken": wijken,
            "themas": themas,
            "wijk": wijk,
            "thema": thema,
            "items": paginate(news, request, per_page=self.per_page),
            "feed_url": self.url + self.reverse_subpage("feed"),
        }
