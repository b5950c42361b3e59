"""Which words stay as they are: the desk's own register, and names from the registers of every room.

A room adds its names with the hook `words_that_stay`: a function without arguments that gives strings.
"""

from collections.abc import Iterator

from wagtail import hooks

from core.models import BlijvendWoord
from core.translating.protecting import Glossary

HOOK = "words_that_stay"


def glossary_for(language_code: str) -> Glossary:
    """The words that stay in a language. A fixed translation from the desk wins from a name."""
    words = {name: name for name in names()}
    for row in BlijvendWoord.objects.prefetch_related("fixed"):
        fixed = {item.language_code: item.text for item in row.fixed.all()}
        words[row.word] = fixed.get(language_code, row.word)
    return Glossary(words)


def names() -> Iterator[str]:
    """Names from the registers of every room."""
    for give in hooks.get_hooks(HOOK):
        for name in give():
            if name.strip():
                yield name.strip()


def notes() -> dict[str, str]:
    """{word: what translators have to know about it}, of the desk's own register."""
    return dict(BlijvendWoord.objects.exclude(note="").values_list("word", "note"))
