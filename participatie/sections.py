"""The lotingen of a wijk, on its page and on that of its platform, from the page index: no query.

And on the page of the wijk who represents it: one query, where there is a loting.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.page_index import page_index
from participatie.seats.public import groups_on
from wijken.sections import WijkSection


def on_wijk(page: Any, request: Any) -> WijkSection | None:
    """What stands on the page of a wijk."""
    return _section(page, "participatie/loting/op_wijk.html")


def on_platform(page: Any, request: Any) -> WijkSection | None:
    """What stands on the page of a platform, which is below that of its wijk."""
    above = page_index().ancestors(page)
    return _section(above[-1], "participatie/loting/op_platform.html") if above else None


def members_on_wijk(page: Any, request: Any) -> WijkSection | None:
    """Who sits on a seat in a wijk, as long as the term lasts."""
    pages = _pages(page)
    groups = groups_on([found.pk for found in pages]) if pages else {}
    shown = [
        (found, groups[found.pk]) for found in pages if found.pk in groups and not groups[found.pk].is_over
    ]
    if not shown:
        return None
    return WijkSection(
        "participatie/loting/leden_op_wijk.html",
        {"groups": shown},
        order=11,
        title=_("Wijkvertegenwoordiging"),
        anchor="vertegenwoordiging",
    )


def _pages(wijk_page: Page) -> list[Page]:
    index = page_index()
    return [
        page
        for page in index.children(index.translations(wijk_page), wijk_page.locale.language_code)
        if page.content_type.natural_key() == ("participatie", "lotingpage")
    ]


def _section(wijk_page: Page, template: str) -> WijkSection | None:
    pages = _pages(wijk_page)
    if not pages:
        return None
    return WijkSection(template, {"pages": pages}, order=10, title=_("Loting: doe mee"), anchor="loting")
