"""Measures pages of this site against the smallest Wagtail page there is, in turn, in one run.

Both run on granian with one worker, four threads, SQLite in WAL and persistent connections. Quote the ratios:
the absolute numbers hold for one machine on one day.
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
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 4

# A query string keeps a page out of the page cache.
PAGES = {
    "kale Wagtail-pagina": ("bare", "/"),
    "tekstpagina": ("site", "/nl/privacy/?zonder-cache"),
    "voorpagina": ("site", "/nl/?zonder-cache"),
    "wijk": ("site", "/nl/wijken/velserbroek/?zonder-cache"),
    "wijkteam": ("site", "/nl/wijkteams/wijkteam-velserbroek/?zonder-cache"),
    "aanplakplaatsen": ("site", "/nl/aanplakplaatsen/?zonder-cache"),
    "nieuws": ("site", "/nl/nieuws/?zonder-cache"),
    "zoeken": ("site", "/nl/zoeken/?q=afval"),
    "wijk, uit de paginacache": ("site", "/nl/wijken/velserbroek/"),
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "django", *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


@contextmanager
def server(application: str, environment: dict[str, str]) -> Iterator[int]:
    port = free_port()
    process = subprocess.Popen(
        [
            str(Path(sys.executable).parent / "granian"),
            *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error", application),
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
        yield port
    finally:
        process.terminate()
        process.wait(10)


def requests_per_second(port: int, path: str, seconds: float) -> float:
    """Completed requests a second over a few kept-open connections. An answer other than 200 ends the run."""
    counts = [0] * CONNECTIONS
    failures: list[int] = []
    stop = time.perf_counter() + seconds

    def visitor(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
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
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(f"{path} gaf {failures[0]}.")
    return sum(counts) / (time.perf_counter() - started)


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
        measured: dict[str, list[float]] = {name: [] for name in PAGES}
        with (
            server("tools.bare_wagtail.wsgi:application", environments["bare"]) as bare,
            server("config.wsgi:application", environments["site"]) as site,
        ):
            ports = {"bare": bare, "site": site}
            for where, path in PAGES.values():
                requests_per_second(ports[where], path, 1)
            for turn in range(options.rounds):
                print(f"Ronde {turn + 1} van {options.rounds} …", flush=True)
                for name, (where, path) in PAGES.items():
                    measured[name].append(requests_per_second(ports[where], path, options.seconds))
    reference = statistics.median(measured["kale Wagtail-pagina"])
    print(f"\n{'pagina':<28}{'per seconde':>12}{'ms':>8}{'t.o.v. kaal':>14}")
    for name, rates in measured.items():
        rate = statistics.median(rates)
        print(f"{name:<28}{rate:>12.0f}{1000 / rate:>8.2f}{rate / reference:>14.2f}")


if __name__ == "__main__":
    main()
