"""Runs the site in a process of its own, for what only shows with other settings."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SWITCHES = {
    "ADDRESS_URL",
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "DATABASE_URL",
    "DATA_DIR",
    "DEBUG",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "EMAIL_URL",
    "MACHINE_TRANSLATION_URL",
    "BLIND_INDEX_KEY",
    "PERSONAL_DATA_KEYS",
    "SECRET_KEY",
    "SITE_URL",
}


def environment(folder: Path, *, settings: str, **switches: str) -> dict[str, str]:
    """A clean environment: none of the switches of the person or server that runs the tests."""
    kept = {name: value for name, value in os.environ.items() if name not in SWITCHES}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": f"config.settings.{settings}",
        "DATA_DIR": str(folder),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        **switches,
    }


def production(folder: Path, **switches: str) -> dict[str, str]:
    return environment(
        folder,
        settings="production",
        **{
            "SECRET_KEY": "only-for-a-test-" + "".join(map(chr, range(48, 91))),
            "PERSONAL_DATA_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMDE=",
            "BLIND_INDEX_KEY": "only-for-a-test",
            "SITE_URL": "https://wijken.example.nl",
            "ALLOWED_HOSTS": "wijken.example.nl",
            "EMAIL_URL": "smtp://mail.example.nl:25",
            **switches,
        },
    )


def manage(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `manage.py`; the result has returncode, stdout and stderr."""
    return _run([sys.executable, str(ROOT / "manage.py"), *words], env)


def python(code: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run code after `django.setup()`."""
    return _run([sys.executable, "-c", f"import django; django.setup()\n{code}"], env)


def _run(command: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
