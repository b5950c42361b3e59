"""Plain Dutch on the desk: hints on what is typed, the report, and the list of hard words."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from home.models import MoeilijkWoord
from tests.desk import account, allow_unknown_variables, browser, exported, html
from tests.html import Document
from wijken.models import Thema

pytestmark = pytest.mark.django_db
HARD = (
    "Tevens wordt de straat verbeterd, want de bewoners van de wijk hebben samen met de gemeente en de "
    "woningcorporatie een heel lang plan gemaakt."
)


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def ask(client: Client, *texts: str, url: str = "") -> Any:
    body = json.dumps({"texts": [{"field": f"veld-{i}", "text": text} for i, text in enumerate(texts)]})
    return client.post(url or reverse("desk_hints"), body, content_type="application/json")


def sections(client: Client, url: str) -> list[Any]:
    return [
        part
        for part in Document(html(client.get(url))).all("section")
        if "desk-reading" in part.attrs.get("class", "")
    ]


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_hints_name_the_field_and_say_what_to_do(desk: Client) -> None:
    answer = html(ask(desk, "Een kop", HARD))
    assert "24 woorden" in answer
    for kind in ("Lange zinnen", "Moeilijke woorden", "Zinnen met “worden”", "Lange woorden"):
        assert kind in answer
    assert "liever: ook" in answer
    assert "Gemiddeld 24 woorden per zin" in answer
    assert "Liever hoogstens 15." in answer
    assert 'data-reading-field="veld-1"' in answer
    assert "veld-0" not in answer


def test_plain_text_gets_no_hints(desk: Client) -> None:
    assert "Geen hints" in html(ask(desk, "Wij maken de straat mooi."))
    assert "nog geen tekst" in html(ask(desk))


def test_what_is_typed_is_never_markup(desk: Client) -> None:
    answer = html(ask(desk, "<script>alert(1)</script> wordt gebouwd."))
    assert "<script>" not in answer
    assert "&lt;script&gt;" in answer


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"texts": [{"field": "a"}]}', '{"texts": 3}', '{"texts": ["a"]}']
)
def test_something_else_is_refused(body: str, desk: Client) -> None:
    assert desk.post(reverse("desk_hints"), body, content_type="application/json").status_code == 400


def test_too_much_is_refused(desk: Client) -> None:
    assert ask(desk, "woord " * 200_000).status_code == 400


def test_hints_are_for_the_desk_and_store_nothing(client: Client, as_somebody: Any) -> None:
    assert ask(Client()).status_code == 302
    assert Client().get(reverse("desk_hints")).status_code == 302
    somebody = as_somebody()
    assert somebody.get(reverse("desk_hints")).status_code == 405
    assert ask(somebody, HARD).status_code == 200


def test_a_hint_takes_few_queries(desk: Client, django_assert_max_num_queries: Any) -> None:
    ask(desk)
    with django_assert_max_num_queries(5):
        ask(desk, *[HARD] * 40)


def test_the_panel_is_among_the_checks_of_a_page(desk: Client, page_at: Any) -> None:
    (section,) = sections(desk, edit(page_at("/nl/privacy/")))
    assert section.attrs["data-reading"] == reverse("desk_hints")
    assert "Een hint, geen oordeel." in section.all_text
    text = html(desk.get(edit(page_at("/nl/privacy/"))))
    assert "core/leesbaarheid.js" in text
    # Wagtail's own score would contradict ours.
    assert "data-content-readability-score" not in text
    assert "data-content-word-count" in text


def test_a_new_page_and_a_snippet_have_it_too(desk: Client, page_at: Any) -> None:
    add = reverse("wagtailadmin_pages:add", args=["home", "contentpage", page_at("/nl/").pk])
    assert len(sections(desk, add)) == 1
    thema = Thema.objects.source()[0]
    assert len(sections(desk, reverse("wagtailsnippets_wijken_thema:edit", args=[thema.pk]))) == 1
    assert len(sections(desk, reverse("wagtailsnippets_wijken_thema:add"))) == 1


def test_another_language_is_told_so(desk: Client, page_at: Any) -> None:
    # wagtail-localize draws its side panels twice.
    section, *_again = sections(desk, edit(page_at("/en/privacy/")))
    assert "alleen hints voor Nederlandse tekst" in section.all_text
    assert "Hoe werkt dit?" not in section.all_text


def test_who_may_not_edit_a_translation_learns_nothing_of_it(as_somebody: Any, desk: Client) -> None:
    translation: Any = Translation.objects.filter(target_locale__language_code="en").first()
    address = reverse("desk_translation_hints", args=[translation.pk])
    assert ask(desk, url=address).status_code == 200
    # Whoever may not is sent to the start screen, as on any screen of the desk.
    assert ask(as_somebody(), url=address).headers["Location"] == reverse("wagtailadmin_home")
    assert ask(desk, url=reverse("desk_translation_hints", args=[10**9])).status_code == 404


def test_hints_on_what_is_stored_of_a_translation_or_typed_in_it(desk: Client) -> None:
    translation: Any = Translation.objects.get(
        source__object_id=Page.objects.get(slug="privacy", locale__language_code="en").translation_key,
        target_locale__language_code="en",
    )
    address = reverse("desk_translation_hints", args=[translation.pk])
    assert "Gemiddeld" in html(ask(desk, url=address))
    typed = html(ask(desk, "Tevens.", url=address))
    assert "tevens" in typed
    assert "Gemiddeld 1 woorden" in typed


# --- the report -----------------------------------------------------------------------------------


def test_the_report_has_the_hardest_page_first(desk: Client, page_at: Any) -> None:
    page = page_at("/nl/privacy/")
    page.intro = f"{HARD} {HARD}"
    page.body = []
    page.save_revision().publish()
    text = html(desk.get(reverse("desk_readability")))
    titles = [
        link.all_text.strip() for link in Document(text).all("a") if "/edit/" in link.attrs.get("href", "")
    ]
    assert titles[0] == page.title
    assert "lange zinnen: 2" in text


def test_the_report_goes_out_with_every_number(desk: Client) -> None:
    lines = exported(desk.get(reverse("desk_readability"), {"export": "csv"})).splitlines()
    assert lines[0].startswith("Titel,Hints per 100 woorden,Woorden per zin,Lange zinnen")
    assert len(lines) > 20


def test_the_report_takes_few_queries(desk: Client, django_assert_max_num_queries: Any) -> None:
    desk.get(reverse("desk_readability"))
    with django_assert_max_num_queries(15):
        desk.get(reverse("desk_readability"))


def test_the_report_is_for_who_writes_pages(as_somebody: Any) -> None:
    assert as_somebody().get(reverse("desk_readability")).status_code == 302
    writer = browser(account("redacteur"))
    assert writer.get(reverse("desk_readability")).status_code == 200
    assert reverse("desk_readability") in html(writer.get("/admin/"))


# --- the list -------------------------------------------------------------------------------------


def upload(client: Client, text: str | bytes) -> Any:
    content = text.encode() if isinstance(text, str) else text
    return client.post(
        reverse("moeilijke-woorden:import"), {"bestand": SimpleUploadedFile("woorden.csv", content)}
    )


def test_the_demo_has_a_list() -> None:
    assert MoeilijkWoord.objects.count() >= 60
    assert MoeilijkWoord.objects.get(word="participatie").alternative == "meedoen"


def test_an_editor_keeps_the_list_and_a_translator_reads_it() -> None:
    editor, translator = browser(account("redacteur")), browser(account("vertaler"))
    editor.post(reverse("moeilijke-woorden:add"), {"word": "gremia", "alternative": "groepen", "note": ""})
    assert MoeilijkWoord.objects.filter(word="gremia").exists()
    assert "groepen" in html(ask(editor, "Twee gremia."))
    assert translator.get(reverse("moeilijke-woorden:index")).status_code == 200
    assert translator.get(reverse("moeilijke-woorden:add")).status_code == 302
    assert translator.get(reverse("moeilijke-woorden:import")).status_code == 302


def test_a_file_adds_and_changes_and_takes_nothing_away(desk: Client) -> None:
    before = MoeilijkWoord.objects.count()
    answer = upload(
        desk, "\ufeffWoord;Liever;Opmerking\r\nPARTICIPATIE;samen doen;Let op\r\nnotoir;bekend\r\n\r\n"
    )
    assert answer.status_code == 302
    assert MoeilijkWoord.objects.count() == before + 1
    changed = MoeilijkWoord.objects.get(word="PARTICIPATIE")
    assert (changed.alternative, changed.note) == ("samen doen", "Let op")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "ontbreekt: woord, liever"),
        ("woord;opmerking\nnotoir;x", "ontbreekt: liever"),
        ("woord;liever\nnotoir;\nnorm;regel", "liever"),
        ("woord;liever\nnotoir;bekend\nNotoir;bekend", "staat twee keer"),
        (f"woord;liever\n{'a' * 81};bekend", "80"),
        (b"woord;liever\n\xff;x", "UTF-8"),
        ("woord;liever\n" + "a;b\n" * 2001, "Te veel rijen"),
        ("woord;liever\n" + "a" * 200_000, "te groot"),
        ("woord;liever\na\x00;b", "niet te lezen"),
    ],
)
def test_a_wrong_file_says_what_and_stores_nothing(text: str | bytes, message: str, desk: Client) -> None:
    before = MoeilijkWoord.objects.count()
    answer = upload(desk, text)
    assert answer.status_code == 422
    assert message in html(answer)
    assert MoeilijkWoord.objects.count() == before


def test_no_file_at_all(desk: Client) -> None:
    answer = desk.post(reverse("moeilijke-woorden:import"))
    assert answer.status_code == 422
    assert "Kies eerst een bestand." in html(answer)


def test_a_word_on_the_list_changes_no_cached_page(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/nl/privacy/")
    MoeilijkWoord(word="notoir", alternative="bekend").save()
    with django_assert_num_queries(0):
        client.get("/nl/privacy/")
