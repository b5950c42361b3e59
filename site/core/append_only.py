"""Rows that may be added and never changed: promises, published messages, snapshots.

Two locks on one door: the model refuses with a sentence, and triggers in the database refuse whatever goes
around the model: a queryset, SQL by hand, a cascade, and emptying the whole table (so `manage.py flush` too:
an empty site is a new database). The triggers are put back after every migration, because SQLite loses them
when a table is rebuilt.
"""

from typing import Any, ClassVar

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _
from wagtail.models import Locale, TranslatableMixin


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row that stays as it is; the message is for a person."""


class AppendOnly(models.Model):
    """Mixin for a model whose rows stay as they were stored.

    `frozen_when` holds the values, by field name, that a row must have to stay; by default every row stays.
    Of a translatable snippet only source rows stay: words in another language may get better.
    """

    frozen_when: ClassVar[dict[str, str]] = {}

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
        conditions: dict[str, Any] = {"pk": self.pk, **self.frozen_when}
        if isinstance(self, TranslatableMixin):
            conditions["locale__language_code"] = settings.LANGUAGE_CODE
        return type(self)._default_manager.filter(**conditions).exists()


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
                for statement in make(model, _condition(model, connection)):
                    cursor.execute(statement)


def append_only_models() -> list[type[AppendOnly]]:
    return [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def _condition(model: type[AppendOnly], connection: BaseDatabaseWrapper) -> str:
    """When a row stays, as SQL with `{row}` before each column. Built from names in our own code only."""
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    parts = [f"{{row}}{columns[name]} = '{value}'" for name, value in model.frozen_when.items()]
    if issubclass(model, TranslatableMixin):
        # By number: while the table of locales is rebuilt, SQLite refuses triggers that name it.
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {Locale._meta.db_table} WHERE language_code = %s",  # noqa: S608
                [settings.LANGUAGE_CODE],
            )
            found = cursor.fetchone()
        parts.append(f"{{row}}locale_id = {int(found[0])}" if found else "1 = 0")
    return " AND ".join(parts) or "1 = 1"


def _sqlite_triggers(model: type[AppendOnly], condition: str) -> list[str]:
    """A REPLACE deletes as well, and asks these triggers: the settings turn on `recursive_triggers`."""
    table = model._meta.db_table
    made = []
    for event in ("UPDATE", "DELETE"):
        name = f"{table}_stays_{event.lower()}"
        made += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition.format(row='OLD.')} "
            f"BEGIN SELECT RAISE(ABORT, 'append only: {table}'); END",
        ]
    return made


def _postgresql_triggers(model: type[AppendOnly], condition: str) -> list[str]:
    table = model._meta.db_table
    name = f"{table}_stays"
    refuse = f"RAISE EXCEPTION 'append only: {table}' USING ERRCODE = 'integrity_constraint_violation'"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'TRUNCATE' THEN "
        f"IF EXISTS (TABLE {table}) THEN {refuse}; END IF; "
        "RETURN NULL; END IF; "
        f"IF {condition.format(row='OLD.')} THEN {refuse}; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        f"DROP TRIGGER IF EXISTS {name}_all ON {table}",
        f"CREATE TRIGGER {name}_all BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {name}()",
    ]
