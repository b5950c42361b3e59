"""The same person or the same address again, whatever way it was written."""

import unicodedata

from core.outbox.writing import recipient_index
from core.sealing import blind


def plain(text: str) -> str:
    """Letters and digits only, small, without accents: what stays equal however somebody types it."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in spread if sign.isalnum())


def mail_index(mail: str) -> str:
    """What a mail address is found again with; empty without one."""
    return recipient_index(mail) if mail else ""


def address_index(postcode: str, huisnummer: str, toevoeging: str, adres_anders: str = "") -> str:
    """What an address is found again with; empty without one."""
    if postcode and huisnummer:
        return blind("adres", plain(postcode), plain(huisnummer), plain(toevoeging))
    return blind("adres", plain(adres_anders)) if plain(adres_anders) else ""


def name_address_index(naam: str, address: str) -> str:
    """What somebody at an address is found again with; `address` is its index."""
    return blind("naam-adres", plain(naam), address) if address and plain(naam) else ""


def code_index(code: str) -> str:
    """What the code of a letter is found again with."""
    return blind("uitnodiging", code)


def shown_postcode(postcode: str) -> str:
    """A postcode as people write it: 1951 AB."""
    return f"{postcode[:4]} {postcode[4:]}" if postcode else ""
