"""The print edition as a reader, a screen reader and a press get it."""

import re
from typing import Any

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from home.krant.druk import Druk, Kind, make
from home.krant.druk.vullingen import LAST_RESORT
from tests.home.druk.conftest import POLISH, TIGRINYA, editions
from tests.krant_sample import EDITIONS, NAMES, SENTENCES, TITLES, krant
from tests.pdfs import Pdf, mm, needs_pango

pytestmark = needs_pango()
FONTS = settings.BASE_DIR / "home" / "krant" / "druk" / "fonts"
HEADINGS = re.compile(r"H[1-6]")


def words(pdf: Pdf) -> str:
    """All text, with words that are broken at the end of a line whole again."""
    pages = [pdf.drawn[number].get_textpage().get_text_bounded() for number in range(len(pdf))]
    whole = re.sub(r"[\ufffe\u00ad\u2010-]\s*[\r\n]+", "", "\n".join(pages))
    return " ".join(whole.replace("\ufffe", "").split())


def test_it_says_what_it_is(paper: Pdf, language: str) -> None:
    root = paper.file.Root
    assert str(root.Lang) == language
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(paper.file.docinfo.Title) == f"{NAMES[language]}, {EDITIONS[language]}"
    assert str(paper.file.docinfo.Author) == "Gemeente Voorbeeld"
    assert 'pdfuaid:part="1"' in paper.metadata()


def test_all_that_is_painted_is_content_or_an_artifact(paper: Pdf, language: str) -> None:
    assert paper.unmarked() == []


