"""Invented people who sign up, for the tests."""

from typing import Any

from participatie.models import Loting
from participatie.signup.forms import Answers, SignUpForm

# In the example table of addresses, inside Velsen-Noord.
INSIDE = {"postcode": "1951 XA", "huisnummer": "1"}


def filled_in(**changes: str) -> dict[str, str]:
    """The fields of a form that is right, with changes."""
    return {
        "naam": "Aafke Lindeveld",
        **INSIDE,
        "toevoeging": "",
        "adres_anders": "",
        "oud_genoeg": "ja",
        "kenmerk_leeftijd": "25-44",
        "kenmerk_woning": "eigen",
        "kenmerk_taal-thuis": "nederlands",
        "kenmerk_eerder-meegepraat": "",
        "mail": "aafke@example.nl",
        "telefoon": "",
        "taal": "nl",
        **changes,
    }


def answers(loting: Loting, **changes: str) -> Answers:
    form = bound(loting, **changes)
    assert form.is_valid(), form.errors
    return form.answers()


def bound(loting: Loting, language_code: str = "nl", **changes: Any) -> SignUpForm:
    return SignUpForm(filled_in(**changes), loting=loting, language_code=language_code)
