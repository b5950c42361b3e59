"""From the body of a page to plain text."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.blocks import BodyBlock
from core.page_index import own_address
from home.plain_text import rich_text, short_address, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("<p></p><p> </p>", ""),
        ("<p>Een.</p><p>Twee.</p>", "Een.\n\nTwee."),
        ("<p>Eerste regel<br/>tweede   regel</p>", "Eerste regel\ntweede regel"),
        ("<p>Koffie &amp; <b>thee</b> &lt;3</p>", "Koffie & thee <3"),
        ("<h3>Kop</h3><p>Tekst</p>", "Kop\n\nTekst"),
        ("<p>Neem mee:</p><ul><li>soep</li><li>brood</li></ul>", "Neem mee:\n\n- soep\n- brood"),
        ("<ol><li>Bel</li><li>Kom</li></ol><p>Klaar</p>", "1. Bel\n2. Kom\n\nKlaar"),
        (
            "<ul><li>fruit<ol><li>appel</li><li>peer</li></ol></li><li>brood</li></ul>",
            "- fruit\n  1. appel\n  2. peer\n- brood",
        ),
        ('<p><a href="https://www.example.nl/a/">Lees dit</a>.</p>', "Lees dit (www.example.nl/a)."),
        ('<p><a href="https://example.nl">example.nl</a></p>', "example.nl"),
        ('<p>Bel <a href="tel:140255">14 0255</a></p>', "Bel 14 0255"),
        ('<p><a href="mailto:a@example.nl">Mail ons</a></p>', "Mail ons (a@example.nl)"),
        ("<p>Los</p>en nog wat", "Los\n\nen nog wat"),
    ],
)
def test_rich_text(markup: str, text: str) -> None:
    assert rich_text(markup) == text


def test_a_link_to_a_page_is_written_out(page_at) -> None:
    page = page_at("/nl/privacy/")
    written = short_address(own_address(page))
    assert written.endswith("/nl/privacy")
    assert "//" not in written
    assert rich_text(f'<p><a linktype="page" id="{page.pk}">Privacy</a></p>') == f"Privacy ({written})"


def test_a_link_to_a_page_that_is_gone_keeps_its_words() -> None:
    assert rich_text('<p><a linktype="page" id="999999">Weg</a></p>') == "Weg"


BLOCKS = [
    ("heading", "Kop", "Kop"),
    ("text", "<p>Tekst</p>", "Tekst"),
    ("quote", {"text": "Mooi", "attribution": "Een buur"}, "“Mooi”\nEen buur"),
    ("callout", {"kind": "info", "title": "Let op", "text": "<p>Neem mee</p>"}, "Let op\nNeem mee"),
    (
        "steps",
        {"title": "Zo", "steps": [{"title": "Bel", "text": "<p>nu</p>"}, {"title": "Kom", "text": ""}]},
        "Zo\n1. Bel: nu\n2. Kom",
    ),
    ("questions", {"items": [{"question": "Wie?", "answer": "<p>U</p>"}]}, "Wie?\nU"),
    (
        "links",
        {"title": "", "links": [{"title": "Meer", "url": "https://example.nl/x", "text": "uitleg"}]},
        "- Meer: uitleg (example.nl/x)",
    ),
    (
        "table",
        {"caption": "Wanneer", "header": ["Dag", "Tijd"], "rows": [["ma", "9.00"], ["di", ""]]},
        "Wanneer\n- Dag: ma, Tijd: 9.00\n- Dag: di",
    ),
    (
        "figures",
        {
            "title": "",
            "figures": [{"value": "12", "label": "bomen", "source": "telling", "date": "2026-11-01"}],
        },
        "- 12 bomen (telling, 1 november 2026)",
    ),
    ("meld_het", None, ""),
]


@pytest.mark.parametrize(("kind", "value", "text"), BLOCKS, ids=[row[0] for row in BLOCKS])
def test_a_block(kind: str, value: object, text: str) -> None:
    body = BodyBlock().to_python([{"type": kind, "value": value}])
    assert text_of(body) == text


def test_blocks_have_an_empty_line_between_them() -> None:
    rows = [{"type": kind, "value": value} for kind, value, text in BLOCKS if text]
    assert text_of(BodyBlock().to_python(rows)) == "\n\n".join(text for _kind, _value, text in BLOCKS if text)


tags = st.sampled_from(
    ["<p>", "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<br/>", "<a>", "</a>", "<b>"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.one_of(tags, st.text("abc &\n", max_size=8)), max_size=30).map("".join))
def test_no_word_is_lost_whatever_the_markup(markup: str) -> None:
    shown = rich_text(markup)
    words = re.findall(r"[abc]+", re.sub(r"<[^>]*>", " ", markup))
    assert re.findall("[abc]", shown) == list("".join(words))
    assert "<" not in shown
    assert shown == shown.strip()
