from typing import Any

from django.core.management.base import BaseCommand

from core.translation_states import register


class Command(BaseCommand):
    help = "Legt van pagina's en gegevens die er al waren vast hoe hun vertalingen ervoor staan."

    def handle(self, *args: Any, **options: Any) -> None:
        noted = register.fill()
        if options["verbosity"]:
            self.stdout.write(f"Vastgelegd: {noted}." if noted else "Alles stond er al.")
