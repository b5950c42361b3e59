"""Postcodes and house numbers as people type them, in any digits and with any signs in between."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

POSTCODE_REFUSED = _("Dit is geen postcode. Geef vier cijfers en twee letters, bijvoorbeeld 1951 AB.")
HUISNUMMER_REFUSED = _("Dit is geen huisnummer. Begin met een getal, bijvoorbeeld 12 of 12 A.")

# Longer than anything people write; nothing longer is looked at.
MAX_TYPED = 40
# The post never gave out SA, SD and SS.
POSTCODE = re.compile(r"(?:NL)?([1-9][0-9]{3})((?!S[ADS])[A-Z]{2})")
HUISNUMMER = re.compile(r"(?:N[RO])? *0*([1-9][0-9]{0,4})(?![0-9])(.*)")
MAX_TOEVOEGING = 8


@dataclass(frozen=True)
class Huisnummer:
    """A house number and its addition in capitals, such as 12 and "A". "" without one."""

    nummer: int
    toevoeging: str = ""

    def __str__(self) -> str:
        join = "-" if self.toevoeging[:1].isdigit() else ""
        return f"{self.nummer}{join}{self.toevoeging}"


def read_postcode(typed: str) -> str | None:
    """The postcode as it is stored, such as 1951AB; None for what is no Dutch postcode."""
    found = POSTCODE.fullmatch(_plain(typed).replace(" ", ""))
    return found[1] + found[2] if found else None


def read_huisnummer(typed: str) -> Huisnummer | None:
    """The number and its addition; None for what starts with no number or has other letters in it."""
    found = HUISNUMMER.fullmatch(_plain(typed))
    if not found:
        return None
    # A sign between two digits parts them; any other says nothing: 1-1 is not 11, and A-2 is A2.
    toevoeging = re.sub(r"(?<=[0-9]) +(?=[0-9])", "-", found[2].strip()).replace(" ", "")
    return Huisnummer(int(found[1]), toevoeging) if len(toevoeging) <= MAX_TOEVOEGING else None


def _plain(typed: str) -> str:
    """In capitals with the digits 0 to 9, each sign a space; nothing when it has letters of other scripts."""
    # Small digits and fractions would become part of the number: 12² is not 122.
    if len(typed) > MAX_TYPED or any(unicodedata.category(sign) == "No" for sign in typed):
        return ""
    plain = []
    for sign in unicodedata.normalize("NFKC", typed):
        digit = unicodedata.decimal(sign, None)
        if digit is not None:
            plain.append(str(digit))
        elif sign.isalnum():
            if not sign.isascii():
                return ""
            plain.append(sign.upper())
        elif unicodedata.category(sign) != "Cf":
            # Marks of direction come along when somebody copies from Arabic text; they part nothing.
            plain.append(" ")
    return "".join(plain).strip()
