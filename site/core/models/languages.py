from django.conf import settings


def other_languages() -> list[tuple[str, str]]:
    """(code, name) of every language of the site but its own, for the choices of a field."""
    return [(code, str(name)) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
