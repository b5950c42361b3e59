"""What the templates of the desk ask for."""

from collections import Counter
from typing import Any

from django import template
from wagtail.models import Page

from core.models import TranslatableSnippet
from core.models.languages import language_name
from core.translation_states.states import State
from home.desk.page_states import PageState, page_states

register = template.Library()
# Django has a filter `language_name`, with the name in English.
register.filter("language_label", language_name)

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
def states_of(instance: Any) -> list[PageState]:
    """A page or snippet in every language; nothing for what is neither, or is not stored yet."""
    is_translated = isinstance(instance, (Page, TranslatableSnippet))
    return page_states(instance) if is_translated and instance.pk else []


@register.simple_tag
def shares(counts: Counter[State]) -> list[dict[str, Any]]:
    """The bar of a language: each state with its count, and its start and width in percent."""
    found, start = [], 0.0
    for state in State:
        if count := counts[state]:
            width = 100 * count / counts.total()
            found.append({"state": state, "count": count, "start": f"{start:.2f}", "width": f"{width:.2f}"})
            start += width
    return found


@register.filter
def count_of(counts: Any, state: State) -> int:
    number: int = counts[state]
    return number
