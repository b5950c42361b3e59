"""A command of the site in a process of its own, on the database of this test, that can be killed."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.mailserver import MailServer
from tests.outside import ROOT, environment


def command(*words: str, folder: Path, server: MailServer) -> subprocess.Popen[str]:
    """`manage.py` with these words; its mail goes to this server."""
    database = connection.settings_dict
    if connection.vendor == "postgresql":
        login = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
        url = f"postgres://{login}/{database['NAME']}"
    else:
        url = f"sqlite:///{database['NAME']}"
    env = environment(
        folder,
        settings="development",
        DATABASE_URL=url,
        EMAIL_URL=server.url,
        PERSONAL_DATA_KEYS=settings.PERSONAL_DATA_KEYS[0],
        BLIND_INDEX_KEY=settings.BLIND_INDEX_KEY,
        CACHE_URL="locmemcache://",
    )
    return subprocess.Popen(  # noqa: S603
        [sys.executable, str(ROOT / "manage.py"), *words, "--skip-checks"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