def test_headings_nest_and_every_article_has_one_of_the_first_level(paper: Pdf, language: str) -> None:
    levels = [int(tag[1]) for tag in paper.tags() if HEADINGS.fullmatch(tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    articles = [element for element in paper.elements() if element.S == "/Art"]
    with_title = [one for one in articles if "/H1" in str([kid.S for kid in _inside(one)])]
    assert len(with_title) == len(editions()[language].stukken)


def test_every_picture_has_a_text(paper: Pdf, language: str) -> None:
    figures = [element for element in paper.elements() if element.S == "/Figure"]
    assert len(figures) >= len(editions()[language].stukken)
    assert [one for one in figures if not str(one.get("/Alt", "")).strip()] == []


def test_every_link_says_where_it_leads(paper: Pdf, language: str) -> None:
    links = [note for page in paper.file.pages for note in page.get("/Annots", [])]
    assert len(links) > len(editions()[language].stukken)
    assert [note for note in links if not str(note.get("/Contents", "")).strip()] == []


def test_every_font_is_inside_and_is_one_of_ours(paper: Pdf, language: str) -> None:
    fonts = paper.fonts()
    assert len(fonts) >= 3
    for font in fonts:
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert re.search("Krant|Huis", str(descriptor.FontName)), descriptor.FontName


def test_it_is_whole_sheets_of_a4(paper: Pdf, druk: Druk, language: str) -> None:
    assert len(paper) == druk.pages
    assert druk.pages % 4 == 0
    boxes = [[float(side) for side in page.trimbox] for page in paper.file.pages]
    for left, bottom, right, top in boxes:
        assert mm(right - left) == pytest.approx(210, abs=0.1)
        assert mm(top - bottom) == pytest.approx(297, abs=0.1)


def test_only_a_press_gets_marks_and_colour_past_the_edge(paper: Pdf, language: str) -> None:
    for page in paper.file.pages:
        trim, bleed, media = (
            [float(side) for side in box] for box in (page.trimbox, page.bleedbox, page.mediabox)
        )
        if language == "pl":
            assert mm(trim[0] - bleed[0]) == pytest.approx(3, abs=0.05)
            assert mm(bleed[2] - trim[2]) == pytest.approx(3, abs=0.05)
            assert media[0] <= bleed[0]
        else:
            assert trim == pytest.approx(media, abs=0.1)


def test_nothing_sticks_out_and_no_heading_is_left_behind(druk: Druk, language: str) -> None:
    wrong = {Kind.OVERFLOW, Kind.HEADING_ALONE, Kind.PICTURE_ALONE}
    assert [one for one in druk.remarks if one.kind in wrong] == []


def test_the_articles_stand_where_it_says(paper: Pdf, druk: Druk, language: str) -> None:
    stukken = {stuk.key: stuk for stuk in editions()[language].stukken}
    assert list(druk.places) == list(stukken)
    first = [pages[0] for pages in druk.places.values()]
    assert first == sorted(first)
    assert all(pages == tuple(range(pages[0], pages[-1] + 1)) for pages in druk.places.values())
    if language != "ar":
        for key, pages in druk.places.items():
            # A title may be broken over lines, and its first word is whole.
            assert stukken[key].title.split()[0] in paper.text(pages[0] - 1)


def test_the_contents_and_the_cover_name_the_pages(paper: Pdf, druk: Druk, language: str) -> None:
    numbers = [str(pages[0]) for pages in druk.places.values()]
    contents = re.findall(r"\d+", paper.text(1))
    assert [number for number in numbers if number not in contents] == []


def test_polish_keeps_its_letters() -> None:
    dutch = Pdf(made_pdf("nl"))
    assert POLISH.title in words(dutch)
    assert POLISH.intro in words(dutch)
    assert SENTENCES["pl"][1] in words(dutch)


def test_tigrinya_has_letters_of_its_own() -> None:
    polish = Pdf(made_pdf("pl"))
    assert TIGRINYA.title in words(polish)
    assert any(
        "Ethiopisch" in str(font.DescendantFonts[0].FontDescriptor.FontName) for font in polish.fonts()
    )
    assert {str(one.Lang) for one in polish.elements() if "/Lang" in one} == {"ti"}


def test_arabic_can_be_copied() -> None:
    text = re.sub(r"[\u064b-\u0652]", "", words(Pdf(made_pdf("ar"))))
    wanted = {word for title in TITLES["ar"][:3] for word in re.findall(r"[\u0621-\u064a]{4,}", title)}
    wanted = {re.sub("ل([اأإآ])", r"\1ل", word) for word in wanted}
    assert len(wanted) >= 4
    assert {word for word in wanted if word not in text} == set()


def test_an_article_in_another_language_says_so() -> None:
    dutch = Pdf(made_pdf("nl"))
    spoken = [str(one.Lang) for one in dutch.elements() if "/Lang" in one]
    assert set(spoken) == {"pl"}
    assert len(spoken) > 10


def test_the_words_of_the_fillers_are_in_it(dutch: Druk) -> None:
    text = words(Pdf(dutch.pdf))
    assert "Handige nummers" in text
    assert "14 0255" in text
    assert "handige-nummers" in dutch.used
    assert len(dutch.used) >= dutch.room.pages


def test_from_right_to_left_the_page_is_mirrored() -> None:
    arabic = Pdf(made_pdf("ar"))
    middle = 105
    # What is read first stands on the right: the numbers of the list of contents.
    left, *_rest = arabic.at(TITLES["ar"][0].split()[0], 1)
    assert left > middle


def test_the_same_edition_is_the_same_file() -> None:
    small = krant("nl", (1,), pictures=False)
    first, second = make(small), make(small)
    assert first.pdf == second.pdf
    assert first.pages == 4
    assert first.used == (LAST_RESORT,) or len(first.used) == first.room.pages


def test_every_letter_of_the_site_is_in_the_fonts_of_the_paper() -> None:
    regular = TTFont(FONTS / "SourceSerif4-Regular.ttf").getBestCmap().keys()
    ethiopic = TTFont(FONTS / "NotoSansEthiopic-Regular.ttf").getBestCmap().keys()
    letters = "ÉÏëïąćęłńóśźżçğıöşüăâîșțЖщъїєґЂ"
    assert [letter for letter in letters if ord(letter) not in regular] == []
    assert [letter for letter in "ትግርኛሰላም፡።" if ord(letter) not in ethiopic] == []
    for weight in ("Bold", "Black", "RegularItalic"):
        assert TTFont(FONTS / f"SourceSerif4-{weight}.ttf").getBestCmap().keys() >= {
            ord(one) for one in letters
        }


def made_pdf(language: str) -> bytes:
    from tests.home.druk.conftest import made

    return made(language).pdf


def _inside(element: Any) -> list[Any]:
    from tests.pdfs import _elements

    return list(_elements(element.get("/K", [])))
