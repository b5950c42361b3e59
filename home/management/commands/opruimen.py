"""`manage.py opruimen`: delete personal data whose term is over; the clock does it every day."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.receipts import read_number
from home.krant import retention
from participatie.purge import erase_again, purge


class Command(BaseCommand):
    help = "Wist persoonsgegevens waarvan de bewaartermijn voorbij is. De klok doet dit elke dag."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Tel alleen wat gewist zou worden.")

        parser.add_argument(
            "--na-herstel",
            metavar="BESTAND",
            help="Wis opnieuw wat na de back-up is gewist: een bonnummer per regel, zoals in het inzagelog.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["na_herstel"]:
            self.erase_again(Path(options["na_herstel"]), dry_run=options["dry_run"])
            return
        now, dry_run = timezone.now(), options["dry_run"]
        counts = purge(now=now, dry_run=dry_run) | retention.purge(now=now, dry_run=dry_run)
        verb = "te wissen" if dry_run else "gewist"
        for what, count in counts.items():
            self.stdout.write(f"{what}: {count} {verb}")

    def erase_again(self, file: Path, *, dry_run: bool) -> None:
        try:
            typed = file.read_text().split()
        except (OSError, UnicodeError) as error:
            raise CommandError(f"{file} is niet te lezen.") from error
        numbers = [read_number(text) for text in typed]
        if "" in numbers:
            raise CommandError(f"Regel {numbers.index('') + 1} is geen bonnummer. Er is niets gewist.")
        count = erase_again(numbers, dry_run=dry_run)
        self.stdout.write(f"{count} van {len(numbers)} {'te wissen' if dry_run else 'opnieuw gewist'}")
