"""`manage.py demo_teksten en`: the texts of the demo as a gettext catalogue for a translator."""

from typing import Any

import polib
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from home.demo.content import TRANSLATIONS, ContentError
from home.demo.languages import later_texts
from home.demo.load import is_empty, load, translatable_instances
from home.demo.translating import source_strings


class Command(BaseCommand):
    help = "Werkt de teksten van de voorbeeldgemeente bij voor een taal. Wat al vertaald is, blijft staan."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("language", help="De taal, bijvoorbeeld en.")

    def handle(self, *args: Any, language: str, **options: Any) -> None:
        if not is_empty():
            raise CommandError("Gebruik een lege database: DATA_DIR=$(mktemp -d) manage.py demo_teksten en.")
        with transaction.atomic():
            try:
                load(today=timezone.localdate(), progress=lambda what, done, total: None, translated=False)
            except ContentError as error:
                raise CommandError(str(error)) from error
            # One entry per text, in the order in which a reader meets it.
            texts = list(dict.fromkeys([*source_strings(translatable_instances()), *later_texts()]))
            transaction.set_rollback(True)
        file = TRANSLATIONS / f"{language}.po"
        known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(file))} if file.exists() else {}
        catalogue = polib.POFile(wrapwidth=110)
        catalogue.metadata = {
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
        }
        catalogue.extend(polib.POEntry(msgid=text, msgstr=known.get(text, "")) for text in texts)
        TRANSLATIONS.mkdir(exist_ok=True)
        catalogue.save(str(file))
        self.stdout.write(
            f"{file.name}: {len(texts)} teksten, {len(catalogue.untranslated_entries())} te vertalen."
        )
