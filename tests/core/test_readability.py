"""What the hints for plain Dutch see, and what they leave alone."""

import pytest

from core.readability import MAX_WORDS, HardWord, Reader, split

WORDS = [HardWord("participatie", "meedoen"), HardWord("ten behoeve van", "voor"), HardWord("behoeve", "nut")]


def is_passive(text: str) -> bool:
    return any(sentence.is_passive for sentence in Reader().read(text).sentences)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Bel 14 0255. Dat kan van 9.00 tot 17.00 uur.", ["Bel 14 0255.", "Dat kan van 9.00 tot 17.00 uur."]),
        ("Er is € 3.500 voor bijv. een bank. Mooi!", ["Er is € 3.500 voor bijv. een bank.", "Mooi!"]),
        ("Zie nr. 3 van de lijst.", ["Zie nr. 3 van de lijst."]),
        ("Dit is b.v. zo. Ja.", ["Dit is b.v. zo.", "Ja."]),
        ("Hij zei: “Kom.” Toen ging hij.", ["Hij zei: “Kom.”", "Toen ging hij."]),
        ("Woont u in Velsen-Noord? Kom langs…", ["Woont u in Velsen-Noord?", "Kom langs…"]),
        ("Zonder punt", ["Zonder punt"]),
        ("  … – !", []),
        ("", []),
    ],
)
def test_a_line_in_sentences(line: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split(line)] == expected


def test_a_sentence_is_long_above_the_limit_and_not_at_it() -> None:
    assert not split("woord " * MAX_WORDS + ".")[0].is_long
    long = split("woord " * (MAX_WORDS + 1))[0]
    assert long.is_long
    assert long.length == MAX_WORDS + 1


def test_headings_do_not_make_the_average_look_better() -> None:
    summary = Reader().summary(["Kop", "Dit is een zin van zeven woorden.\nEn dit is er een van zeven."])
    assert summary.average == 7
    assert summary.words == 15
    assert Reader().summary(["Alleen een kop"]).average is None


def test_an_average_is_high_above_fifteen() -> None:
    def summary(words: int) -> bool:
        return Reader().summary([" ".join(["woord"] * words) + "."]).is_average_high

    assert (summary(15), summary(16)) == (False, True)


def test_long_words_once_and_without_addresses_and_hyphens() -> None:
    text = (
        "De wijkvertegenwoordiging en de Wijkvertegenwoordiging van Santpoort-Noord-Zuidzijde staan op "
        "https://wijkvertegenwoordiging.example.nl en mailen met bewonersorganisatie@example.nl."
    )
    assert Reader().read(text).long_words == ("Wijkvertegenwoordiging",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Participatie is fijn, participatie!", ["participatie"]),
        ("Participaties tellen.", ["participatie"]),
        ("Dit is burgerparticipatie.", []),
        ("Dit is ten behoeve van u.", ["ten behoeve van"]),
        ("Dit is niets.", []),
    ],
)
def test_words_of_the_own_list(text: str, expected: list[str]) -> None:
    assert [found.word for found in Reader(WORDS).read(text).hard_words] == expected


def test_without_a_list_no_word_is_hard() -> None:
    assert Reader().read("Participatie.").hard_words == ()


@pytest.mark.parametrize(
    "text",
    [
        "De straat wordt in maart gebouwd.",
        "De brug werd geopend.",
        "Dat wordt berekend.",
        "Het plan zal worden uitgevoerd.",
        "Het afval wordt opgehaald.",
        "Zien en gezien worden.",
        "De regels worden beschreven.",
        "Er wordt verwacht dat u komt.",
        "De stoep wordt schoongemaakt.",
        "U WORDT GEBELD.",
        "Het plan wordt erkend.",
    ],
)
def test_a_passive_sentence(text: str) -> None:
    assert is_passive(text)


@pytest.mark.parametrize(
    "text",
    [
        "Het wordt druk en dat geeft overlast.",
        "Als het anders wordt, vertelt de gemeente dat.",
        "Het gebied wordt groen.",
        "Het wordt tijd om de buurt te verbeteren.",
        "Hij wordt wethouder van de gemeente.",
        "Bent u ziek, dan wordt het later.",
        "Dat wordt verschillend.",
        "Het is anders geworden.",
        "De straat is gebouwd.",
        "Wij hebben de straat gemaakt. Het wordt mooi.",
    ],
)
def test_no_passive_sentence(text: str) -> None:
    assert not is_passive(text)


def test_hints_for_the_length() -> None:
    short, long = (
        Reader().summary([text]) for text in ("Er wordt gebouwd.", "Er wordt gebouwd. " + "Ja. " * 97)
    )
    assert (short.hints, long.hints) == (1, 1)
    assert (short.hints_per_hundred, long.hints_per_hundred) == (33.3, 1.0)
    assert Reader().summary([]).hints_per_hundred == 0
