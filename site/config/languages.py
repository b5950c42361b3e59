"""The languages of the site, ready to use, and how a language that Django does not ship becomes one."""

import gettext
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from django.conf import global_settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import to_locale

SOURCE = "nl"
# Each with its own name for itself. `nl-x-b1` is the same Dutch in easier words, for who finds the rest hard.
READY: dict[str, str] = {
    "nl": "Nederlands",
    "nl-x-b1": "Eenvoudig Nederlands",
    "en": "English",
    "pl": "Polski",
    "tr": "Türkçe",
    "ar": "العربية",
    "uk": "Українська",
    "bg": "Български",
    "ro": "Română",
}
# An empty gettext catalogue: the header of the format, and no texts.
EMPTY_CATALOGUE = bytes.fromhex("de120495 00000000 00000000 1c000000 1c000000 00000000 1c000000")


def chosen(wanted: Iterable[str]) -> list[tuple[str, str]]:
    """LANGUAGES from the words of SITE_LANGUAGES; without any, every language that is ready.

    A word is a code that is ready (`pl`), or a code with the language's own name (`ti=ትግርኛ`).
    ImproperlyConfigured when the site's own language is not among them, or a name is missing.
    """
    languages = {}
    for word in wanted:
        code, _equals, name = word.strip().partition("=")
        languages[code] = name.strip() or READY.get(code, "")
    languages = languages or READY
    if SOURCE not in languages:
        raise ImproperlyConfigured(f"SITE_LANGUAGES must hold {SOURCE}, the language of the site itself.")
    if nameless := [code for code, name in languages.items() if not name]:
        raise ImproperlyConfigured(
            f"SITE_LANGUAGES: give {', '.join(nameless)} a name as well, such as {nameless[0]}=Name."
        )
    return list(languages.items())


def is_right_to_left(name: str) -> bool:
    """Which way a language is written, read from the letters of its own name."""
    first = next((sign for sign in name if sign.isalpha()), "")
    return bool(first) and unicodedata.bidirectional(first) in ("R", "AL")


def right_to_left(languages: Iterable[tuple[str, str]]) -> list[str]:
    """LANGUAGES_BIDI: the ones that Django knows, and ours."""
    ours = {code.split("-")[0] for code, name in languages if is_right_to_left(name)}
    return sorted({*global_settings.LANGUAGES_BIDI, *ours})


def introduce(languages: Iterable[tuple[str, str]]) -> None:
    """Tell Django of languages it does not know: it looks them up in one place and fails without."""
    for code, name in languages:
        LANG_INFO.setdefault(
            code, {"bidi": is_right_to_left(name), "code": code, "name": name, "name_local": name}
        )


def empty_catalogues(languages: Iterable[tuple[str, str]], folder: Path) -> list[Path]:
    """Folders to add to LOCALE_PATHS, with a catalogue for each language that Django has none of.

    Django takes `/ti/` for a language only when some catalogue of it exists. The texts themselves come from
    site/core/locale; until they are there, the interface is in the site's own language.
    """
    shipped = str(Path(global_settings.__file__).parent / "locale")
    unknown = [code for code, _name in languages if not gettext.find("django", shipped, [to_locale(code)])]
    for code in unknown:
        file = folder / to_locale(code) / "LC_MESSAGES" / "django.mo"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(EMPTY_CATALOGUE)
    return [folder] if unknown else []
