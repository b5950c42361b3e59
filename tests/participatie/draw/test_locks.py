"""What the database itself refuses: randomness before the promise, and any change afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from core.append_only import AppendOnlyError, append_only_models, install_triggers
from participatie.draw import ceremony, chain, publishing, rounds
from participatie.models import (
    Ketenregel,
    Persoon,
    Trekkingsbestand,
    Uitkomst,
    Vastlegging,
    Worp,
)
from participatie.sortition.publication import files
from tests.participatie.draw.ceremonies import Ceremony

pytestmark = pytest.mark.django_db


def refused(make: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_randomness_can_never_be_there_before_the_promise(draw: Ceremony) -> None:
    draw.to("vastgelegd")
    row, moment = draw.promised, timedelta(seconds=1)
    facts = {"manifest_hash": "0" * 64, "ronde": row.ronde, "reden": "Zo.", "trekking": row.trekking}
    for late in (timedelta(0), moment):
        refused(
            lambda late=late: Vastlegging.objects.create(
                nummer=9, ronde_op=row.ronde_op, op=row.ronde_op + late, **facts
            )
        )
    # Dice lie between the promise and the round.
    between = {"vastlegging": row, "dobbelstenen": "47", "vastgelegd_op": row.op, "ronde_op": row.ronde_op}
    for at in (row.op, row.op - moment, row.ronde_op, row.ronde_op + moment):
        refused(lambda at=at: Worp.objects.create(op=at, **between))
    worp = draw.gegooid()
    refused(
        lambda: Uitkomst.objects.create(
            trekking=row.trekking,
            worp=worp,
            ronde_op=row.ronde_op,
            op=row.ronde_op - moment,
            handtekening="0",
            bron="ingetypt",
            bestand=b"",
        )
    )


def test_the_actions_look_at_the_clock(draw: Ceremony) -> None:
    draw.to("gegooid")
    worp = draw.promised.worp
    signature = publishing.beacon_of(draw.trekking).sign(draw.promised.ronde).hex()  # type: ignore[attr-defined]
    draw.at(draw.promised.ronde_op - timedelta(milliseconds=1))
    with pytest.raises(ValidationError, match="nog niet bekend"):
        rounds.type_in(worp=worp, signature=signature, by=draw.by)
    draw.at(draw.promised.ronde_op)
    assert rounds.type_in(worp=worp, signature=signature, by=draw.by).bron == Uitkomst.Bron.INGETYPT


def test_a_promise_after_the_moment_is_refused(draw: Ceremony) -> None:
    draw.to("berekend")
    draw.at(draw.trekking.trekking_op)
    with pytest.raises(ValidationError, match="voorbij"):
        ceremony.promise(trekking=draw.trekking, by=draw.by)


def test_what_is_promised_and_drawn_stays(draw: Ceremony) -> None:
    draw.to("getrokken")
    outcome = draw.trekking.uitkomst
    outcome.lijst = 0
    with pytest.raises(AppendOnlyError):
        outcome.save()
    for model in (Vastlegging, Trekkingsbestand, Worp, Uitkomst, Ketenregel):
        row = model._default_manager.order_by("pk").last()
        assert row
        with pytest.raises(AppendOnlyError):
            row.delete()
        name = model._meta.db_table
        column = {"Trekkingsbestand": "naam", "Ketenregel": "soort"}.get(model.__name__, "op")
        for statement in (
            f"UPDATE {name} SET {column} = {column} WHERE id = {row.pk}",  # noqa: S608
            f"DELETE FROM {name} WHERE id = {row.pk}",  # noqa: S608
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        with pytest.raises(DatabaseError), transaction.atomic():
            model._default_manager.filter(pk=row.pk).update(**{column: "x" if column != "op" else outcome.op})


def without_triggers() -> None:
    """As somebody can who has the database in hand."""
    with connection.cursor() as cursor:
        table = Ketenregel._meta.db_table
        if connection.vendor == "postgresql":
            # It alters no table that still has rows to check at the end of the transaction.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER {table}_stays_{event}")


@pytest.mark.parametrize("what", ["soort", "op", "gegevens", "hash", "gone"])
def test_the_log_shows_what_was_changed_behind_its_back(draw: Ceremony, what: str) -> None:
    draw.to("getrokken")
    assert Ketenregel in append_only_models()
    rows = Ketenregel.objects.filter(loting=draw.loting)
    row = rows.get(nummer=2)
    without_triggers()
    if what == "gone":
        rows.filter(pk=row.pk).delete()
    else:
        later = row.op + timedelta(seconds=1)
        changed: Any = {"soort": "iets", "op": later, "gegevens": {}, "hash": "0" * 64}
        rows.filter(pk=row.pk).update(**{what: changed[what]})
    assert chain.breaks(draw.loting)
    with pytest.raises(Exception, match="regel"):
        call_command("loting", "controleren", draw.loting.slug)


def test_triggers_come_back_with_the_next_migration(draw: Ceremony) -> None:
    from django.apps import apps

    draw.to("verstuurd")
    if connection.vendor == "postgresql":
        pytest.skip("a disabled trigger is not a missing one")
    without_triggers()
    install_triggers(apps.get_app_config("participatie"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Ketenregel.objects.filter(loting=draw.loting).update(soort="iets")


def test_files_that_were_changed_are_drawn_from_by_nobody(draw: Ceremony, monkeypatch: Any) -> None:
    draw.to("gegooid")
    read = files.publication_of
    monkeypatch.setattr(
        publishing, "publication_of", lambda found: read({**found, "loten.csv": found["loten.csv"] + b"\n"})
    )
    with pytest.raises(ValidationError, match="veranderd"):
        draw.getrokken()


def test_nobody_is_in_a_public_file(draw: Ceremony) -> None:
    draw.to("getrokken")
    public = [bytes(row.inhoud).decode() for row in draw.promised.bestanden.all()]
    public += [bytes(draw.trekking.uitkomst.bestand).decode()]
    public += [str(row.gegevens) for row in draw.loting.keten.all()]
    text = "\n".join(public).lower()
    people = list(Persoon.objects.filter(aanmelding__loting=draw.loting).select_related("aanmelding"))
    assert len(people) > 50
    for person in people:
        secrets = [person.naam, person.mail, person.adres_anders, person.telefoon, person.postcode]
        secrets.append(person.aanmelding.bonnummer)
        assert not [secret for secret in secrets if secret and secret.lower() in text]
    for lot in draw.trekking.loten.all():
        assert lot.zout not in text
        assert lot.huishouden == "" or lot.huishouden not in text
