"""Digits spoken by espeak-ng, a small program on the machine itself. Without it no sound is offered."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

SECONDS = 10
# Words a minute, and the rest between two digits in hundredths of a second: slow enough to type along.
PACE, REST = "120", "25"


class SpeechError(Exception):
    """The program did not speak."""


def _run(*words: str) -> None:
    try:
        subprocess.run(  # noqa: S603
            [settings.SPEECH_PROGRAM, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SpeechError(str(error)) from error


@cache
def _voices(program: str) -> frozenset[str]:
    """The site's languages that the program has a voice for. Asked of it once."""
    found = set()
    for language in {code.partition("-")[0] for code, _name in settings.LANGUAGES} if program else ():
        try:
            _run("-q", "-v", language, "0")
        except SpeechError:
            continue
        found.add(language)
    return frozenset(found)


def voice_for(language_code: str) -> str:
    """The language to speak to a reader of this one: the same when there is a voice, or else the site's own.

    Empty when nothing can be said at all.
    """
    voices = _voices(settings.SPEECH_PROGRAM)
    language, own = language_code.partition("-")[0], settings.LANGUAGE_CODE
    return language if language in voices else own if own in voices else ""


def spoken(digits: str, *, voice: str) -> bytes:
    """The digits one by one, as a WAV file. SpeechError when the program fails."""
    with TemporaryDirectory(prefix="cijfers-") as folder:
        file = Path(folder) / "cijfers.wav"
        _run("-v", voice, "-s", PACE, "-g", REST, "-w", str(file), ", ".join(digits))
        try:
            return file.read_bytes()
        except OSError as error:
            raise SpeechError(str(error)) from error
