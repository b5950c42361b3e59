"""Drafts of a page with everything below it."""

from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from django.test import RequestFactory
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from core.models import BasePage, Stand, Vertaalopdracht, Vertaalronde, Vertaalstand, attach_words
from core.translating import rounds
from home.models import ContentPage
from tests.desk import first
from tests.html import Document
from tests.translating.pages import block, committing
from tests.translating.service import DATABASE_TASKS, translate_server, work
from wijken.models import Thema

pytestmark = pytest.mark.django_db


@pytest.fixture
def top(page_at: Callable[[str], BasePage], settings: Any) -> ContentPage:
    """A page with two below it, the first with one of its own; none of them in Arabic."""
    settings.TASKS = DATABASE_TASKS
    Locale.objects.get_or_create(language_code="ar")
    top = _add(page_at("/nl/"), "Boven")
    _add(_add(top, "Onder"), "Helemaal onder")
    _add(top, "Ernaast")
    return top


def _add(parent: Any, title: str) -> ContentPage:
    page = parent.add_child(instance=ContentPage(title=title, body=[block(f"Tekst van {title}.")]))
    page.save_revision().publish()
    found: ContentPage = ContentPage.objects.get(pk=page.pk)
    return found


def run(top: Any, *languages: str, **how: Any) -> Vertaalronde:
    with committing():
        ronde = rounds.ask(top, languages, **how)
    with committing():
        work()
    work()
    ronde.refresh_from_db()
    return ronde


def in_language(page: Any, code: str) -> Any:
    return Page.objects.filter(translation_key=page.translation_key, locale__language_code=code).first()


def test_everything_below_becomes_a_draft_parents_first(top: ContentPage) -> None:
    ronde = run(top, "en", "ar")
    assert ronde.state == Stand.KLAAR, ronde.refused
    assert ronde.done == ronde.total > 0
    for page in top.get_descendants(inclusive=True):
        for code in ("en", "ar"):
            made = in_language(page, code)
            assert made is not None
            assert not made.live
            assert made.alias_of_id is None
            assert made.get_parent().translation_key == page.get_parent().translation_key


def test_twice_is_once(top: ContentPage) -> None:
    run(top, "en")
    before = (Page.objects.count(), Translation.objects.count())
    ronde = run(top, "en")
    assert ronde.state == Stand.KLAAR
    assert (Page.objects.count(), Translation.objects.count()) == before


def test_a_page_that_is_live_or_written_by_hand_is_left_alone(top: ContentPage) -> None:
    run(top, "en")
    english = in_language(top, "en").specific
    Translation.objects.filter(source__object_id=top.translation_key).delete()
    english.title = "Written by hand"
    english.save_revision().publish()
    run(top, "en")
    english = in_language(top, "en")
    assert english.title == "Written by hand"
    assert english.live
    assert not Translation.objects.filter(source__object_id=top.translation_key).exists()


def test_an_alias_becomes_a_draft_not_dutch_under_another_flag(top: ContentPage) -> None:
    english_home = Page.objects.get(depth=2, locale__language_code="en")
    alias = top.create_alias(
        parent=english_home,
        update_locale=english_home.locale,
        update_slug="boven-en",
        reset_translation_key=False,
    )
    assert alias.live
    ronde = run(top, "en")
    assert ronde.refused == []
    alias.refresh_from_db()
    assert alias.alias_of_id is None
    assert not alias.live


def test_one_page_that_fails_does_not_stop_the_others(top: ContentPage) -> None:
    # A title that does not fit any more, as after a change of the model.
    broken = top.get_children().get(title="Onder")
    Page.objects.filter(pk=broken.pk).update(title="x" * 255, slug="")
    ronde = run(top, "en")
    assert ronde.done == ronde.total
    assert in_language(top.get_children().get(title="Ernaast"), "en") is not None


def test_above_goes_along_so_that_nothing_hangs_in_the_air(top: ContentPage) -> None:
    lowest = Page.objects.get(title="Helemaal onder")
    run(lowest, "en")
    made = in_language(lowest, "en")
    assert [page.alias_of_id for page in made.get_ancestors().filter(depth__gt=2)] == [None, None]
    assert in_language(Page.objects.get(title="Ernaast"), "en") is None


def test_with_a_machine_the_suggestions_are_asked_too(top: ContentPage, settings: Any) -> None:
    with translate_server() as server:
        settings.MACHINE_TRANSLATION_URL = server.deepl
        ronde = run(top, "en", with_machine=True)
        assert (ronde.with_machine, ronde.refused) == (True, [])
        assert (
            Vertaalopdracht.objects.get(translation__source__object_id=top.translation_key).state == "klaar"
        )
    kinds = StringTranslation.objects.filter(context__object_id=top.translation_key)
    assert set(kinds.values_list("translation_type", flat=True)) == {"machine"}
    assert not in_language(top, "en").live


def test_a_snippet_without_translated_words_is_read_in_dutch() -> None:
    thema = Thema.objects.create(naam="Nieuw thema", locale=Locale.objects.get(language_code="nl"))
    arabic, _created = Locale.objects.get_or_create(language_code="ar")
    (translation,) = rounds._translate_snippet(thema, arabic)
    assert translation.enabled
    attach_words("ar", [thema])
    assert thema.words_language == "nl"
    row = Thema.objects.get(translation_key=thema.translation_key, locale=arabic)
    row.naam = "موضوع"
    row.save()
    attach_words("ar", [thema])
    assert thema.words_language == "ar"
    assert thema.words.naam == "موضوع"
    assert rounds._translate_snippet(thema, arabic) == [translation]
    assert Thema.objects.filter(translation_key=thema.translation_key).count() == 2


def test_nobody_sees_a_draft(top: ContentPage, client: Any) -> None:
    run(top, "en")
    made = in_language(top, "en")
    assert not made.live
    # The Dutch page stands in, and says that it is Dutch.
    html = client.get(made.get_url(RequestFactory().get("/"))).content.decode()
    assert Document(html).first("main").attrs["lang"] == "nl"
    assert first(Page.objects.filter(pk=top.pk)).live


def test_publishing_dutch_is_quick_with_a_translation_in_every_language(
    top: ContentPage, settings: Any
) -> None:
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    for code in others:
        Locale.objects.get_or_create(language_code=code)
    for made in rounds.start(top, others):
        made.get_target_instance().save_revision().publish()
    assert Page.objects.live().filter(translation_key=top.translation_key).count() == 1 + len(others) == 9
    top.intro = "Een andere inleiding."
    revision = top.save_revision()
    # Of this process: how busy the machine is says nothing.
    started = process_time()
    with committing():
        revision.publish()
    assert process_time() - started < 2
    stands: Any = Vertaalstand.objects.with_current().filter(translation_key=top.translation_key)
    digests = list(stands.values_list("made_from", "current_digest"))
    assert len(digests) == len(others)
    assert all(made_from != current for made_from, current in digests)
