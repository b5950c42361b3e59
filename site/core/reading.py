"""In which language somebody reads, and in which language the words of a page are.

These differ when a page is not translated yet: the reader's language is in the address and in everything
around the page, the words of the page itself are the source's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

# On an element with words of a computer that nobody checked.
MACHINE_ATTRIBUTE = "data-wijk-computervertaling"

_reader: ContextVar[str] = ContextVar("reader_language", default="")


class WordsLanguage(str):
    """The language code of words, that also knows whether they are a computer's and nobody checked them."""

    by_machine: bool

    def __new__(cls, language_code: str, *, by_machine: bool = False) -> Self:
        made = super().__new__(cls, language_code)
        made.by_machine = by_machine
        return made


def is_by_machine(language_code: str) -> bool:
    """Are words in this language a computer's, that nobody checked? Of a bare code nothing is known."""
    return isinstance(language_code, WordsLanguage) and language_code.by_machine


def reader_language() -> str:
    """The language in the address of this request; outside a request the active one."""
    return _reader.get() or get_language() or settings.LANGUAGE_CODE


@contextmanager
def reading_in(language_code: str) -> Iterator[None]:
    """Everything inside is for a reader of this language, also what is drawn in another."""
    token = _reader.set(language_code)
    try:
        yield
    finally:
        _reader.reset(token)


def option_attributes(language_code: str) -> dict[str, Any]:
    """What `lang_attrs` writes, as attributes of an <option> or <input> with words in this language."""
    attributes: dict[str, Any] = {}
    if language_code and language_code != get_language():
        attributes["lang"] = language_code
    if is_by_machine(language_code):
        attributes[MACHINE_ATTRIBUTE] = True
    return attributes


def words_language(page: Page) -> str:
    """The language a page's words are in. An alias shows the source's words."""
    if page.alias_of_id:
        return settings.LANGUAGE_CODE
    code: str = page.locale.language_code
    return code


def stands_in(page: Page) -> bool:
    """Does this page stand in for one that the reader's language does not have yet?"""
    return words_language(page) != reader_language()
