"""The code in a letter: it fills in the address of the form, and says nothing to who has none."""

from django.db import transaction
from django.utils import timezone

from core.receipts import read_number
from participatie.identity import code_index
from participatie.models import Loting, Uitnodiging

# What a draft remembers of the code: what it was filled in with, or that there is no such letter.
NOTE, FOUND, UNKNOWN = "brief", "gevonden", "onbekend"


@transaction.atomic
def open_letter(code: str, *, loting: Loting) -> dict[str, str]:
    """What is known of somebody with this code, as a draft keeps it. Empty without a code."""
    if not code.strip():
        return {}
    number = read_number(code)
    letter = number and (
        Uitnodiging.objects.select_for_update().filter(loting=loting, code_index=code_index(number)).first()
    )
    if not letter:
        return {NOTE: UNKNOWN}
    if letter.gebruikt_op is None:
        letter.gebruikt_op = timezone.now()
        letter.save(update_fields=["gebruikt_op"])
    return {
        NOTE: FOUND,
        "postcode": letter.postcode,
        "huisnummer": letter.huisnummer,
        "toevoeging": letter.toevoeging,
    }
