"""What a page or mail in the pseudo-language says outside the brackets: nobody translated that.

Words that are marked with another language are honest about it, and facts are the same in every language.
"""

import re
from html.parser import HTMLParser

from django.utils.html import escape
from django.utils.translation import trans_real

from config.languages import READY
from core.models import SiteInstellingen
from wijken.models import Stuurgroep, Wijk, Wijkteam

LANGUAGE = "pl"
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
SHOWN_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder"}
ADDRESS = re.compile(r"https?://\S+")
# Of a receipt.
NUMBER = re.compile(r"\b[A-Z2-9]{5} ?[A-Z2-9]{5}\b")
# Also code to copy, and names of columns: those are the same in every language.
NO_TEXT = {"code", "script", "style", "textarea"}
WORD = re.compile(r"[^\W\d_]{4,}")


class Bracketed(trans_real.DjangoTranslation):
    """A catalogue that has every text."""

    def gettext(self, message: str) -> str:
        context, mark, text = message.rpartition(trans_real.CONTEXT_SEPARATOR)
        return f"⟦{text}⟧" if text else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


class Reader(HTMLParser):
    """What somebody gets to read or hear of a page in the pseudo-language."""

    VOID = {"area", "br", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(html)

    @property
    def language(self) -> str:
        return self.stack[-1][1] if self.stack else LANGUAGE

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        language = found.get("lang") or found.get("xml:lang") or self.language
        if language == LANGUAGE:
            self.texts += [found[name] for name in SHOWN_ATTRIBUTES & set(found)]
        if tag not in self.VOID:
            self.stack.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in {opened for opened, _language in self.stack}:
            return
        while self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.language == LANGUAGE and not NO_TEXT & {tag for tag, _language in self.stack}:
            self.texts.append(data)


def outside_brackets(html: str) -> set[str]:
    """The words that no translation put there, in lower case."""
    # A text may hold tags, so brackets are looked for in the text as a whole.
    text = NUMBER.sub(" ", ADDRESS.sub(" ", "\n".join(Reader(html).texts)))
    while (shorter := BRACKETED.sub(" ", text)) != text:
        text = shorter
    return {word.lower() for word in WORD.findall(text)}


def facts() -> set[str]:
    """Words that are the same in every language: names, and what the municipality calls itself."""
    names = [SiteInstellingen.objects.get().gemeente_naam, READY[LANGUAGE], "JSON"]
    for model in (Wijk, Wijkteam, Stuurgroep):
        names += [row.naam for row in model.objects.all()]
    names += [wijk.kern for wijk in Wijk.objects.all()]
    return {word.lower() for name in names for word in WORD.findall(name)}


def left_in_dutch(html: str) -> set[str]:
    return outside_brackets(html) - facts()


def left_in_dutch_of_mail(subject: str, text: str, html: str) -> set[str]:
    """The same of all three parts of a mail."""
    # Plain text cannot say in which language it is.
    text = text.replace(SiteInstellingen.objects.get().telefoon_uren, "")
    return left_in_dutch(f"<p>{escape(subject)}</p><pre>{escape(text)}</pre>{html}")
