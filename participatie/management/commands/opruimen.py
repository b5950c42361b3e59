"""`manage.py opruimen`: delete personal data whose term is over; the clock does it every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from participatie.purge import purge


class Command(BaseCommand):
    help = "Wist persoonsgegevens waarvan de bewaartermijn voorbij is. De klok doet dit elke dag."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Tel alleen wat gewist zou worden.")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = purge(now=timezone.now(), dry_run=options["dry_run"])
        verb = "te wissen" if options["dry_run"] else "gewist"
        for what, count in counts.items():
            self.stdout.write(f"{what}: {count} {verb}")
