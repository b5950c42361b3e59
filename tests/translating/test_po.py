"""Translations out to a file and back in."""

import io
import zipfile
from collections.abc import Callable

import polib
import pytest
from django.test import Client
from wagtail_localize.models import StringTranslation

from core.models import BasePage, User
from core.translating import po
from tests.desk import allow_unknown_variables
from tests.translating.pages import Pair, block, make_pair

pytestmark = pytest.mark.django_db

LONG = 'Lees <a href="https://example.nl/">meer</a> over {naam}.'


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def pair(page_at: Callable[[str], BasePage]) -> Pair:
    return make_pair(page_at("/nl/"), block(LONG, "a1"), block("Tot ziens.", "a2"))


def exported(pair: Pair) -> polib.POFile:
    return po.parse(po.export(pair.translation))


def entry(file: polib.POFile, dutch: str) -> polib.POEntry:
    found: polib.POEntry = next(item for item in file if item.msgid == dutch)
    return found


def planned(file: polib.POFile) -> po.Plan:
    text = str(file)
    return next(iter(po.plans([text])))


def test_out_and_back_brings_what_was_filled_in(pair: Pair, beheerder: User) -> None:
    file = exported(pair)
    assert file.metadata["Language"] == "en"
    entry(file, "Tot ziens.").msgstr = "Goodbye."
    found = planned(file)
    assert [(change.place.source, change.text) for change in found.changes] == [("Tot ziens.", "Goodbye.")]
    assert pair.row("Tot ziens.") is None
    assert po.apply(found, user=beheerder) == 1
    row = pair.row("Tot ziens.")
    assert row is not None
    assert (row.data, row.translation_type, row.last_translated_by) == ("Goodbye.", "manual", beheerder)
    again = planned(exported(pair))
    assert (again.same, again.changes) == (1, [])


def test_newer_words_of_a_person_are_a_conflict_to_choose(pair: Pair, desk: Client, beheerder: User) -> None:
    file = exported(pair)
    entry(file, "Tot ziens.").msgstr = "Goodbye."
    pair.write(desk, "Tot ziens.", "See you.")
    found = planned(file)
    assert [change.is_conflict for change in found.changes] == [True]
    assert po.apply(found, user=beheerder) == 0
    row = pair.row("Tot ziens.")
    assert row is not None
    assert row.data == "See you."
    # Chosen, and nobody typed since.
    key = found.conflicts[0].key
    assert po.apply(found, user=beheerder, chosen=[key]) == 1
    assert "See you." in pair.kept_texts()


def test_what_changed_after_the_look_is_left_alone(pair: Pair, desk: Client, beheerder: User) -> None:
    file = exported(pair)
    entry(file, "Tot ziens.").msgstr = "Goodbye."
    found = planned(file)
    pair.write(desk, "Tot ziens.", "See you.")
    assert po.apply(found, user=beheerder, chosen=[change.key for change in found.changes]) == 0


def test_older_words_that_the_file_knew_are_simply_improved(pair: Pair, desk: Client) -> None:
    pair.write(desk, "Tot ziens.", "See you.")
    file = exported(pair)
    entry(file, "Tot ziens.").msgstr = "Goodbye."
    assert planned(file).conflicts == []
    for date in ("", "gisteren", "2999-01-01T00:00:00+00:00", "2026-13-45T00:00:00+00:00"):
        file.metadata[po.DATE_HEADER] = date
        assert len(planned(file).conflicts) == 1, date


def test_a_machines_words_are_fuzzy_until_a_person_says_so(pair: Pair, beheerder: User) -> None:
    segment = pair.segment("Tot ziens.")
    StringTranslation.objects.create(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale=pair.translation.target_locale,
        data="Bye.",
        translation_type="machine",
        tool_name="DeepL",
    )
    file = exported(pair)
    assert entry(file, "Tot ziens.").fuzzy
    found = planned(file)
    assert (found.not_ready, found.changes) == (1, [])
    entry(file, "Tot ziens.").flags = []
    assert po.apply(planned(file), user=beheerder) == 1
    row = pair.row("Tot ziens.")
    assert row is not None
    assert (row.data, row.translation_type) == ("Bye.", "manual")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Read more about {naam}.", "opmaak"),
        ('Read <a id="a1">more</a> about {name}.', "blijven staan"),
        ('Read <a id="a9">more</a> about {naam}.', "a9"),
        ("<script>x</script>", "script"),
    ],
    ids=["tag", "placeholder", "link", "script"],
)
def test_a_damaged_entry_is_told_by_number(pair: Pair, text: str, words: str) -> None:
    file = exported(pair)
    item = next(item for item in file if "{naam}" in item.msgid)
    item.msgstr = text
    found = planned(file)
    assert found.changes == []
    assert [problem.number for problem in found.problems] == [list(file).index(item) + 1]
    assert words in found.problems[0].reason


