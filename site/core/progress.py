"""How far a command is, for whoever waits for it."""

import sys
from typing import Any

BAR = 24


def show(stdout: Any, what: str, done: int, total: int, *, unit: str = "") -> None:
    """A bar on a screen, one line per part in a file."""
    if sys.stdout.isatty():
        filled = BAR * done // total
        stdout.write(f"\r{what:<16} {'█' * filled}{'·' * (BAR - filled)} {done}/{total}{unit}", ending="")
    if done == total:
        stdout.write("" if sys.stdout.isatty() else f"{what}: {total}{unit}")
