"""The pages of an edition as they go to paper."""

from datetime import date
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.test import override_settings
from django.utils import translation
from wagtail.models import Locale

from core.models import SiteImage
from home.krant.druk.pages import krant_of, stuk_of
from home.krant.druk.parts import (
    Callout,
    Figures,
    Heading,
    Image,
    Krant,
    Links,
    Questions,
    Quote,
    Steps,
    Table,
    Text,
)
from home.models import ArtikelPage, Editie, EditiePage, WijkkrantPage
from tests.krant_sample import IMAGES
from wijken.models import Wijk, WijkPage

pytestmark = pytest.mark.django_db
BODY: list[tuple[str, Any]] = [
    ("heading", "Brood"),
    (
        "text",
        '<p>Kijk <a href="https://example.nl/brood">hier</a> of <a linktype="page" id="0">daar</a>.</p>',
    ),
    ("quote", {"text": "Ik fluit.", "attribution": "Bas"}),
    ("callout", {"kind": "info", "title": "Let op", "text": "<p>Schone handen.</p>"}),
    (
        "steps",
        {"title": "Zo", "steps": [{"title": "1", "text": "<p>a</p>"}, {"title": "Twee", "text": ""}]},
    ),
    ("questions", {"items": [{"question": "Waarom?", "answer": "<p>Daarom.</p>"}]}),
    (
        "links",
        {"title": "Meer", "links": [{"title": "Kaart", "url": "https://example.nl/k", "text": ""}]},
    ),
    ("table", {"caption": "Dagen", "header": ["Dag", "Wat"], "rows": [["ma", "brood"]], "row_header": True}),
    (
        "figures",
        {
            "title": "",
            "figures": [{"value": "71", "label": "jaar", "source": "Wij", "date": date(2026, 11, 1)}],
        },
    ),
]


@pytest.fixture
def picture() -> SiteImage:
    file = IMAGES / "hero.webp"
    with file.open("rb") as opened:
        return SiteImage.objects.create(
            title="Buren",
            file=ImageFile(opened, name="buren.webp"),
            credit="Redactie",
            focal_point_x=400,
            focal_point_y=450,
            focal_point_width=10,
            focal_point_height=10,
        )


@pytest.fixture
def editie(picture: SiteImage) -> Editie:
    """An edition of a wijk that has none, with two articles, of which the second is on the web only."""
    wijk = Wijk.objects.exclude(krant_pages__isnull=False).order_by("pk").first()
    assert wijk
    above = WijkPage.objects.get(wijk=wijk, locale__language_code="nl")
    krant = above.add_child(instance=WijkkrantPage(title="Wijkkrant Proef", slug="krant-proef", wijk=wijk))
    made = Editie.objects.create(
        wijk=wijk,
        seizoen="winter",
        jaar=2031,
        kopij_tot=date(2031, 1, 1),
        bezorgd_van=date(2031, 2, 1),
        bezorgd_tot=date(2031, 2, 5),
        paginas=8,
        oplage=3200,
        is_voorbeeld=True,
        vullingen=["sudoku"],
    )
    page = krant.add_child(
        instance=EditiePage(title="Winter", slug="winter", editie=made, intro="Voorwoord.", image=picture)
    )
    for number, on_paper in enumerate((True, False)):
        page.add_child(
            instance=ArtikelPage(
                title=f"Artikel {number}",
                slug=f"artikel-{number}",
                rubriek="buren",
                auteur="Joke",
                intro="Vroeg op.",
                body=BODY,
                image=picture,
                image_alt="Buren aan tafel.",
                in_druk=on_paper,
                op_voorkant=on_paper,
            )
        )
    return made


@pytest.fixture
def krant(editie: Editie) -> Krant:
    with override_settings(SITE_URL="https://wijken.example.nl"):
        return krant_of(editie)


def test_it_has_the_facts_of_the_edition(krant: Krant) -> None:
    assert (krant.title, krant.edition, krant.language) == ("Wijkkrant Proef", "Winter 2031", "nl")
    assert (krant.pages, krant.vullingen, krant.is_example) == (8, ("sudoku",), True)
    assert krant.intro == "Voorwoord."
    assert krant.phone == "14 0255"
    assert krant.address.startswith("https://wijken.example.nl/nl/")
    assert any("3.200" in line for line in krant.colofon)


def test_only_what_is_for_paper_is_in_it(krant: Krant) -> None:
    assert [stuk.title for stuk in krant.stukken] == ["Artikel 0"]
    assert krant.front == krant.stukken[0]
    assert krant.announced == (krant.stukken[0].key,)


def test_every_block_of_a_page_has_one_on_paper(krant: Krant) -> None:
    kinds = [type(block) for block in krant.stukken[0].blocks]
    assert kinds == [Heading, Text, Quote, Callout, Steps, Questions, Links, Table, Figures]
    text = krant.stukken[0].blocks[1]
    assert isinstance(text, Text)
    # A link to a page that is gone is no link.
    assert text.html.count("<a ") == 1
    assert "daar" in text.html


def test_a_picture_comes_with_its_maker_and_its_focal_point(krant: Krant) -> None:
    stuk = krant.stukken[0]
    assert stuk.picture
    assert (stuk.picture.alt, stuk.picture.credit) == ("Buren aan tafel.", "Redactie")
    assert stuk.picture.focus == (0.25, 0.5)
    assert stuk.picture.read()[:4] == b"RIFF"
    assert stuk.address.endswith("/artikel-0/")


def test_a_picture_in_the_text(picture: SiteImage) -> None:
    page = ArtikelPage(
        title="A",
        rubriek="buren",
        locale=Locale.objects.get(language_code="nl"),
        body=[("image", {"image": picture, "alt": "Buren", "caption": "Soep"})],
    )
    (block,) = stuk_of(page).blocks
    assert isinstance(block, Image)
    assert (block.picture.alt, block.picture.caption) == ("Buren", "Soep")


def test_in_another_language_what_is_translated_is_and_the_rest_is_as_it_was(editie: Editie) -> None:
    article = ArtikelPage.objects.get(title="Artikel 0")
    english = Locale.objects.get(language_code="en")
    for page in (WijkkrantPage.objects.get(title="Wijkkrant Proef"), EditiePage.objects.get(editie=editie)):
        page.copy_for_translation(english, copy_parents=True).save_revision().publish()
    with translation.override("nl"):
        assert [one.language for one in krant_of(editie, "en").stukken] == ["nl"]
    translated = article.copy_for_translation(english)
    translated.title = "The baker"
    translated.save_revision().publish()
    krant = krant_of(editie, "en")
    assert krant.language == "en"
    assert [(one.title, one.language) for one in krant.stukken] == [("The baker", "en")]


def test_what_was_written_last_is_printed_even_before_it_is_published(editie: Editie) -> None:
    article = ArtikelPage.objects.get(title="Artikel 0")
    article.title = "Nieuwe kop"
    article.save_revision()
    assert [one.title for one in krant_of(editie).stukken] == ["Nieuwe kop"]


def test_an_edition_without_a_page_has_nothing_to_print(editie: Editie) -> None:
    EditiePage.objects.get(editie=editie).delete()
    with pytest.raises(EditiePage.DoesNotExist):
        krant_of(editie)
