"""The screens of translators in a real browser, with Arabic as the language they translate into."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, TranslationSource

from core.models import BlijvendWoord, Stand, User, Vertaalopdracht
from core.translating import rounds
from home.models import ContentPage
from tests.browser.visit import AXE, OPTIONS, WIDE, Visitor, visitor
from tests.desk import allow_unknown_variables
from wijken.models import Thema

pytestmark = pytest.mark.browser

PHONE = {"width": 400, "height": 800}
# Of Wagtail and wagtail-localize themselves, which no template of ours can mend: (rule, where).
NOT_OURS = (
    # Grey headings, and a hidden field for a file without a label, in the editor that wagtail-localize draws.
    ("color-contrast", ".js-translation-editor"),
    ("label", ".js-translation-editor"),
    # Below the title of a snippet it goes on with a third heading.
    ("heading-order", ".js-translation-editor"),
    # The number of results of a list is a heading and an alert at once.
    ("aria-allowed-role", "h2[role=alert]"),
    # Its page has no heading of its own.
    ("page-has-heading-one", "html"),
)


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture(scope="module")
def work(django_db_setup, django_db_blocker) -> Iterator[dict[str, str]]:
    """Addresses of the screens, with work on them; all of it gone again afterwards."""
    with django_db_blocker.unblock():
        Locale.objects.get_or_create(language_code="ar")
        translator = User.objects.create_superuser("vertaalster", "vertaalster@example.nl", "een-lang-woord")
        dutch = ContentPage.objects.get(slug="privacy", locale__language_code=settings.LANGUAGE_CODE)
        thema = Thema.objects.source().first()
        assert thema is not None
        rounds.start(thema, ["ar"])
        made = rounds.start(dutch, ["ar"])[-1]
        segment = made.source.stringsegment_set.order_by("order")[0]
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=made.target_locale,
            data="الخصوصية",
        )
        Vertaalopdracht.objects.create(translation=made, state=Stand.MISLUKT, reason="Niet te bereiken.")
        word = BlijvendWoord.objects.create(word="gemeente")
        arabic = Page.objects.get(translation_key=dutch.translation_key, locale__language_code="ar")
        words = Thema.objects.get(translation_key=thema.translation_key, locale__language_code="ar")
        english = Page.objects.get(translation_key=dutch.translation_key, locale__language_code="en")
        client = Client()
        client.force_login(translator)
        addresses = {
            "stand": reverse("desk_translations"),
            "stand van de onderdelen": reverse("desk_translations") + "?taal=ar&wat=onderdelen",
            "naast elkaar": reverse("wagtailadmin_pages:edit", args=[arabic.pk]),
            "onderdeel": reverse("wagtailsnippets_wijken_thema:edit", args=[words.pk]),
            "een vertaling": reverse("desk_translation", args=[english.pk]),
            "beginnen": reverse("wagtail_localize:submit_page_translation", args=[dutch.pk]),
            "bijwerken": reverse("wagtail_localize:update_translations", args=[made.source_id]),
            "met alles eronder": reverse("desk_translation_round", args=[dutch.pk]),
            "vertaalwerk": reverse("desk_translation_work"),
            "PO": reverse("desk_translation_files"),
            "bewaard": reverse("desk_kept_translations"),
            "mail": reverse("desk_translation_preferences"),
        }
    yield {**addresses, "session": client.cookies["sessionid"].value}
    with django_db_blocker.unblock():
        word.delete()
        words.delete()
        for page in Page.objects.filter(locale__language_code="ar", depth=2):
            page.delete()
        for source in (made.source, *thema_sources(thema)):
            source.translations.filter(target_locale__language_code="ar").delete()
        Locale.objects.filter(language_code="ar").delete()
        translator.delete()


def thema_sources(thema: Thema) -> Any:
    return TranslationSource.objects.filter(object_id=thema.translation_key)


def violations(someone: Visitor) -> Iterator[str]:
    """What axe finds in our own part of the screen."""
    page = someone.page
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    for violation in page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]:
        for node in violation["nodes"]:
            (target,) = node["target"]
            inside = "([selector, within]) => !!document.querySelector(selector)?.closest(within)"
            if not any(
                rule == violation["id"] and page.evaluate(inside, [target, within])
                for rule, within in NOT_OURS
            ):
                yield f"{someone.path}: {violation['id']}: {json.dumps(target)} {node['html'][:160]}"


SCREENS = [
    *("stand", "stand van de onderdelen", "naast elkaar", "onderdeel", "een vertaling", "beginnen"),
    *("bijwerken", "met alles eronder", "vertaalwerk", "PO", "bewaard", "mail"),
]


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_is_accessible(screen: str, browser, site_url: str, work: dict[str, str]) -> None:
    with visitor(browser, site_url) as someone:
        # A screen of the desk asks for much more than a page of the site.
        someone.context.set_default_timeout(60_000)
        someone.context.add_cookies([{"name": "sessionid", "value": work["session"], "url": site_url}])
        found: list[str] = []
        for size in (WIDE, PHONE):
            someone.at(size)
            page = someone.goto(work[screen])
            assert "/login/" not in page.url
            if screen in ("naast elkaar", "onderdeel"):
                heading = page.locator(".js-translation-editor h3").filter(
                    has_text="Vertalen van het Nederlands"
                )
                heading.first.wait_for()
            if screen == "naast elkaar":
                page.locator('.js-translation-editor p[lang="ar"][dir="auto"]').first.wait_for()
            found += violations(someone)
        assert found == []
        assert [line for line in someone.trouble if "404" not in line] == []
