"""The rows of a draw that stay, one of each, made without drawing: for tests of the database alone."""

from datetime import timedelta

from django.utils import timezone

from core.models import User
from participatie.models import (
    Antwoordoptie,
    Ketenregel,
    Loting,
    Quotawijziging,
    Trekking,
    Trekkingsbestand,
    Trekkingscijfers,
    Uitkomst,
    Vastlegging,
    Worp,
)

HASH = "0" * 64


def trekking() -> Trekking:
    now = timezone.now()
    return Trekking.objects.create(loting=Loting.objects.all()[0], bezwaar_tot=now, trekking_op=now)


def vastlegging() -> Vastlegging:
    op = timezone.now() - timedelta(hours=2)
    return Vastlegging.objects.create(
        trekking=trekking(), manifest_hash=HASH, ronde=1, ronde_op=op + timedelta(hours=1), op=op
    )


def bestand() -> Trekkingsbestand:
    return Trekkingsbestand.objects.create(
        vastlegging=vastlegging(), naam="regels.json", inhoud=b"{}", sha256=HASH
    )


def worp() -> Worp:
    made = vastlegging()
    return Worp.objects.create(
        vastlegging=made,
        dobbelstenen="478",
        vastgelegd_op=made.op,
        ronde_op=made.ronde_op,
        op=made.op + timedelta(minutes=30),
    )


def uitkomst() -> Uitkomst:
    made = worp()
    return Uitkomst.objects.create(
        trekking=made.vastlegging.trekking,
        worp=made,
        ronde_op=made.ronde_op,
        op=made.ronde_op,
        handtekening="ab" * 48,
        bron=Uitkomst.Bron.INGETYPT,
        bestand=b"{}",
    )


def cijfers() -> Trekkingscijfers:
    return Trekkingscijfers.objects.create(trekking=trekking(), gegevens={"deelnemers": 3})


def ketenregel() -> Ketenregel:
    return Ketenregel.objects.create(
        loting=Loting.objects.all()[0],
        nummer=1,
        soort="gegooid",
        gegevens={"dobbelstenen": "478"},
        op=timezone.now(),
        vorige=HASH,
        hash=HASH,
    )


def quotawijziging() -> Quotawijziging:
    return Quotawijziging.objects.create(
        optie=Antwoordoptie.objects.source()[0],
        van_minimum=1,
        van_maximum=2,
        naar_minimum=0,
        naar_maximum=2,
        reden="Te weinig mensen.",
        door=User.objects.create_user("verdeler"),
    )
