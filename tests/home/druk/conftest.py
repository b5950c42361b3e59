"""Editions that are printed once for all tests of paper."""

from dataclasses import replace

import pytest

from home.krant.druk import Druk, make
from home.krant.druk.parts import Krant, Stuk, Text
from tests.krant_sample import krant, paragraphs
from tests.pdfs import Pdf

POLISH = Stuk(
    key="pools",
    title="Piekarz gwiżdże",
    rubriek="Buren in beeld",
    intro="Zażółć gęślą jaźń.",
    language="pl",
    blocks=(paragraphs("pl", 3),),
    address="https://wijken.example.nl/nl/wijken/zeewijk/krant/pools/",
)


TIGRINYA = Stuk(
    key="tigrinya",
    title="ሰላም ጎረባብቲ",
    rubriek="Sąsiedzi",
    language="ti",
    blocks=(Text("<p>እንቋዕ ብደሓን መጻእኩም። ኩሉ ሰብ ክመጽእ ይኽእል እዩ፡ ቡን ድማ ኣሎ።</p>"),),
)


def editions() -> dict[str, Krant]:
    dutch = krant("nl", (6, 0, 1, 1), vullingen=("handige-nummers", "sudoku", "kleurplaat"))
    polish = krant("pl", (5, 1, 1), pictures=False)
    return {
        "nl": replace(dutch, stukken=(*dutch.stukken, POLISH)),
        "ar": krant("ar", (5, 0, 1)),
        "pl": replace(polish, stukken=(*polish.stukken, TIGRINYA)),
    }


@pytest.fixture(scope="session", params=["nl", "ar", "pl"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


_made: dict[str, Druk] = {}


def made(language: str) -> Druk:
    """The edition in a language, printed at most once; the Polish one as a press wants it."""
    if language not in _made:
        _made[language] = make(editions()[language], for_press=language == "pl")
    return _made[language]


@pytest.fixture(scope="session")
def druk(language: str) -> Druk:
    return made(language)


@pytest.fixture(scope="session")
def paper(druk: Druk) -> Pdf:
    return Pdf(druk.pdf)


@pytest.fixture(scope="session")
def dutch() -> Druk:
    return made("nl")
