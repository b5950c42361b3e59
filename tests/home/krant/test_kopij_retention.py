"""What people sent goes by itself when its term is over, and how much went is written down."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.models import OutboxMail
from core.photos import read_photo
from core.receipts import new_number
from home.krant import retention
from home.krant.kopij import drafts
from home.management.commands.klok import delete_personal_data
from home.models import (
    Abonnee,
    Drukgang,
    Editie,
    Fout,
    Kopij,
    Kopijconcept,
    Kopijconceptfoto,
    Kopijfoto,
    Proefdruk,
)
from participatie.models import Opschoning
from tests.core.pictures import jpeg
from tests.desk import account
from tests.home.krant.kopij import edition, made, wijk

pytestmark = pytest.mark.django_db


@pytest.fixture
def old() -> Editie:
    """One of each that is past its term, and one of each that is not."""
    Kopij.objects.all().delete()
    Abonnee.objects.all().delete()
    Proefdruk.objects.all().delete()
    today = timezone.localdate()
    editie = edition()
    made(photos=1)
    waiting = made(titel="Wacht")
    Kopij.objects.filter(pk=waiting.pk).update(editie=None, ontvangen_op=timezone.now() - timedelta(days=366))
    over = Editie.objects.create(
        wijk=wijk(),
        seizoen="zomer",
        jaar=2001,
        kopij_tot=today - timedelta(days=90),
        bezorgd_van=today - timedelta(days=70),
        bezorgd_tot=today - timedelta(days=61),
    )
    Kopij.objects.filter(pk=made(titel="Oud", photos=1).pk).update(editie=over)
    photos = {1: read_photo(jpeg((20, 20)))}
    for days in (0, 2):
        drafts.keep(new_number(), wijk=wijk(), photos=photos, is_human=False)
        newest = Kopijconcept.objects.latest("pk")
        Kopijconcept.objects.filter(pk=newest.pk).update(
            verloopt_op=timezone.now() + timedelta(days=1 - days)
        )
    user = account("redacteur")
    for days in (1, 8):
        asked = timezone.now() - timedelta(days=days)
        Abonnee.objects.create(
            wijk=wijk(),
            taal="nl",
            mail="bo@example.nl",
            mail_index=str(days),
            gevraagd_op=asked,
            bevestig_hash=str(days),
        )
        Proefdruk.objects.create(editie=editie, taal="nl", door=user, gevraagd_op=asked, fout=Fout.ONBEKEND)
        Drukgang.objects.create(editie=editie, door=user, gevraagd_op=asked, totaal=3, fout=Fout.ONBEKEND)
    Abonnee.objects.create(
        wijk=wijk(),
        taal="nl",
        mail="al@example.nl",
        mail_index="terug",
        bevestigd_op=timezone.now() - timedelta(days=90),
        onbestelbaar_op=timezone.now() - timedelta(days=31),
        bevestig_hash="terug",
    )
    return over


COUNTS = {
    "kopij": 2,
    "kopij, half ingevuld": 1,
    "abonnees, niet bevestigd": 1,
    "abonnees, onbestelbaar": 1,
    "proefdrukken": 1,
    "drukgangen": 1,
}


def test_what_is_past_its_term_goes_and_the_rest_stays(old: Editie) -> None:
    number = Kopij.objects.get(editie=old).bonnummer
    before = Opschoning.objects.count()
    now = timezone.now()
    assert retention.purge(now=now, dry_run=True) == COUNTS
    assert Kopij.objects.count() == 3
    assert OutboxMail.objects.filter(about=number).exists()
    assert retention.purge(now=now) == COUNTS
    assert [row.titel for row in Kopij.objects.all()] == ["De zonnebloemen bij de Stek"]
    assert Kopijfoto.objects.count() == 1
    assert (Kopijconcept.objects.count(), Kopijconceptfoto.objects.count()) == (1, 1)
    assert (Abonnee.objects.count(), Proefdruk.objects.count()) == (1, 1)
    assert not OutboxMail.objects.filter(about=number).exists()
    done = Opschoning.objects.latest("pk")
    assert done.aantallen == COUNTS
    assert Opschoning.objects.count() == before + 1
    # Nothing to do leaves no trace.
    assert not any(retention.purge(now=now).values())
    assert Opschoning.objects.count() == before + 1


def test_the_last_day_of_the_term_is_a_day_to_keep(old: Editie) -> None:
    kopij = Kopij.objects.get(editie=old)
    kept = Kopij.objects.past_term(on=kopij.kept_until).filter(pk=kopij.pk)
    assert not kept.exists()
    assert Kopij.objects.past_term(on=kopij.kept_until + timedelta(days=1)).filter(pk=kopij.pk).exists()


def test_the_clock_and_the_command_do_it(old: Editie) -> None:
    said = StringIO()
    call_command("opruimen", "--dry-run", stdout=said)
    assert "kopij: 2 te wissen" in said.getvalue()
    assert "aanmeldingen: 0 te wissen" in said.getvalue()
    assert delete_personal_data() >= sum(COUNTS.values())
    assert not Kopij.objects.filter(editie=old).exists()
