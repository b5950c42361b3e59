"""Rows that may be added and never changed: promises, published messages, snapshots.

Three locks on one door: the model refuses with a sentence, a queryset refuses in bulk, and triggers in the
database refuse whatever goes around both. The triggers are put back after every migration, because SQLite
loses them when a table is rebuilt.
"""

from typing import Any, ClassVar

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, models
from django.utils.translation import gettext as _


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row that stays as it is; the message is for a person."""


class AppendOnly(models.Model):
    """Mixin for a model whose rows stay as they were stored.

    `frozen_when` is SQL about one row, with `{row}` before each column, that says from when on it stays; by
    default always. Of a translatable snippet only source rows stay: words in another language may get better.
    """

    frozen_when: ClassVar[str] = ""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and self.is_frozen:
            raise AppendOnlyError(_("Wat is vastgelegd, blijft staan. Voeg een nieuwe regel toe."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.is_frozen:
            raise AppendOnlyError(_("Wat is vastgelegd, kan niet worden verwijderd."))
        return super().delete(*args, **kwargs)

    @property
    def is_frozen(self) -> bool:
        """Is this row, as it is stored, one that stays?"""
        if self.pk is None:
            return False
        condition = _condition(type(self), row=f"{self._meta.db_table}.")
        stored = type(self)._default_manager.filter(pk=self.pk)
        return stored.extra(where=[condition]).exists()  # noqa: S610


def install_triggers(sender: AppConfig, using: str = "default", **_kwargs: Any) -> None:
    """Put the triggers of one app's models into the database. Connected to `post_migrate`."""
    connection = connections[using]
    make = {"sqlite": _sqlite_triggers, "postgresql": _postgresql_triggers}.get(connection.vendor)
    if make is None:
        return
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in append_only_models():
            if model._meta.app_config == sender and model._meta.db_table in tables:
                for statement in make(model):
                    cursor.execute(statement)


def append_only_models() -> list[type[AppendOnly]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def _condition(model: type[AppendOnly], *, row: str) -> str:
    """When a row stays, as SQL about that row. Built from names in our own code only."""
    parts = [model.frozen_when.format(row=row)] if model.frozen_when else []
    if any(field.name == "translation_key" for field in model._meta.get_fields()):
        parts.append(
            f"{row}locale_id IN (SELECT id FROM wagtailcore_locale "  # noqa: S608
            f"WHERE language_code = '{settings.LANGUAGE_CODE}')"
        )
    return " AND ".join(f"({part})" for part in parts) or "1 = 1"


def _sqlite_triggers(model: type[AppendOnly]) -> list[str]:
    table, condition = model._meta.db_table, _condition(model, row="OLD.")
    made = []
    for event in ("UPDATE", "DELETE"):
        name = f"{table}_stays_{event.lower()}"
        made += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, 'append only: {table}'); END",
        ]
    return made


def _postgresql_triggers(model: type[AppendOnly]) -> list[str]:
    table, condition = model._meta.db_table, _condition(model, row="OLD.")
    name = f"{table}_stays"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN "
        f"RAISE EXCEPTION 'append only: {table}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
