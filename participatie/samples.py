"""Invented people who signed up, for the demo, rehearsals and measuring. Never for a loting that is real."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.receipts import ALPHABET, NUMBER_LENGTH
from participatie.eligibility import Verdict, judge_address
from participatie.models import Aanmelding, Antwoordoptie, Kanaal, Kenmerkwaarde, Loting, Persoon
from participatie.signup.questions import features_of
from wijken.models import Adresbuurt

NAMES = Path(__file__).parent / "data" / "voorbeeldnamen.json"
# How people sign up, in which language, and how many leave something open: in hundredths.
CHANNELS = {Kanaal.WEB: 68, Kanaal.PAPIER: 16, Kanaal.BALIE: 9, Kanaal.TELEFOON: 7}
LANGUAGES = {"nl": 58, "tr": 12, "pl": 10, "ar": 8, "en": 5, "uk": 3, "bg": 2, "ro": 2}
WITHOUT_MAIL, WITHOUT_ANSWER, WITHDRAWN, ELSEWHERE, UNKNOWN_ADDRESS, TWICE = 22, 12, 3, 4, 3, 2
# Those who come by themselves are not the wijk: older, owners, who came before.
LEANING = 0.7
BATCH = 1000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Pool:
    """What invented people are made of."""

    names: dict[str, dict[str, list[str]]]
    inside: list[tuple[str, int]]
    outside: list[tuple[str, int]]
    features: list[list[Antwoordoptie]]


def make_sign_ups(loting: Loting, *, count: int, seed: int, progress: Progress | None = None) -> int:
    """Store `count` invented sign-ups, the same for the same seed. Returns how many.

    No mail goes out. ValueError for a loting that is not marked as an example.
    """
    if not loting.is_voorbeeld:
        raise ValueError("Verzonnen aanmeldingen kunnen alleen bij een loting die als voorbeeld is gemerkt.")
    # The same people every time: this draws nobody for anything.
    chance = random.Random(seed)  # noqa: S311
    pool = _pool_of(loting)
    verdicts: dict[tuple[str, int], Verdict] = {}
    until = min(timezone.now(), loting.sluit_op)
    made = 0
    for batch in batched(_people(loting, pool, chance, count), BATCH, strict=False):
        _store(loting, batch, verdicts, chance, until)
        made += len(batch)
        if progress:
            progress(made, count)
    return made


def _pool_of(loting: Loting) -> _Pool:
    own = {buurt.code for buurt in loting.buurten.all()} or set(
        loting.wijk.buurten.values_list("code", flat=True)
    )
    inside: list[tuple[str, int]] = []
    outside: list[tuple[str, int]] = []
    for row in Adresbuurt.objects.order_by("postcode", "huisnummer"):
        (inside if row.buurt_code in own else outside).append((row.postcode, row.huisnummer))
    features = [options for _kenmerk, options in features_of(loting, language_code=settings.LANGUAGE_CODE)]
    return _Pool(json.loads(NAMES.read_text()), inside, outside, features)


type _Person = tuple[Persoon, dict[int, Antwoordoptie], str, str]


def _people(loting: Loting, pool: _Pool, chance: random.Random, count: int) -> Iterator[_Person]:
    """(who, answers by feature, language, channel), one after the other."""
    last: Persoon | None = None
    for number in range(count):
        language = chance.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        channel = chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        if last and chance.randrange(100) < TWICE:
            # Somebody who forgot that it was done, and comes to the desk.
            persoon, channel = _again(last), Kanaal.BALIE
        else:
            persoon = _somebody(pool, chance, language, number)
        last = persoon
        answers = {
            options[0].kenmerk_id: _answer(options, chance)
            for options in pool.features
            if options[0].kenmerk.is_verplicht or chance.randrange(100) >= WITHOUT_ANSWER
        }
        yield persoon, answers, language, channel


def _answer(options: list[Antwoordoptie], chance: random.Random) -> Antwoordoptie:
    """Later options more often than earlier ones: those who come by themselves are not the wijk."""
    weights = [1 + LEANING * place for place in range(len(options))]
    return chance.choices(options, weights)[0]


def _somebody(pool: _Pool, chance: random.Random, language: str, number: int) -> Persoon:
    first = chance.choice(pool.names["voornamen"][language])
    family = chance.choice(pool.names["achternamen"][language])
    persoon = Persoon(naam=f"{first} {family}")
    draw = chance.randrange(100)
    if draw < UNKNOWN_ADDRESS or not pool.inside:
        persoon.adres_anders = f"Woonboot {number}, naast de brug"
    else:
        places = pool.outside if draw < UNKNOWN_ADDRESS + ELSEWHERE and pool.outside else pool.inside
        persoon.postcode, nummer = chance.choice(places)
        persoon.huisnummer = str(nummer)
        # More homes than the small table of the demo has.
        persoon.toevoeging = chance.choice(["", "", "", "A", "B", "1", "2"])
    if chance.randrange(100) >= WITHOUT_MAIL:
        persoon.mail = f"bewoner{number}@example.nl"
    return persoon


def _again(last: Persoon) -> Persoon:
    return Persoon(
        naam=last.naam.upper(),
        postcode=last.postcode,
        huisnummer=last.huisnummer,
        toevoeging=last.toevoeging,
        adres_anders=last.adres_anders,
    )


def _store(
    loting: Loting,
    people: Sequence[_Person],
    verdicts: dict[tuple[str, int], Verdict],
    chance: random.Random,
    until: datetime,
) -> None:
    window = max((until - loting.opent_op) / timedelta(minutes=1), 1)
    rows, identities, values = [], [], []
    for persoon, answers, language, channel in people:
        place = (persoon.postcode, int(persoon.huisnummer or 0))
        if place not in verdicts:
            verdicts[place] = judge_address(loting, postcode=persoon.postcode, huisnummer=persoon.huisnummer)
        at = loting.opent_op + timedelta(minutes=chance.uniform(0, window))
        withdrawn = chance.randrange(100) < WITHDRAWN
        confirmed = persoon.mail and chance.randrange(100) < 80
        row = Aanmelding(
            loting=loting,
            bonnummer="".join(chance.choices(ALPHABET, k=NUMBER_LENGTH)),
            kanaal=channel,
            taal=language,
            ontvangen_op=at,
            stand=Aanmelding.Stand.INGETROKKEN if withdrawn else Aanmelding.Stand.AANGEMELD,
            ingetrokken_op=at if withdrawn else None,
            mail_bevestigd_op=at if confirmed else None,
            **vars(verdicts[place]),
        )
        rows.append(row)
        persoon.reindex()
        persoon.aanmelding = row
        identities.append(persoon)
        values += [
            Kenmerkwaarde(aanmelding=row, kenmerk_id=kenmerk, optie=option)
            for kenmerk, option in answers.items()
        ]
    with transaction.atomic():
        Aanmelding.objects.bulk_create(rows)
        Persoon.objects.bulk_create(identities)
        Kenmerkwaarde.objects.bulk_create(values)
