"""What all pages and snippets share: StreamFields, translated words, pagination, readable pages."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Prefetch
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.field_block import CharBlock
from wagtail.models import Locale, Page, PageViewRestriction

from core.checks import page_types_are_placed, site_is_no_package, snippets_name_their_words
from core.fields import StreamField
from core.models import attach_words, lend_words
from core.pagination import paginate
from core.querysets import readable_in
from home.models import ContentPage
from wijken.models import Aandachtsgebied, Budget, Contactpersoon, Organisatie, Thema

ROOMS = ("core", "home", "wijken", "participatie")


def test_a_streamfield_keeps_its_blocks_out_of_migrations() -> None:
    field = StreamField([("text", CharBlock())], blank=True)
    _name, path, args, kwargs = field.deconstruct()
    assert (path, args, kwargs) == ("core.fields.StreamField", [], {"blank": True})
    copy = StreamField(*args, **kwargs)
    assert copy.blank


def test_migrations_hold_no_block_tree() -> None:
    files = [file for room in ("site/core", "home", "wijken") for file in Path(room).glob("migrations/0*.py")]
    assert files
    for file in files:
        text = file.read_text()
        assert "block_lookup" not in text, file
        assert "Block" not in text, file


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_house_rules_hold() -> None:
    for check in (site_is_no_package, page_types_are_placed, snippets_name_their_words):
        assert check(None) == []


def test_house_rules_notice_a_package_called_site(tmp_path: Path, settings) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "__init__.py").touch()
    settings.BASE_DIR = tmp_path
    assert [message.id for message in site_is_no_package(None)] == ["core.E001"]


def test_house_rules_notice_a_page_type_that_is_not_placed(monkeypatch) -> None:
    monkeypatch.delattr(ContentPage, "subpage_types")
    assert [message.id for message in page_types_are_placed(None)] == ["core.E003"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only for SQLite")
@pytest.mark.django_db
def test_sqlite_reads_while_it_writes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (1,)
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.django_db
def test_words_cost_nothing_in_the_source_language(django_assert_num_queries) -> None:
    rows = list(Thema.objects.source())
    with django_assert_num_queries(0):
        attach_words("nl", rows)
    assert all(row.words is row and row.words_language == "nl" for row in rows)


@pytest.mark.django_db
def test_words_cost_one_query_per_model(django_assert_num_queries) -> None:
    contacts = list(Contactpersoon.objects.source().select_related("organisatie"))
    organisaties = [row.organisatie for row in contacts]
    assert len({row.pk for row in organisaties}) > 1
    with django_assert_num_queries(2):
        attach_words("en", contacts, organisaties, [None])
    assert {row.words_language for row in contacts} == {"en"}
    assert all(row.words.pk != row.pk for row in organisaties)


@pytest.mark.django_db
def test_without_a_translation_the_source_keeps_its_own_words(django_assert_num_queries) -> None:
    rows = list(Thema.objects.source())
    with django_assert_num_queries(1):
        attach_words("ar", rows)
    assert all(row.words is row and row.words_language == "nl" for row in rows)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_words_of_related_rows_come_in_the_same_query(language: str, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        rows = Contactpersoon.objects.order_by("pk").worded(language, "organisatie")
        named = [(row.words.functie, row.organisatie.words.naam) for row in rows]
    expected = "nl" if language == "ar" else language
    assert {row.organisatie.words_language for row in rows} == {expected}
    apart = list(Contactpersoon.objects.source().select_related("organisatie").order_by("pk"))
    attach_words(language, apart, [row.organisatie for row in apart])
    assert named == [(row.words.functie, row.organisatie.words.naam) for row in apart]


@pytest.mark.django_db
def test_words_through_a_prefetch_and_of_nobody(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        rows = Aandachtsgebied.objects.prefetch_related(
            Prefetch("themas", Thema.objects.with_words("en"))
        ).worded("en")
        themas = lend_words("en", (thema for row in rows for thema in row.themas.all()))
    assert themas
    assert {thema.words_language for thema in themas} == {"en"}
    without_holder = Budget.objects.source().filter(houder__isnull=True)
    assert without_holder
    assert all(row.houder is None for row in without_holder.worded("en", "houder"))


@pytest.mark.django_db
def test_facts_never_come_from_a_translation(client) -> None:
    """An old phone number in a translation that nobody published again is never shown."""
    english = Contactpersoon.objects.filter(locale__language_code="en")
    assert english.exists()
    english.update(telefoon="0000 9999", email="oud@example.nl", role="secretaris")
    Organisatie.objects.filter(locale__language_code="en").update(url="https://oud.example.com/")
    response = client.get("/en/wijken/velsen-noord/")
    assert response.status_code == 200
    html = response.content.decode()
    for old in ("0000 9999", "oud@example.nl", "oud.example.com"):
        assert old not in html


@pytest.mark.django_db
def test_snippets_are_made_in_the_source_language() -> None:
    row = Organisatie.objects.create(naam="Buurtgroep Voorbeeld", kind="bewonersgroep")
    assert row.locale.language_code == "nl"
    assert row in Organisatie.objects.source()


@given(page=st.one_of(st.text(), st.integers().map(str)), count=st.integers(0, 60))
def test_any_page_number_gives_a_page(page: str, count: int) -> None:
    items = list(range(count))
    result = paginate(items, RequestFactory().get("/", {"page": page}), per_page=9)
    assert 1 <= result.number <= max(1, -(-count // 9))
    assert list(result) == items[(result.number - 1) * 9 : result.number * 9]


@pytest.mark.parametrize(
    ("asked", "number"), [("2", 2), ("7", 7), ("8", 7), ("0", 7), ("-3", 7), ("abc", 1), ("", 1)]
)
def test_a_page_that_is_not_there_gives_the_nearest(asked: str, number: int) -> None:
    request = RequestFactory().get("/", {"page": asked})
    assert paginate(range(61), request, per_page=9).number == number


@pytest.mark.django_db
class TestReadableIn:
    def slugs(self, language_code: str) -> list[tuple[str, str]]:
        pages = readable_in(ContentPage.objects, language_code)
        return sorted((page.slug, page.locale.language_code) for page in pages)

    def test_dutch_readers_get_dutch(self) -> None:
        assert {language for _slug, language in self.slugs("nl")} == {"nl"}

    def test_a_translation_takes_the_place_of_the_dutch_page(self) -> None:
        assert ("privacy", "en") in self.slugs("en")
        assert ("privacy", "nl") not in self.slugs("en")

    def test_while_there_is_none_the_dutch_page_is_there(self) -> None:
        Page.objects.get(slug="privacy", locale__language_code="en").unpublish()
        assert ("privacy", "nl") in self.slugs("en")
        assert ("privacy", "en") not in self.slugs("en")

    def test_a_language_without_pages_gets_all_of_them_in_dutch(self) -> None:
        Locale.objects.get_or_create(language_code="ar")
        assert self.slugs("ar") == self.slugs("nl")

    def test_drafts_and_pages_with_a_lock_are_left_out(self) -> None:
        page: Any = Page.objects.get(slug="privacy", locale__language_code="nl")
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        Page.objects.get(slug="initiatieven", locale__language_code="nl").unpublish()
        assert not {"privacy", "initiatieven"} & {slug for slug, _language in self.slugs("nl")}

    def test_one_query_with_the_language_of_each_page(self, django_assert_num_queries) -> None:
        with django_assert_num_queries(1):
            self.slugs("en")
