"""Measures the monitor of a wijk with 20 actions against one with 2,000, in turn, in one run.

In one process with Django's test client, on a demo of its own, in milliseconds of processor time. *First
visit* is after a change of content: nothing is remembered any more. *Later* is a view that is built again
while the content stayed the same, such as with a filter; a view without one comes from the page cache and
costs nothing of this. Quote the ratios: the absolute numbers hold for one machine on one day.
"""

import argparse
import logging
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FEW, MANY = 20, 2000
# Two wijken of the demo without a plan of their own.
WIJKEN = {FEW: "velserbroek", MANY: "driehuis"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument(
        "--profile", metavar="WEERGAVE", help="waar de tijd blijft van een weergave, met veel acties"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-monitor-") as folder:
        os.environ |= {
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "DEBUG": "",
        }
        sys.path[:0] = [str(ROOT), str(ROOT / "site")]
        import django

        django.setup()
        logging.disable(logging.INFO)
        measure(rounds=options.rounds, profiled=options.profile)


def measure(*, rounds: int, profiled: str | None) -> None:
    """Fill two wijken, visit every view of both in turn, and print the medians and their ratio."""
    from django.core.management import call_command
    from django.test import Client

    from core import cache
    from tests.many_actions import add_actions, add_monitor
    from wijken.models import Plek, Wijk

    print("Database maken …", flush=True)
    with open(os.devnull, "w") as quiet:
        call_command("demo", stdout=quiet)
    client = Client()
    addresses: dict[int, dict[str, str]] = {}

    def fill(number: int) -> None:
        wijk = Wijk.objects.get(slug=WIJKEN[number])
        above = add_monitor(wijk).url
        add_actions(wijk, number)
        plek = Plek.objects.filter(wijk=wijk, acties__isnull=False).first()
        views = {"overzicht": "", "tijdlijn": "tijdlijn/", "geld": "geld/", "plekken": "plekken/"}
        addresses[number] = {name: f"{above}{tail}" for name, tail in views.items()}
        addresses[number]["plek"] = f"{above}plek/{plek.pk if plek else 0}/"

    def visit(path: str) -> float:
        started = time.process_time()
        response = client.get(path, {"zonder-cache": ""}, headers={"host": "localhost"})
        took = time.process_time() - started
        if response.status_code != 200:
            raise SystemExit(f"{path} gaf {response.status_code}.")
        return 1000 * took

    def first_visit(path: str) -> float:
        cache.content_changed()
        cache.forget()
        return visit(path)

    def all_rounds(numbers: list[int]) -> dict[tuple[str, str, int], float]:
        found: dict[tuple[str, str, int], list[float]] = {}
        for name in addresses[numbers[0]]:
            for number in numbers:
                visit(addresses[number][name])
            for _round in range(rounds):
                for number in numbers:
                    path = addresses[number][name]
                    found.setdefault((name, "eerste bezoek", number), []).append(first_visit(path))
                    found.setdefault((name, "later", number), []).append(visit(path))
        return {key: statistics.median(times) for key, times in found.items()}

    fill(FEW)
    alone = all_rounds([FEW])
    fill(MANY)
    together = all_rounds([FEW, MANY])
    if profiled:
        profile(lambda: first_visit(addresses[MANY][profiled]), lambda: visit(addresses[MANY][profiled]))
    print(
        f"\n{'weergave':<12}{'bezoek':<16}{f'{FEW} acties':>12}{f'{MANY} acties':>14}"
        f"{'verhouding':>12}{'site klein':>14}"
    )
    for (name, kind, number), many in together.items():
        if number == MANY:
            few = together[name, kind, FEW]
            small = alone[name, kind, FEW]
            print(f"{name:<12}{kind:<16}{few:>9.1f} ms{many:>11.1f} ms{many / few:>12.2f}{small:>11.1f} ms")
    print(
        "\n“Site klein”: de wijk met weinig acties, toen de pagina's van de andere wijk er nog niet waren."
        "\nHet verschil met de eerste kolom is de lijst van alle pagina's van de site, niet de monitor."
    )


def profile(*jobs: object) -> None:
    import cProfile
    import pstats

    for job in jobs:
        profiler = cProfile.Profile()
        profiler.enable()
        job()  # type: ignore[operator]
        profiler.disable()
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
