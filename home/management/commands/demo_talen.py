"""`manage.py demo_talen pl ar`: the main pages of the demo in more languages, by machine."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Locale

from home.demo.content import TRANSLATIONS, ContentError
from home.demo.load import is_empty, translatable_instances
from home.demo.translating import can_translate, catalogue, translate


class Command(BaseCommand):
    help = "Zet de belangrijkste pagina's van de voorbeeldgemeente in andere talen. Niemand keek ze na."

    def add_arguments(self, parser: Any) -> None:
        ready = ", ".join(sorted(file.stem for file in TRANSLATIONS.glob("*.po")))
        parser.add_argument("languages", nargs="+", help=f"Een of meer van: {ready}.")

    def handle(self, *args: Any, languages: list[str], **options: Any) -> None:
        if is_empty():
            raise CommandError("Laad eerst de voorbeeldgemeente: make demo.")
        if unknown := set(languages) - set(dict(settings.LANGUAGES)):
            raise CommandError(f"Deze taal kent de site niet: {', '.join(sorted(unknown))}.")
        for language_code in languages:
            try:
                with transaction.atomic():
                    done = self.add(language_code)
            except ContentError as error:
                raise CommandError(str(error)) from error
            self.stdout.write(f"{language_code}: {done} pagina's en gegevens erbij.")

    def add(self, language_code: str) -> int:
        """Translate what the catalogue holds whole and what has no translation yet. Returns how many."""
        locale, _created = Locale.objects.get_or_create(language_code=language_code)
        texts = catalogue(language_code)
        done = 0
        for instance in translatable_instances():
            if not instance.has_translation(locale) and can_translate(instance, locale, texts):
                translate(instance, locale, texts, by_machine=True)
                done += 1
        return done
