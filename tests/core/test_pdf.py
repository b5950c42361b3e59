"""Paper that everyone can read: tags, language, fonts, letters of every language, and envelopes."""

import re
from typing import Any

import polib
import pytest
import segno
from django.conf import settings
from fontTools.ttLib import TTFont

from core import pdf
from core.models import SiteInstellingen
from core.styleguide import samples
from tests.pdfs import Pdf, modules, needs_pango

pytestmark = needs_pango()
ONLINE = "https://www.example.nl/nl/loting/"
FONTS = settings.BASE_DIR / "site" / "core" / "pdf" / "fonts"


def paper_form(language: str, **changes: Any) -> bytes:
    sample = samples(language)
    context = {**sample["site"], "sample": sample["paper"], "online_url": ONLINE, **changes}
    return pdf.make(
        "styleguide/pdf_form.html", context, language=language, title=sample["paper"]["form_title"]
    )


def letters(language: str, *changes: dict[str, Any]) -> bytes:
    sample = samples(language)
    return pdf.make_letters(
        "styleguide/pdf_letter.html",
        [{**sample["paper"]["letter"], **change} for change in changes],
        language=language,
        title="Uitnodigingen",
        **sample["site"],
    )


@pytest.fixture(scope="module", params=["nl", "ar"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def form(language: str) -> Pdf:
    return Pdf(paper_form(language))


@pytest.fixture(scope="module")
def pair(language: str) -> Pdf:
    return Pdf(letters(language, {}, {"address": ["Z. de Tweede", "Wijkstraat 14", "1951 AB Velsen-Noord"]}))


@pytest.mark.parametrize("which", ["form", "pair"])
def test_it_says_what_it_is(which: str, language: str, request) -> None:
    made: Pdf = request.getfixturevalue(which)
    title = samples(language)["paper"]["form_title"] if which == "form" else "Uitnodigingen"
    root = made.file.Root
    assert str(root.Lang) == language
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(made.file.docinfo.Title) == title
    assert 'pdfuaid:part="1"' in made.metadata()
    assert f">{title}<" in made.metadata()
    assert all(
        [float(side) for side in page.mediabox] == pytest.approx([0, 0, 595.28, 841.89], abs=0.1)
        for page in made.file.pages
    )


@pytest.mark.parametrize("which", ["form", "pair"])
def test_all_that_is_painted_is_content_or_an_artifact(which: str, language: str, request) -> None:
    assert request.getfixturevalue(which).unmarked() == []


@pytest.mark.parametrize("which", ["form", "pair"])
def test_every_font_is_inside_and_says_its_letters(which: str, language: str, request) -> None:
    fonts = request.getfixturevalue(which).fonts()
    assert len(fonts) >= 2
    for font in fonts:
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        # Our own, never one that this machine happens to have.
        assert re.search("Noto|Vazirmatn|Huis", str(descriptor.FontName).replace("-", "")), (
            descriptor.FontName
        )


def test_a_form_is_read_in_order(form: Pdf, language: str) -> None:
    tags = form.tags()
    questions = samples(language)["paper"]["questions"]
    assert len(form) == 1
    assert tags.count("H1") == 1
    assert tags.count("H2") == len(questions)
    assert tags.index("H1") < tags.index("H2")
    assert tags.count("LI") == sum(len(question["choices"]) for question in questions)
    figures = [element for element in form.elements() if element.S == "/Figure"]
    assert [bool(str(figure.Alt)) for figure in figures] == [True]


def test_a_form_says_all_it_should(form: Pdf, language: str) -> None:
    text = form.text()
    sample = samples(language)["paper"]
    assert "UNDEFINED" not in text
    # In the way it reads Arabic lines the order of the parts is its own; where they stand is tested below.
    assert {"14", "0255"} <= set(re.findall(r"\d+", text))
    assert set(re.findall(r"\w+", ONLINE)) <= set(re.findall(r"\w+", text))
    if language == "nl":
        assert sample["intro"] in text
        assert [form.at(f"{number}.")[1] for number in range(1, 7)] == sorted(
            form.at(f"{number}.")[1] for number in range(1, 7)
        )


def test_arabic_can_be_copied_and_stands_on_the_right() -> None:
    """Letters come back as letters: with a font that composes them they would be shapes without a name."""
    made, sample = Pdf(paper_form("ar")), samples("ar")["paper"]
    words = {word for word in re.findall(r"[\u0621-\u064a]+", sample["intro"]) if len(word) > 3}
    # PDFium reads a lam that is joined with an alef backwards; the file has it in order.
    words = {re.sub("ل([اأإآ])", r"\1ل", word) for word in words}
    text = re.sub(r"[\u064b-\u0652]", "", made.text())
    assert len(words) > 10
    assert {word for word in words if word not in text} == set()
    left, _top, right, _bottom = made.at("التسجيل")
    assert left > 105
    assert right == pytest.approx(190, abs=1)
    # A telephone number keeps its order, and so does an address: 14 stands to the left of 0255.
    assert made.at("14")[0] < made.at("0255")[0]
    assert made.at("https")[0] < made.at("www")[0] < made.at("loting")[0]
    numbers = [made.at(f"{number}.") for number in range(1, 7)]
    assert all(right == pytest.approx(190, abs=2) for _left, _top, right, _bottom in numbers)


def test_arabic_letters_are_joined() -> None:
    """A word with letters that join is narrower than the same letters apart."""
    # Not loaded at the top: that needs Pango.
    from core.pdf.printer import print_html

    widths = []
    for word in ("ب" * 6, "\u200c".join("ب" * 6)):
        made = Pdf(print_html(f'<html lang="ar" dir="rtl"><title>Proef</title><h1>{word}</h1></html>'))
        rows = made.drawn[0].get_textpage()
        boxes = [rows.get_charbox(n) for n in range(rows.count_chars()) if rows.get_text_range(n, 1) == "ب"]
        assert len(boxes) == 6
        widths.append(max(box[2] for box in boxes) - min(box[0] for box in boxes))
    assert widths[0] < widths[1] * 0.6


def test_every_letter_of_every_language_has_a_glyph() -> None:
    have: set[int] = set()
    for file in FONTS.glob("*-Regular.ttf"):
        have |= TTFont(file).getBestCmap().keys()
    for file in FONTS.glob("*-Bold.ttf"):
        assert (
            TTFont(file).getBestCmap().keys()
            == TTFont(file.with_name(file.name.replace("Bold", "Regular"))).getBestCmap().keys()
        )
    catalogues = list((settings.BASE_DIR / "site" / "core" / "locale").glob("*/LC_MESSAGES/django.po"))
    assert len(catalogues) >= 7
    for catalogue in catalogues:
        text = "".join(
            text
            for entry in polib.pofile(str(catalogue))
            for text in (entry.msgid, entry.msgstr, *entry.msgstr_plural.values())
        )
        # Arrows and marks of the screen are pictures on paper.
        words = {letter for letter in text if letter.isalpha() or letter.isdigit()}
        assert sorted(letter for letter in words if ord(letter) not in have) == [], catalogue


def test_the_licence_of_every_font_is_beside_it() -> None:
    for file in FONTS.glob("*.ttf"):
        licence = FONTS / f"{file.name.partition('-')[0]}-OFL.txt"
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text()


def test_the_qr_code_leads_to_the_page(form: Pdf, language: str) -> None:
    wanted = [[bool(module) for module in row] for row in segno.make(ONLINE, error="m", micro=False).matrix]
    count = len(wanted)
    # 28 mm with a quiet zone of four modules, in the corner where a line ends.
    picture = next(element for element in form.elements() if element.S == "/Figure")
    left, top, right, _bottom = (float(number) for number in picture.A.BBox)
    size = (right - left) / 96 * 25.4
    module = size / (count + 8)
    quiet = 4 * module
    at = left / 96 * 25.4 + quiet, top / 96 * 25.4 + quiet
    assert size == pytest.approx(28, abs=0.1)
    assert (at[0] > 105) == (language == "nl")
    assert modules(form, *at, module * count, count) == wanted


def test_each_letter_has_its_own_page_and_address(pair: Pdf, language: str) -> None:
    assert len(pair) == 2
    assert pair.tags().count("H1") == 2
    assert "De bewoner van" in pair.text(0)
    assert "De bewoner van" not in pair.text(1)
    assert "Z. de Tweede" in pair.text(1)


def test_the_address_is_in_the_window_however_the_letter_slides() -> None:
    """DL is 110 × 220 mm, its window 30 mm high at 30 mm from the bottom and 20 mm from the left."""
    address = [
        "Mevrouw A. van den Voorbeeld-Langenaam",
        "p/a De Bovenste",
        "Wijkstraat 1234-huis",
        "1951 AB IJmuiden",
    ]
    for language in ("nl", "ar"):
        made = Pdf(letters(language, {"address": address}))
        for line in address:
            left, top, right, bottom = made.at(line)
            # What is above the first fold is 99 mm high, so it slides 11 mm, and 10 mm sideways.
            for down in (0, 11):
                assert top + down >= 110 - 30 - 30
                assert bottom + down <= 110 - 30 + 0.01
            for aside in (0, 10):
                assert left + aside >= 20
                assert right + aside <= 20 + 100


def test_a_long_letter_goes_on_without_the_next_one() -> None:
    made = Pdf(letters("nl", {"paragraphs": ["Een lange alinea over de wijk. " * 12] * 8}, {}))
    assert len(made) == 3
    assert made.unmarked() == []
    assert "1951 AB" not in made.text(1)
    assert "1951 AB" in made.text(2)


def test_names_are_text_and_never_markup() -> None:
    made = Pdf(letters("nl", {"address": ["<b>A</b> & {{ title }}", "1951 AB Velsen-Noord"]}))
    assert "<b>A</b> & {{ title }}" in made.text()


@pytest.mark.django_db
def test_the_settings_of_the_site_are_on_it() -> None:
    SiteInstellingen.objects.update(gemeente_naam="Gemeente Proefstad", telefoon="14 0299")
    sample = samples("nl")
    made = Pdf(
        pdf.make(
            "styleguide/pdf_form.html",
            {"sample": sample["paper"], "online_url": ""},
            language="nl",
            title="A",
        )
    )
    assert "Gemeente Proefstad" in made.text()
    assert "14 0299" in made.text()
    assert not [element for element in made.elements() if element.S == "/Figure"]
