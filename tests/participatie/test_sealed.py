"""Renewing the keys, and what somebody finds who takes the database away."""

import io
import json
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from core.sealing import SealError
from participatie import actions
from participatie.models import Conceptaanmelding, Kanaal, Persoon
from participatie.signup.drafts import keep, open_draft
from tests.participatie.people import answers, filled_in

SECRETS = {
    "naam": "Zwaantje Verborgenveen",
    "postcode": "1951 XA",
    "toevoeging": "QZXWVJKP",
    "mail": "zwaantje.geheim@example.nl",
    "telefoon": "06 98765432",
}
ELSEWHERE = "Achter de Onvindbare Molen 77, Nergenshuizen"


@pytest.mark.django_db
def test_under_a_new_key_the_old_one_can_go(loting, settings) -> None:
    old, new = settings.PERSONAL_DATA_KEYS[0], Fernet.generate_key().decode()
    actions.sign_up(loting=loting, answers=answers(loting, **SECRETS), kanaal=Kanaal.WEB)
    keep(open_draft(loting, language_code="nl", vorm="alles"), filled_in(**SECRETS))
    settings.PERSONAL_DATA_KEYS = [new, old]
    out = io.StringIO()
    call_command("sleutels", "--omzetten", stdout=out)
    assert f"personen: {Persoon.objects.count()} omgezet" in out.getvalue()
    settings.PERSONAL_DATA_KEYS = [new]
    assert Persoon.objects.latest("pk").mail == SECRETS["mail"]
    assert Conceptaanmelding.objects.latest("pk").gegevens["naam"] == SECRETS["naam"]
    settings.PERSONAL_DATA_KEYS = [old]
    with pytest.raises(SealError):
        Persoon.objects.latest("pk")


@pytest.mark.django_db
def test_without_the_old_key_it_stops_and_says_so(loting, settings) -> None:
    settings.PERSONAL_DATA_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="oude sleutel"):
        call_command("sleutels", "--omzetten")


@pytest.mark.django_db
def test_a_new_index_key_finds_the_same_people(loting, settings) -> None:
    made = actions.sign_up(loting=loting, answers=answers(loting, **SECRETS), kanaal=Kanaal.WEB)
    before = made.persoon.mail_index
    settings.BLIND_INDEX_KEY = "a new one"
    call_command("sleutels", "--indexen", stdout=io.StringIO())
    again = actions.sign_up(loting=loting, answers=answers(loting, **SECRETS), kanaal=Kanaal.BALIE)
    rows = Persoon.objects.filter(mail_index=again.persoon.mail_index)
    assert set(rows) == {made.persoon, again.persoon}
    assert not Persoon.objects.filter(mail_index=before).exists()


def test_a_dump_of_the_database_holds_no_name_address_mail_or_phone(loting_to_lose) -> None:
    loting = loting_to_lose
    draft = keep(open_draft(loting, language_code="nl", vorm="alles"), filled_in(**SECRETS))
    made = actions.sign_up(loting=loting, answers=answers(loting, **SECRETS), kanaal=Kanaal.WEB)
    actions.sign_up(
        loting=loting,
        answers=answers(loting, **SECRETS | {"postcode": "", "huisnummer": "", "adres_anders": ELSEWHERE}),
        kanaal=Kanaal.PAPIER,
    )
    token = actions.make_link(aanmelding=made, doel="beheren")
    # Too short or too common to look for.
    secrets = {text for text in (*SECRETS.values(), *ELSEWHERE.split()) if len(text) > 6}
    everything = dump()
    # What is sealed is there, so this looks in the right place.
    assert made.bonnummer.encode() in everything
    assert not {
        text for text in (*secrets, token, draft.token) if any(form in everything for form in written(text))
    }


def written(text: str) -> set[bytes]:
    """A text in the ways it may lie in a database."""
    return {
        variant.encode(encoding)
        for variant in (text, text.lower(), text.upper(), json.dumps(text)[1:-1])
        for encoding in ("utf-8", "utf-16-le")
    }


def dump() -> bytes:
    """Everything the database has on disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
            name = connection.settings_dict["NAME"]
            return b"".join(file.read_bytes() for file in (Path(name), Path(f"{name}-wal")) if file.exists())
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            rows += [row[0].encode() for row in cursor.fetchall()]
        return b"\n".join(rows)
