"""The state of a translation follows from what was published, and from what a person said of it."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from core.models import BasePage, Brontekst, User, Vertaalstand
from core.translation_states import register
from core.translation_states.actions import CHECKED, UNCHECKED, CheckError, mark_checked, mark_unchecked
from core.translation_states.states import COLUMNS, Standing, State, standing_of
from core.translation_states.texts import Change, changes, digest_of, texts_of
from home.models import ContentPage
from tests.desk import first
from tests.translated import front_door, in_language
from wijken.models import Organisatie

pytestmark = pytest.mark.django_db
MANUAL, MACHINE = StringTranslation.TRANSLATION_TYPE_MANUAL, StringTranslation.TRANSLATION_TYPE_MACHINE


class Translated:
    """A Dutch page and its translation by wagtail-localize, as people at the desk make it."""

    def __init__(self, language: str = "pl") -> None:
        front_door(language)
        self.locale = Locale.objects.get(language_code=language)
        self.page = ContentPage.objects.get(slug="privacy", locale__language_code="nl")
        self.source, _made = TranslationSource.update_or_create_from_instance(self.page)
        self.translation = Translation.objects.create(source=self.source, target_locale=self.locale)

    def write(self, kind: str, *, only: int | None = None, again: str = "") -> None:
        segments = self.source.stringsegment_set.order_by("order").select_related("string", "context")
        for segment in segments[:only]:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=self.locale,
                defaults={"data": f"PL{again} {segment.string.data}", "translation_type": kind},
            )

    def save(self) -> Page:
        """As a draft."""
        self.translation.save_target(publish=False)
        return self.result

    def publish(self) -> Page:
        self.save().get_latest_revision().publish()
        return self.result

    def change_dutch(self, **fields: Any) -> None:
        self.page.refresh_from_db()
        for name, value in fields.items():
            setattr(self.page, name, value)
        self.page.save_revision().publish()

    def resync(self) -> None:
        self.source.update_from_db()

    @property
    def result(self) -> Page:
        page: Page = self.translation.get_target_instance()
        return page

    @property
    def standing(self) -> Standing:
        return standing_of(self.page.translation_key, self.locale.pk)

    def state(self) -> State:
        """Asked anew, so a type checker does not think it knows."""
        return self.standing.state


@pytest.fixture
def made() -> Translated:
    return Translated()


def test_the_demo_is_filled_and_up_to_date() -> None:
    english = Locale.objects.get(language_code="en")
    pages = Page.objects.live().filter(depth__gte=2, locale=english, alias_of__isnull=True)
    stands = Vertaalstand.objects.with_current().filter(locale=english)
    assert set(pages.values_list("translation_key", flat=True)) <= set(
        stands.values_list("translation_key", flat=True)
    )
    for stand in stands.values(*COLUMNS):
        assert (stand["missing"], stand["made_from"]) == (0, stand["current_digest"])


def test_translating_makes_a_draft(made: Translated) -> None:
    """wagtail-localize would put Dutch words on the site as if they were Polish."""
    made.write(MACHINE)
    assert not made.save().live
    assert not Vertaalstand.objects.filter(translation_key=made.page.translation_key, locale=made.locale)


@pytest.mark.parametrize(("kind", "state"), [(MANUAL, State.HUMAN), (MACHINE, State.MACHINE)])
def test_published(kind: str, state: State, made: Translated) -> None:
    made.write(kind)
    assert made.publish().live
    assert made.state() is state


def test_one_text_by_a_computer_makes_it_computer_text(made: Translated) -> None:
    made.write(MANUAL)
    made.write(MACHINE, only=1)
    made.publish()
    assert made.state() is State.MACHINE


def test_a_person_who_improves_some_of_it_does_not_take_the_label_away(made: Translated) -> None:
    made.write(MACHINE)
    made.publish()
    made.write(MANUAL, again="!")
    made.publish()
    assert made.state() is State.MACHINE


def test_what_is_not_translated_is_counted(made: Translated) -> None:
    made.write(MANUAL, only=3)
    made.publish()
    assert made.state() is State.INCOMPLETE
    assert made.standing.missing == made.standing.total - 3


def test_outdated_when_the_words_changed_and_only_then(made: Translated) -> None:
    made.write(MANUAL)
    made.publish()
    made.change_dutch(review_on=date(2027, 1, 1), show_in_menus=True)
    assert made.state() is State.HUMAN
    with time_machine.travel("2026-12-24 12:00:00+00:00", tick=False):
        made.change_dutch(intro="Een heel nieuwe inleiding.")
    assert made.state() is State.OUTDATED
    assert made.standing.outdated_since == date(2026, 12, 24)


def test_a_draft_in_dutch_changes_nothing(made: Translated) -> None:
    made.write(MANUAL)
    made.publish()
    made.page.intro = "Nog niet klaar."
    made.page.save_revision()
    assert made.state() is State.HUMAN


def test_no_longer_outdated_when_the_words_come_back(made: Translated) -> None:
    made.write(MANUAL)
    made.publish()
    before = made.page.intro
    made.change_dutch(intro="Een heel nieuwe inleiding.")
    made.change_dutch(intro=before)
    assert made.state() is State.HUMAN


def test_a_block_that_moved_is_no_change_of_words(made: Translated) -> None:
    made.write(MANUAL)
    made.publish()
    blocks = list(made.page.body.raw_data)
    assert len(blocks) > 1
    made.change_dutch(body=[*blocks[1:], blocks[0]])
    assert made.state() is State.HUMAN


def test_a_resync_alone_does_not_make_it_up_to_date(made: Translated) -> None:
    made.write(MANUAL)
    made.publish()
    made.change_dutch(intro="Een heel nieuwe inleiding.")
    made.resync()
    assert made.state() is State.OUTDATED
    made.save()
    assert made.state() is State.OUTDATED
    made.publish()
    assert made.state() is State.INCOMPLETE
    made.write(MANUAL)
    made.publish()
    assert made.state() is State.HUMAN


def test_outdated_machine_text_is_still_machine_text(made: Translated) -> None:
    made.write(MACHINE)
    made.publish()
    made.change_dutch(intro="Een heel nieuwe inleiding.")
    assert made.state() is State.OUTDATED
    assert made.standing.is_unchecked_machine


class TestChecked:
    def test_takes_the_label_away_and_can_be_taken_back(self, made: Translated, beheerder: User) -> None:
        made.write(MACHINE)
        page = made.publish()
        mark_checked(instance=page, user=beheerder, is_native=True)
        assert made.state() is State.CHECKED
        assert (made.standing.is_native, made.standing.checked_on) == (True, timezone.localdate())
        mark_unchecked(instance=page, user=beheerder)
        assert made.state() is State.MACHINE
        actions = [entry.action for entry in registry.get_logs_for_instance(page)]
        assert {CHECKED, UNCHECKED} <= set(actions)

    def test_stays_when_the_same_words_are_published_again(self, made: Translated, beheerder: User) -> None:
        made.write(MACHINE)
        mark_checked(instance=made.publish(), user=beheerder, is_native=False)
        made.publish()
        assert made.state() is State.CHECKED

    def test_ends_when_the_words_change(self, made: Translated, beheerder: User) -> None:
        made.write(MACHINE)
        mark_checked(instance=made.publish(), user=beheerder, is_native=False)
        made.write(MANUAL, only=1, again="!")
        made.publish()
        assert made.state() is State.HUMAN
        assert made.standing.checked_on is None

    def test_what_a_computer_adds_afterwards_has_its_label(self, made: Translated, beheerder: User) -> None:
        made.write(MACHINE)
        mark_checked(instance=made.publish(), user=beheerder, is_native=False)
        made.write(MACHINE, only=1, again="!")
        made.publish()
        assert made.state() is State.MACHINE

    def test_not_before_it_is_published_and_whole(self, made: Translated, beheerder: User) -> None:
        made.write(MANUAL, only=3)
        with pytest.raises(CheckError, match="Publiceer"):
            mark_checked(instance=made.save(), user=beheerder, is_native=False)
        with pytest.raises(CheckError, match="nog niet vertaald"):
            mark_checked(instance=made.publish(), user=beheerder, is_native=False)

    def test_outdated_comes_first(self, made: Translated, beheerder: User) -> None:
        made.write(MACHINE)
        mark_checked(instance=made.publish(), user=beheerder, is_native=False)
        made.change_dutch(intro="Een heel nieuwe inleiding.")
        assert made.state() is State.OUTDATED
        assert not made.standing.is_unchecked_machine


class TestByHand:
    """Translations that are pages of their own, not made text by text."""

    @pytest.fixture
    def source(self, page_at) -> BasePage:
        page: BasePage = page_at("/nl/privacy/")
        return page

    def state(self, page: Page) -> State:
        return standing_of(page.translation_key, page.locale_id).state

    def test_a_copy_without_own_words_is_no_translation(self, source: BasePage) -> None:
        assert self.state(in_language(source, "pl")) is State.INCOMPLETE

    def test_publishing_again_does_not_make_it_newer_but_checking_does(
        self, source: BasePage, beheerder: User
    ) -> None:
        copy = in_language(source, "pl", suffix=" PL")
        assert self.state(copy) is State.HUMAN
        source.intro = "Een heel nieuwe inleiding."
        source.save_revision().publish()
        assert self.state(copy) is State.OUTDATED
        copy.title += "!"
        copy.save_revision().publish()
        assert self.state(copy) is State.OUTDATED
        mark_checked(instance=copy, user=beheerder, is_native=False)
        assert self.state(copy) is State.CHECKED


def test_old_versions_stay_only_while_something_is_made_from_them(made: Translated) -> None:
    made.write(MANUAL)
    made.publish()
    versions = Brontekst.objects.filter(translation_key=made.page.translation_key)
    for number in range(3):
        made.change_dutch(intro=f"Inleiding {number}.")
    # What English and Polish were made from, and what is there now.
    assert versions.count() == 2
    assert versions.filter(is_current=True).count() == 1


def test_nothing_is_left_of_a_page_that_is_gone(made: Translated) -> None:
    made.write(MANUAL)
    key = made.page.translation_key
    made.publish().delete()
    assert not Vertaalstand.objects.filter(translation_key=key, locale=made.locale)
    made.page.delete()
    assert not Brontekst.objects.filter(translation_key=key)


def test_snippets_count_too() -> None:
    row = first(Organisatie.objects.source())
    english = Locale.objects.get(language_code="en")
    assert standing_of(row.translation_key, english.pk).state is State.HUMAN
    row.naam += " en omstreken"
    row.save()
    assert standing_of(row.translation_key, english.pk).state is State.OUTDATED


def test_filling_does_the_same_once() -> None:
    before = set(Vertaalstand.objects.values_list("translation_key", "locale", "digest", "source__digest"))
    Vertaalstand.objects.all().delete()
    Brontekst.objects.all().delete()
    assert register.fill() == Vertaalstand.objects.count() + Brontekst.objects.count()
    after = set(Vertaalstand.objects.values_list("translation_key", "locale", "digest", "source__digest"))
    assert after == before
    assert register.fill() == 0


def test_publishing_dutch_costs_the_same_however_many_translations(
    django_assert_max_num_queries, page_at
) -> None:
    page = page_at("/nl/toegankelijkheid/")

    def change(words: str) -> None:
        page.intro = words
        page.save()

    change("Nieuw.")
    with django_assert_max_num_queries(12):
        register.keep(page)
    with django_assert_max_num_queries(4):
        register.keep(page)
    for code in ("tr", "uk", "bg", "ro"):
        in_language(page, code, suffix=code)
    change("Nog nieuwer.")
    with django_assert_max_num_queries(12):
        register.keep(page)


def test_changes_are_what_a_translator_wants_to_see() -> None:
    before = ["Titel", "Wij <b>helpen</b> u.", "Bel ons.", "Blijft."]
    after = ["Blijft.", "Titel", "Wij helpen u &amp; uw buren.", "Nieuw."]
    assert changes(before, before) == []
    found = changes(before, after)
    assert Change("Wij helpen u.", "Wij helpen u & uw buren.") in found
    assert Change("Bel ons.", "Nieuw.") in found
    assert len(found) == 2


def test_a_digest_is_of_words_and_not_of_their_order() -> None:
    assert digest_of(["a", "b"]) == digest_of(["b", "a"])
    assert len({digest_of(texts) for texts in ([], ["a"], ["a", "a"], ["a", "b"], ["ab"])}) == 5


def test_texts_are_those_of_wagtail_localize(made: Translated) -> None:
    segments = made.source.stringsegment_set.order_by("order").values_list("string__data", flat=True)
    assert texts_of(made.page) == list(segments)
