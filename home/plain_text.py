"""What stands on a page as plain text, for where no markup comes along: paper, a clipboard."""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from wagtail.rich_text import expand_db_html

BETWEEN, WITHIN = "\n\n", "\n"


def short_address(url: str) -> str:
    """An address as people type it: www.voorbeeld.nl/nieuws. A path is one of this site."""
    whole = f"{settings.SITE_URL}{url}" if url.startswith("/") else url
    for scheme in ("https://", "http://", "mailto:", "tel:"):
        whole = whole.removeprefix(scheme)
    return whole.removesuffix("/")


def text_of(body: Iterable[Any]) -> str:
    """The words of a body, block by block with an empty line between them. Pictures are left out."""
    texts = (_block_text(block.block_type, block.value) for block in body)
    return BETWEEN.join(text for text in texts if text)


def rich_text(source: str) -> str:
    """Rich text as Wagtail stores it: a list item after a dash or its number, a link written out."""
    reader = _Reader()
    reader.feed(expand_db_html(source))
    reader.close()
    return reader.text


def _block_text(kind: str, value: Any) -> str:
    match kind:
        case "heading":
            return str(value).strip()
        case "text":
            return rich_text(value.source)
        case "quote":
            return _joined(f"“{value['text']}”", value["attribution"])
        case "callout":
            return _joined(value["title"], rich_text(value["text"].source))
        case "steps":
            return _joined(value["title"], *_steps(value["steps"]))
        case "questions":
            return BETWEEN.join(
                _joined(item["question"], rich_text(item["answer"].source)) for item in value["items"]
            )
        case "links":
            return _joined(value["title"], *_links(value["links"]))
        case "table":
            return _joined(value["caption"], *_rows(value["header"], value["rows"]))
        case "figures":
            return _joined(value["title"], *_figures(value["figures"]))
        case "download":
            document = value["document"]
            return f"- {document.title} ({short_address(document.url)})" if document else ""
    return ""


def _joined(*lines: str) -> str:
    return WITHIN.join(line for line in lines if line)


def _steps(steps: Iterable[Any]) -> Iterator[str]:
    for number, step in enumerate(steps, start=1):
        text = rich_text(step["text"].source)
        yield f"{number}. {step['title']}" + (f": {text}" if text else "")


def _links(links: Iterable[Any]) -> Iterator[str]:
    for link in links:
        if link.href:
            about = f": {link['text']}" if link["text"] else ""
            yield f"- {link['title']}{about} ({short_address(link.href)})"


def _rows(header: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """One line for each row, every cell behind the name of its column."""
    for row in rows:
        cells = (f"{name}: {cell}" if name else cell for name, cell in zip(header, row, strict=False) if cell)
        yield f"- {', '.join(cells)}"


def _figures(figures: Iterable[Any]) -> Iterator[str]:
    for figure in figures:
        source = f"{figure['source']}, {date_format(figure['date'], 'j E Y')}"
        yield f"- {figure['value']} {figure['label']} ({source})"


class _Reader(HTMLParser):
    """Reads the few tags that an editor can make."""

    PARTS = frozenset({"p", "div", "h2", "h3", "h4", "ul", "ol"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        # (is it a list item, text) of what is finished.
        self.parts: list[tuple[bool, str]] = []
        # Of each list that is open: the number of its last item, or None when it has dashes.
        self.lists: list[int | None] = []
        self.words, self.mark = "", ""
        self.address, self.link_from = "", 0

    @property
    def text(self) -> str:
        self._finish()
        done = ""
        for at, (is_item, text) in enumerate(self.parts):
            between = WITHIN if is_item and at and self.parts[at - 1][0] else BETWEEN
            done += (between if at else "") + text
        return done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.PARTS:
            self._finish()
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._finish()
            self.mark = self._next_mark()
        elif tag == "br":
            self.words += WITHIN
        elif tag == "a":
            self.address, self.link_from = dict(attrs).get("href") or "", len(self.words)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.PARTS or tag == "li":
            self._finish()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "a" and self.address:
            written, shown = short_address(self.address), self.words[self.link_from :]
            # A link that shows its address, or a number to call, says it already.
            if written.replace(" ", "") not in short_address(shown).replace(" ", ""):
                self.words += f" ({written})"
            self.address = ""

    def handle_data(self, data: str) -> None:
        # Where a line ends in the markup means nothing.
        self.words += data.replace("\n", " ")

    def _next_mark(self) -> str:
        if not self.lists:
            return "- "
        number = self.lists[-1]
        if number is None:
            mark = "- "
        else:
            self.lists[-1] = number + 1
            mark = f"{number + 1}. "
        return "  " * (len(self.lists) - 1) + mark

    def _finish(self) -> None:
        lines = [" ".join(line.split()) for line in self.words.split(WITHIN)]
        if text := WITHIN.join(lines).strip():
            self.parts.append((bool(self.mark), f"{self.mark}{text}"))
            self.mark = ""
        self.words = ""
