"""What the templates of the desk ask for."""

from typing import Any

from django import template
from wagtail.models import Page

from core.translation_states.states import State
from home.desk.coverage import Language
from home.desk.page_states import PageState, page_states

register = template.Library()

# Wagtail's own signs for what has to be done, or is done.
ICONS = {
    State.MISSING: "minus",
    State.DRAFT: "draft",
    State.INCOMPLETE: "warning",
    State.OUTDATED: "history",
    State.MACHINE: "cogs",
    State.HUMAN: "user",
    State.CHECKED: "check",
}


@register.filter
def state_icon(state: State) -> str:
    return ICONS[state]


@register.simple_tag
def states_of(page: Any) -> list[PageState]:
    """A page in every language; nothing for what is no page, or is not stored yet."""
    return page_states(page) if isinstance(page, Page) and page.pk else []


@register.simple_tag
def shares(language: Language) -> list[dict[str, Any]]:
    """The bar of a language: each state with its count, and its start and width in percent."""
    found, start = [], 0.0
    for state in State:
        if count := language.pages[state]:
            width = 100 * count / language.total
            found.append({"state": state, "count": count, "start": f"{start:.2f}", "width": f"{width:.2f}"})
            start += width
    return found


@register.filter
def count_of(counts: Any, state: State) -> int:
    number: int = counts[state]
    return number
