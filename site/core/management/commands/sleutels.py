"""`manage.py sleutels`: keys for personal data, and putting what is stored under a new one."""

import secrets
from typing import Any

from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, models, transaction

from core.sealing import SealedField, SealError, reseal

BATCH = 500


class Command(BaseCommand):
    help = (
        "Maakt sleutels voor persoonsgegevens. Vernieuwen: zet een nieuwe sleutel vóór de oude in "
        "PERSONAL_DATA_KEYS, start de site opnieuw, draai --omzetten en haal daarna de oude weg."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--omzetten", action="store_true", help="Zet alles wat bewaard is onder de eerste sleutel."
        )

        parser.add_argument(
            "--indexen", action="store_true", help="Reken alles opnieuw uit na een nieuwe BLIND_INDEX_KEY."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["indexen"]:
            for model in apps.get_models():
                if hasattr(model, "reindex"):
                    self.stdout.write(f"{model._meta.verbose_name_plural}: {reindex_all(model)} opnieuw")
            return
        if not options["omzetten"]:
            self.stdout.write(f"PERSONAL_DATA_KEYS={Fernet.generate_key().decode()}")
            self.stdout.write(f"BLIND_INDEX_KEY={secrets.token_urlsafe(32)}")
            return
        for model in apps.get_models():
            fields = [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]
            names = [str(field.column) for field in fields]
            if names:
                try:
                    count = reseal_all(model, names)
                except SealError as error:
                    raise CommandError(
                        f"{model._meta.verbose_name_plural}: {error} Zet de oude sleutel terug achter "
                        "de nieuwe. Wat al is omgezet, blijft leesbaar."
                    ) from error
                self.stdout.write(f"{model._meta.verbose_name_plural}: {count} omgezet")


def reseal_all(model: type[models.Model], columns: list[str]) -> int:
    """Put every sealed value of a model under the newest key. Returns how many rows. SealError stops it."""
    table, key = model._meta.db_table, model._meta.pk.column
    listed = ", ".join(columns)
    done, last = 0, 0
    while True:
        # Past the model, which would open and seal each value; names are of our own code only.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {listed} FROM {table} WHERE {key} > %s ORDER BY {key} LIMIT {BATCH}",  # noqa: S608
                [last],
            )
            rows = cursor.fetchall()
            for row in rows:
                for column, value in zip(columns, row[1:], strict=True):
                    if value:
                        # Only if nobody wrote another value meanwhile, which the newest key sealed already.
                        cursor.execute(
                            f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s",  # noqa: S608
                            [reseal(value), row[0], value],
                        )
        if not rows:
            return done
        done, last = done + len(rows), rows[-1][0]


def reindex_all(model: Any) -> int:
    """Work out the blind indexes of a model again, from what its `reindex` finds. Returns how many rows."""
    done, last = 0, 0
    while True:
        with transaction.atomic():
            rows = list(model._default_manager.select_for_update().filter(pk__gt=last).order_by("pk")[:BATCH])
            for row in rows:
                row.reindex()
            names = [field.name for field in model._meta.concrete_fields if field.name.endswith("_index")]
            model._default_manager.bulk_update(rows, names)
        if not rows:
            return done
        done, last = done + len(rows), rows[-1].pk
