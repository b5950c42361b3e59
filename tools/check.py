"""Runs every check that needs no running site and reports all that failed, not just the first.

Usage: check.py [--fix]   (--fix formats code and templates instead)
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
ROOMS = ("site", "home", "wijken", "participatie", "templates")
README_LINES = 80

type Outcome = tuple[bool, str]
type Check = Callable[[], Outcome]


def command(*words: str, **environment: str) -> Check:
    """A check that is a command: it passes when the command does."""

    def run() -> Outcome:
        done = subprocess.run(  # noqa: S603
            [str(BIN / words[0]), *words[1:]],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode == 0, done.stdout

    return run


def types(**environment: str) -> Check:
    """mypy; once more without what it kept from last time when that makes it stumble over itself."""
    check = command("mypy", **environment)

    def run() -> Outcome:
        passed, output = check()
        if "INTERNAL ERROR" in output:
            shutil.rmtree(ROOT / ".mypy_cache", ignore_errors=True)
            passed, output = check()
        return passed, output

    return run


def templates() -> list[str]:
    """All templates, also those inside the rooms."""
    return sorted(
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.html")
        if "templates" in path.parts and "static" not in path.parts
    )


def house_rules() -> Outcome:
    """Rules about files that no other tool knows."""
    found = []
    if (ROOT / "site" / "__init__.py").exists():
        found.append(
            "site/__init__.py bestaat: 'site' is een module van Python zelf en mag geen pakket zijn."
        )
    lines = len((ROOT / "README.md").read_text().splitlines())
    if lines > README_LINES:
        found.append(f"README.md heeft {lines} regels; het zijn er hoogstens {README_LINES}.")
    return not found, "\n".join(found)


def checks(scratch: str) -> dict[str, Check]:
    """Each check under the name that people know it by, the slowest first."""
    # Settings read a database and a folder for files; here they get empty ones of their own.
    empty = {
        "DATA_DIR": scratch,
        "DATABASE_URL": "sqlite://:memory:",
        "CACHE_URL": "locmemcache://",
        "DEBUG": "",
    }
    development = {**empty, "DJANGO_SETTINGS_MODULE": "config.settings.development"}
    production = {
        **empty,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "only-to-check-the-settings-" + "".join(map(chr, range(48, 91))),
        "PERSONAL_DATA_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDE=",
        "BLIND_INDEX_KEY": "only-to-check-the-settings",
        "SITE_URL": "https://wijken.example.nl",
        "ALLOWED_HOSTS": "wijken.example.nl",
        "EMAIL_URL": "smtp://localhost:25",
    }
    return {
        "mypy": types(**development),
        "ruff check": command("ruff", "check", "--quiet", "."),
        "ruff format": command("ruff", "format", "--check", "--quiet", "."),
        "import-linter": command("lint-imports"),
        "djlint": command("djlint", "--lint", "--quiet", *templates()),
        "djade": command("djade", "--check", *templates()),
        "migraties": command("python", "manage.py", "makemigrations", "--check", "--dry-run", **development),
        "instellingen voor productie": command(
            "python", "manage.py", "check", "--deploy", "--fail-level", "WARNING", **production
        ),
        "vertalingen": command("python", "tools/messages.py", "--check"),
        "css": command("python", "tools/build_css.py", "--check"),
        "huisregels": house_rules,
    }


def fixes() -> dict[str, Check]:
    """What can be put right without a person."""
    return {
        "ruff check": command("ruff", "check", "--fix", "--quiet", "."),
        "ruff format": command("ruff", "format", "--quiet", "."),
        "djade": command("djade", *templates()),
    }


def run_all(jobs: dict[str, Check], at_once: int) -> list[str]:
    """The names of the checks that failed, each reported as soon as it is done."""

    def timed(name: str) -> tuple[str, Outcome, float]:
        start = time.monotonic()
        return name, jobs[name](), time.monotonic() - start

    failed = []
    with ThreadPoolExecutor(at_once) as pool:
        # In the order of the list, so that two runs can be compared.
        for name, (passed, output), seconds in pool.map(timed, jobs):
            print(f"{'goed' if passed else 'FOUT'}  {name} ({seconds:.1f} s)", flush=True)
            if not passed:
                failed.append(name)
                print(output.rstrip(), end="\n\n", flush=True)
    return failed


def main() -> int:
    """0 when all is well, 1 when something failed."""
    if "--fix" in sys.argv[1:]:
        # One after the other: both ruffs write the same files.
        return 1 if run_all(fixes(), at_once=1) else 0
    with tempfile.TemporaryDirectory(prefix="wijken-check-") as scratch:
        failed = run_all(checks(scratch), at_once=min(2, os.cpu_count() or 1))
    if failed:
        print(f"Niet in orde: {', '.join(failed)}.")
        return 1
    print("Alles in orde.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
