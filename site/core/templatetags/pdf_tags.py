"""Tags of templates for paper."""

from collections.abc import Sequence
from typing import Any

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def qr(address: str, label: str) -> SafeString:
    """A QR code of an address as a picture inside the HTML; the label is its text for who cannot see it."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, title=label, svgclass="pdf-qr", lineclass=None))  # noqa: S308


@register.inclusion_tag("pdf/question.html")
def paper_question(
    number: int | str,
    label: str,
    *,
    hint: str = "",
    optional: bool = False,
    choices: Sequence[str] = (),
    many: bool = False,
    cells: int = 0,
    lines: int = 0,
) -> dict[str, Any]:
    """A question with its number as on the site and room for the answer.

    That is one of: boxes to tick for `choices` (several when `many`), `cells` for a character each, or
    `lines` to write on.
    """
    return {
        "number": number,
        "label": label,
        "hint": hint,
        "optional": optional,
        "choices": choices,
        "many": many,
        "cells": range(cells),
        "lines": range(lines),
    }
