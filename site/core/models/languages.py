from django.conf import settings
from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """A language in the reader's own words, or its own name when Django does not know it."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        name = dict(settings.LANGUAGES).get(code, code)
    return f"{name[:1].upper()}{name[1:]}"


def other_languages() -> list[tuple[str, str]]:
    """(code, name) of every language of the site but its own, for the choices of a field."""
    return [
        (code, language_name(code)) for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE
    ]
