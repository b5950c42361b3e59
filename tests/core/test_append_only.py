"""Rows that stay: what refuses, on the database that runs."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Model, ProtectedError
from django.forms import ModelForm, modelform_factory
from wagtail.models import Locale

from core.append_only import AppendOnly, AppendOnlyError, append_only_models
from core.models import User
from home.models import Drukwerk, Editiestap, Kopijhandeling, Mailing
from participatie.models import (
    Handeling,
    Ketenregel,
    Loting,
    Lotingcijfers,
    Lotingstap,
    Opschoning,
    Quotawijziging,
    Rondbericht,
    Trekkingsbestand,
    Trekkingscijfers,
    Uitkomst,
    Vastlegging,
    Worp,
)
from tests.home import broken_krant as krant
from tests.participatie import draw_rows
from tests.plans import draft, published
from wijken.models import Actie, Mijlpaal, Momentopname, Planning, Terugblik, Voortgang

DAY = date(2026, 3, 2)
# Of each model a field that somebody might want to change.
CHANGES: dict[type[AppendOnly], tuple[str, Any]] = {
    Planning: ("periode", "2031"),
    Voortgang: ("tekst", "Het is allemaal goed gegaan."),
    Momentopname: ("data", {"acties": []}),
    Lotingstap: ("reden", "Zo was het niet."),
    Handeling: ("toelichting", "Daar was niets mee."),
    Rondbericht: ("teksten", {"nl": {"onderwerp": "Anders", "tekst": "Anders."}}),
    Lotingcijfers: ("data", {"aanmeldingen": 0}),
    Opschoning: ("aantallen", {"aanmeldingen": 0}),
    Vastlegging: ("reden", "Toch maar opnieuw."),
    Trekkingsbestand: ("naam", "quota.csv"),
    Worp: ("dobbelstenen", "999"),
    Uitkomst: ("handtekening", "cd" * 48),
    Trekkingscijfers: ("gegevens", {"deelnemers": 300}),
    Ketenregel: ("gegevens", {"dobbelstenen": "479"}),
    Quotawijziging: ("reden", "Zomaar."),
    Editiestap: ("reden", "Zo was het niet."),
    Mailing: ("aantal", 4),
    Kopijhandeling: ("soort", "gewist"),
    Drukwerk: ("vingerafdruk", "1" * 64),
}
each_model = pytest.mark.parametrize("model", CHANGES, ids=lambda model: model.__name__)
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="Alleen SQLite heeft dit.")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="Alleen PostgreSQL heeft dit.")


# What the demo has none of.
MADE: dict[type[AppendOnly], Callable[[], AppendOnly]] = {
    Voortgang: lambda: published(Actie.objects.all()[0], DAY, reden="Het zit tegen."),
    Handeling: lambda: Handeling.objects.create(loting=Loting.objects.all()[0], soort="lijst"),
    Rondbericht: lambda: Rondbericht.objects.create(
        loting=Loting.objects.all()[0], door=User.objects.create_user("schrijver"), teksten={}, aantal=3
    ),
    Lotingcijfers: lambda: Lotingcijfers.objects.create(loting=Loting.objects.all()[0], data={}),
    Opschoning: lambda: Opschoning.objects.create(aantallen={"aanmeldingen": 3}),
    Vastlegging: draw_rows.vastlegging,
    Trekkingsbestand: draw_rows.bestand,
    Worp: draw_rows.worp,
    Uitkomst: draw_rows.uitkomst,
    Trekkingscijfers: draw_rows.cijfers,
    Ketenregel: draw_rows.ketenregel,
    Quotawijziging: draw_rows.quotawijziging,
    Editiestap: lambda: krant.saved(krant.stap()),
    Mailing: lambda: krant.saved(krant.mailing()),
    Drukwerk: lambda: krant.saved(krant.drukwerk()),
    Kopijhandeling: lambda: Kopijhandeling.objects.create(
        wijk=krant.stored_edition().wijk, soort="bekeken", bonnummer="PROEF"
    ),
}


def frozen_row(model: type[AppendOnly]) -> Any:
    return MADE[model]() if model in MADE else model._default_manager.order_by("pk")[0]


def triggers() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        return {name for (name,) in cursor.fetchall() if "_stays" in name}


def expected_triggers() -> set[str]:
    ends = ("stays_update", "stays_delete") if connection.vendor == "sqlite" else ("stays", "stays_all")
    return {f"{model._meta.db_table}_{end}" for model in append_only_models() for end in ends}


def sql(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def form_save(row: Any, name: str, value: Any) -> None:
    """As a form of the desk would, if there were one."""
    form_class: type[ModelForm[Any]] = modelform_factory(type(row), fields=[name])
    text = value if isinstance(value, str) else json.dumps(value)
    form_class(data={name: text}, instance=row).save()


def bulk_create_over(row: Any, name: str, value: Any) -> None:
    copy = type(row)._default_manager.get(pk=row.pk)
    setattr(copy, name, value)
    manager: Any = type(row)._default_manager
    manager.bulk_create([copy], update_conflicts=True, unique_fields=["pk"], update_fields=[name])


def set_and_save(row: Any, name: str, value: Any, **how: Any) -> None:
    setattr(row, name, value)
    row.save(**how)


def bulk_update(row: Any, name: str, value: Any) -> None:
    setattr(row, name, value)
    type(row)._default_manager.bulk_update([row], [name])


ATTEMPTS: dict[str, tuple[Callable[[Any, str, Any], Any], type[Exception]]] = {
    "save": (set_and_save, AppendOnlyError),
    "save of one field": (
        lambda row, name, value: set_and_save(row, name, value, update_fields=[name]),
        AppendOnlyError,
    ),
    "form": (form_save, AppendOnlyError),
    "delete": (lambda row, name, value: row.delete(), AppendOnlyError),
    "a new object with its number": (
        lambda row, name, value: type(row)(
            **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
            | {name: value}
        ).save(),
        IntegrityError,
    ),
    "queryset.update": (
        lambda row, name, value: type(row)._default_manager.filter(pk=row.pk).update(**{name: value}),
        IntegrityError,
    ),
    "queryset.delete": (
        lambda row, name, value: type(row)._default_manager.filter(pk=row.pk).delete(),
        IntegrityError,
    ),
    "bulk_update": (bulk_update, IntegrityError),
    "bulk_create over it": (bulk_create_over, IntegrityError),
    "SQL update": (
        lambda row, name, value: sql(f"UPDATE {row._meta.db_table} SET id = id WHERE id = %s", row.pk),  # noqa: S608
        IntegrityError,
    ),
    "SQL delete": (
        lambda row, name, value: sql(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk),  # noqa: S608
        IntegrityError,
    ),
    "SQL delete of all": (
        lambda row, name, value: sql(f"DELETE FROM {row._meta.db_table}"),  # noqa: S608
        IntegrityError,
    ),
}


def stored(row: Any) -> dict[str, Any]:
    return type(row)._default_manager.filter(pk=row.pk).values().get()


def test_every_model_of_rows_that_stay_is_tried() -> None:
    assert set(append_only_models()) == set(CHANGES)


@pytest.mark.django_db
def test_the_triggers_are_there_after_migrating() -> None:
    assert triggers() == expected_triggers()


@pytest.mark.django_db
@each_model
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nothing_changes_a_row_that_stays(model: type[AppendOnly], attempt: str) -> None:
    row = frozen_row(model)
    before = stored(row)
    do, refusal = ATTEMPTS[attempt]
    with pytest.raises(refusal) as caught, transaction.atomic():
        do(row, *CHANGES[model])
    if refusal is IntegrityError:
        assert f"append only: {model._meta.db_table}" in str(caught.value)
    else:
        assert str(caught.value).startswith("Wat is vastgelegd, ")
    assert stored(row) == before


@pytest.mark.django_db
@on_sqlite
@each_model
def test_a_replace_is_a_delete(model: type[AppendOnly]) -> None:
    row = frozen_row(model)
    before = stored(row)
    table = model._meta.db_table
    for verb in ("INSERT OR REPLACE", "REPLACE"):
        with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
            sql(f"{verb} INTO {table} SELECT * FROM {table} WHERE id = %s", row.pk)  # noqa: S608
    assert stored(row) == before


@pytest.mark.django_db
@on_postgresql
@each_model
def test_a_table_cannot_be_emptied_at_once(model: type[AppendOnly]) -> None:
    row = frozen_row(model)
    with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
        # Checks that wait for the end of the transaction stand in the way of a TRUNCATE.
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql(f"TRUNCATE {model._meta.db_table} CASCADE")
    assert stored(row)


@pytest.mark.django_db
def test_what_a_promise_hangs_on_cannot_be_deleted() -> None:
    step = Mijlpaal.objects.source()[0]
    for above in (step, step.actie, Terugblik.objects.filter(momentopname__isnull=False)[0]):
        with pytest.raises(ProtectedError), transaction.atomic():
            above.delete()


@pytest.mark.django_db
def test_words_in_another_language_may_get_better() -> None:
    english = Planning.objects.filter(locale__language_code="en").exclude(voorwaarde="")[0]
    assert not english.is_frozen
    english.voorwaarde = "Better words"
    english.save()
    assert Planning.objects.filter(pk=english.pk, voorwaarde="Better words").update(voorwaarde="Best") == 1
    english.delete()


@pytest.mark.django_db
def test_a_translation_cannot_become_the_source() -> None:
    english = Planning.objects.filter(locale__language_code="en")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Planning.objects.filter(pk=english.pk).update(locale=Locale.objects.get(language_code="nl"))


@pytest.mark.django_db
def test_a_draft_may_change_until_it_is_published() -> None:
    row = draft(Actie.objects.all()[0], DAY)
    assert not row.is_frozen
    row.tekst = "Beter gezegd."
    row.save()
    Voortgang.objects.filter(pk=row.pk).update(tekst="Nog beter gezegd.")
    row.delete()
    assert not Voortgang.objects.filter(pk=row.pk).exists()


@pytest.mark.django_db
def test_a_published_message_cannot_become_a_draft_again() -> None:
    row = published(Actie.objects.all()[0], DAY, reden="Het zit tegen.")
    row.stand, row.gepubliceerd_op = Voortgang.Stand.CONCEPT, None
    assert row.is_frozen, "What is stored counts, not what somebody typed over it."
    with pytest.raises(AppendOnlyError):
        row.save()


def rebuild(model: type[Model], name: str, **more: Any) -> None:
    """What a migration does that makes a field longer; SQLite builds the table again for it."""
    old: Any = model._meta.get_field(name)
    _name, _path, args, kwargs = old.deconstruct()
    new: Any = models.CharField(*args, **{**kwargs, **more})
    new.set_attributes_from_name(name)
    new.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)


def test_the_triggers_come_back_after_a_table_is_rebuilt(database_to_lose: None) -> None:
    rebuild(Planning, "periode", max_length=60)
    if connection.vendor == "sqlite":
        assert triggers() < expected_triggers(), "SQLite drops them; otherwise this proves nothing."
    call_command("migrate", verbosity=0)
    assert triggers() == expected_triggers()
    with pytest.raises(IntegrityError, match="append only"):
        Planning.objects.source().update(periode="2031")


def test_the_triggers_do_not_stand_in_the_way_of_a_migration_of_locales(database_to_lose: None) -> None:
    rebuild(Locale, "language_code", max_length=120, unique=True)
    assert Locale.objects.filter(language_code="nl").exists()
    assert triggers() == expected_triggers()


def test_flush_is_refused(database_to_lose: None) -> None:
    before = Planning.objects.count()
    with pytest.raises(CommandError) as caught:
        call_command("flush", interactive=False, verbosity=0)
    assert "append only" in str(caught.value.__cause__)
    assert Planning.objects.count() == before > 0


def test_migrating_back_and_forth(database_to_lose: None) -> None:
    # The room that few others need: with a lower one nearly everything goes, which takes minutes.
    call_command("migrate", "participatie", "zero", verbosity=0)
    assert triggers() == {name for name in expected_triggers() if not name.startswith("participatie_")}
    assert "participatie_lotingstap" not in connection.introspection.table_names()
    call_command("migrate", verbosity=0)
    assert triggers() == expected_triggers()
