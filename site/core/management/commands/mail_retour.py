"""`manage.py mail_retour`: reads one mail that came back, as a mail server hands it over."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from core.outbox.returning import NoReportError, mark_bounced, read_report

MAX_BYTES = 10 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Leest op de standaardinvoer een mail die terugkwam en noteert dat zij niet is aangekomen. "
        "Eindigt met 65 als het geen bericht van een mailserver is, en met 75 als het later opnieuw moet."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(MAX_BYTES)
        try:
            report = read_report(raw)
        except NoReportError as error:
            raise CommandError(
                "Dit is geen bericht over een mail die niet aankwam.", returncode=os.EX_DATAERR
            ) from error
        if not report.is_final:
            self.stdout.write("Nog niet zeker: niets genoteerd.")
            return
        try:
            is_news = mark_bounced(report.message_id, status=report.status)
        except DatabaseError as error:
            raise CommandError("De database is niet bereikbaar.", returncode=os.EX_TEMPFAIL) from error
        self.stdout.write("Genoteerd." if is_news else "Deze mail is hier niet, of was al teruggekomen.")
