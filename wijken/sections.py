"""How a higher room shows something on a wijk's page without this room knowing it.

A higher room registers a function with `@hooks.register(WIJK_SECTIONS)`; it gets the page and the request and
returns a WijkSection, or None when it has nothing to show.
"""

from dataclasses import dataclass, field
from typing import Any

from wagtail import hooks

WIJK_SECTIONS = "wijk_page_sections"


@dataclass(frozen=True)
class WijkSection:
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 100


def wijk_sections(page: Any, request: Any) -> list[WijkSection]:
    """The sections of all higher rooms for one wijk's page, in order."""
    sections = [hook(page, request) for hook in hooks.get_hooks(WIJK_SECTIONS)]
    return sorted((section for section in sections if section), key=lambda section: section.order)
