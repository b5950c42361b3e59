"""What the front door shows on the page of a wijk: its news and its stories."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks

from core.page_index import address_of, page_index
from home.models import NieuwsIndexPage, VerhalenIndexPage
from home.models.nieuws_page import latest_news, with_pictures
from home.models.verhaal_page import latest_stories, with_card_images
from wijken.models import WijkPage
from wijken.sections import WIJK_SECTIONS, WijkSection

MAX_NEWS = 3
MAX_STORIES = 2


@hooks.register(WIJK_SECTIONS)
def news_section(page: WijkPage, request: HttpRequest) -> WijkSection:
    """The newest items about this wijk, or that there are none yet."""
    index = page_index().first_of(NieuwsIndexPage, page.language_code)
    return WijkSection(
        "home/sections/nieuws.html",
        {
            "items": with_pictures(
                # Its wijken are not shown here: the page is about one of them.
                latest_news(page.language_code).filter(wijken=page.wijk_id).prefetch_related(None)[:MAX_NEWS]
            ),
            "more_url": f"{address_of(index)}?wijk={page.wijk.slug}" if index else "",
            "wijk": page.wijk,
        },
        order=10,
        title=_("Nieuws"),
        anchor="nieuws",
    )


@hooks.register(WIJK_SECTIONS)
def stories_section(page: WijkPage, request: HttpRequest) -> WijkSection | None:
    """The newest stories from this wijk; nothing when there are none."""
    stories = with_card_images(
        latest_stories(page.language_code).filter(wijken=page.wijk_id).prefetch_related(None)[:MAX_STORIES]
    )
    if not stories:
        return None
    index = page_index().first_of(VerhalenIndexPage, page.language_code)
    return WijkSection(
        "home/sections/verhalen.html",
        {"items": stories, "more_url": address_of(index) if index else "", "wijk": page.wijk},
        order=20,
        title=_("Gelukt in de wijk"),
        anchor="verhalen",
    )
