"""Keeps the translation catalogues of the interface in step with the code.

Usage: messages.py --check    says what is missing, left over or wrong
       messages.py --update   adds new texts (empty) to every catalogue and drops those no longer used
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "site" / "core" / "locale"
ROOMS = ("site", "home", "wijken", "participatie", "templates")
SUFFIXES = {".py", ".html", ".txt", ".xml", ".svg"}
SKIPPED = {"migrations", "static", "locale", "node_modules", "__pycache__"}
# Dutch is the language of the source, and so is simple Dutch: the interface is written that way already.
# Every other language needs its plural rule, exactly as Django's own catalogue of that language has it.
PLURAL_FORMS = {
    "en": "nplurals=2; plural=(n != 1);",
    "pl": "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1"
    " : n!=1 && (n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);",
    "tr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 && n%100<=99 ? 4 : 5;",
    "uk": "nplurals=4; plural=(n % 1 == 0 && n % 10 == 1 && n % 100 != 11 ? 0"
    " : n % 1 == 0 && n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1"
    " : n % 1 == 0 && (n % 10 ==0 || (n % 10 >=5 && n % 10 <=9) || (n % 100 >=11 && n % 100 <=14 )) ? 2: 3);",
    "bg": "nplurals=2; plural=(n != 1);",
    "ro": "nplurals=3; plural=(n==1?0:(((n%100>19)||((n%100==0)&&(n!=0)))?2:1));",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}|</?[a-z]+\d?")

type Key = tuple[str | None, str, str]


def key(entry: polib.POEntry) -> Key:
    """What makes a text the same text: its context, its words and its plural."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def extract() -> polib.POFile:
    """The texts that are in the code and the templates now, in a catalogue without translations."""
    with tempfile.TemporaryDirectory(prefix="wijken-messages-") as scratch:
        # Django writes helper files beside the templates; in a copy they are in nobody's way.
        for room in ROOMS:
            for source in sorted((ROOT / room).rglob("*")):
                inside = source.relative_to(ROOT)
                if source.suffix in SUFFIXES and not SKIPPED.intersection(inside.parts):
                    target = Path(scratch, inside)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(source, target)
        Path(scratch, "locale").mkdir()
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        done = subprocess.run(  # noqa: S603
            [
                *(sys.executable, "-m", "django", "makemessages", "--locale", "xx", "--no-wrap"),
                *("--add-location", "file"),
                *(word for suffix in SUFFIXES for word in ("--extension", suffix.lstrip("."))),
            ],
            cwd=scratch,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        fresh = Path(scratch, "locale", "xx", "LC_MESSAGES", "django.po")
        return polib.pofile(str(fresh)) if fresh.exists() else polib.POFile()


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language is kept."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def problems_of(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with one translation."""
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        yield "twijfelachtig (fuzzy)"
    if not all(forms) or not forms:
        yield "niet vertaald"
        return
    singular, plural = (set(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural))
    for form in forms:
        used = set(PLACEHOLDER.findall(form))
        # A form for one or two may leave the number out: the words already say it.
        if (used - singular - plural) if entry.msgid_plural else (used != singular):
            yield f"andere invulplekken of tags: {' '.join(sorted(used ^ (singular | plural)))}"


def check(fresh: polib.POFile) -> int:
    """1 if a catalogue is not complete and in step, 0 otherwise."""
    in_code = {key(entry) for entry in fresh}
    wrong = 0
    for language in PLURAL_FORMS:
        path = catalogue_path(language)
        catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
        known = {key(entry) for entry in catalogue if not entry.obsolete}
        found = [("ontbreekt", text) for text in sorted(in_code - known, key=str)]
        found += [("niet meer in gebruik", text) for text in sorted(known - in_code, key=str)]
        found += [("niet meer in gebruik", key(entry)) for entry in catalogue.obsolete_entries()]
        found += [
            (problem, key(entry))
            for entry in catalogue
            if not entry.obsolete
            for problem in problems_of(entry)
        ]
        wrong += len(found)
        for problem, (_, text, _) in found:
            print(f"{language}: {problem}: {text!r}")
    if wrong:
        print("Werk de catalogi bij met 'make messages' en vertaal wat leeg is.")
    return 1 if wrong else 0


def update(fresh: polib.POFile) -> int:
    """Writes every catalogue anew, keeping the translations of texts that are still used."""
    for language, plural_forms in PLURAL_FORMS.items():
        path = catalogue_path(language)
        old = polib.pofile(str(path)) if path.exists() else polib.POFile()
        kept = {key(entry): entry for entry in old if not entry.obsolete}
        new = polib.POFile(wrapwidth=100)
        new.metadata = {
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": plural_forms,
        }
        forms = int(plural_forms.removeprefix("nplurals=").split(";")[0])
        for entry in fresh:
            before = kept.get(key(entry))
            new.append(
                polib.POEntry(
                    msgctxt=entry.msgctxt,
                    msgid=entry.msgid,
                    msgid_plural=entry.msgid_plural,
                    msgstr=before.msgstr if before else "",
                    msgstr_plural={
                        form: (before.msgstr_plural.get(form, "") if before else "") for form in range(forms)
                    }
                    if entry.msgid_plural
                    else {},
                    comment=entry.comment,
                    occurrences=[(file, "") for file in sorted({file for file, _ in entry.occurrences})],
                    flags=[*(before.flags if before and before.fuzzy else []), *entry.flags],
                )
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        new.save(str(path))
        dropped = set(kept) - {key(entry) for entry in fresh}
        empty = sum(1 for entry in new if not entry.translated())
        print(
            f"{path.relative_to(ROOT)}: {len(new)} teksten, {empty} nog te vertalen, {len(dropped)} vervallen"
        )
    return 0


def main() -> int:
    """Checks or updates, as asked."""
    if not shutil.which("xgettext"):
        print("Het programma xgettext ontbreekt. Installeer het pakket 'gettext' en probeer het opnieuw.")
        return 1
    fresh = extract()
    return update(fresh) if "--update" in sys.argv[1:] else check(fresh)


if __name__ == "__main__":
    sys.exit(main())
