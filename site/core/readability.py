"""Hints for plain Dutch (B1): which sentences and words make a text hard. Plain Python; a hint, no verdict.

The limits are the usual ones for plain Dutch: 15 words in a sentence on average, 20 at most.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

MAX_AVERAGE = 15
MAX_WORDS = 20
MAX_LETTERS = 15

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_ENDS = re.compile(r"[.!?…]+[)\"'”’»]*(?=\s|$)")
# After these a full stop ends no sentence.
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:bijv|bv|blz|ca|dhr|mevr|mw|dr|mr|drs|ir|prof|nr|art|tel|afd|resp|evt|incl|excl|max|min|enz"
    r"|st|[a-z](?:\.[a-z])+|[a-z])\.$",
    re.IGNORECASE,
)

_WORDEN = {"word", "wordt", "worden", "werd", "werden"}
_BEFORE = (
    "aan|achter|af|bij|binnen|buiten|dicht|door|in|klaar|mee|na|neer|om|onder|op|open|over|rond|samen|schoon"
    "|stop|tegen|terug|toe|uit|vast|voor|weg"
)
# A past participle: gebouwd, opgehaald, besteld, verwacht; strong ones without ge- by name.
# "Vertelt" is none: only after certain letters does a participle end in a t.
_PARTICIPLE = re.compile(
    rf"(?:{_BEFORE})?ge\w{{2,}}(?:[dt]|en|aan|ien)"
    rf"|(?:{_BEFORE})?(?:be|ver|ont|her)\w{{2,}}(?:(?:[kfps]|ch)t|d)|erkend"
    r"|(?:be|ver|ont|her)(?:schreven|sloten|keken|trokken|vangen|boden|geten|loren|broken|kozen|sproken|zocht"
    r"|zonden|wezen|nomen|dreven|vonden|bonden|worpen|gonnen|gaven|laten)",
)
# They look like one and are none.
_NO_PARTICIPLE = re.compile(
    r"ge(?:beuren|beurt|bied|bieden|bouwen|bruiken|dachten|dichten|drag|duld|eft|est|hoord|huwd|ld|ldend|lden|ldt"
    r"|leden|lied|looft|luid|luiden|meenten|moederen|niet|nieten|noeg|past|rechten|richten|rust|schikt|slacht"
    r"|slachten|sprekken|talenteerd|varen|vecht|vechten|ven|voelens|weld|wend|wicht|wichten|worden|zicht"
    r"|zichten|zinnen|zond|\w+nissen)"
    r"|be(?:drijft|eld|houd|kend|kort|leid|perkt|reid|richt|roemd|stand|treffend|vind|wind|woond|wust)"
    r"|ver(?:band|driet|keerd|liefd|moeid|plicht|schillend|slaafd|stand|trouwd|want)",
)
# How far a participle may stand from its "worden", in words.
_REACH = 10


@dataclass(frozen=True)
class HardWord:
    """A word of the municipality's own list, and what people say instead."""

    word: str
    alternative: str
    note: str = ""


@dataclass(frozen=True)
class Sentence:
    """One sentence, its number of words, and whether it looks like a passive one."""

    text: str
    length: int
    is_passive: bool
    # A heading, or a short line in a list: read as it is, not counted in the average.
    is_whole: bool

    @property
    def is_long(self) -> bool:
        return self.length > MAX_WORDS


@dataclass(frozen=True)
class Reading:
    """What can be said of one text."""

    sentences: tuple[Sentence, ...]
    long_words: tuple[str, ...]
    hard_words: tuple[HardWord, ...]

    @property
    def long_sentences(self) -> list[Sentence]:
        return [sentence for sentence in self.sentences if sentence.is_long]

    @property
    def passives(self) -> list[Sentence]:
        return [sentence for sentence in self.sentences if sentence.is_passive]

    @property
    def hints(self) -> int:
        return len(self.long_sentences) + len(self.passives) + len(self.long_words) + len(self.hard_words)


