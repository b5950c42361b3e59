"""A loting that was drawn, for the tests of what comes after it."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Max
from django.utils import timezone

from core.models import User
from core.receipts import new_number
from participatie.models import (
    Aanmelding,
    Antwoordoptie,
    Kanaal,
    Kenmerk,
    Kenmerkwaarde,
    Lot,
    Loting,
    LotingPage,
    Lotingstap,
    Persoon,
    Staat,
    Trekking,
    Uitkomst,
    Vastlegging,
    Worp,
    Zetel,
    Zetelaanbod,
)
from participatie.seats.actions import offer_seats


def drawn(loting: Loting | None = None, *, at: datetime | None = None, people: int = 0) -> Loting:
    """The loting of the demo (or another one that is not drawn yet) just after its draw.

    Of those who signed up `people` take part (0: all of them); the first by number are drawn, without regard
    for the quotas, the others are reserves in the order of their numbers.
    """
    loting = loting or Loting.objects.get(slug="velsen-noord")
    at = at or timezone.now()
    rows = list(Aanmelding.objects.standing().filter(loting=loting).select_related("persoon").order_by("pk"))
    return drawn_from(loting, rows[: people or len(rows)], at=at)


def drawn_from(loting: Loting, rows: list[Aanmelding], *, at: datetime) -> Loting:
    """The same with these sign-ups, in this order."""
    trekking = Trekking.objects.create(
        loting=loting,
        gemaakt_op=at - timedelta(days=10),
        bezwaar_tot=at - timedelta(days=3),
        loten_verstuurd_op=at - timedelta(days=10),
        trekking_op=at - timedelta(hours=1),
        stand=Trekking.Stand.KLAAR,
    )
    features = _features_of(rows)
    Lot.objects.bulk_create(
        Lot(
            trekking=trekking,
            nummer=f"L-{number:04}",
            aanmelding=row,
            zout=f"{number:032x}",
            kenmerken=features[row.pk],
            huishouden=row.persoon.adres_index if loting.een_per_adres else "",
            vingerafdruk=sha256(f"{number}".encode()).hexdigest(),
            is_getrokken=number <= loting.zetels,
            reserveplek=None if number <= loting.zetels else number - loting.zetels,
        )
        for number, row in enumerate(rows, start=1)
    )
    _outcome(trekking, at=at)
    Lotingstap.objects.create(loting=loting, van=Staat.BEVROREN, naar=Staat.GETROKKEN, op=at, reden="Geloot.")
    loting.staat = Staat.GETROKKEN
    loting.save(update_fields=["staat"])
    return loting


def small_draw(*, seats: int = 3, people: int = 8, slug: str = "klein", **changes: Any) -> Loting:
    """A loting of its own with a few people, one question and a page, just after its draw.

    Who has an even number owns a home, who has an odd one rents; all have a mail address and live apart.
    """
    now = timezone.now()
    example = Loting.objects.get(slug="velsen-noord")
    loting = Loting.objects.create(
        naam=f"Loting {slug}",
        slug=slug,
        wijk=example.wijk,
        opent_op=now - timedelta(days=60),
        sluit_op=now - timedelta(days=20),
        trekking_op=now - timedelta(hours=1),
        zetels=seats,
        termijn_maanden=24,
        **{"reserves": 4, "staat": Staat.BEVROREN, **changes},
    )
    page_of(loting, example)
    kenmerk = Kenmerk.objects.create(loting=loting, code="woning", vraag="Hoe woont u?")
    half = seats // 2
    options = [
        Antwoordoptie.objects.create(
            kenmerk=kenmerk, code=code, order=order, label=code, minimum=half, maximum=seats - half
        )
        for order, code in enumerate(("huur", "koop"))
    ]
    rows = [_person(loting, kenmerk, options, number) for number in range(1, people + 1)]
    return drawn_from(loting, rows, at=now)


def page_of(loting: Loting, example: Loting) -> LotingPage:
    """A page about it beside that of another loting."""
    beside = example.pages.get(locale__language_code="nl")
    page = LotingPage(title=loting.naam, slug=loting.slug, loting=loting, locale=beside.locale)
    made: LotingPage = beside.get_parent().add_child(instance=page)
    return made


def _person(loting: Loting, kenmerk: Kenmerk, options: list[Antwoordoptie], number: int) -> Aanmelding:
    made = Aanmelding.objects.create(
        loting=loting,
        bonnummer=new_number(),
        kanaal=Kanaal.WEB,
        taal="nl",
        ontvangen_op=loting.opent_op + timedelta(days=number),
        geschiktheid=Aanmelding.Geschiktheid.GESCHIKT,
        reden=Aanmelding.Reden.ADRES_KLOPT,
    )
    persoon = Persoon(
        aanmelding=made,
        naam=f"Aafke Lindeveld {number}",
        postcode="1951XA",
        huisnummer=str(number),
        mail=f"lid{number}@example.nl",
    )
    persoon.reindex()
    persoon.save()
    Kenmerkwaarde.objects.create(aanmelding=made, kenmerk=kenmerk, optie=options[(number + 1) % 2])
    return made


def _features_of(rows: list[Aanmelding]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {row.pk: {} for row in rows}
    answers = Kenmerkwaarde.objects.filter(aanmelding__in=found)
    for pk, kenmerk, optie in answers.values_list("aanmelding", "kenmerk__code", "optie__code"):
        found[pk][kenmerk] = optie
    return found


def _outcome(trekking: Trekking, *, at: datetime) -> None:
    """Promise, dice and outcome, in their order."""
    known = at - timedelta(minutes=10)
    last = Vastlegging.objects.aggregate(last=Max("ronde"))["last"] or 0
    vastlegging = Vastlegging.objects.create(
        trekking=trekking, manifest_hash="0" * 64, ronde=last + 1, ronde_op=known, op=at - timedelta(days=1)
    )
    worp = Worp.objects.create(
        vastlegging=vastlegging,
        dobbelstenen="123",
        vastgelegd_op=vastlegging.op,
        ronde_op=known,
        op=at - timedelta(minutes=20),
    )
    Uitkomst.objects.create(
        trekking=trekking,
        worp=worp,
        ronde_op=known,
        op=at,
        handtekening="00",
        bron=Uitkomst.Bron.OEFENING,
        lijst=123,
        bestand=b"{}",
    )


def offered_a_seat(aanmelding: Aanmelding) -> Zetelaanbod:
    """A seat for somebody, with nothing of a draw around it: for what only wants a row."""
    loting = aanmelding.loting
    trekking = Trekking.objects.create(
        loting=loting, bezwaar_tot=timezone.now(), trekking_op=timezone.now() + timedelta(days=1)
    )
    lot = Lot.objects.create(
        trekking=trekking, nummer="L-0001", aanmelding=aanmelding, vingerafdruk="0" * 64, is_getrokken=True
    )
    return Zetelaanbod.objects.create(
        zetel=Zetel.objects.create(loting=loting, nummer=1),
        lot=lot,
        antwoord_voor=timezone.now() + timedelta(days=14),
    )


def offered_in(language_code: str, loting: Loting) -> Zetelaanbod:
    """The loting of the demo after its draw, and the seat that was offered to a reader of a language."""
    first = Aanmelding.objects.standing().filter(loting=loting).order_by("pk")[0]
    Aanmelding.objects.filter(pk=first.pk).update(taal=language_code, onbestelbaar_op=None)
    persoon = first.persoon
    persoon.naam, persoon.mail = "Bo Al", "bo@al.nl"
    persoon.reindex()
    persoon.save()
    drawn(loting, people=loting.zetels + 3)
    by = User.objects.create_superuser("biedt-aan", "biedt@example.nl")
    offer_seats(loting=loting, by=by)
    return Zetelaanbod.objects.select_related("zetel__loting", "lot__aanmelding").get(lot__aanmelding=first)
