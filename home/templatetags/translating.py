"""What a translator sees beside the text."""

import json
from typing import Any

from django import template
from wagtail_localize.models import StringSegment, Translation

from core.models import BewaardeVertaling, Vertaalopdracht
from core.models.languages import language_name
from core.translating.glossary import glossary_for, notes

register = template.Library()


@register.inclusion_tag("desk/vertalen/beside.html", takes_context=True)
def beside_translation(context: Any, translation: Translation) -> dict[str, Any]:
    """Words on this page that stay, how far the machine is, and what was kept."""
    language = translation.target_locale.language_code
    glossary = glossary_for(language)
    texts = StringSegment.objects.filter(source_id=translation.source_id).values_list(
        "string__data", flat=True
    )
    remarks = notes()
    return {
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
        "language": language,
        "source_name": language_name(translation.source.locale.language_code),
        "target_name": language_name(language),
        "words": [
            {
                "word": word,
                "fixed": glossary.words[word] if glossary.words[word] != word else "",
                "note": remarks.get(word, ""),
            }
            for word in glossary.used_in(texts)
        ],
        "opdracht": Vertaalopdracht.objects.filter(translation=translation).first(),
        "kept": BewaardeVertaling.objects.filter(
            object_key=translation.source.object_id, language_code=language
        ).count(),
    }


@register.simple_tag(takes_context=True)
def without_alias(context: Any) -> str:
    """Take the button away that puts the Dutch page over a translation; see NoAliasView."""
    props = json.loads(context["props"])
    props["links"]["convertToAliasUrl"] = None
    context["props"] = json.dumps(props)
    return ""
