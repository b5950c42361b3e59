"""The desk of translators: how far every language is, one translation to look at, and who may say what."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from core.models import Brontekst, User, Vertaalstand
from core.translating import rounds
from core.translation_states.states import State
from home import roles
from home.desk.coverage import UNFINISHED, Row, coverage
from home.models import ContentPage
from tests.caches import empty_the_caches
from tests.desk import allow_unknown_variables, exported, html
from tests.plan import actie_of, submitted, velison
from tests.translated import front_door, in_language
from wijken.models import Thema, Werkplanpunt, Wijkteam

pytestmark = pytest.mark.django_db
CODES = ("en", "pl", "tr", "ar", "uk", "bg", "ro", "nl-x-b1")
LIST = "/admin/rapport/vertalingen/"


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def as_role(db: None) -> Callable[[str], Client]:
    def make(name: str) -> Client:
        roles.apply()
        user = User.objects.create_user(f"test-{name}", f"{name}@example.nl", "een-lang-wachtwoord")
        user.groups.add(Group.objects.get(name=name))
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def page(page_at) -> ContentPage:
    found: ContentPage = page_at("/nl/privacy/")
    return found


def english(page: Page) -> Page:
    found: Page = page.get_translation(Locale.objects.get(language_code="en"))
    return found


def stand_of(page: Page, **fields: object) -> Vertaalstand:
    stand: Vertaalstand = Vertaalstand.objects.get(
        translation_key=page.translation_key, locale_id=page.locale_id
    )
    for name, value in fields.items():
        setattr(stand, name, value)
    stand.save()
    empty_the_caches()
    return stand


def state(page: Page, language: str = "en") -> State:
    (row,) = [row for row in coverage().pages if row.pk == page.pk]
    return row.cells[language].state


def many_pages(count: int) -> None:
    """Pages in every language with what is known of them, as rows: the tree does not matter here."""
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code in CODES]
    dutch = Locale.objects.get(language_code="nl")
    content_type = ContentType.objects.get_for_model(ContentPage)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    keys = [uuid4() for _number in range(count)]
    pages, number = [], 0
    for locale in (dutch, *locales):
        for key in keys:
            number += 1
            pages.append(
                Page(
                    path=f"00019{number:07}",
                    depth=3,
                    title=f"Pagina {number}",
                    draft_title=f"Pagina {number}",
                    slug=f"pagina-{number}",
                    url_path=f"/pagina-{number}/",
                    translation_key=key,
                    locale=locale,
                    content_type=content_type,
                    first_published_at=now + timedelta(minutes=number),
                )
            )
    Page.objects.bulk_create(pages, batch_size=500)
    sources = Brontekst.objects.bulk_create(
        [
            Brontekst(translation_key=key, digest=str(key), texts=["x"], is_current=True, current_since=now)
            for key in keys
        ]
    )
    Vertaalstand.objects.bulk_create(
        [
            Vertaalstand(
                translation_key=source.translation_key,
                locale=locale,
                source=source,
                digest="x",
                total=1,
                missing=0,
                published_at=now,
            )
            for source in sources
            for locale in locales
        ],
        batch_size=500,
    )


def test_a_thousand_pages_in_eight_languages(django_assert_max_num_queries) -> None:
    before = {language.code: language.pages.total() for language in coverage().languages}
    many_pages(1000)
    with django_assert_max_num_queries(10):
        found = coverage()
    assert {language.code for language in found.languages} == set(CODES)
    assert found.languages[0].pages.total() == before["en"] + 1000
    assert sum(language.pages[State.HUMAN] for language in found.languages) >= 8000


def test_rows_that_are_called_the_same_say_what_they_are_part_of() -> None:
    punten = [row for row in coverage().snippets if row.kind == Werkplanpunt._meta.verbose_name]
    assert len({row.title for row in punten}) < len(punten)
    assert all(row.under for row in punten)
    teams = set(Wijkteam.objects.values_list("naam", flat=True))
    assert {row.under for row in punten} <= teams


def test_the_screen_asks_no_more_for_more_pages(desk: Client, django_assert_max_num_queries) -> None:
    desk.get(LIST)
    with django_assert_max_num_queries(20):
        desk.get(LIST)
    many_pages(60)
    desk.get(LIST)
    with django_assert_max_num_queries(20):
        assert desk.get(LIST).status_code == 200


def test_states_as_work_goes_on(page: ContentPage) -> None:
    front_door("pl")
    assert (state(page), state(page, "pl")) == (State.HUMAN, State.MISSING)
    polish = in_language(page, "pl", suffix=" PL")
    assert state(page, "pl") is State.HUMAN
    polish.unpublish()
    assert state(page, "pl") is State.DRAFT
    stand_of(english(page), is_machine=True)
    assert state(page) is State.MACHINE
    page.intro = "Nieuw."
    page.save_revision().publish()
    assert state(page) is State.OUTDATED
    (row,) = [row for row in coverage().pages if row.pk == page.pk]
    assert row.cells["en"].label == "verouderd, computervertaling"


def test_an_alias_is_no_translation(page: ContentPage) -> None:
    door = front_door("pl")
    page.copy_for_translation(door.locale, alias=True)
    assert state(page, "pl") is State.MISSING


@dataclass
class Words:
    """A Dutch register row and its translation in English, text by text."""

    dutch: Thema
    translation: Translation

    @classmethod
    def make(cls) -> "Words":
        dutch = Thema.objects.create(naam="Spelen", slug="spelen-proef")
        (translation,) = rounds.start(dutch, ["en"])
        return cls(dutch, translation)

    @property
    def english(self) -> Thema:
        found: Thema = Thema.objects.get(
            translation_key=self.dutch.translation_key, locale__language_code="en"
        )
        return found

    @property
    def row(self) -> Row:
        (row,) = [row for row in coverage().snippets if (row.register, row.pk) == (Thema, self.dutch.pk)]
        return row

    @property
    def state(self) -> State:
        return self.row.cells["en"].state

    def write(self, text: str, kind: str) -> None:
        (segment,) = self.translation.source.stringsegment_set.all()
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=self.translation.target_locale,
            defaults={"data": text, "translation_type": kind},
        )

    def publish(self, client: Client) -> None:
        address = reverse("wagtailsnippets_wijken_thema:edit", args=[self.english.pk])
        assert client.post(address, {"action": "publish"}).status_code == 302


class TestSnippets:
    def test_states_as_work_goes_on(self, desk: Client, as_role: Callable[[str], Client]) -> None:
        front_door("pl")
        words = Words.make()
        assert (words.state, words.row.cells["pl"].state) == (State.DRAFT, State.MISSING)
        words.write("MACHINE", "machine")
        assert words.state.name == "DRAFT"
        words.publish(desk)
        assert words.state.name == "MACHINE"
        about = reverse("desk_snippet_translation", args=["wijken", "thema", words.english.pk])
        translator = as_role("Vertaler")
        assert "computervertaling" in html(translator.get(about))
        assert "nagekeken" in html(translator.post(about, {"moedertaal": "nee"}, follow=True))
        assert words.state.name == "CHECKED"
        translator.post(about, {"toch_niet": "1"})
        assert words.state.name == "MACHINE"
        words.dutch.naam = "Spelen en sport"
        words.dutch.save()
        assert words.state.name == "OUTDATED"
        assert words.row.cells["en"].label == "verouderd, computervertaling"
        assert "<ins>Spelen en sport</ins>" in html(translator.get(about))

    def test_checking_is_for_translators_of_what_is_there(
        self, desk: Client, as_role: Callable[[str], Client]
    ) -> None:
        words = Words.make()
        about = reverse("desk_snippet_translation", args=["wijken", "thema", words.english.pk])
        assert "nog niet vertaald" in html(desk.post(about, {"moedertaal": "ja"}, follow=True))
        assert words.state.name == "DRAFT"
        assert as_role("Partner").get(about).status_code in (302, 403)
        dutch = reverse("desk_snippet_translation", args=["wijken", "thema", words.dutch.pk])
        assert desk.get(dutch, follow=True).status_code == 404

    def test_a_row_shows_its_languages_beside_its_form(self, desk: Client) -> None:
        front_door("pl")
        words = Words.make()
        words.write("Playing", "manual")
        words.publish(desk)
        about = reverse("desk_snippet_translation", args=["wijken", "thema", words.english.pk])
        for row in (words.dutch, words.english):
            shown = html(desk.get(reverse("wagtailsnippets_wijken_thema:edit", args=[row.pk])))
            assert about in shown
        start = reverse(
            "wagtail_localize:submit_snippet_translation", args=["wijken", "thema", words.dutch.pk]
        )
        assert start in shown

    def test_the_table_has_pages_and_snippets(self, desk: Client, page: ContentPage) -> None:
        words = Words.make()

        def shown(**chosen: str) -> set[tuple[object, int]]:
            rows = desk.get(LIST, {"taal": "en", "stand": State.DRAFT, **chosen}).context["object_list"]
            return {(row.register, row.pk) for row in rows}

        english(page).specific.unpublish()
        a_page, a_snippet = (None, page.pk), (Thema, words.dutch.pk)
        assert shown() == {a_page, a_snippet}
        assert shown(wat="paginas") == {a_page}
        assert shown(wat="onderdelen") == {a_snippet}
        assert shown(soort=str(words.row.content_type_id)) == {a_snippet}
        response = desk.get(LIST, {"taal": "en", "wat": "onderdelen", "stand": State.DRAFT})
        (language, counts) = response.context["totals"][0]
        assert counts == language.snippets
        edit = reverse("wagtailsnippets_wijken_thema:edit", args=[words.english.pk])
        assert edit in html(response)

    def test_what_readers_do_not_see_is_no_work(self) -> None:
        actie = actie_of(velison())
        before = len(coverage().snippets)
        message = submitted(actie, velison())
        assert message.pk not in {row.pk for row in coverage().snippets if row.register is type(message)}
        assert len(coverage().snippets) == before


def test_what_waits_longest_comes_first(desk: Client, page: ContentPage) -> None:
    stand_of(english(page), is_machine=True, published_at=datetime(2001, 1, 1, tzinfo=UTC))
    response = desk.get(LIST, {"taal": "en"})
    assert response.context["object_list"][0].pk == page.pk


def test_filters_and_export(desk: Client, page: ContentPage) -> None:
    front_door("pl")
    stand_of(english(page), is_machine=True)
    response = desk.get(LIST, {"taal": "en", "stand": State.MACHINE})
    assert [row.pk for row in response.context["object_list"]] == [page.pk]
    assert reverse("wagtailadmin_pages:edit", args=[english(page).pk]) in html(response)
    kind = str(ContentType.objects.get_for_model(ContentPage).pk)
    rows = desk.get(LIST, {"soort": kind}).context["object_list"]
    assert {str(row.content_type_id) for row in rows} == {kind}
    missing = html(desk.get(LIST, {"taal": "pl", "stand": State.MISSING, "soort": kind}))
    assert reverse("wagtail_localize:submit_page_translation", args=[page.pk]) in missing
    text = exported(desk.get(LIST, {"taal": "en", "stand": State.MACHINE, "export": "csv"}))
    assert text.splitlines()[0] == "Pagina of onderdeel,Staat onder,Soort,Engels"
    assert text.splitlines()[1].endswith("computervertaling")
    for odd in ({"taal": "onzin"}, {"stand": "onzin"}, {"soort": "onzin"}, {"p": "99"}):
        assert desk.get(LIST, odd).status_code in (200, 404)


def test_totals_are_of_all_pages_and_snippets(desk: Client) -> None:
    (language,) = coverage().languages
    assert language.code == "en"
    assert (
        language.pages.total() == Page.objects.live().filter(locale__language_code="nl", depth__gte=2).count()
    )
    assert language.unfinished == sum(language.pages[state] for state in UNFINISHED) == 0
    assert sum(language.snippets[state] for state in UNFINISHED) == 0
    assert language.snippets.total() == len(coverage().snippets) > 20
    assert language.counts() == language.pages + language.snippets


def test_a_page_shows_its_languages_beside_its_form(desk: Client, page: ContentPage) -> None:
    front_door("pl")
    text = html(desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert reverse("wagtailadmin_pages:edit", args=[english(page).pk]) in text
    assert reverse("wagtail_localize:submit_page_translation", args=[page.pk]) in text
    assert reverse("desk_translation", args=[english(page).pk]) in text
    translated = html(desk.get(reverse("wagtailadmin_pages:edit", args=[english(page).pk])))
    assert reverse("desk_translation", args=[english(page).pk]) in translated


class TestChecking:
    def address(self, page: Page) -> str:
        return reverse("desk_translation", args=[english(page).pk])

    def test_shows_what_changed(self, desk: Client, page: ContentPage) -> None:
        before = page.intro
        page.intro = "Een heel nieuwe inleiding."
        page.save_revision().publish()
        text = html(desk.get(self.address(page)))
        assert f"<del>{before}</del>" in text
        assert "<ins>Een heel nieuwe inleiding.</ins>" in text

    def test_a_translator_checks_and_takes_it_back(
        self, as_role: Callable[[str], Client], page: ContentPage, client: Client
    ) -> None:
        stand_of(english(page), is_machine=True)
        public = english(page).url
        assert "door een computer" in html(client.get(public)) or "by a computer" in html(client.get(public))
        translator = as_role("Vertaler")
        translator.post(self.address(page), {"moedertaal": "ja"})
        checked = state(page)
        assert checked is State.CHECKED
        stand = stand_of(english(page))
        assert stand.is_native
        assert stand.checked_by is not None
        shown = html(client.get(public))
        assert "by a computer" not in shown
        # Who it was is nobody's business.
        assert stand.checked_by.username not in shown
        translator.post(self.address(page), {"toch_niet": "1"})
        assert state(page) is State.MACHINE

    @pytest.mark.parametrize("role", ["Redacteur", "Partner"])
    def test_is_not_for_everybody(
        self, role: str, as_role: Callable[[str], Client], page: ContentPage
    ) -> None:
        as_role(role).post(self.address(page), {"moedertaal": "ja"})
        assert state(page) is State.HUMAN

    def test_needs_a_published_translation(self, desk: Client, page: ContentPage) -> None:
        english(page).specific.unpublish()
        response = desk.post(self.address(page), {"moedertaal": "ja"}, follow=True)
        assert "Publiceer haar eerst" in html(response)
        assert state(page) is State.DRAFT

    def test_dutch_pages_have_nothing_to_check(self, desk: Client, page: ContentPage) -> None:
        assert desk.get(reverse("desk_translation", args=[page.pk])).status_code == 404
