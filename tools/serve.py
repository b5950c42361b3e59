"""Runs the processes of a Procfile until Ctrl-C, a stop signal or a closed terminal.

As `honcho start` does, but also when the terminal is gone: a site that stays behind keeps its port.
Usage: serve.py PROCFILE PORT
"""

import contextlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from honcho import environ
from honcho.manager import SIGNALS, Manager
from honcho.printer import Message, Printer


class PatientPrinter(Printer):
    """Goes on when nobody reads any more, so that stopping is never cut short."""

    def write(self, message: Message) -> None:
        """Prints a line if there is somewhere to print it."""
        with contextlib.suppress(OSError):
            super().write(message)


def hang_up(_number: int, _frame: FrameType | None) -> None:
    """A closed terminal is a request to stop."""
    os.kill(os.getpid(), signal.SIGTERM)


def main(procfile: str, port: int) -> int:
    """0 when it was asked to stop, 1 when a process stopped by itself."""
    manager = Manager(PatientPrinter(sys.stdout))
    processes = environ.parse_procfile(Path(procfile).read_text()).processes
    for process in environ.expand_processes(processes, env={**os.environ, "PORT": str(port)}):
        manager.add_process(process.name, process.cmd, env=process.env)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, hang_up)
    manager.loop()
    asked = manager.returncode in {number["rc"] for number in SIGNALS.values()}
    with contextlib.suppress(OSError):
        print("Gestopt." if asked else "De site is gestopt; de reden staat hierboven.", flush=True)
    return 0 if asked else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
