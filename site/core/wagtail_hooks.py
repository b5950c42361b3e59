from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import get_language, override
from wagtail import hooks
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from core.page_index import page_address, page_index
from core.reading import words_language


class TranslatedPageLinkHandler(PageLinkHandler):
    """Links between pages in rich text, without a query for each. A link to nowhere becomes plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        addresses = [page_address(attrs.get("id")) for attrs in attrs_list]
        return [f'<a href="{escape(address)}">' if address else "<a>" for address in addresses]


# After Wagtail's own, which it replaces.
@hooks.register("register_rich_text_features", order=10)
def register_page_links(features: FeatureRegistry) -> None:
    features.register_link_type(TranslatedPageLinkHandler)


@hooks.register("before_serve_page")
def only_in_its_own_language(page: Page, request: HttpRequest, args: list, kwargs: dict) -> None:
    """404 for a language without a front door: Wagtail would show Dutch there as if it were that language.

    Under a front door the Dutch page may stand in for a translation, and says so.
    """
    language_code = get_language() or ""
    if page.locale.language_code != language_code and not page_index().address_in(page, language_code):
        raise Http404


Serve = Callable[[Page, HttpRequest, Any, Any], HttpResponse]


@hooks.register("on_serve_page")
def in_the_language_of_its_words(next_serve: Serve) -> Serve:
    """What a page gathers is in the language of its words; what stands around it is in the reader's."""

    def serve(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        with override(words_language(page)):
            return next_serve(page, request, args, kwargs)

    return serve
