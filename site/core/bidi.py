"""Numbers in parts keep their order between words that are written from right to left.

A browser turns "14 0255" into "0255 14" there, and "1951 AB" into "AB 1951". Our own templates wrap what they
know to be a number; in the words of an editor or translator it is found by its shape.
"""

import re

from django.utils.translation import get_language_bidi

# The signs that Unicode has for it, so that a title or an option can have them too.
_OPEN, _CLOSE = "\u2066", "\u2069"
_IN_PARTS = re.compile(
    rf"""(?<![\w{_OPEN}.,+-])(
        (?:\+\d{{1,3}}|14(?=[\ \u00a0]0)|0\d{{1,3}}|\(0\d{{1,3}}\))(?:[\ \u00a0-]\d+)+  # a telephone number
        |[1-9]\d{{3}}[\ \u00a0][A-Z]{{2}}  # a postcode
    )(?!\w)""",
    re.VERBOSE,
)
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?(\w+)")
# What is in these is no running text, or keeps its order already.
_LEFT_ALONE = {"bdi", "code", "script", "style", "textarea"}


def isolated(text: str) -> str:
    """The text as one piece from left to right; as it is in a language that is written that way."""
    return f"{_OPEN}{text}{_CLOSE}" if get_language_bidi() else text


def keep_numbers_in_order(html: str) -> str:
    """The page with every telephone number and postcode in its running text as one piece."""
    pieces, inside = _TAG.split(html), ""
    for number, piece in enumerate(pieces):
        if number % 2:
            name = found.group(1).lower() if (found := _NAME.match(piece)) else ""
            if inside and name == inside and piece.startswith("</"):
                inside = ""
            elif not inside and name in _LEFT_ALONE and not piece.startswith("</"):
                inside = name
        elif not inside and any(map(str.isdigit, piece)):
            pieces[number] = _IN_PARTS.sub(rf"{_OPEN}\1{_CLOSE}", piece)
    return "".join(pieces)
