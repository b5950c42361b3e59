"""All pages a visitor may see, with little more than title and address: what menus and links are made of."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.functional import cached_property
from wagtail.models import Locale, Page

from core.cache import remembered
from core.models.vertaalstand import is_by_machine
from core.querysets import visible
from core.reading import WordsLanguage, reader_language, words_language

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
        """A page in every language it has an address of its own in, itself included, by language code."""
        return self.by_translation.get(page.translation_key, {})

    def translated(self, page: Page) -> dict[str, Page]:
        """A page in every language it is written in: aliases only repeat the source's words."""
        return {code: found for code, found in self.translations(page).items() if not found.alias_of_id}

    @cached_property
    def front_doors(self) -> list[str]:
        """The languages in which the site can be entered, in the order of the settings."""
        return [code for code, _name in settings.LANGUAGES if _front(code) in self.by_address]

    def in_language(self, page: Page, language_code: str) -> Page:
        """The translation of a page, or the page itself while there is none."""
        return self.translations(page).get(language_code, page)

    def address_in(self, page: Page, language_code: str) -> str:
        """Where a reader of a language finds a page: its translation, or the source under their own prefix.

        Empty when neither is there: the page has no translation and its language no front door.
        """
        translations = self.translations(page)
        if found := translations.get(language_code):
            return self.addresses[found.pk]
        source = translations.get(settings.LANGUAGE_CODE)
        if source is None or language_code not in self.front_doors:
            return ""
        address = self.addresses[source.pk].replace(_front(settings.LANGUAGE_CODE), _front(language_code), 1)
        # Another page of that language may stand there already.
        return "" if address in self.by_address else address

    def stand_in(self, address: str, language_code: str) -> Page | None:
        """The source page for the address of a page that is not translated yet; None without a front door."""
        front = _front(language_code)
        if language_code not in self.front_doors or not address.startswith(front):
            return None
        source = self.by_address.get(address.replace(front, _front(settings.LANGUAGE_CODE), 1))
        return None if source is None or language_code in self.translations(source) else source

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
    """The address of a page for this reader; empty when it cannot be seen."""
    page = page_index().by_pk.get(int(page_id)) if page_id else None
    return address_of(page) if page else ""


def address_of(page: Page) -> str:
    """Where this reader finds a page, else where it is. The index knows, where Wagtail asks the cache."""
    return page_index().address_in(page, reader_language()) or own_address(page)


def own_address(page: Page) -> str:
    """Where a page itself is, whoever reads it."""
    return page_index().addresses.get(page.pk) or page.url or ""


def language_of(page: Page) -> WordsLanguage:
    """The language a page's words are in, with what the index knows of who wrote them."""
    known: Any = page_index().by_pk.get(page.pk)
    by_machine = known is not None and not known.alias_of_id and known._by_machine
    return WordsLanguage(words_language(known or page), by_machine=by_machine)


def _front(language_code: str) -> str:
    return f"/{language_code}/"


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
            _by_machine=is_by_machine(),
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
