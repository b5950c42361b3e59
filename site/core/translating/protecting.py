"""What a machine may not touch: words that stay, placeholders, addresses, numbers, and the tags around them.

Protected pieces go out in a tag that both services leave alone, and are checked when they come back. A
translation that lost one is refused, with the reason.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.utils.translation import gettext as _

# LibreTranslate leaves <code> alone, DeepL translate="no".
MARK = "code"
PREFIX = "blijft"

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd](?!\w)|\{\{?\s*\w*\s*\}?\}")
FIXED_PARTS = "|".join(
    (
        PLACEHOLDER.pattern,
        r"\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)]",
        r"\bwww\.[^\s<>\"]*[^\s<>\".,;:!?)]",
        # mail
        r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        # postcodes
        r"\b\d{4}\s?[A-Z]{2}\b",
        # phone numbers
        r"\b14\s0\d{2,3}\b|\b0\d{1,3}[\s-]\d{6,8}\b",
    )
)


class Damaged(Exception):
    """A translation came back without something that had to stay; the message is for a translator."""


@dataclass(frozen=True)
class Glossary:
    """Words that stay, each with what stands for it in one language: itself, or its fixed translation."""

    words: dict[str, str] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds whatever stays in a text; of words that begin alike the longest."""
        words = "|".join(re.escape(word) for word in sorted(self.words, key=len, reverse=True))
        return re.compile(f"{FIXED_PARTS}|{_whole(words)}" if words else FIXED_PARTS)

    def used_in(self, texts: Iterable[str]) -> list[str]:
        """The words that occur in these pieces of HTML, alphabetically."""
        whole = "\n".join(BeautifulSoup(text, "html.parser").get_text() for text in texts)
        return sorted(word for word in self.words if re.search(_whole(re.escape(word)), whole))


def _whole(words: str) -> str:
    return rf"(?<!\w)(?:{words})(?!\w)"


@dataclass(frozen=True)
class Protected:
    """A text ready to be sent. `pieces` have to come back; `target` is what takes their place then."""

    text: str
    pieces: tuple[str, ...]
    target: tuple[str, ...]
    tags: Counter[tuple[str, str]]


def protect(text: str, glossary: Glossary) -> Protected:
    """Put every piece that stays in a mark of its own. `text` is a piece of HTML from wagtail-localize."""
    soup = BeautifulSoup(text, "html.parser")
    tags = _tags(soup)
    pieces: list[str] = []
    for string in list(soup.find_all(string=True)):
        parts: list[NavigableString | Tag] = []
        end = 0
        for match in glossary.pattern.finditer(str(string)):
            mark = soup.new_tag(MARK, id=f"{PREFIX}{len(pieces)}", translate="no")
            mark.string = match.group()
            parts += [NavigableString(string[end : match.start()]), mark]
            pieces.append(match.group())
            end = match.end()
        if parts:
            string.replace_with(*parts, NavigableString(string[end:]))
    target = tuple(glossary.words.get(piece, piece) for piece in pieces)
    return Protected(str(soup), tuple(pieces), target, tags)


def restore(protected: Protected, translated: str) -> str:
    """The translation with its words in place. Damaged when something was lost, added or changed."""
    soup = BeautifulSoup(translated, "html.parser")
    if not soup.get_text().strip():
        raise Damaged(_("De vertaling is leeg."))
    marks: dict[str, Tag] = {}
    for mark in soup.find_all(MARK):
        name = str(mark.get("id", ""))
        if name.startswith(PREFIX):
            if name in marks:
                raise Damaged(_("“%(piece)s” staat er twee keer.") % {"piece": mark.get_text()})
            marks[name] = mark
    for number, piece in enumerate(protected.pieces):
        found = marks.pop(f"{PREFIX}{number}", None)
        if found is None or found.get_text() != piece:
            raise Damaged(_("“%(piece)s” is niet heel gebleven.") % {"piece": piece})
        found.replace_with(NavigableString(protected.target[number]))
    if marks or _tags(soup) != protected.tags:
        raise Damaged(_("De opmaak of een link is niet heel gebleven."))
    return str(soup)


def check(source: str, translated: str) -> None:
    """Damaged when a translation lost or gained a tag, a link or a placeholder."""
    before, after = (BeautifulSoup(text, "html.parser") for text in (source, translated))
    if _tags(before) != _tags(after):
        raise Damaged(_("De opmaak of een link is anders dan in het Nederlands."))
    if Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(translated)):
        raise Damaged(_("Een stukje dat moet blijven staan, zoals {naam}, is anders dan in het Nederlands."))


def _tags(soup: BeautifulSoup) -> Counter[tuple[str, str]]:
    return Counter((tag.name, str(tag.get("id", ""))) for tag in soup.find_all(True))
