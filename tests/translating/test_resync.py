"""A re-sync with the Dutch text, and a restart of a translation, lose nothing that a person wrote."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation, TranslationSource

from core.models import BasePage, BewaardeVertaling
from core.translating.keeping import EARLIER, is_suggestion
from tests.desk import allow_unknown_variables
from tests.translating.pages import Pair, all_texts, block, make_pair

pytestmark = pytest.mark.django_db

LONG = "De wijkboerderij is elke woensdag open van tien tot vier uur."
LONG_EN = "The city farm is open every Wednesday from ten to four."


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def pair(page_at: Callable[[str], BasePage]) -> Pair:
    return make_pair(page_at("/nl/"), block(LONG, "a1"), block("Tot ziens.", "a2"))


def test_every_resync_keeps_translations() -> None:
    assert getattr(TranslationSource.refresh_segments, "keeps_translations", False)


def test_a_block_with_a_new_id_keeps_its_translation(pair: Pair, desk: Client) -> None:
    pair.write(desk, LONG, LONG_EN)
    pair.edit_dutch(block("Tot ziens.", "a2"), block(LONG, "b9"))
    pair.resync(desk)
    row = pair.row(LONG)
    assert row is not None
    assert row.data == LONG_EN
    assert not row.has_error
    assert row.translation_type == StringTranslation.TRANSLATION_TYPE_MANUAL


def test_the_words_of_a_person_win_from_those_of_a_machine(pair: Pair, desk: Client) -> None:
    pair.edit_dutch(block(LONG, "a1"), block(LONG, "a3"))
    pair.resync(desk)
    first, second = pair.source.stringsegment_set.filter(string__data=LONG).order_by("order")
    for segment, kind, text in ((first, "manual", LONG_EN), (second, "machine", "Machine words.")):
        StringTranslation.objects.create(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=pair.translation.target_locale,
            data=text,
            translation_type=kind,
        )
    pair.edit_dutch(block(LONG, "z1"))
    pair.resync(desk)
    row = pair.row(LONG)
    assert row is not None
    assert (row.data, row.translation_type) == (LONG_EN, "manual")


def test_a_small_change_leaves_a_suggestion_that_is_not_on_the_page(pair: Pair, desk: Client) -> None:
    pair.write(desk, LONG, LONG_EN)
    changed = LONG.replace("vier", "vijf")
    pair.edit_dutch(block(changed, "a1"))
    pair.resync(desk)
    row = pair.row(changed)
    assert row is not None
    assert row.data == LONG_EN
    assert is_suggestion(row)
    assert row.tool_name == EARLIER
    assert "nagekeken" not in row.get_comment()
    assert row.get_error()
    pair.publish(desk)
    assert LONG_EN not in pair.live_texts()
    assert LONG_EN in pair.kept_texts()
    # The translator looks at it and saves it.
    pair.write(desk, changed, LONG_EN.replace("four", "five"))
    row = pair.row(changed)
    assert row is not None
    assert not row.has_error
    pair.publish(desk)
    assert LONG_EN.replace("four", "five") in pair.live_texts()


def test_a_changed_text_that_also_moved_is_suggested(pair: Pair, desk: Client) -> None:
    pair.write(desk, LONG, LONG_EN)
    pair.edit_dutch(block("Nieuw.", "n1"), block(LONG + " Welkom!", "n2"))
    pair.resync(desk)
    row = pair.row(LONG + " Welkom!")
    assert row is not None
    assert is_suggestion(row)
    assert pair.row("Nieuw.") is None


def test_each_earlier_translation_is_suggested_for_the_text_most_like_it(pair: Pair, desk: Client) -> None:
    one, two = "Maandag zijn wij open van 9 tot 12 uur.", "Dinsdag zijn wij open van 9 tot 12 uur."
    pair.edit_dutch(block(f"{one}</p><p>{two}", "a1"))
    pair.resync(desk)
    pair.write(desk, one, "Monday")
    pair.write(desk, two, "Tuesday")
    pair.edit_dutch(block(f"{two[:-1]}, welkom.</p><p>{one[:-1]}, welkom.", "a1"))
    pair.resync(desk)
    found = {dutch: pair.row(f"{dutch[:-1]}, welkom.") for dutch in (one, two)}
    assert {dutch: row.data if row else None for dutch, row in found.items()} == {
        one: "Monday",
        two: "Tuesday",
    }


def test_a_suggestion_is_no_source_of_suggestions(pair: Pair, desk: Client) -> None:
    pair.write(desk, LONG, LONG_EN)
    for hour in ("vijf", "zes", "zeven"):
        pair.edit_dutch(block(LONG.replace("vier", hour), "a1"))
        pair.resync(desk)
    assert BewaardeVertaling.objects.filter(text=LONG_EN).count() == 1
    # Back to what it was: the translation is there at once.
    pair.edit_dutch(block(LONG, "a1"))
    pair.resync(desk)
    row = pair.row(LONG)
    assert row is not None
    assert not row.has_error


def test_what_finds_no_place_is_kept_with_who_and_why(pair: Pair, desk: Client, beheerder) -> None:
    pair.write(desk, LONG, LONG_EN)
    pair.edit_dutch(block("Iets heel anders over de speeltuin.", "q1"))
    pair.resync(desk)
    kept = BewaardeVertaling.objects.get(text=LONG_EN)
    assert kept.reason == BewaardeVertaling.Reden.BRON
    assert kept.source_text == LONG
    assert kept.title == pair.dutch.title
    assert kept.translated_by == beheerder


def test_overwriting_and_deleting_keep_what_was_there(pair: Pair, desk: Client) -> None:
    pair.write(desk, LONG, LONG_EN)
    pair.write(desk, LONG, "Second thoughts.")
    assert BewaardeVertaling.objects.get(text=LONG_EN).reason == BewaardeVertaling.Reden.OVERSCHREVEN
    address = reverse(
        "wagtail_localize:edit_string_translation", args=[pair.translation.pk, pair.segment(LONG).pk]
    )
    assert desk.delete(address).status_code == 200
    assert BewaardeVertaling.objects.get(text="Second thoughts.").reason == BewaardeVertaling.Reden.VERWIJDERD


def test_words_of_a_machine_are_not_kept(pair: Pair, desk: Client) -> None:
    segment = pair.segment(LONG)
    StringTranslation.objects.create(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale=pair.translation.target_locale,
        data="Machine.",
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
    )
    pair.write(desk, LONG, LONG_EN)
    assert pair.kept_texts() == set()


def test_the_page_going_away_takes_no_translation_along(pair: Pair, desk: Client) -> None:
    pair.write(desk, LONG, LONG_EN)
    pair.page.delete()
    assert LONG_EN in pair.kept_texts()


# --- stop, edit the page itself, start again: wagtail-localize put the old translations over it ------------


def stop(pair: Pair, desk: Client) -> None:
    desk.post(reverse("wagtail_localize:stop_translation", args=[pair.translation.pk]))


def start(pair: Pair, desk: Client) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[pair.page.pk])
    assert desk.post(address, {"localize-restart-translation": "1"}).status_code == 302
    pair.translation.refresh_from_db()
    assert pair.translation.enabled


def by_hand(pair: Pair, *blocks, publish: bool = True, **fields: str) -> None:
    page = pair.page.get_latest_revision_as_object()
    if blocks:
        page.body = list(blocks)
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if publish:
        revision.publish()


@pytest.mark.parametrize("publish", [True, False])
def test_edits_on_the_page_itself_survive_a_restart(pair: Pair, desk: Client, publish: bool) -> None:
    pair.write(desk, LONG, LONG_EN)
    pair.publish(desk)
    stop(pair, desk)
    by_hand(pair, block("Edited by hand.", "a1"), block("Tot ziens.", "a2"), title="By hand", publish=publish)
    start(pair, desk)
    pair.resync(desk)
    pair.publish(desk)
    assert pair.page.title == "By hand"
    assert "Edited by hand." in pair.live_texts()
    assert LONG_EN in pair.kept_texts()
    # What was still Dutch on the page has not become a translation.
    assert pair.row("Tot ziens.") is None


def test_what_only_the_translated_page_has_is_kept_at_a_restart(pair: Pair, desk: Client) -> None:
    stop(pair, desk)
    by_hand(pair, block(LONG, "a1"), block("Only for readers of English.", "own"))
    start(pair, desk)
    pair.publish(desk)
    kept = BewaardeVertaling.objects.get(text="Only for readers of English.")
    assert kept.reason == BewaardeVertaling.Reden.PAGINA


def test_dutch_is_not_put_over_a_translation(pair: Pair, desk: Client) -> None:
    pair.write(desk, LONG, LONG_EN)
    pair.publish(desk)
    stop(pair, desk)
    by_hand(pair, intro="Written on the page.")
    address = reverse("wagtail_localize:convert_to_alias", args=[pair.page.pk])
    editor = reverse("wagtailadmin_pages:edit", args=[pair.page.pk])
    assert address not in desk.get(editor).content.decode()
    assert desk.post(address)["Location"] == editor
    desk.post(editor, {"localize-convert-to-alias": "1"}, follow=True)
    assert pair.page.alias_of_id is None
    assert "Written on the page." in all_texts(pair.page)


def test_a_deleted_page_leaves_its_words_behind(pair: Pair, desk: Client) -> None:
    pair.write(desk, LONG, LONG_EN)
    stop(pair, desk)
    by_hand(pair, intro="Written on the page.")
    pair.translation.delete()
    assert {LONG_EN, "Written on the page."} <= pair.kept_texts()
