"""Rich text on paper: headings that nest, links whose address can be read, letters that can be counted."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from home.krant.druk.parts import (
    Block,
    Callout,
    Figures,
    Heading,
    Image,
    Link,
    Links,
    Questions,
    Quote,
    Steps,
    Stuk,
    Table,
    Text,
)

# In a column of a newspaper a longer one breaks twice, and nobody types it over.
MAX_ADDRESS = 40


def short_address(address: str) -> str:
    """A web address, mail address or phone number as people write it; "" when too long to type over."""
    parts = urlsplit(address)
    if parts.scheme in ("mailto", "tel"):
        short = parts.path
    else:
        short = f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"
        short += f"?{parts.query}" if parts.query else ""
    return short if len(short) <= MAX_ADDRESS else ""


def on_paper(html: str, *, under_heading: bool) -> str:
    """Rich text for paper: an `h3` is an `h2` where none stands above it, and a link shows its address."""
    soup = BeautifulSoup(html, "html.parser")
    if not under_heading:
        for heading in soup.find_all("h3"):
            heading.name = "h2"
    for link in soup.find_all("a"):
        _show_address(soup, link)
    return str(soup)


def _show_address(soup: BeautifulSoup, link: Tag) -> None:
    address = str(link.get("href", ""))
    link.attrs = {"href": address} if address else {}
    short = short_address(address)
    if not urlsplit(address).scheme:
        link.unwrap()
    elif short and _plain(short) not in _plain(link.get_text()):
        shown = soup.new_tag("bdi", attrs={"dir": "ltr"})
        shown.string = short
        link.insert_after(" (", shown, ")")


def _plain(text: str) -> str:
    return re.sub(r"[\s\-]", "", text).lower().removeprefix("www.")


def addresses(stuk: Stuk) -> list[str]:
    """The web addresses to which an article links, in the order in which they stand in it."""
    found: list[str] = []
    for block in stuk.blocks:
        if isinstance(block, Links):
            found += [link.address for link in block.links]
        for html in _html_of(block):
            soup = BeautifulSoup(html, "html.parser")
            found += [str(link["href"]) for link in soup.find_all("a", href=True)]
    return found


def _html_of(block: Block) -> list[str]:
    match block:
        case Text(html) | Callout(html=html):
            return [html]
        case Steps(steps):
            return [step.html for step in steps]
        case Questions(items):
            return [item.html for item in items]
        case _:
            return []


def _lines(block: Block) -> Iterator[str]:
    """The plain lines of a block, without its rich text."""
    match block:
        case Heading(text):
            yield text
        case Image(picture):
            yield from (picture.caption, picture.credit)
        case Quote(text, attribution):
            yield from (text, attribution)
        case Callout(title=title):
            yield title
        case Steps(steps, title):
            yield title
            yield from (step.title for step in steps)
        case Table(caption, header, rows):
            yield from (caption, *header)
            for row in rows:
                yield from row
        case Questions(items):
            yield from (item.question for item in items)
        case Links(links, title):
            yield title
            for link in links:
                yield from (link.title, link.text, short_address(link.address))
        case Figures(figures, title):
            yield title
            for figure in figures:
                yield from (figure.value, figure.label, figure.source)


def characters(block: Block) -> int:
    """How many characters of a block are printed, spaces between words included."""
    plain = [BeautifulSoup(html, "html.parser").get_text(" ") for html in _html_of(block)]
    return sum(len(" ".join(text.split())) for text in (*_lines(block), *plain))


def readable_link(link: Link) -> tuple[Link, str]:
    """A link with the address that is printed beside it."""
    return link, short_address(link.address)
