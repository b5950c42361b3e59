"""What the front door shows on the page of a wijk: its news, its stories and its wijkkrant."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.query import PageQuerySet

from core import sizes
from core.page_index import address_of, page_index
from home.krant.public import krant_of
from home.models import NieuwsIndexPage, NieuwsPage, VerhaalPage, VerhalenIndexPage
from home.models.nieuws_page import latest_news
from home.models.verhaal_page import latest_stories
from wijken.models import WijkPage
from wijken.sections import WIJK_SECTIONS, WijkSection

MAX_NEWS = 3
MAX_STORIES = 2


@hooks.register(WIJK_SECTIONS)
def news_and_stories(page: WijkPage, request: HttpRequest) -> list[WijkSection]:
    """The newest items about this wijk, or that there are none yet; stories only when there are some."""
    # Their wijken are not shown here: the page is about one of them.
    news = list(_about(latest_news(page.language_code), page)[:MAX_NEWS])
    stories = list(_about(latest_stories(page.language_code), page)[:MAX_STORIES])
    # The pictures of both at once: one query less.
    sizes.prepare([*(item.image for item in news), *(story.card_image for story in stories)])
    sections = [_news_section(page, news)]
    return [*sections, _stories_section(page, stories)] if stories else sections


def _about(pages: PageQuerySet[Any], page: WijkPage) -> PageQuerySet[Any]:
    return pages.filter(wijken=page.wijk_id).prefetch_related(None)


def _news_section(page: WijkPage, news: list[NieuwsPage]) -> WijkSection:
    index = page_index().first_of(NieuwsIndexPage, page.language_code)
    return WijkSection(
        "home/sections/nieuws.html",
        {
            "items": news,
            "more_url": f"{address_of(index)}?wijk={page.wijk.slug}" if index else "",
            "wijk": page.wijk,
        },
        order=10,
        title=_("Nieuws"),
        anchor="nieuws",
    )


def _stories_section(page: WijkPage, stories: list[VerhaalPage]) -> WijkSection:
    index = page_index().first_of(VerhalenIndexPage, page.language_code)
    return WijkSection(
        "home/sections/verhalen.html",
        {"items": stories, "more_url": address_of(index) if index else "", "wijk": page.wijk},
        order=20,
        title=_("Gelukt in de wijk"),
        anchor="verhalen",
    )


@hooks.register(WIJK_SECTIONS)
def krant_section(page: WijkPage, request: HttpRequest) -> WijkSection | None:
    """The newest wijkkrant and until when kopij can be sent; nothing in a wijk without a krant."""
    krant = krant_of(page)
    if krant is None:
        return None
    return WijkSection(
        "home/sections/krant.html", {"krant": krant}, order=15, title=_("De wijkkrant"), anchor="wijkkrant"
    )
