"""Pages in a language that nobody speaks: every text is there, and every text can be recognised."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page

from core.models import TranslatableSnippet
from home.demo.load import SNIPPETS
from home.demo.translating import translate
from tests.caches import empty_the_caches
from tests.examples import PAGE_TYPES, example

type Writer = Callable[[str], str]
# What stays as it is: a tag, an entity, an address.
_KEPT = re.compile(r"(<[^>]*>|&#?\w+;|\S+@\S+|\S+://\S+)")
_ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابصدعفغهيجكلمنوپقرستثحخضزذ")


class _Texts(dict[str, str]):
    """A catalogue that has every text."""

    def __init__(self, write: Writer) -> None:
        super().__init__()
        self.write = write

    def get(self, source: str, default: object = None) -> str:
        return self.write(source)


def bracketed(text: str) -> str:
    return f"⟦{text}⟧"


def arabic(text: str) -> str:
    """The same text letter by letter in Arabic ones: as long, and as different from any other text."""
    pieces = _KEPT.split(text)
    words = [unicodedata.normalize("NFD", piece).lower() for piece in pieces]
    return "".join(
        piece
        if number % 2
        else "".join(sign for sign in word if not unicodedata.combining(sign)).translate(_ARABIC)
        for number, (piece, word) in enumerate(zip(pieces, words, strict=True))
    )


def example_pages() -> list[Page]:
    """One page of each type and all pages above them, parents first."""
    found: dict[str, Page] = {}
    for model in PAGE_TYPES:
        page = example(model)
        for each in Page.objects.ancestor_of(page, inclusive=True).filter(depth__gte=2):
            found[each.path] = each
    return [found[path].specific for path in sorted(found)]


def write_all(language_code: str, write: Writer, pages: Iterable[Page] | None = None) -> None:
    """These pages, as a translator makes them, and every snippet. Without pages: one of each type."""
    locale, _made = Locale.objects.get_or_create(language_code=language_code)
    # Together, so that the site does not put its menus together anew after each of them.
    with transaction.atomic():
        for model in SNIPPETS:
            model.objects.bulk_create(_in_language(row, locale, write) for row in model.objects.source())
        for page in example_pages() if pages is None else pages:
            translate(page, locale, _Texts(write))
    empty_the_caches()


def _in_language[S: TranslatableSnippet](row: S, locale: Locale, write: Writer) -> S:
    row.pk, row.locale = None, locale
    for field in row.translatable_fields:
        if text := getattr(row, field.field_name):
            setattr(row, field.field_name, write(text))
    return row


def copy_examples(language_code: str) -> None:
    """One page of each type in another language, live, with its words as they are: bare rows, no history."""
    locale, _made = Locale.objects.get_or_create(language_code=language_code)
    pages = example_pages()
    path, url_path = pages[0].path, pages[0].url_path
    last = Page.objects.filter(depth=2).order_by("path").last()
    assert last
    beside = last._inc_path()
    page: Any
    for page in pages:
        page.pk = page.id = page.page_ptr_id = None
        page.locale, page.latest_revision, page.live_revision = locale, None, None
        page.path = page.path.replace(path, beside, 1)
        page.url_path = page.url_path.replace(url_path, f"{url_path[:-1]}-{language_code}/", 1)
        if page.depth == 2:
            page.slug = f"{page.slug}-{language_code}"
        page._state.adding = True
        page.save_base(force_insert=True)
    Page.objects.filter(depth=1).update(numchild=Page.objects.filter(depth=2).count())
    empty_the_caches()
