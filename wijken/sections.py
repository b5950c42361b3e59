"""How a higher room shows something on a page of a wijk, or of its platform, without this room knowing it.

A higher room registers a function with `@hooks.register(WIJK_SECTIONS)` or PLATFORM_SECTIONS; it gets the
page and the request and returns a WijkSection, a list of them when they share what they fetch, or None when
it has nothing to show.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wagtail import hooks

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WIJK_SECTIONS = "wijk_page_sections"
PLATFORM_SECTIONS = "wijkplatform_page_sections"


@dataclass(frozen=True)
class WijkSection:
    """A template with its context. With a title and the id of its heading it is also in "Op deze pagina"."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 100
    title: "StrOrPromise" = ""
    anchor: str = ""


def wijk_sections(page: Any, request: Any, *, where: str = WIJK_SECTIONS) -> list[WijkSection]:
    """The sections of all higher rooms for one page, in order."""
    made = (hook(page, request) for hook in hooks.get_hooks(where))
    sections = [section for each in made for section in (each if isinstance(each, list) else [each])]
    return sorted((section for section in sections if section), key=lambda section: section.order)
