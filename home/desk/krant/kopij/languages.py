"""What a language is called in the language of the desk."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


def name_of(language_code: str) -> str:
    """Its name, for a sentence; a code that nobody knows is another language."""
    try:
        return str(get_language_info(language_code)["name_translated"])
    except KeyError:
        return _("een andere taal")
