"""What makes a page readable from right to left, as far as files show it."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from core.bidi import isolated, keep_numbers_in_order

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = [*(ROOT / "templates").rglob("*.html")]
PHYSICAL = re.compile(
    r"(?:^|[\s;{])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[\w-]*"
    r"|border-(?:top|bottom)-(?:left|right)-radius|left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
# What points somewhere, apart from the arrow of a menu that is turned to point down.
POINTING = re.compile(r'<svg class="([^"]*)"[^>]*><use href="[^"]*#(?:pijl|pijl-terug|hoek)"')
POINTS_DOWN = {"wijk-talen__pijl"}


def found(pattern: str) -> dict[str, list[str]]:
    """{template: what matches}."""
    matches = {str(file.relative_to(ROOT)): re.findall(pattern, file.read_text()) for file in TEMPLATES}
    return {
        name: texts for name, texts in matches.items() if texts and not name.startswith("templates/desk/")
    }


def test_no_style_knows_left_from_right() -> None:
    wrong = {}
    for file in (ROOT / "styles").rglob("*.css"):
        if lines := [line.strip() for line in file.read_text().splitlines() if PHYSICAL.search(line)]:
            wrong[file.name] = lines
    assert wrong == {}


def test_what_points_is_mirrored() -> None:
    wrong = {
        file.name: names
        for file in TEMPLATES
        for names in POINTING.findall(file.read_text())
        if "wijk-icoon--spiegel" not in names and not POINTS_DOWN & set(names.split())
    }
    assert wrong == {}


def test_a_date_in_words_is_not_forced_from_left_to_right() -> None:
    """An Arabic month between two numbers then trades places with the year."""
    assert found(r"""<bdi dir="ltr">\{\{[^}]*\|date:"[^"]*[EFMl][^"]*"[^}]*\}\}""") == {}


def test_a_number_to_call_is_one_piece() -> None:
    links = re.compile(r'<a [^>]*href="tel:[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
    wrong = {
        file.name: inside
        for file in TEMPLATES
        for inside in links.findall(file.read_text())
        if '<bdi dir="ltr">' not in inside
    }
    assert wrong == {}


def test_a_mail_address_is_one_piece() -> None:
    addresses = r"<a [^>]*href=\"mailto:\{\{[^\"]*\"[^>]*>(?!<bdi dir=\"ltr\">)[^<]*\{\{"
    assert found(addresses) == {}


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>اتصل 14 0255.</p>", "<p>اتصل ⁦14 0255⁩.</p>"),
        ("<p>اتصل <b>14 0255</b></p>", "<p>اتصل <b>⁦14 0255⁩</b></p>"),
        ("<title>0800-1234</title>", "<title>⁦0800-1234⁩</title>"),
        ("<p>+31 255 12 34, (0255) 12 34</p>", "<p>⁦+31 255 12 34⁩, ⁦(0255) 12 34⁩</p>"),
        ("<p>في 1951 AB.</p>", "<p>في ⁦1951 AB⁩.</p>"),
    ],
)
def test_a_number_in_parts_becomes_one_piece(html: str, kept: str) -> None:
    assert keep_numbers_in_order(html) == kept


@pytest.mark.parametrize(
    "html",
    [
        '<a href="tel:140255"><bdi dir="ltr">14 0255</bdi></a>',
        "<p>اتصل ⁦14 0255⁩</p>",
        '<input value="14 0255"><p aria-label="14 0255">2026 12</p>',
        "<textarea>14 0255</textarea><script>14 0255</script><code>1951 AB</code>",
        "<p>14 إجراءات في 2026، 25 نوفمبر 2026، 1951</p>",
    ],
)
def test_what_is_left_as_it_is(html: str) -> None:
    assert keep_numbers_in_order(html) == html


def test_only_a_language_from_right_to_left_needs_it() -> None:
    with override("nl"):
        assert isolated("50%") == "50%"
    with override("ar"):
        assert isolated("50%") == "⁦50%⁩"
