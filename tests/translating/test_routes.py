"""Every address of wagtail-localize at the desk: none of them changes what visitors see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import OverridableSegment, StringTranslation, Translation
from wagtail_localize.wagtail_hooks import register_admin_urls

from core.models import BasePage, SiteImage, Vertaalopdracht
from core.translating import po, rounds
from home.models import ContentPage, HomePage
from tests.caches import empty_the_caches
from tests.desk import account, allow_unknown_variables, browser, first, html
from tests.translating.pages import Pair, block, committing, make_pair
from tests.translating.service import translate_server
from wijken.models import Thema

pytestmark = pytest.mark.django_db

OLD, NEW = "Welkom in Velsen-Noord.", "Er is een nieuwe tekst."


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@dataclass
class Site:
    """A page that is live in English and stands in Dutch under /ar/, and a snippet in English.

    Of both the Dutch changed, and suggestions of a machine wait.
    """

    pair: Pair
    thema: Thema
    words: Thema

    @property
    def thema_translation(self) -> Translation:
        found: Translation = Translation.objects.get(
            source__object_id=self.thema.translation_key, target_locale__language_code="en"
        )
        return found

    def as_visitors_see_it(self) -> dict[str, Any]:
        """What is stored of everything that is live, and what is at its addresses."""
        empty_the_caches()
        path = f"{self.pair.dutch.get_parent().url}{self.pair.dutch.slug}/".removeprefix("/nl/")
        visitor = Client()
        shown = {}
        for code in ("en", "ar", "pl"):
            response = visitor.get(f"/{code}/{path}")
            shown[code] = (response.status_code, OLD in html(response), NEW in html(response))
        pages = Page.objects.live().filter(alias_of__isnull=True).specific()
        words = {code: [row.words.naam for row in Thema.objects.worded(code)] for code in ("en", "ar", "pl")}
        return {"shown": shown, "pages": {page.pk: _words(page) for page in pages}, "snippets": words}


def _words(page: Any) -> tuple[str, ...]:
    body = str(page.body.get_prep_value()) if isinstance(page, BasePage) else ""
    return (page.title, page.slug, getattr(page, "intro", ""), body)


@pytest.fixture
def site(page_at: Callable[[str], BasePage], desk: Client) -> Site:
    home = page_at("/nl/")
    arabic = Locale.objects.get_or_create(language_code="ar")[0]
    HomePage.objects.get(pk=home.pk).copy_for_translation(arabic).save_revision().publish()
    pair = make_pair(home, block(OLD, "a1"))
    pair.write(desk, OLD, "Welcome to Velsen-Noord.")
    pair.publish(desk)
    pair.dutch.copy_for_translation(arabic, alias=True)
    picture = first(SiteImage.objects)
    pair.edit_dutch(block(OLD, "a1"), block(NEW, "a2"), image=picture)
    pair.source.update_from_db()
    _suggest(pair.translation)
    thema = Thema.objects.create(naam="Spelen", slug="spelen-proef")
    rounds.start(thema, ["en"])
    words = Thema.objects.get(translation_key=thema.translation_key, locale__language_code="en")
    words.naam = "Playing"
    words.save()
    thema.naam = "Spelen en sport"
    thema.save()
    found = Site(pair, thema, words)
    found.thema_translation.source.update_from_db()
    _suggest(found.thema_translation)
    return found


def _suggest(translation: Translation) -> None:
    """What a machine would have left: a suggestion for every text without a translation."""
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale=translation.target_locale,
            defaults={"data": "MACHINE", "translation_type": "machine"},
        )


# What the screens of wagtail-localize would take for a wish to publish.
TICKS = {"publish_translations": "on", "use_machine_translation": "on", "with_machine": "on"}
FORM = "application/x-www-form-urlencoded"

type Recipe = Callable[[Site, Client, str], None]


def read(*args: Callable[[Site], Any]) -> Recipe:
    def run(site: Site, desk: Client, name: str) -> None:
        values = [arg(site) for arg in args]
        assert desk.get(reverse(f"wagtail_localize:{name}", args=values), follow=True).status_code == 200

    return run


def pressed(data: Callable[[Site], dict[str, Any]], *args: Callable[[Site], Any]) -> Recipe:
    """Opened and sent."""

    def run(site: Site, desk: Client, name: str) -> None:
        address = reverse(f"wagtail_localize:{name}", args=[arg(site) for arg in args])
        assert desk.get(address).status_code in (200, 302, 405)
        assert desk.post(address, data(site)).status_code in (200, 302, 405)

    return run


def put(*args: Callable[[Site], Any]) -> Recipe:
    def run(site: Site, desk: Client, name: str) -> None:
        address = reverse(f"wagtail_localize:{name}", args=[arg(site) for arg in args])
        assert desk.put(address, "value=Other", content_type=FORM).status_code in (200, 201)
        assert desk.delete(address).status_code == 200

    return run


def translation(site: Site) -> int:
    return int(site.pair.translation.pk)


def to_arabic(site: Site) -> dict[str, Any]:
    locales = list(Locale.objects.values_list("pk", flat=True))
    return {"languages": ["ar"], "locales": locales, **TICKS}


def po_file(site: Site) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("en.po", po.export(site.pair.translation).encode())}


def overridable(site: Site) -> int:
    return int(first(OverridableSegment.objects.filter(source=site.pair.source)).pk)


THEMA = (lambda site: "wijken", lambda site: "thema")
RECIPES: dict[str, Recipe] = {
    "javascript_catalog": read(),
    "submit_page_translation": pressed(to_arabic, lambda site: site.pair.dutch.pk),
    "submit_snippet_translation": pressed(to_arabic, *THEMA, lambda site: site.thema.pk),
    "update_translations": pressed(lambda site: TICKS, lambda site: site.pair.source.pk),
    "edit_string_translation": put(translation, lambda site: site.pair.segment(NEW).pk),
    "edit_override": put(translation, overridable),
    "download_pofile": read(translation),
    "upload_pofile": pressed(po_file, translation),
    "machine_translate": pressed(lambda site: {}, translation),
    "preview_translation": read(translation),
    "stop_translation": pressed(lambda site: {}, translation),
    "convert_to_alias": pressed(lambda site: {}, lambda site: site.pair.page.pk),
    "translations_report": read(),
    "translations_report_results": read(),
    "snippets_api_listing": pressed(lambda site: {"naam": "Gekraakt"}, *THEMA),
    "snippets_api_detail": pressed(lambda site: {"naam": "Gekraakt"}, *THEMA, lambda site: site.words.pk),
}


def test_every_address_has_a_recipe() -> None:
    (included,) = register_admin_urls()
    assert {pattern.name for pattern in included.url_patterns} == set(RECIPES)


@pytest.mark.parametrize("name", RECIPES)
def test_no_address_changes_what_visitors_see(name: str, site: Site, desk: Client, settings: Any) -> None:
    before = site.as_visitors_see_it()
    with translate_server() as server:
        settings.MACHINE_TRANSLATION_URL = server.libretranslate
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "core.translating.machine.MachineTranslator"}
        with committing():
            RECIPES[name](site, desk, name)
    assert site.as_visitors_see_it() == before


def test_updating_a_snippet_does_not_change_it(site: Site, desk: Client) -> None:
    before = site.as_visitors_see_it()
    source = site.thema_translation.source
    with committing():
        desk.post(reverse("wagtail_localize:update_translations", args=[source.pk]), TICKS)
    assert site.as_visitors_see_it() == before


# --- starting


def test_one_language_leads_to_its_editor(site: Site, desk: Client) -> None:
    Locale.objects.get_or_create(language_code="pl")
    address = reverse("wagtail_localize:submit_page_translation", args=[site.pair.dutch.pk])
    shown = html(desk.get(address, {"select_locale": "pl"}))
    assert 'value="pl" id="id_languages_' in shown.replace("checked ", "")
    assert "Engels" not in shown.split("<form")[-1]
    assert "with_below" not in shown
    refused = desk.post(address, {})
    assert refused.status_code == 422
    assert "Kies een of meer talen." in html(refused)
    with committing():
        response = desk.post(address, {"languages": ["pl"]})
    polish = ContentPage.objects.get(
        translation_key=site.pair.dutch.translation_key, locale__language_code="pl"
    )
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[polish.pk])
    assert not polish.live
    assert not polish.get_parent().live
    assert "desk-translating" in html(desk.get(response["Location"]))


def test_a_translation_leads_to_its_dutch_page(site: Site, desk: Client) -> None:
    shown = html(desk.get(reverse("wagtail_localize:submit_page_translation", args=[site.pair.page.pk])))
    assert site.pair.dutch.title in shown


def test_what_is_everywhere_says_so(site: Site, desk: Client) -> None:
    rounds.start(site.thema, ["ar"])
    address = reverse("wagtail_localize:submit_snippet_translation", args=["wijken", "thema", site.thema.pk])
    assert "Dit staat al in elke taal van de site." in html(desk.get(address))
    assert desk.get(address.replace("thema", "gesprekspartner"), follow=True).status_code == 404


def test_a_row_written_without_translating_is_left_alone(desk: Client) -> None:
    """Put under the Dutch one, the next press on publish would throw its words away."""
    thema = Thema.objects.create(naam="Proef", slug="proef")
    words = thema.copy_for_translation(Locale.objects.get(language_code="en"))
    words.naam = "Trial"
    words.save()
    rounds.start(thema, ["en"])
    assert not Translation.objects.filter(source__object_id=thema.translation_key).exists()


# --- bringing up to date


def test_an_update_shows_what_changed_and_asks_in_the_background(
    site: Site, desk: Client, settings: Any
) -> None:
    site.pair.edit_dutch(block(OLD, "a1"), block("Nog een tekst.", "a3"))
    address = reverse("wagtail_localize:update_translations", args=[site.pair.source.pk])
    shown = html(desk.get(address))
    assert "<del>Er is een nieuwe tekst.</del>" in shown
    assert "<ins>Nog een tekst.</ins>" in shown
    assert "with_machine" not in shown
    assert "publiceren</label>" not in shown.lower()
    with translate_server() as server:
        settings.MACHINE_TRANSLATION_URL = server.libretranslate
        assert "with_machine" in html(desk.get(address))
        server.answers = [(403, b"", {})]
        with committing():
            response = desk.post(address, {"with_machine": "on"})
        assert response["Location"] == reverse("desk_translation_work")
        work = html(desk.get(response["Location"]))
        assert "Vraag de beheerder" in work
        assert "Opnieuw proberen" in work
        opdracht = Vertaalopdracht.objects.get()
        with committing():
            desk.post(reverse("desk_translation_again", args=["opdracht", opdracht.pk]))
    row = site.pair.row("Nog een tekst.")
    assert row is not None
    assert row.translation_type == "machine"
    assert "Niets. Vertalers hebben de tekst zoals hij nu is." in html(desk.get(address))


def test_an_update_goes_back_to_where_it_was_asked(site: Site, desk: Client) -> None:
    address = reverse("wagtail_localize:update_translations", args=[site.pair.source.pk])
    response = desk.post(address, {"next": "/admin/pages/"})
    assert response["Location"] == "/admin/pages/"
    assert reverse("wagtailadmin_home") in desk.post(address, {"next": "https://example.nl/"})["Location"]


def test_an_update_keeps_a_closed_page_closed(site: Site, desk: Client) -> None:
    site.pair.dutch.view_restrictions.create(restriction_type="login")
    site.pair.resync(desk)
    assert site.pair.page.view_restrictions.get().restriction_type == "login"


# --- who may see it


@pytest.mark.parametrize("role", ["partner", "krantredactie"])
@pytest.mark.parametrize(
    "name", ["submit_page_translation", "update_translations", "translations_report", "snippets_api_listing"]
)
def test_the_addresses_are_for_translators(name: str, role: str, site: Site) -> None:
    args = {
        "submit_page_translation": [site.pair.dutch.pk],
        "update_translations": [site.pair.source.pk],
        "translations_report": [],
        "snippets_api_listing": ["wijken", "voortgang"],
    }[name]
    response = browser(account(role)).get(reverse(f"wagtail_localize:{name}", args=args))
    assert response.status_code in (302, 403)
    assert browser(account("vertaler")).get(response.request["PATH_INFO"]).status_code == 200


# --- words


def test_the_words_of_wagtail_localize_have_their_spaces(site: Site, desk: Client) -> None:
    catalogue = html(desk.get(reverse("wagtail_localize:javascript_catalog")))
    assert '"Translate with ": "Vertalen met "' in catalogue
    assert '"Publish in ": "Publiceren in het "' in catalogue
    assert '"Cancel": "Annuleren"' in catalogue
    alias = Page.objects.get(alias_of=site.pair.dutch)
    shown = html(desk.get(reverse("wagtailadmin_pages:edit", args=[alias.pk])))
    assert "pagina in het Nederlands</a>" in shown
    assert "Deze pagina vertalen" in shown
