"""Hints for plain Dutch beside a text that somebody writes."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from core.desk import ReadabilitySidePanel

register = template.Library()


@register.simple_tag(takes_context=True)
def add_readability_panel(context: Any, translation: Translation) -> str:
    """A side panel more in the translator's editor of a page, whose view takes none from elsewhere."""
    instance = translation.get_target_instance()
    if isinstance(instance, Page):
        context["side_panels"].append(
            ReadabilitySidePanel(instance, context["request"], translation=translation)
        )
    return ""


@register.inclusion_tag("desk/leesbaarheid/section.html", takes_context=True)
def readability(
    context: Any, locale: Locale | None, translation: Translation | None = None
) -> dict[str, Any]:
    """The hints of one form. Only for Dutch, the ordinary and the simple."""
    code = locale.language_code if locale else settings.LANGUAGE_CODE
    return {
        "is_dutch": code.split("-")[0] == settings.LANGUAGE_CODE,
        "url": reverse("desk_translation_hints", args=[translation.pk])
        if translation
        else reverse("desk_hints"),
        "perms": context.get("perms"),
    }
