"""`manage.py post`: how the outgoing mail fares, and what a person can do about it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from core import outbox
from core.models import OutboxMail


class Command(BaseCommand):
    help = "Toont hoeveel uitgaande mail er is, per stand. Verzendt haar, of probeert opnieuw wat niet lukte."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--nu", action="store_true", help="Verzend nu wat aan de beurt is.")
        parser.add_argument(
            "--opnieuw", action="store_true", help="Probeer opnieuw wat na alle pogingen niet lukte."
        )
        parser.add_argument("--proef", metavar="ADRES", help="Stuur een proefmail naar dit adres.")
        parser.add_argument("--taal", default=settings.LANGUAGE_CODE, help="De taal van de proefmail.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["opnieuw"]:
            failed = OutboxMail.objects.filter(state=OutboxMail.State.MISLUKT)
            self.stdout.write(f"opnieuw: {outbox.retry(failed)}")
        if options["proef"]:
            self.send_test_mail(options["proef"], options["taal"])
        if options["nu"]:
            self.stdout.write(f"verzonden: {outbox.deliver_due()}")
        rows = OutboxMail.objects.order_by().values_list("state").annotate(count=Count("pk"))
        counts = dict(rows)
        for state in OutboxMail.State:
            self.stdout.write(f"{state.value:>13} {counts.get(state.value, 0)}")

    def send_test_mail(self, address: str, language: str) -> None:
        try:
            outbox.send(kind="proef", to=address, language=language, template="proef", context={})
        except ValueError as error:
            raise CommandError("Dit is geen mailadres.") from error
