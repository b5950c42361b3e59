"""What readers are told about a translation, and how they report a mistake in it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.page_index import own_address, page_index

register = template.Library()


@register.simple_tag
def is_plain_language() -> bool:
    """Is this the source language in easier words? Then a translation is no translation."""
    return (get_language() or "").startswith(f"{settings.LANGUAGE_CODE}-")


@register.simple_tag
def other_wording(language_menu: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The same page in the other Dutch, simple or ordinary, where it is live; for other languages nothing."""
    code = get_language() or ""
    simple = f"{settings.LANGUAGE_CODE}-"
    if code != settings.LANGUAGE_CODE and not code.startswith(simple):
        return None
    return next(
        (
            item
            for item in language_menu
            if item["available"]
            and (item["is_source"] if code.startswith(simple) else item["code"].startswith(simple))
        ),
        None,
    )


@register.simple_tag
def dutch_address(page: Any, route: str = "") -> str:
    """Where the page, or the part of it, is in the language it was written in; empty when it is not there."""
    source = page_index().translations(page).get(settings.LANGUAGE_CODE)
    return f"{own_address(source)}{route}" if source else ""


@register.simple_tag
def report_translation(page: Any, site_settings: Any) -> dict[str, str]:
    """How to report a mistake without an account: a letter that is begun already, or the telephone."""
    if not site_settings.email:
        return {"mail": "", "phone": site_settings.telefoon}
    subject = _("Fout in de vertaling: %(title)s") % {"title": page.title}
    body = "\n\n".join((f"{settings.SITE_URL}{own_address(page)}", _("Wat klopt er niet?"), ""))
    mail = f"mailto:{site_settings.email}?subject={quote(subject)}&body={quote(body)}"
    return {"mail": mail, "phone": site_settings.telefoon}
