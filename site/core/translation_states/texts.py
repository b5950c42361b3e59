"""The words of a page or snippet, and what changed in them."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from itertools import zip_longest
from typing import Any

from django.utils.html import strip_tags
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


def texts_of(instance: Any) -> list[str]:
    """The texts to translate, in reading order, cut and written as wagtail-localize does."""
    return [
        segment.string.data
        for segment in extract_segments(instance)
        if isinstance(segment, StringSegmentValue)
    ]


def digest_of(texts: Iterable[str]) -> str:
    """The same for the same words, also when a block of them moved elsewhere on the page."""
    return hashlib.sha256("\x1f".join(sorted(texts)).encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """A text before and after; empty where it is new or gone. Without markup."""

    before: str
    after: str


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """What changed between two versions, in reading order; a text that only moved is no change."""
    moved = set(before) & set(after)
    found = []
    for what, start, end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if what == "equal":
            continue
        gone = [text for text in before[start:end] if text not in moved]
        new = [text for text in after[new_start:new_end] if text not in moved]
        found += [Change(plain(old), plain(text)) for old, text in zip_longest(gone, new, fillvalue="")]
    return found


def plain(text: str) -> str:
    """A text without its markup."""
    return " ".join(unescape(strip_tags(text.replace("<br>", " ").replace("<br/>", " "))).split())
