"""`manage.py adressen pc6hnr20250801_gwb.csv`: in which buurt each address lies, from the file of the CBS."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import progress
from wijken.addresses import cbs_file
from wijken.models import Adresbuurt, Buurt


def municipality(code: str) -> str:
    """The code in four digits: 453, 0453 and GM0453 are the same. ValueError for another."""
    digits = code.upper().removeprefix("GM").zfill(4)
    if len(digits) != 4 or not digits.isdecimal():
        raise ValueError(code)
    return digits


class Command(BaseCommand):
    help = (
        "Leest uit het bestand van het CBS (pc6hnr…_gwb.csv) in welke buurt elk adres ligt. Wat er stond, "
        "wordt in een keer vervangen; is er iets mis met het bestand, dan blijft alles zoals het was."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path, help="Het uitgepakte CSV-bestand.")
        parser.add_argument(
            "--gemeente",
            action="append",
            type=municipality,
            help="De code, bijvoorbeeld 453. Zonder: die van de buurten bij de wijken. Mag vaker.",
        )
        parser.add_argument(
            "--peildatum",
            type=date.fromisoformat,
            help="De datum van het bestand, zoals 2025-08-01. Zonder: die in de naam van het bestand.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Alleen nakijken en tellen.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        municipalities = frozenset(options["gemeente"] or cbs_file.own_municipalities())
        if not municipalities:
            raise CommandError("Er staan nog geen buurten bij de wijken. Noem de gemeente: --gemeente 453.")
        on = options["peildatum"] or cbs_file.date_of(file)
        if not on:
            raise CommandError("In de naam van het bestand staat geen datum. Geef haar met --peildatum.")
        try:
            adressen = cbs_file.read_file(file, municipalities, self.progress)
        except OSError as error:
            raise CommandError(f"Het bestand is niet te openen: {error.strerror}.") from error
        except cbs_file.FileError as error:
            raise CommandError(f"Er is niets veranderd.\n{error}") from error
        self.tell(adressen)
        if options["dry_run"]:
            self.stdout.write("Er is niets veranderd: dit was alleen nakijken.")
            return
        cbs_file.store(adressen, name=file.name, on=on)
        self.stdout.write(self.style.SUCCESS(f"Klaar: de adressen zijn nu die van {on:%d-%m-%Y}."))

    def progress(self, done: int, total: int) -> None:
        """Show how far it is, in MB."""
        megabyte = 1_000_000
        progress.show(self.stdout, "Lezen", -(-done // megabyte), -(-total // megabyte), unit=" MB")

    def tell(self, adressen: set[cbs_file.Adres]) -> None:
        """What is in the file, beside what is stored and beside the buurten of the wijken."""
        found = Counter(adres.buurt_code for adres in adressen)
        self.stdout.write(
            f"{len(adressen)} adressen in {len(found)} buurten; nu {Adresbuurt.objects.count()}."
        )
        for wijk, code, naam in Buurt.objects.values_list("wijk__naam", "code", "naam").order_by("code"):
            count = found.pop(code, 0)
            self.stdout.write(f"  {code}  {count:>6}  {naam or 'zonder naam'} ({wijk})")
            if not count:
                # The CBS renumbers; somebody from there would read that they live elsewhere.
                self.stdout.write(self.style.WARNING("              Niet in dit bestand. Klopt de code nog?"))
        if found:
            self.stdout.write(f"  {sum(found.values())} adressen liggen in {len(found)} buurten zonder wijk.")
