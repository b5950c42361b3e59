"""Practising a draw on invented people, on the same screens. Nobody is told, and nothing is published."""

import random
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participatie.draw.lots import record_of
from participatie.models import Aanmelding, Antwoordoptie, Kenmerk, Lot, Loting, Trekking
from participatie.quotas import Holding, holding
from participatie.sortition.publication.records import ticket_numbers

# When hardly anybody signed up yet.
AT_LEAST = 60
# In hundredths: how many share an address with the one before, and how many leave open what may be left open.
TOGETHER, OPEN = 10, 8


@transaction.atomic
def rehearse(*, loting: Loting, seed: int | None = None) -> Trekking:
    """A draw to practise with: invented people who have their lots already. As often as one likes.

    As many as there are sign-ups, and at least `AT_LEAST` and four for each seat. The same people for the
    same `seed`. ValidationError when nothing can be drawn.
    """
    held = Loting.objects.locked().get(pk=loting.pk)
    questions, quotas = _questions(held), holding(held)
    if any(not options for _kenmerk, options in questions):
        raise ValidationError(_("Geef eerst elke vraag antwoorden. Dan kunt u oefenen."))
    number = held.trekkingen.filter(is_proef=True).count() + 1
    # Nobody real is drawn with it.
    chance = random.Random(number if seed is None else seed)  # noqa: S311
    count = max(AT_LEAST, 4 * held.zetels, Aanmelding.objects.in_the_pool().filter(loting=held).count())
    now = timezone.now()
    trekking = Trekking.objects.create(
        loting=held, is_proef=True, gemaakt_op=now, bezwaar_tot=now, loten_verstuurd_op=now, trekking_op=now
    )
    address, lots = 0, []
    for place, ticket in enumerate(ticket_numbers(count)):
        if not place or chance.randrange(100) >= TOGETHER:
            address += 1
        lot = Lot(
            trekking=trekking,
            nummer=ticket,
            zout=chance.randbytes(16).hex(),
            kenmerken={
                kenmerk.code: _answer(kenmerk, options, quotas, chance) for kenmerk, options in questions
            },
            huishouden=sha256(f"oefening:{address}".encode()).hexdigest() if held.een_per_adres else "",
            verstuurd_op=now,
        )
        lot.vingerafdruk = record_of(lot).fingerprint
        lots.append(lot)
    Lot.objects.bulk_create(lots)
    return trekking


def _questions(loting: Loting) -> list[tuple[Kenmerk, list[Antwoordoptie]]]:
    options: dict[int, list[Antwoordoptie]] = {}
    rows = Antwoordoptie.objects.source().filter(kenmerk__loting=loting).order_by("order", "pk")
    for row in rows:
        options.setdefault(row.kenmerk_id, []).append(row)
    questions = Kenmerk.objects.source().filter(loting=loting).order_by("order", "pk")
    return [(kenmerk, options.get(kenmerk.pk, [])) for kenmerk in questions]


def _answer(kenmerk: Kenmerk, options: list[Antwoordoptie], quotas: Holding, chance: random.Random) -> str:
    """As often as there are seats for it, so that the seats can be filled."""
    if not kenmerk.is_verplicht and chance.randrange(100) < OPEN:
        return ""
    weights = [sum(quotas.of(option).now) + 1 for option in options]
    return chance.choices(options, weights)[0].code
