"""The translators' screens, as a translator sees them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from core.models import (
    BasePage,
    BewaardeVertaling,
    BlijvendWoord,
    Stand,
    User,
    Vertaalopdracht,
    Vertaalronde,
    Vertaalvoorkeur,
)
from core.translating import po
from tests.desk import allow_unknown_variables, exported, html
from tests.translating.pages import Pair, block, committing, make_pair
from tests.translating.service import translate_server

pytestmark = pytest.mark.django_db

TEXT = "Welkom in Velsen-Noord."


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def as_role(name: str) -> Client:
    user = User.objects.create_user(name.lower(), f"{name.lower()}@example.nl", "een-lang-wachtwoord")
    user.groups.add(Group.objects.get(name=name))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def translator(db: None) -> Client:
    return as_role("Vertaler")


@pytest.fixture
def pair(page_at: Callable[[str], BasePage]) -> Pair:
    return make_pair(page_at("/nl/"), block(TEXT, "a1"))


SCREENS = [
    "desk_translation_work",
    "desk_translation_files",
    "desk_kept_translations",
    "desk_translation_preferences",
    "woorden-die-blijven:index",
]


@pytest.mark.parametrize("name", SCREENS)
def test_the_screens_are_for_translators(name: str, translator: Client) -> None:
    assert translator.get(reverse(name)).status_code == 200
    partner = as_role("Partner")
    assert partner.get(reverse(name)).status_code in (302, 403)


def test_the_menu_leads_to_every_screen(translator: Client) -> None:
    shown = html(translator.get(reverse("wagtailadmin_home")))
    for name in SCREENS:
        assert reverse(name) in shown, name


# --- everything below


def test_a_page_leads_to_translating_it_with_everything_below(pair: Pair, desk: Client) -> None:
    shown = html(desk.get(reverse("wagtailadmin_explore", args=[pair.dutch.get_parent().pk])))
    address = reverse("desk_translation_round", args=[pair.dutch.pk])
    assert address in shown
    assert desk.get(address).status_code == 200
    refused = desk.post(address, {})
    assert refused.status_code == 422
    assert "Kies een of meer talen." in html(refused)
    with committing():
        assert desk.post(address, {"languages": ["en"]}).status_code == 302
    ronde = Vertaalronde.objects.get()
    assert ronde.state == Stand.KLAAR
    shown = html(desk.get(reverse("desk_translation_work")))
    assert pair.dutch.title in shown
    assert f"{ronde.done} van {ronde.total}" in shown
    assert "Engels" in shown


def test_a_translated_page_is_no_start(pair: Pair, desk: Client) -> None:
    address = reverse("desk_translation_round", args=[pair.page.pk])
    assert desk.get(address, follow=True).status_code == 404


# --- the machine


def test_the_button_in_the_editor_asks_in_the_background(
    pair: Pair, translator: Client, settings: Any
) -> None:
    editor = reverse("wagtailadmin_pages:edit", args=[pair.page.pk])
    address = reverse("wagtail_localize:machine_translate", args=[pair.translation.pk])
    with translate_server() as server:
        settings.MACHINE_TRANSLATION_URL = server.deepl
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": "core.translating.machine.MachineTranslator"}
        assert "DeepL" in html(translator.get(editor))
        server.answers = [(403, b"", {})]
        with committing():
            translator.post(address, {"next": editor})
        shown = html(translator.get(editor))
        assert "Vraag de beheerder" in shown
        assert "Opnieuw proberen" in shown
        opdracht = Vertaalopdracht.objects.get()
        assert opdracht.state == Stand.MISLUKT
        again = reverse("desk_translation_again", args=["opdracht", opdracht.pk])
        assert translator.get(again).status_code == 405
        with committing():
            assert translator.post(again).status_code == 302
    opdracht.refresh_from_db()
    assert opdracht.state == Stand.KLAAR
    row = pair.row(TEXT)
    assert row is not None
    assert row.translation_type == "machine"
    assert "Alles heeft al een vertaling" in html(translator.post(address, {"next": editor}, follow=True))


def test_who_may_not_edit_may_not_ask(pair: Pair) -> None:
    partner = as_role("Partner")
    for name in ("machine_translate", "upload_pofile"):
        address = reverse(f"wagtail_localize:{name}", args=[pair.translation.pk])
        assert partner.post(address)["Location"] == reverse("wagtailadmin_home")
    address = reverse("wagtail_localize:download_pofile", args=[pair.translation.pk])
    assert partner.get(address)["Location"] == reverse("wagtailadmin_home")


def test_the_editor_shows_the_words_that_stay(pair: Pair, translator: Client) -> None:
    BlijvendWoord(word="Welkom", note="Altijd met een hoofdletter").save()
    shown = html(translator.get(reverse("wagtailadmin_pages:edit", args=[pair.page.pk])))
    beside = shown[shown.index("desk-translating") :]
    assert "Velsen-Noord" in beside
    assert "Altijd met een hoofdletter" in beside


def test_words_are_added_at_the_desk(translator: Client) -> None:
    data = {
        "word": "wijkteam",
        "note": "",
        "fixed-TOTAL_FORMS": "1",
        "fixed-INITIAL_FORMS": "0",
        "fixed-MIN_NUM_FORMS": "0",
        "fixed-MAX_NUM_FORMS": "1000",
        "fixed-0-language_code": "en",
        "fixed-0-text": "neighbourhood team",
    }
    response = translator.post(reverse("woorden-die-blijven:add"), data)
    assert response.status_code == 302
    assert BlijvendWoord.objects.get().translations == "EN: neighbourhood team"
    assert "EN: neighbourhood team" in html(translator.get(reverse("woorden-die-blijven:index")))


# --- files


def upload(client: Client, content: bytes, address: str = "") -> Any:
    file = SimpleUploadedFile("en.po", content)
    return client.post(address or reverse("desk_translation_files"), {"file": file})


def filled_in(pair: Pair, text: str = "Welcome to Velsen-Noord.") -> bytes:
    file = po.parse(po.export(pair.translation))
    entry = next(entry for entry in file if entry.msgid == TEXT)
    entry.msgstr, entry.flags = text, []
    return str(file).encode()


def test_a_language_goes_out_as_a_zip(pair: Pair, translator: Client) -> None:
    address = reverse("desk_translation_files")
    response = translator.get(address, {"language": "en", "page": pair.dutch.pk})
    assert response["Content-Type"] == "application/zip"
    assert len(po.read(response.content)) == 1
    everything = translator.get(address, {"language": "en"})
    assert len(po.read(everything.content)) > 1
    assert translator.get(address, {"language": "xx"}).status_code == 422


def test_one_page_goes_out_and_in_from_the_editor(pair: Pair, translator: Client) -> None:
    response = translator.get(reverse("wagtail_localize:download_pofile", args=[pair.translation.pk]))
    assert po.translation_of(po.parse(response.content.decode())) == pair.translation
    address = reverse("wagtail_localize:upload_pofile", args=[pair.translation.pk])
    response = upload(translator, filled_in(pair), address)
    assert "/vertalen/bestanden/" in response["Location"]
    assert upload(translator, b"nonsense", address)["Location"].endswith(f"/{pair.page.pk}/edit/")


def test_first_a_look_then_the_change(pair: Pair, translator: Client) -> None:
    response = upload(translator, filled_in(pair))
    assert response.status_code == 302
    assert pair.row(TEXT) is None
    shown = html(translator.get(response["Location"]))
    assert "Welcome to Velsen-Noord." in shown
    assert pair.row(TEXT) is None
    assert translator.post(response["Location"]).status_code == 302
    row = pair.row(TEXT)
    assert row is not None
    assert row.data == "Welcome to Velsen-Noord."
    assert not pair.page.live
    # The look is over.
    assert translator.get(response["Location"])["Location"] == reverse("desk_translation_files")


def test_a_look_is_only_for_who_sent_the_file(pair: Pair, translator: Client, desk: Client) -> None:
    response = upload(translator, filled_in(pair))
    assert desk.get(response["Location"]).status_code == 302


@pytest.mark.parametrize("choose", [True, False])
def test_a_conflict_is_chosen(pair: Pair, translator: Client, choose: bool) -> None:
    content = filled_in(pair)
    pair.write(translator, TEXT, "Hello in Velsen-Noord.")
    address = upload(translator, content)["Location"]
    shown = html(translator.get(address))
    assert "Hello in Velsen-Noord." in shown
    name = f"conflict-{pair.translation.pk}"
    key = shown.split(f'name="{name}" value="')[1].split('"')[0]
    translator.post(address, {name: key} if choose else {})
    row = pair.row(TEXT)
    assert row is not None
    assert row.data == ("Welcome to Velsen-Noord." if choose else "Hello in Velsen-Noord.")


def test_a_file_that_is_refused_says_why(translator: Client) -> None:
    response = upload(translator, b"msgid \xe9\n")
    assert response.status_code == 422
    assert "UTF-8" in html(response)


# --- kept


def kept(pair: Pair, **changes: str) -> BewaardeVertaling:
    context = pair.segment(TEXT).context
    values = {"source_text": TEXT, "path": context.path, "text": "Welcome!", "reason": "overschreven"}
    return BewaardeVertaling.objects.create(
        object_key=pair.dutch.translation_key,
        title=pair.dutch.title,
        language_code="en",
        translated_at=pair.translation.created_at,
        **{**values, **changes},
    )


def test_a_kept_translation_is_put_back(pair: Pair, translator: Client) -> None:
    item = kept(pair)
    address = reverse("desk_kept_translation", args=[item.pk])
    assert "Welcome!" in html(translator.get(reverse("desk_kept_translations")))
    assert "Welcome!" in html(translator.get(address))
    assert translator.post(address).status_code == 302
    row = pair.row(TEXT)
    assert row is not None
    assert (row.data, row.has_error, row.translation_type) == ("Welcome!", False, "manual")
    item.refresh_from_db()
    assert item.restored_at is not None


def test_for_another_dutch_text_it_is_put_back_as_a_suggestion(pair: Pair, translator: Client) -> None:
    item = kept(pair, source_text="Welkom in Velsen-Zuid.")
    address = reverse("desk_kept_translation", args=[item.pk])
    assert translator.post(address).status_code == 302
    row = pair.row(TEXT)
    assert row is not None
    assert (row.data, row.has_error) == ("Welcome!", True)
    pair.write(translator, TEXT, "Better.")
    assert translator.post(address).status_code == 409
    assert StringTranslation.objects.filter(data="Better.").exists()


def test_what_has_no_place_says_so(pair: Pair, translator: Client) -> None:
    item = kept(pair, source_text="Weg.", path="body.weg")
    response = translator.post(reverse("desk_kept_translation", args=[item.pk]))
    assert response.status_code == 409
    gone = kept(pair, text="Gone.")
    pair.page.delete()
    response = translator.post(reverse("desk_kept_translation", args=[gone.pk]))
    assert response.status_code == 409
    assert "Terugzetten kan niet" in html(response)


def test_kept_translations_are_filtered_and_exported(pair: Pair, translator: Client) -> None:
    kept(pair)
    address = reverse("desk_kept_translations")
    assert "Welcome!" not in html(translator.get(address, {"language_code": "ar"}))
    response = translator.get(address, {"export": "csv"})
    assert "Welcome!" in exported(response)


# --- mail


def test_a_translator_chooses_languages_to_follow(translator: Client) -> None:
    address = reverse("desk_translation_preferences")
    assert "vertaler@example.nl" in html(translator.get(address))
    assert translator.post(address, {"languages": ["en"]}).status_code == 302
    voorkeur = Vertaalvoorkeur.objects.get()
    assert voorkeur.languages == ["en"]
    assert voorkeur.told_until is not None
    translator.post(address, {})
    voorkeur.refresh_from_db()
    assert voorkeur.languages == []
    assert translator.post(address, {"languages": ["xx"]}).status_code == 422
