"""The draw on the command line, without a site: python -m participatie.sortition PEOPLE.csv QUOTAS.csv
--seats 24

Ends with 0 when there are chances, 1 when the quotas cannot be met, 2 when the input is no input.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from participatie.sortition import sentences
from participatie.sortition.contradictions import NotAPool
from participatie.sortition.csv_files import BadFile, read_people, read_quotas
from participatie.sortition.leximin import Chances, leximin
from participatie.sortition.lists import Lists, lists
from participatie.sortition.output import write_public_files
from participatie.sortition.pools import Pool
from participatie.sortition.relaxations import CannotBeMet
from participatie.sortition.solver import SolverGaveUp

STEPS = {
    "check": "nakijken",
    "relaxation": "kansen berekenen",
    "relaxations": "kleinste wijziging zoeken",
    "decomposition": "kansen bewijzen",
    "exact": "kansen bewijzen, precies",
    "panels": "lijsten maken",
    "seating": "lijsten vullen",
}
BAR = 30


def parser() -> argparse.ArgumentParser:
    """What can be asked on the command line."""
    options = argparse.ArgumentParser(
        prog="python -m participatie.sortition",
        description="Berekent ieders kans bij een loting met quota, en maakt gelijke lijsten.",
    )
    options.add_argument("people", metavar="PEOPLE.csv", type=Path, help="een kolom id en een per kenmerk")
    options.add_argument("quotas", metavar="QUOTAS.csv", type=Path, help="kolommen feature, value, min, max")
    options.add_argument("--seats", type=int, required=True, help="aantal zetels")
    options.add_argument("--one-per", default="", metavar="KOLOM", help="hoogstens één per waarde hiervan")
    options.add_argument("--seed", type=bytes.fromhex, default=b"", metavar="HEX", help="voor de lijsten")
    options.add_argument(
        "--lists", type=int, metavar="N", help="aantal lijsten (1000, of 10000 bij veel mensen)"
    )
    options.add_argument("--out", type=Path, metavar="MAP", help="schrijf hier de openbare bestanden")
    options.add_argument("--json", action="store_true", help="de uitkomst als JSON")
    return options


class Bar:
    """A progress bar on a terminal, and nothing elsewhere."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self.last = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        filled = BAR * done // total if total else 0
        text = f"\r{STEPS[step]:<28}{'█' * filled}{'·' * (BAR - filled)}"
        if self.shown and text != self.last:
            sys.stderr.write(text)
            sys.stderr.flush()
            self.last = text

    def clear(self) -> None:
        if self.shown:
            sys.stderr.write("\r" + " " * (28 + BAR) + "\r")
            self.shown = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, and return how it ends (see above)."""
    options = parser().parse_args(arguments)
    bar = Bar()
    try:
        quotas = read_quotas(options.quotas)
        people = read_people(options.people, quotas, one_per=options.one_per)
        if options.lists is not None and not 1 <= options.lists <= 10_000:
            raise BadFile("Het aantal lijsten is minstens 1 en hoogstens 10000.")
        found = leximin(Pool(people, quotas, options.seats), progress=bar)
        if isinstance(found, CannotBeMet):
            bar.clear()
            return _cannot(found, as_json=options.json)
        made = None
        if options.out or options.lists:
            made = lists(found, seed=options.seed, count=options.lists, progress=bar)
        if options.out and made:
            write_public_files(options.out, lists=made.lists, quotas=quotas)
    except BadFile as problem:
        bar.clear()
        sys.stderr.write(f"{problem}\n")
        return 2
    except OSError as problem:
        bar.clear()
        sys.stderr.write(f"{problem.filename} is niet te schrijven ({problem.strerror}).\n")
        return 2
    except SolverGaveUp as problem:
        bar.clear()
        sys.stderr.write(f"De kansen zijn niet gevonden; er is niets geschreven ({problem}).\n")
        return 3
    bar.clear()
    if options.json:
        _write_json(_outcome(found, made))
    else:
        _say(found, made, options.out)
    return 0


def _cannot(found: CannotBeMet, *, as_json: bool) -> int:
    contradictions = [sentences.contradiction(one) for one in found.contradictions]
    if any(isinstance(one, NotAPool) for one in found.contradictions):
        sys.stderr.write(contradictions[0] + "\n")
        return 2
    sys.stderr.write("Met deze quota is er geen enkele lijst mogelijk.\n")
    for sentence in contradictions:
        sys.stderr.write(f"- {sentence}\n")
    if found.conflict:
        sys.stderr.write("Dit kan niet samen: " + ", ".join(map(sentences.limit, found.conflict)) + ".\n")
    for number, changes in enumerate(found.alternatives):
        start = "Dit is genoeg:" if not number else "Of:"
        sys.stderr.write(f"{start} {', en '.join(map(sentences.change, changes))}.\n")
    if as_json:
        _write_json(
            {
                "contradictions": contradictions,
                "conflict": [asdict(limit) for limit in found.conflict],
                "alternatives": [[asdict(change) for change in changes] for changes in found.alternatives],
            }
        )
    return 1


def _outcome(found: Chances, made: Lists | None) -> dict[str, Any]:
    outcome = {
        "lowest_chance": found.lowest,
        "median_chance": found.median,
        "highest_chance": found.highest,
        "chances": found.by_id,
        "proven": found.proven,
        "seconds": found.seconds | (made.seconds if made else {}),
    }
    if made:
        outcome |= {"lists": len(made.lists), "distinct": made.distinct, "furthest": made.furthest}
    return outcome


def _write_json(outcome: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(outcome, ensure_ascii=False, indent=1) + "\n")


def _say(found: Chances, made: Lists | None, folder: Path | None) -> None:
    pool = found.classes.pool
    seconds = sum(found.seconds.values()) + (sum(made.seconds.values()) if made else 0.0)
    lines = [
        f"{len(pool.people)} mensen, {pool.seats} zetels, {len(pool.quotas)} quota.",
        f"Laagste kans {_percent(found.lowest)}, middelste {_percent(found.median)}, "
        f"hoogste {_percent(found.highest)}.",
        "Bewezen: geen andere loting binnen deze quota geeft wie de laagste kans heeft een hogere.",
    ]
    if made:
        lines.append(
            f"{len(made.lists)} lijsten, waarvan {made.distinct} verschillend; ieder staat er hoogstens "
            f"{made.furthest:.1f}".replace(".", ",")
            + " keer vaker of minder vaak op dan de kans zegt."
        )
    if folder:
        lines.append(f"Geschreven in {folder}: lijsten.csv, quota.csv en manifest.json.")
    lines.append(f"{seconds:.1f} seconden.".replace(".", ",", 1))
    sys.stdout.write("\n".join(lines) + "\n")


def _percent(chance: float) -> str:
    return f"{100 * chance:.2f} %".replace(".", ",")


if __name__ == "__main__":
    sys.exit(main())
