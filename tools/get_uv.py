"""Fetches uv from the Python package index with nothing but Python itself.

For machines whose Python has neither pip nor venv, such as a bare Debian. Works on Python 3.8 and up.
Usage: python3 tools/get_uv.py FOLDER
"""

import hashlib
import io
import json
import platform
import re
import sys
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parents[1]


def index():
    """The page about uv in the package index that the lock file was made with."""
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    return re.findall(r'registry = "(\S+?)/?"', lock)[0] + "/uv/"


def wanted_tag():
    """The words that the name of the right file holds, for this system and processor."""
    machine = platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
    if sys.platform == "darwin":
        return "macosx", {"aarch64": "arm64"}.get(machine, machine)
    # The musl build is static, so it runs on every Linux.
    return "musllinux", machine


def main(folder):
    """Puts the program `uv` in this folder."""
    page = urllib.request.Request(index(), headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(page, timeout=60) as answer:
        files = json.load(answer)["files"]
    system, machine = wanted_tag()
    fitting = [file for file in files if system in file["filename"] and machine in file["filename"]]
    wheel = max((file for file in fitting if not file.get("yanked")), key=lambda file: file["upload-time"])
    with urllib.request.urlopen(urljoin(index(), wheel["url"]), timeout=300) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != wheel["hashes"]["sha256"]:
        sys.exit("The file of uv is damaged.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        program = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        target = Path(folder) / "uv"
        target.unlink(missing_ok=True)
        target.write_bytes(archive.read(program))
    target.chmod(0o755)


main(sys.argv[1])