def test_an_unknown_and_a_double_entry_are_told(pair: Pair) -> None:
    file = exported(pair)
    item = entry(file, "Tot ziens.")
    item.msgstr = "Goodbye."
    file.append(polib.POEntry(msgid="Van een ander.", msgctxt="title", msgstr="Another's."))
    file.append(polib.POEntry(msgid="Tot ziens.", msgctxt=item.msgctxt, msgstr="Bye."))
    found = planned(file)
    assert [problem.number for problem in found.problems] == [len(file) - 1, len(file)]
    assert len(found.changes) == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda file: file.metadata.update({"Language": "ar"}), "hoort “en” te zijn"),
        (lambda file: file.metadata.pop(po.ID_HEADER), "komt niet van deze site"),
        (
            lambda file: file.metadata.update({po.ID_HEADER: "00000000-0000-0000-0000-000000000000"}),
            "is er niet",
        ),
        (lambda file: file.metadata.update({"Content-Type": "text/plain; charset=latin-1"}), "UTF-8"),
    ],
    ids=["language", "no-number", "gone", "charset"],
)
def test_a_file_for_something_else_is_refused(pair: Pair, spoil: Callable, words: str) -> None:
    file = exported(pair)
    spoil(file)
    with pytest.raises(po.Refused, match=words):
        planned(file)


@pytest.mark.parametrize(
    "content", ["", "msgid", "README.md", "/etc/hostname", "msgid \n\0", 'msgid "a"\nmsgst "b"\n']
)
def test_what_is_no_po_file_is_refused(content: str) -> None:
    with pytest.raises(po.Refused):
        po.translation_of(po.parse(content))


def test_it_is_told_in_dutch_which_line_cannot_be_read() -> None:
    with pytest.raises(po.Refused) as refused:
        po.parse('msgid "a"\nmsgstr "b" c"\n')
    assert str(refused.value).startswith("Regel 2 van dit PO-bestand is niet te lezen.")
    assert "quote" not in str(refused.value)


def test_another_encoding_is_refused(pair: Pair) -> None:
    with pytest.raises(po.Refused, match="UTF-8"):
        po.read('msgid "é"\n'.encode("latin-1"))
    # With the mark that Windows puts in front it is fine.
    assert po.read("\ufeffmsgid".encode()) == ["msgid"]


def archive(*files: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files:
            zipped.writestr(name, data)
    return content.getvalue()


def test_a_whole_zip_goes_out_and_back(pair: Pair, page_at: Callable[[str], BasePage]) -> None:
    other = make_pair(page_at("/nl/"), block("Nog een.", "x"))
    texts = po.read(po.export_zip([pair.translation, other.translation]))
    assert [found.translation for found in po.plans(texts)] == [pair.translation, other.translation]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive(("a.po", b"0" * (po.MAX_FILE_BYTES + 1))), "te groot"),
        (archive(*((f"{n}.po", b"0" * (po.MAX_FILE_BYTES - 1)) for n in range(12))), "te groot"),
        (archive(*((f"{n}.po", b"") for n in range(po.MAX_FILES + 1))), "te veel"),
        (archive(("x.exe", b"MZ")), "alleen PO"),
        (archive(), "leeg"),
        (archive(("a.po", b"x" * 99)).replace(b"PK\x03\x04", b"PK\x03\x05"), "uit te pakken"),
        (b"0" * (po.MAX_FILE_BYTES + 1), "te groot"),
    ],
    ids=["large", "bomb", "many", "other", "empty", "damaged", "large-file"],
)
def test_a_zip_that_is_too_much_or_something_else_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(po.Refused, match=words):
        list(po.plans(po.read(content)))
