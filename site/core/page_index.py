"""All pages a visitor may see, with little more than title and address: what menus and links are made of."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.translation import get_language
from wagtail.models import Locale, Page

from core.cache import remembered
from core.querysets import visible

STEPLEN = Page.steplen


@dataclass(frozen=True)
class PageIndex:
    """Every live public page by what it is looked up with. Shared by threads: do not change the pages."""

    by_pk: dict[int, Page]
    by_path: dict[str, Page]
    by_translation: dict[UUID, dict[str, Page]]
    by_address: dict[str, Page]
    addresses: dict[int, str]

    def translations(self, page: Page) -> dict[str, Page]:
        """A page in every language it can be read in, itself included, by language code."""
        return self.by_translation.get(page.translation_key, {})

    def first_of(self, model: type[Page], language_code: str) -> Page | None:
        """The first page of a type: the translation, or the source while there is none."""
        key = (model._meta.app_label, model._meta.model_name)
        found = next((page for page in self.by_pk.values() if page.content_type.natural_key() == key), None)
        return self.translations(found).get(language_code, found) if found else None

    def ancestors(self, page: Page) -> list[Page]:
        """The pages above a page, from the front door down."""
        ends = range(2 * STEPLEN, len(page.path), STEPLEN)
        return [above for end in ends if (above := self.by_path.get(page.path[:end]))]

    def children(self, pages: dict[str, Page], language_code: str) -> list[Page]:
        """What stands below a page, given in its languages: translated, or as in the source until it is."""
        own, source = pages.get(language_code), pages.get(settings.LANGUAGE_CODE)
        found = self._below(own) if own else []
        if source and source != own:
            found += [page for page in self._below(source) if language_code not in self.translations(page)]
        # In the order of the source, so that a translated menu reads the same.
        return sorted(found, key=lambda page: (self._source(page) or page).path)

    def _source(self, page: Page) -> Page | None:
        return self.translations(page).get(settings.LANGUAGE_CODE)

    def _below(self, parent: Page) -> list[Page]:
        return [
            page
            for path, page in self.by_path.items()
            if len(path) == len(parent.path) + STEPLEN and path.startswith(parent.path)
        ]


def page_index() -> PageIndex:
    """The index of the content as it is now: one query for each version of the content."""
    return remembered("page-index", _build)


def page_address(page_id: int | str | None) -> str:
    """The address of a page in the active language, else as it was chosen; empty when it cannot be seen."""
    index = page_index()
    page = index.by_pk.get(int(page_id)) if page_id else None
    if page is None:
        return ""
    language_code = get_language() or settings.LANGUAGE_CODE
    return address_of(index.translations(page).get(language_code, page))


def address_of(page: Page) -> str:
    """The address of a page. The index knows it, where Wagtail asks the cache for each page."""
    return page_index().addresses.get(page.pk) or page.url or ""


def _build() -> PageIndex:
    """One query. A site may have thousands of pages, so what is the same for many of them is made once."""
    pages = list(
        visible(Page.objects)
        .filter(depth__gt=1)
        .only(
            "title",
            "path",
            "depth",
            "url_path",
            "show_in_menus",
            "translation_key",
            "alias_of",
            "content_type",
            "locale",
        )
        .annotate(
            _language_code=F("locale__language_code"),
            _app_label=F("content_type__app_label"),
            _model=F("content_type__model"),
        )
        .order_by("path")
    )
    locales: dict[int, Locale] = {}
    types: dict[int, ContentType] = {}
    by_path = {page.path: page for page in pages}
    by_translation: dict[UUID, dict[str, Page]] = defaultdict(dict)
    for page in pages:
        if page.locale_id not in locales:
            locales[page.locale_id] = Locale(pk=page.locale_id, language_code=page._language_code)
        if page.content_type_id not in types:
            types[page.content_type_id] = ContentType(
                pk=page.content_type_id, app_label=page._app_label, model=page._model
            )
        page.locale, page.content_type = locales[page.locale_id], types[page.content_type_id]
        by_translation[page.translation_key][page._language_code] = page
    addresses = _addresses(pages, by_path)
    return PageIndex(
        by_pk={page.pk: page for page in pages},
        by_path=by_path,
        by_translation=dict(by_translation),
        by_address={addresses[page.pk]: page for page in pages},
        addresses=addresses,
    )


def _addresses(pages: list[Page], by_path: dict[str, Page]) -> dict[int, str]:
    """{id of a page: its address}. Wagtail looks for the site of each page; here of each front door."""
    of_home = {path: page.url for path, page in by_path.items() if page.depth == 2}
    addresses = {}
    for page in pages:
        path = page.path[: 2 * STEPLEN]
        home, above = by_path.get(path), of_home.get(path)
        addresses[page.pk] = (
            f"{above}{page.url_path.removeprefix(home.url_path)}" if home and above else page.url
        )
    return addresses
