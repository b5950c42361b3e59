"""`manage.py demo`: a database with a whole municipality in it, ready to walk through."""

import secrets
import string
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import progress
from core.models import User
from home.demo import languages, printing
from home.demo.content import ContentError
from home.demo.load import is_empty, load

EDITOR = "redactie"
DONE_AT_ONCE = ("modelsearch.tasks.insert_or_update_object_task", "wagtail.tasks.update_reference_index_task")


class Command(BaseCommand):
    # `make check` runs them; here they would only cost time at every start.
    requires_system_checks: list[str] = []

    help = "Maakt de database en laadt de voorbeeldgemeente. Wat al is aangepast, blijft staan."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--zonder-vertaling", action="store_true", help="Laad alleen de Nederlandse teksten."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        for folder in (
            settings.MEDIA_ROOT,
            settings.DATA_DIR / "mail",
            settings.DATA_DIR / "cache",
            settings.STATIC_ROOT,
        ):
            folder.mkdir(parents=True, exist_ok=True)
        self.stdout.write("Database bijwerken …")
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(f"De database is niet bereikbaar: {error}") from error
        if is_empty():
            try:
                # All of it or nothing: a demo that was cut off starts afresh the next time.
                with transaction.atomic():
                    load(
                        today=timezone.localdate(),
                        progress=self.progress,
                        translated=not options["zonder_vertaling"],
                    )
                    call_command("rollen", verbosity=0)
                    self.stdout.write("Zoekindex maken …")
                    call_command("update_index", verbosity=0)
                    call_command("rebuild_references_index", verbosity=0)
                    # What the two commands above did at once need not wait for the worker.
                    DBTaskResult.objects.filter(task_path__in=DONE_AT_ONCE).delete()
                    printing.print_papers.enqueue()
                    if not options["zonder_vertaling"]:
                        languages.add_languages.enqueue()
            except ContentError as error:
                raise CommandError(str(error)) from error
        else:
            printing.go_on()
            languages.go_on()
        password = self.new_password()
        self.stdout.write(self.style.SUCCESS(f"Klaar in {time.perf_counter() - started:.0f} seconden."))
        self.stdout.write(
            f"\n  De site      {settings.SITE_URL}/nl/\n  De redactie  {settings.SITE_URL}/admin/"
        )
        self.stdout.write(f"  Naam         {EDITOR}\n  Wachtwoord   {password}\n")
        if languages.is_waiting():
            self.stdout.write(
                "De andere talen komen erbij terwijl de site al draait, binnen enkele minuten.\n"
            )

    def progress(self, what: str, done: int, total: int) -> None:
        """Show how far it is."""
        progress.show(self.stdout, what, done, total)

    def new_password(self) -> str:
        """Give the demo's editor a password of this run; it is printed once and kept nowhere."""
        alphabet = string.ascii_lowercase + string.digits
        password = "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(3))
        editor, _created = User.objects.get_or_create(
            username=EDITOR,
            defaults={"is_superuser": True, "first_name": "Redactie", "email": "redactie@example.nl"},
        )
        editor.set_password(password)
        editor.save()
        return password
