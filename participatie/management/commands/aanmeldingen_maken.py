"""`manage.py aanmeldingen_maken`: invented people in a loting that is an example."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import progress
from participatie.models import Loting
from participatie.samples import make_sign_ups


class Command(BaseCommand):
    help = "Vult een voorbeeldloting met verzonnen aanmeldingen, steeds dezelfde bij hetzelfde zaad."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("loting", help="De code van de loting, bijvoorbeeld velsen-noord.")
        parser.add_argument("--aantal", type=int, default=240, help="Hoeveel (standaard 240).")
        parser.add_argument("--zaad", type=int, default=1, help="Hetzelfde getal, dezelfde mensen.")

    def handle(self, *args: Any, **options: Any) -> None:
        loting = Loting.objects.filter(slug=options["loting"]).first()
        if loting is None:
            known = ", ".join(Loting.objects.values_list("slug", flat=True)) or "geen"
            raise CommandError(f"Er is geen loting {options['loting']!r}. Wel: {known}.")
        if options["aantal"] < 1:
            raise CommandError("Geef een aantal van 1 of meer.")
        try:
            made = make_sign_ups(
                loting, count=options["aantal"], seed=options["zaad"], progress=self.progress
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"{made} aanmeldingen gemaakt."))

    def progress(self, done: int, total: int) -> None:
        progress.show(self.stdout, "Aanmeldingen", done, total)
