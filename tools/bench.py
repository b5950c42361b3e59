"""Measures pages of this site against the smallest Wagtail page there is, in turn, in one run.

Both run on granian with one worker and one thread, SQLite in WAL and a persistent connection. Quote the
ratios: the absolute numbers hold for one machine on one day.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 4

BARE = "kale Wagtail-pagina"
# A query string keeps a page out of the page cache.
PAGES = {
    BARE: ("bare", "/"),
    "tekstpagina": ("site", "/nl/privacy/?zonder-cache"),
    "voorpagina": ("site", "/nl/?zonder-cache"),
    "wijk": ("site", "/nl/wijken/velserbroek/?zonder-cache"),
    "wijkteam": ("site", "/nl/wijkteams/wijkteam-velserbroek/?zonder-cache"),
    "aanplakplaatsen": ("site", "/nl/aanplakplaatsen/?zonder-cache"),
    "nieuws": ("site", "/nl/nieuws/?zonder-cache"),
    "actieplan": ("site", "/nl/wijken/velsen-noord/actieplan/?zonder-cache"),
    "monitor": ("site", "/nl/wijken/velsen-noord/monitor/?zonder-cache"),
    "zoeken": ("site", "/nl/zoeken/?q=afval"),
    "wijk, uit de paginacache": ("site", "/nl/wijken/velserbroek/"),
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


@dataclass(frozen=True)
class Served:
    """A running server."""

    port: int
    pid: int


@contextmanager
def server(application: str, environment: dict[str, str]) -> Iterator[Served]:
    port = free_port()
    process = subprocess.Popen(
        [
            str(Path(sys.executable).parent / "granian"),
            *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "error", application),
        ],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait(10)


def cpu_seconds(parent: int) -> float:
    """Processor time of a process and its children so far; 0 where there is no /proc."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if parent in (int(stat.parent.name), int(fields[1])):
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


@dataclass(frozen=True)
class Rate:
    """What one page did in one round; cpu in milliseconds of the server's processor time per request."""

    per_second: float
    cpu: float


def measure(served: Served, path: str, seconds: float) -> Rate:
    """Ask for a page over a few kept-open connections. An answer other than 200 ends the run."""
    counts = [0] * CONNECTIONS
    failures: list[int] = []
    stop = time.perf_counter() + seconds

    def visitor(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        while time.perf_counter() < stop:
            connection.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                failures.append(answer.status)
                return
            counts[number] += 1
        connection.close()

    threads = [threading.Thread(target=visitor, args=(number,)) for number in range(CONNECTIONS)]
    started, cpu_before = time.perf_counter(), cpu_seconds(served.pid)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(f"{path} gaf {failures[0]}.")
    done = sum(counts)
    return Rate(done / (time.perf_counter() - started), 1000 * (cpu_seconds(served.pid) - cpu_before) / done)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        shared = {
            **os.environ,
            "DATA_DIR": folder,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        }
        environments = {
            "bare": {**shared, "DJANGO_SETTINGS_MODULE": "tools.bare_wagtail.settings"},
            "site": {**shared, "DJANGO_SETTINGS_MODULE": "config.settings.development"},
        }
        print("Databases maken …", flush=True)
        manage(environments["bare"], "migrate", "--verbosity", "0")
        manage(environments["site"], "demo")
        measured: dict[str, list[Rate]] = {name: [] for name in PAGES}
        with (
            server("tools.bare_wagtail.wsgi:application", environments["bare"]) as bare,
            server("config.wsgi:application", environments["site"]) as site,
        ):
            served = {"bare": bare, "site": site}
            for where, path in PAGES.values():
                measure(served[where], path, 1)
            for turn in range(options.rounds):
                print(f"Ronde {turn + 1} van {options.rounds} …", flush=True)
                for name, (where, path) in PAGES.items():
                    measured[name].append(measure(served[where], path, options.seconds))
    rates = {
        name: Rate(
            statistics.median(rate.per_second for rate in rounds),
            statistics.median(rate.cpu for rate in rounds),
        )
        for name, rounds in measured.items()
    }
    bare_rate = rates[BARE]
    print(f"\n{'pagina':<28}{'per seconde':>12}{'t.o.v. kaal':>13}{'ms processor':>14}{'t.o.v. kaal':>13}")
    for name, rate in rates.items():
        print(
            f"{name:<28}{rate.per_second:>12.0f}{rate.per_second / bare_rate.per_second:>13.2f}"
            f"{rate.cpu:>14.2f}{bare_rate.cpu / rate.cpu if rate.cpu else 0:>13.2f}"
        )


if __name__ == "__main__":
    main()
