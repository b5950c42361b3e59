"""Reading aloud and the hints while writing, in a real browser. Only the voices are made up: it has none."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Locale

from core.models import User
from home.models import ContentPage, HomePage
from tests.browser.visit import NARROW, visitor

pytestmark = pytest.mark.browser
PATH = "/nl/privacy/"
# Speaks a sentence until `endSentence()`, and keeps what it was asked to say.
VOICES = """
(() => {
  const voices = %s.map(([lang, localService]) => ({ lang, localService, name: lang, default: false }));
  let now;
  window.spoken = [];
  window.endSentence = () => { const ended = now; now = undefined; ended?.onend?.(); };
  const speech = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak(utterance) {
      now = utterance;
      window.spoken.push({ text: utterance.text, lang: utterance.lang, rate: utterance.rate });
    },
    cancel() {
      const cut = now;
      now = undefined;
      cut?.onerror?.({ error: "interrupted" });
    },
  });
  window.appear = (lang) => {
    voices.push({ lang, localService: true, name: lang, default: false });
    speech.dispatchEvent(new Event("voiceschanged"));
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  if (%s) delete window.Highlight;
})();
"""
MARKED = """() => window.Highlight
    ? [...CSS.highlights.get("wijk-voorlezen") ?? []].map(String).join("")
    : [...document.querySelectorAll("span.wijk-voorlezen")].map((part) => part.textContent).join("")"""


@pytest.fixture
def listener(browser, site_url: str) -> Iterator[Any]:
    """A visitor whose device has these voices: {language: does it work without a server?}."""
    opened = []

    def open_with(
        path: str, voices: dict[str, bool], *, without_highlight: bool = False, **options: Any
    ) -> Any:
        context = visitor(browser, site_url, **options)
        someone = context.__enter__()
        opened.append(context)
        pairs = str([[lang, int(is_local)] for lang, is_local in voices.items()]).replace("'", '"')
        someone.page.add_init_script(VOICES % (pairs, "true" if without_highlight else "false"))
        someone.goto(path)
        return someone

    yield open_with
    for context in opened:
        context.__exit__(None, None, None)


def said(page: Any) -> list[str]:
    return [sentence["text"] for sentence in page.evaluate("spoken")]


@pytest.mark.parametrize("voices", [{}, {"nl-NL": False}, {"en-GB": True}], ids=["none", "far", "other"])
def test_without_a_voice_of_the_device_there_is_no_button(voices: dict[str, bool], listener: Any) -> None:
    someone = listener(PATH, voices)
    expect(someone.page.locator("[data-wijk-voorlezen]")).to_be_hidden()
    assert someone.trouble == []


def test_a_voice_that_comes_late_brings_the_button(listener: Any) -> None:
    page = listener(PATH, {}).page
    page.evaluate("appear('nl_NL')")
    expect(page.locator("[data-speel]")).to_be_visible()


@pytest.mark.parametrize("without_highlight", [False, True], ids=["highlight", "wrapped"])
def test_read_pause_go_on_and_stop_by_keyboard(without_highlight: bool, listener: Any) -> None:
    someone = listener(
        PATH, {"nl-BE": True, "nl-NL": True}, without_highlight=without_highlight, viewport=NARROW
    )
    page = someone.page
    before = page.locator("main").inner_text()
    play, stop = page.locator("[data-speel]"), page.locator("[data-stop]")
    expect(stop).to_be_hidden()
    play.focus()
    page.keyboard.press("Enter")
    expect(play).to_have_text("Pauze")
    assert said(page) == [page.locator("h1").inner_text()]
    assert page.evaluate("spoken[0].lang") == "nl-NL"
    page.evaluate("endSentence()")
    page.evaluate("endSentence()")
    assert page.evaluate(MARKED) == said(page)[-1]
    someone.check_accessible()
    someone.check_fits()
    page.keyboard.press("Space")
    expect(play).to_have_text("Lees verder")
    assert len(said(page)) == 3
    page.keyboard.press("Enter")
    assert said(page)[3] == said(page)[2], "The sentence that was cut off is read again."
    page.keyboard.press("Tab")
    expect(stop).to_be_focused()
    page.keyboard.press("Enter")
    expect(play).to_be_focused()
    expect(play).to_have_text("Lees voor")
    assert page.evaluate(MARKED) == ""
    page.keyboard.press("Enter")
    assert said(page)[-1] == said(page)[0], "After stopping it starts again."
    page.keyboard.press("Escape")
    expect(stop).to_be_hidden()
    page.evaluate("endSentence()")
    assert len(said(page)) == 5
    assert page.locator("main").inner_text() == before
    assert someone.trouble == []


def test_all_of_the_text_once_and_nothing_around_it(listener: Any) -> None:
    page = listener(PATH, {"nl-NL": True}).page
    page.locator("[data-speel]").click()
    for _sentence in range(500):
        if page.locator("[data-stop]").is_hidden():
            break
        page.evaluate("endSentence()")
    expect(page.locator("[data-speel]")).to_have_text("Lees voor")
    words = said(page)
    assert len(words) > 10
    sentences = [sentence for sentence in words if len(sentence) > 20]
    assert len(sentences) == len(set(sentences))
    for cell in page.locator("main table td").all_inner_texts():
        assert any(cell.strip().startswith(sentence) for sentence in words)
    text = " ".join(words)
    assert "Lees voor" not in text
    assert "Snelheid" not in text
    assert "Komt u er niet uit?" not in text


def test_another_speed_holds_at_once(listener: Any) -> None:
    page = listener(PATH, {"nl-NL": True}).page
    page.locator("[data-speel]").click()
    page.locator("[data-snelheid]").select_option(label="langzaam")
    assert [(row["text"], row["rate"]) for row in page.evaluate("spoken")] == [
        ("Uw privacy", 1),
        ("Uw privacy", 0.75),
    ]


@pytest.mark.parametrize("has_english", [False, True])
def test_words_in_another_language_have_a_voice_of_their_own_or_none(
    has_english: bool, listener: Any
) -> None:
    voices = {"nl-NL": True, "en-GB": has_english}
    page = listener(PATH, voices).page
    page.evaluate(
        """document.querySelector("h1").insertAdjacentHTML(
            "afterend", '<p>Een <span lang="en">wonderful day</span> hier.</p>')"""
    )
    page.locator("[data-speel]").click()
    for _sentence in range(4):
        page.evaluate("endSentence()")
    spoken = [(row["text"], row["lang"]) for row in page.evaluate("spoken")]
    assert ("Een", "nl-NL") in spoken
    assert (("wonderful day", "en-GB") in spoken) is has_english
    assert all(text != "wonderful day" or lang == "en-GB" for text, lang in spoken)


@pytest.fixture
def simple_dutch(site_url: str, django_db_setup, django_db_blocker) -> Iterator[str]:
    """A page in simple Dutch that the running site can see; gone again afterwards."""
    with django_db_blocker.unblock():
        locale, made = Locale.objects.get_or_create(language_code="nl-x-b1")
        home = HomePage.objects.get(locale__language_code="nl").copy_for_translation(locale)
        home.save_revision().publish()
        page: Any = ContentPage.objects.get(slug="privacy", locale__language_code="nl")
        copy = page.copy_for_translation(locale)
        copy.save_revision().publish()
        try:
            yield "/nl-x-b1/privacy/"
        finally:
            HomePage.objects.get(pk=home.pk).delete()
            if made:
                locale.delete()


def test_between_ordinary_and_simple_dutch(listener: Any, simple_dutch: str) -> None:
    someone = listener(PATH, {"nl-NL": True})
    page = someone.page
    page.get_by_role("link", name="Lees deze tekst in makkelijke taal").click()
    page.wait_for_url(f"**{simple_dutch}")
    page.locator("[data-speel]").click()
    assert page.evaluate("spoken[0].lang") == "nl-NL"
    someone.at(NARROW)
    someone.check_accessible()
    someone.check_fits()
    page.get_by_role("link", name="Lees de gewone tekst").click()
    page.wait_for_url(f"**{PATH}")
    assert someone.trouble == []


@pytest.fixture
def editor(browser, site_url: str, django_db_blocker) -> Iterator[Any]:
    """Somebody signed in at the desk of the running site."""
    with django_db_blocker.unblock():
        user = User.objects.create_superuser("schrijft", "schrijft@example.nl", "een-lang-wachtwoord")
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        page: Any = ContentPage.objects.get(slug="privacy", locale__language_code="nl")
        drafts = set(page.revisions.values_list("pk", flat=True))
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    with visitor(browser, site_url) as someone:
        someone.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
        someone.goto(address)
        yield someone
    with django_db_blocker.unblock():
        # What the editor saved by itself meanwhile.
        page.revisions.exclude(pk__in=drafts).delete()
        ContentPage.objects.filter(pk=page.pk).update(
            has_unpublished_changes=page.has_unpublished_changes,
            latest_revision=page.latest_revision,
            draft_title=page.draft_title,
        )
        user.delete()


def test_hints_come_while_somebody_writes(editor: Any) -> None:
    page = editor.page
    page.locator('[data-side-panel-toggle="checks"]').click()
    hints = page.locator("[data-reading-hints]")
    expect(hints).to_contain_text("woorden per zin")
    expect(hints).not_to_contain_text("tevens")
    rich_text = page.locator(".Draftail-Editor [contenteditable=true]").first
    rich_text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Tevens.")
    expect(hints).to_contain_text("tevens")
    page.locator("[name=intro]").fill("Dit wordt participatie, en er wordt gebouwd.")
    expect(hints).to_contain_text("participatie")
    expect(hints).to_contain_text("er wordt gebouwd")
    page.locator("[data-reading-hints] li", has_text="tevens").get_by_role("button").click()
    expect(rich_text).to_be_focused()
    assert [line for line in editor.trouble if "leesbaarheid" in line] == []
