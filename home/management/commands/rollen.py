from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home import roles


class Command(BaseCommand):
    help = "Maakt de rollen en de workflow zoals home/data/roles.json ze noemt. Kan altijd opnieuw."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = roles.apply()
        except roles.RolesError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"Bijgewerkt: {', '.join(changed)}." if changed else "De rollen kloppen al.")
