"""A partner sees and changes nothing of another organisation that is not on the site: attacked by address."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail_localize.models import Translation, TranslationSource

from core.models import SiteImage
from tests.desk import account, allow_unknown_variables, browser, first, html, is_absent
from tests.plan import (
    SECRET,
    actie_of,
    filled_in,
    message_of,
    photo,
    promises,
    published,
    step_of,
    submitted,
    velison,
    welzijn,
)
from wijken.models import Actie, ActiePage, Voortgang

pytestmark = pytest.mark.django_db

Stand = Voortgang.Stand


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def actie(db: None) -> Actie:
    return actie_of(velison())


@pytest.fixture
def intruder(db: None) -> Client:
    """A partner of another organisation, with an action of its own."""
    actie_of(welzijn())
    return browser(account("partner", welzijn(), name="indringer"))


def as_stored(message: Voortgang) -> dict[str, Any]:
    return Voortgang.objects.filter(pk=message.pk).values().get()


# --- reading ---------------------------------------------------------------------------------------

WORDS = {
    "app_label": "wijken",
    "model_name": "voortgang",
    "app_name": "wijken",
    "content_type_app_label": "wijken",
    "content_type_app_name": "wijken",
    "content_type_model_name": "voortgang",
    "action": "delete",
    "name": "wijken",
    "lang_code": "en",
}


def desk_addresses(ids: list[int]) -> Iterator[str]:
    """Every address under /admin/, with each of these ids wherever one belongs."""

    def walk(patterns: list[Any], route: str) -> Iterator[tuple[str, list[str]]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route + str(pattern.pattern))
            elif isinstance(pattern, URLPattern):
                yield route + str(pattern.pattern), list(pattern.pattern.converters)

    desk = next(
        pattern
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and str(pattern.pattern) == "admin/"
    )
    for route, names in walk(desk.url_patterns, "/admin/"):
        if "logout" in route or "(?P" in route or "^" in route:
            continue
        for pk in ids if names else [0]:
            address = route
            for name in names:
                for converter in ("int:", "str:", "slug:", "path:", "uuid:", "snake:", ""):
                    address = address.replace(f"<{converter}{name}>", WORDS.get(name, str(pk)))
            if "<" not in address:
                yield address


def test_no_address_of_the_desk_shows_what_another_wrote(intruder: Client, actie: Actie) -> None:
    image = SiteImage.objects.create(title=SECRET, file=photo())
    draft = message_of(actie, velison(), foto=image, foto_alt=SECRET)
    waiting = submitted(actie, velison())
    returned = message_of(actie, velison(), stand=Stand.TERUG, terug_reden=SECRET)
    source, _created = TranslationSource.get_or_create_from_instance(draft)
    page = first(ActiePage.objects.filter(locale__language_code="nl"))
    ids = [draft.pk, waiting.pk, returned.pk, image.pk, actie.pk, page.pk, source.pk]
    intruder.raise_request_exception = False
    seen, shown = 0, []
    for address in desk_addresses(list(dict.fromkeys(ids))):
        response = intruder.get(address)
        seen += 1
        content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        if SECRET.encode() in content:
            shown.append(address)
    assert seen > 300, "The walk must reach the desk."
    assert shown == []


def test_the_walk_would_find_a_leak(actie: Actie) -> None:
    draft = message_of(actie, velison())
    owner = browser(account("partner", velison()))
    owner.raise_request_exception = False
    shown = [
        address
        for address in desk_addresses([draft.pk])
        if "mijn-acties" in address and SECRET in html(owner.get(address))
    ]
    assert reverse("desk_message", args=[draft.pk]) in shown
    assert reverse("desk_message_edit", args=[draft.pk]) in shown


def test_there_is_no_chooser_of_messages() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippetchoosers_wijken_voortgang:choose")


def test_own_screens_of_another_action_are_not_there(intruder: Client, actie: Actie) -> None:
    draft, shown = message_of(actie, velison()), published(actie, velison())
    for name, pk in [
        ("desk_my_action", actie.pk),
        ("desk_message_add", actie.pk),
        *((name, message.pk) for message in (draft, shown) for name in ("desk_message", "desk_message_edit")),
    ]:
        assert is_absent(intruder.get(reverse(name, args=[pk]))), name


def test_of_a_shared_action_drafts_stay_with_their_writer(actie: Actie) -> None:
    actie.trekkers.add(welzijn())
    other = browser(account("partner", welzijn()))
    draft, waiting = message_of(actie, velison()), submitted(actie, velison())
    shown = published(actie, velison(), tekst="Dit staat op de site")
    screen = html(other.get(reverse("desk_my_action", args=[actie.pk])))
    assert "Dit staat op de site" in screen
    assert SECRET not in screen
    assert SECRET not in html(other.get(reverse("desk_my_actions")))
    for message in (draft, waiting):
        assert is_absent(other.get(reverse("desk_message", args=[message.pk])))
    assert other.get(reverse("desk_message", args=[shown.pk])).status_code == 200
    assert is_absent(other.post(reverse("desk_message_correct", args=[shown.pk])))
    assert not Voortgang.objects.filter(corrigeert=shown).exists()


def test_whoever_no_longer_pulls_an_action_has_no_way_in(actie: Actie) -> None:
    partner = browser(account("partner", velison()))
    draft = message_of(actie, velison())
    assert partner.get(reverse("desk_message", args=[draft.pk])).status_code == 200
    actie.trekkers.set([welzijn()])
    assert is_absent(partner.get(reverse("desk_message", args=[draft.pk])))
    assert is_absent(partner.post(reverse("desk_message_submit", args=[draft.pk])))


def test_a_partner_does_not_browse_pictures(actie: Actie) -> None:
    partner = browser(account("partner", velison()))
    picture = first(SiteImage.objects.all())
    assert picture.title not in html(partner.get(reverse("wagtailimages_chooser:choose")))
    assert partner.get(reverse("wagtailimages:edit", args=[picture.pk])).status_code == 302
    assert "foto" not in partner.get(reverse("desk_message_add", args=[actie.pk])).context["form"].fields


def test_editors_see_what_was_handed_in_and_not_what_was_not(actie: Actie) -> None:
    editor = browser(account("eindredacteur"))
    draft = message_of(actie, velison())
    waiting = submitted(actie, velison(), tekst="Dit is ingediend")
    for name in ("desk_message", "desk_message_edit", "desk_review"):
        assert is_absent(editor.get(reverse(name, args=[draft.pk]))), name
    base = "wagtailsnippets_wijken_voortgang"
    for view in ("edit", "inspect", "history", "usage"):
        for message in (draft, waiting):
            assert is_absent(editor.get(reverse(f"{base}:{view}", args=[message.pk]))), view
    assert "Dit is ingediend" in html(editor.get(reverse("desk_message", args=[waiting.pk])))
    assert "Dit is ingediend" not in html(editor.get(reverse(f"{base}:list")))
    assert SECRET not in html(editor.get(reverse("desk_my_action", args=[actie.pk])))


# --- changing --------------------------------------------------------------------------------------

BUTTONS = [
    ("desk_message_edit", {}),
    ("desk_message_submit", {}),
    ("desk_message_discard", {}),
    ("desk_message_correct", {}),
    ("desk_review", {"besluit": "publiceren"}),
    ("desk_review", {"besluit": "terugsturen", "reden": "x"}),
]


@pytest.mark.parametrize("stand", ["concept", "terug", "ingediend", "gepubliceerd"])
@pytest.mark.parametrize(("name", "values"), BUTTONS)
def test_no_button_works_on_the_message_of_another(
    name: str, values: dict[str, str], stand: str, intruder: Client, actie: Actie
) -> None:
    makers: dict[str, Any] = {"ingediend": submitted, "gepubliceerd": published}
    message = (
        makers[stand](actie, velison()) if stand in makers else message_of(actie, velison(), stand=stand)
    )
    before, count = as_stored(message), Voortgang.objects.count()
    answer = intruder.post(reverse(name, args=[message.pk]), {**filled_in(tekst="Gekraakt"), **values})
    assert is_absent(answer) is (name != "desk_review")
    assert as_stored(message) == before
    assert Voortgang.objects.count() == count


def test_a_raw_form_decides_nothing_that_is_not_on_it(intruder: Client, actie: Actie) -> None:
    own = first(Actie.objects.of_organisation(welzijn().pk))
    step, other = step_of(own), step_of(actie)
    target = message_of(actie, velison())
    address = reverse("desk_message_add", args=[own.pk])
    answer = intruder.post(address, filled_in(mijlpaal=other.pk))
    assert "Kies een stap van deze actie." in html(answer)
    assert not Voortgang.objects.filter(actie=own).exists()
    picture = first(SiteImage.objects.all())
    intruder.post(
        address,
        filled_in(
            mijlpaal=step.pk,
            actie=actie.pk,
            organisatie=velison().pk,
            stand="gepubliceerd",
            gepubliceerd_op="2026-01-01",
            corrigeert=target.pk,
            foto=picture.pk,
            foto_alt="Gestolen",
            pk=target.pk,
            id=target.pk,
            locale="2",
        ),
    )
    made = Voortgang.objects.get(actie=own)
    assert (made.organisatie, made.stand, made.corrigeert, made.foto) == (
        welzijn(),
        Stand.CONCEPT,
        None,
        None,
    )
    assert made.locale.language_code == "nl"
    assert as_stored(target)["tekst"] == SECRET


def test_the_key_of_another_message_opens_nothing(intruder: Client, actie: Actie) -> None:
    target = message_of(actie, velison())
    own = first(Actie.objects.of_organisation(welzijn().pk))
    for key in (str(target.translation_key), "onzin", ""):
        answer = intruder.post(
            reverse("desk_message_add", args=[own.pk]), filled_in(sleutel=key, tekst="Gekraakt")
        )
        assert answer.status_code == 302
    assert as_stored(target)["tekst"] == SECRET
    assert Voortgang.objects.filter(actie=own).count() == 3
    assert len({row.translation_key for row in Voortgang.objects.all()}) == Voortgang.objects.count()
    key = str(uuid.uuid4())
    assert is_absent(intruder.post(reverse("desk_message_add", args=[actie.pk]), filled_in(sleutel=key)))


def test_the_screens_of_editors_do_nothing_for_a_partner(intruder: Client, actie: Actie) -> None:
    step, draft, shown = step_of(actie), message_of(actie, velison()), published(actie, velison())
    page = first(ActiePage.objects.filter(locale__language_code="nl"))
    before = [as_stored(draft), as_stored(shown)]
    source, _created = TranslationSource.get_or_create_from_instance(shown)
    voortgang = "wagtailsnippets_wijken_voortgang"
    posts = [
        (reverse(f"{voortgang}:edit", args=[draft.pk]), {"tekst": "Gekraakt"}),
        (reverse(f"{voortgang}:delete", args=[draft.pk]), {}),
        (reverse(f"{voortgang}:delete", args=[shown.pk]), {}),
        (reverse("wagtail_bulk_action", args=["wijken", "voortgang", "delete"]) + f"?id={draft.pk}", {}),
        (reverse("acties:edit", args=[actie.pk]), {"naam": "Gekraakt"}),
        (reverse("acties:delete", args=[actie.pk]), {}),
        (reverse("desk_planning_change", args=[step.pk]), {"stap": "vastleggen"}),
        (reverse("desk_step_add", args=[actie.pk]), {"stap": "vastleggen"}),
        (reverse("wagtailsnippets_wijken_mijlpaal:edit", args=[step.pk]), {"naam": "Gekraakt", "order": "0"}),
        (reverse("medewerkers:add"), {"organisatie": velison().pk}),
        (reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "Gekraakt"}),
        (reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), {"title": "Gekraakt"}),
        (
            reverse("wagtail_localize:submit_snippet_translation", args=["wijken", "voortgang", draft.pk]),
            {"languages": "en"},
        ),
    ]
    for address, values in posts:
        answer = intruder.post(address, values)
        assert answer.status_code in (302, 403, 404), address
        assert "Gekraakt" not in html(answer), address
    actie.refresh_from_db()
    step.refresh_from_db()
    assert [as_stored(draft), as_stored(shown)] == before
    assert "Gekraakt" not in (actie.naam, step.naam)
    assert len(promises(step)) == 1
    assert not Translation.objects.filter(source=source).exists()


def test_a_translator_changes_words_and_never_the_message(actie: Actie) -> None:
    message = published(actie, velison())
    vertaler = browser(account("vertaler"))
    submit = reverse("wagtail_localize:submit_snippet_translation", args=["wijken", "voortgang", message.pk])
    english = first(type(message.locale).objects.filter(language_code="en"))
    vertaler.post(submit, {"languages": "en"})
    translated = Voortgang.objects.get(translation_key=message.translation_key, locale=english)
    base = "wagtailsnippets_wijken_voortgang"
    assert vertaler.get(reverse(f"{base}:edit", args=[translated.pk])).status_code == 200
    answer = vertaler.post(reverse(f"{base}:edit", args=[message.pk]), {"tekst": "Gekraakt"})
    assert answer.headers["Location"] == reverse(f"{base}:inspect", args=[message.pk])
    assert as_stored(message)["tekst"] == SECRET
