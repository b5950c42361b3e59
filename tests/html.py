"""What the tests know about HTML: parsed with the standard parser, judged by plain rules."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Elements that may be left open; nothing of ours does, but SVG and browsers agree on these.
LABELLED = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "reset", "image"}
RESOURCES = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "link": ("href",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "image": ("href",),
}
# Links that say something about this page to machines; a browser does not fetch them.
NOT_FETCHED = {"canonical", "alternate", "license", "author", "next", "prev", "search"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def inside(self, tag: str) -> bool:
        node = self.parent
        while node:
            if node.tag == tag:
                return True
            node = node.parent
        return False

    def all(self, tag: str) -> list["Element"]:
        """Every element of this kind in this one."""
        found = []
        for child in self.children:
            found += [child] if child.tag == tag else []
            found += child.all(tag)
        return found

    @property
    def all_text(self) -> str:
        """The text of this element and of everything in it, in no particular order."""
        return " ".join([self.text, *(child.all_text for child in self.children)]).strip()


class Document(HTMLParser):
    """A page as a list of elements. `problems` holds what a browser would have to repair."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.problems: list[str] = []
        self.open: list[Element] = []
        self.feed(html)
        self.close()
        self.problems += [f"<{element.tag}> is never closed" for element in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        self.problems += [f"<{tag}> has {name} twice" for name, times in Counter(names).items() if times > 1]
        parent = self.open[-1] if self.open else None
        element = Element(tag, {name: value or "" for name, value in attrs}, parent)
        if parent:
            parent.children.append(element)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1].tag == tag:
            self.open.pop()
        elif tag not in VOID:
            self.problems.append(f"</{tag}> closes <{self.open[-1].tag if self.open else 'nothing'}>")

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].text += data

    def all(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    def first(self, tag: str) -> Element:
        return self.all(tag)[0]


def left_over_marks(html: str) -> list[str]:
    """Template marks that reached the visitor, and variables that the template does not know."""
    return re.findall(r"\{\{.{0,40}|\{%.{0,40}|\{#.{0,40}|UNDEFINED\[[^\]]*\]", html)


def unsafe_markup(html: str) -> list[str]:
    """What the content policy would block: inline script, style and event handlers."""
    found = []
    for element in Document(html).elements:
        if element.tag == "style":
            found.append("<style>")
        # A block of data is no script.
        if (
            element.tag == "script"
            and "src" not in element.attrs
            and "json" not in element.attrs.get("type", "")
        ):
            found.append("<script> without src")
        for name, value in element.attrs.items():
            if name == "style" or name.startswith("on"):
                found.append(f"<{element.tag} {name}=…>")
            if name in ("href", "src", "action", "formaction") and value.strip().lower().startswith(
                "javascript:"
            ):
                found.append(f"<{element.tag} {name}=javascript:…>")
    return found


def fetched_urls(document: Document) -> list[str]:
    """Every address that a browser fetches by itself when it shows the page."""
    urls = []
    for element in document.elements:
        if element.tag == "link" and NOT_FETCHED & set(element.attrs.get("rel", "").split()):
            continue
        for name in RESOURCES.get(element.tag, ()):
            value = element.attrs.get(name, "")
            parts = value.split(",") if name == "srcset" else [value]
            urls += [part.split()[0] for part in parts if part.strip()]
    return urls


def foreign(urls: list[str], host: str = "testserver") -> list[str]:
    """Those addresses that lead to somebody else's server."""
    return [url for url in urls if urlsplit(url).netloc not in ("", host) and not url.startswith("data:")]


def _accessible_name(element: Element, labels: set[str], ids: set[str]) -> bool:
    if element.attrs.get("aria-label") or element.inside("label"):
        return True
    named_by = element.attrs.get("aria-labelledby", "").split()
    return element.attrs.get("id", "-") in labels or bool(named_by and set(named_by) <= ids)


def faults(html: str) -> list[str]:
    """What is wrong with a page, in words; an empty list when nothing is."""
    document = Document(html)
    found = list(document.problems)
    if not html.lstrip().lower().startswith("<!doctype html>"):
        found.append("no doctype")
    ids = Counter(element.attrs["id"] for element in document.elements if "id" in element.attrs)
    found += [f"id {name!r} {times} times" for name, times in ids.items() if times > 1]
    if len(document.all("h1")) != 1:
        found.append(f"{len(document.all('h1'))} h1 elements")
    if len(document.all("main")) != 1:
        found.append(f"{len(document.all('main'))} main elements")
    found += [f"{name} is not set" for name in ("lang", "dir") if not document.first("html").attrs.get(name)]
    titles = [element for element in document.all("title") if element.inside("head")]
    if len(titles) != 1 or not titles[0].text.strip():
        found.append("no title")
    found += [
        f"img without alt: {image.attrs.get('src')}"
        for image in document.all("img")
        if "alt" not in image.attrs
    ]
    found += [
        f"img without size: {image.attrs.get('src')}"
        for image in document.all("img")
        if not {"width", "height"} <= image.attrs.keys()
    ]
    labels = {label.attrs["for"] for label in document.all("label") if "for" in label.attrs}
    known = set(ids)
    for element in document.elements:
        is_field = element.tag in LABELLED and element.attrs.get("type") not in UNLABELLED_TYPES
        if is_field and not _accessible_name(element, labels, known):
            found.append(f"<{element.tag} name={element.attrs.get('name')}> has no label")
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"):
            found += [
                f"{name}={target} points at nothing"
                for target in element.attrs.get(name, "").split()
                if target not in known
            ]
        href = element.attrs.get("href", "")
        if element.tag == "a" and href.startswith("#") and href not in ("#",) and href[1:] not in known:
            found.append(f"link to {href}, which is nowhere")
        if element.tag == "a" and "href" in element.attrs and not href:
            found.append(f"link without an address: {element.all_text[:40]}")
    levels = [int(element.tag[1]) for element in document.elements if re.fullmatch(r"h[1-6]", element.tag)]
    found += [
        f"h{one} is followed by h{two}" for one, two in zip(levels, levels[1:], strict=False) if two > one + 1
    ]
    return found