@dataclass(frozen=True)
class Summary:
    """Several texts that are read as one, such as a page."""

    readings: tuple[Reading, ...]

    @cached_property
    def words(self) -> int:
        return sum(sentence.length for reading in self.readings for sentence in reading.sentences)

    @cached_property
    def average(self) -> float | None:
        """Words in a sentence; None without a whole sentence."""
        lengths = [
            sentence.length
            for reading in self.readings
            for sentence in reading.sentences
            if sentence.is_whole
        ]
        return round(sum(lengths) / len(lengths), 1) if lengths else None

    @property
    def is_average_high(self) -> bool:
        return self.average is not None and self.average > MAX_AVERAGE

    @cached_property
    def hints(self) -> int:
        return sum(reading.hints for reading in self.readings) + self.is_average_high

    @cached_property
    def hints_per_hundred(self) -> float:
        """Hints for every hundred words, to compare a long page with a short one."""
        return round(self.hints * 100 / self.words, 1) if self.words else 0.0

    @property
    def long_sentences(self) -> int:
        return sum(len(reading.long_sentences) for reading in self.readings)

    @property
    def passives(self) -> int:
        return sum(len(reading.passives) for reading in self.readings)

    @property
    def long_words(self) -> int:
        return len({word.lower() for reading in self.readings for word in reading.long_words})

    @property
    def hard_words(self) -> int:
        return len({found.word for reading in self.readings for found in reading.hard_words})


class Reader:
    """Reads texts with one list of hard words in mind."""

    def __init__(self, hard_words: Iterable[HardWord] = ()) -> None:
        self._hard = {row.word.lower(): row for row in hard_words}
        # The longest first: "ten behoeve van" before "behoeve".
        listed = "|".join(re.escape(word) for word in sorted(self._hard, key=len, reverse=True))
        # A plural or an inflected form is the same word.
        self._pattern = re.compile(rf"(?<!\w)({listed})(?:e|en|s|'s|’s)?(?!\w)", re.IGNORECASE)

    def read(self, text: str) -> Reading:
        """Every line of the text is at least a sentence of its own."""
        sentences = tuple(sentence for line in text.splitlines() for sentence in split(line))
        return Reading(sentences, tuple(_long_words(text)), tuple(self._hard_words(text)))

    def summary(self, texts: Iterable[str]) -> Summary:
        return Summary(tuple(self.read(text) for text in texts))

    def _hard_words(self, text: str) -> list[HardWord]:
        if not self._hard:
            return []
        found = {match.group(1).lower(): None for match in self._pattern.finditer(text)}
        return [self._hard[word] for word in found]


def split(line: str) -> list[Sentence]:
    """The sentences of a line; a number such as 3.500 or a shortened word ends none."""
    found, start = [], 0
    for end in _ENDS.finditer(line):
        so_far = line[start : end.end()]
        goes_on = line[end.end() :].lstrip()[:1].islower()
        if goes_on or _SHORTENED.search(so_far):
            continue
        found.append(so_far)
        start = end.end()
    found.append(line[start:])
    return [sentence for part in found if (sentence := _sentence(part.strip())) is not None]


def _sentence(text: str) -> Sentence | None:
    words = _words(text)
    if not words:
        return None
    is_whole = bool(_ENDS.search(text)) or len(words) > MAX_WORDS
    return Sentence(text, len(words), _is_passive(words), is_whole)


def _words(text: str) -> list[str]:
    return _WORD.findall(_ADDRESS.sub(" ", text))


def _long_words(text: str) -> Iterable[str]:
    """Each once, in the order of the text. Of Velsen-Noord the parts count, not the whole."""
    found = {
        word.lower(): word
        for word in _words(text)
        if max(len(part) for part in re.split(r"[-'’.,]", word)) > MAX_LETTERS
    }
    return found.values()


def _is_passive(words: list[str]) -> bool:
    """A form of "worden" with a past participle near it: "wordt gebouwd", "gehaald worden"."""
    small = [word.lower() for word in words]
    forms = [place for place, word in enumerate(small) if word in _WORDEN]
    return any(
        abs(place - form) <= _REACH
        and _PARTICIPLE.fullmatch(word)
        and not _NO_PARTICIPLE.fullmatch(word)
        # "te verbeteren" is something to do, nothing that is done.
        and (place == 0 or small[place - 1] != "te")
        for form in forms
        for place, word in enumerate(small)
        if place != form
    )
