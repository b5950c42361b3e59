"""News of the municipality in a wijkkrant: without retyping, once, and with a word when the news changes."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from core.models import SiteImage
from home.blocks import ArtikelBodyBlock
from home.krant.articles import source_changed
from home.krant.from_news import converted, take_over
from home.models import ArtikelPage, Editie, NieuwsPage, Rubriek
from tests.desk import account, allow_unknown_variables, browser, first, html
from tests.home.krant.editions import member_of, new_edition, news, page_of, wijken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def editie(db: None) -> Editie:
    return new_edition()


@pytest.fixture
def editor(db: None) -> Client:
    return browser(account("redacteur"))


def take(client: Client, item: NieuwsPage, editie: Editie) -> Any:
    return client.post(reverse("krant_from_news", args=[item.pk]), {"editie": editie.pk})


def test_a_news_item_becomes_a_draft_that_opens_in_the_editor(editie: Editie, editor: Client) -> None:
    item = news()
    assert "Neem over in de wijkkrant" in html(editor.get(reverse("wagtailadmin_pages:edit", args=[item.pk])))
    assert str(editie) in html(editor.get(reverse("krant_from_news", args=[item.pk])))
    answer = take(editor, item, editie)
    article = ArtikelPage.objects.child_of(page_of(editie)).get()
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert (article.title, article.intro, article.image, article.image_alt) == (
        item.title,
        item.intro,
        item.image,
        item.image_alt,
    )
    assert (article.rubriek, article.bron, article.live) == (Rubriek.GEMEENTE, item, False)
    assert [block["type"] for block in article.body.raw_data if block["type"] == "text"]
    assert editor.get(answer.headers["Location"]).status_code == 200


def test_twice_says_that_it_is_there_with_a_link(editie: Editie, editor: Client) -> None:
    item = news()
    take(editor, item, editie)
    article = ArtikelPage.objects.child_of(page_of(editie)).get()
    screen = reverse("krant_from_news", args=[item.pk])
    shown = html(editor.get(screen))
    assert "Dit nieuws staat al in deze editie." in shown
    assert reverse("wagtailadmin_pages:edit", args=[article.pk]) in shown
    assert take(editor, item, editie).headers["Location"] == screen
    assert ArtikelPage.objects.child_of(page_of(editie)).count() == 1


def test_a_member_takes_news_into_the_own_edition_only(editie: Editie) -> None:
    theirs, item = new_edition(wijken()[0]), news()
    client = browser(member_of(editie.wijk))
    shown = html(client.get(reverse("krant_from_news", args=[item.pk])))
    assert str(editie) in shown
    assert str(theirs) not in shown
    take(client, item, theirs)
    assert not ArtikelPage.objects.child_of(page_of(theirs)).exists()
    take(client, item, editie)
    assert ArtikelPage.objects.child_of(page_of(editie)).exists()


def test_only_news_that_is_on_the_site(editie: Editie, editor: Client) -> None:
    item = news()
    item.unpublish()
    assert "Neem over" not in html(editor.get(reverse("wagtailadmin_pages:edit", args=[item.pk])))
    take(editor, item, editie)
    for chosen in ("", "x", "999999"):
        editor.post(reverse("krant_from_news", args=[item.pk]), {"editie": chosen})
    assert not ArtikelPage.objects.child_of(page_of(editie)).exists()


def test_an_edition_that_is_out_takes_no_news(editie: Editie) -> None:
    Editie.objects.filter(pk=editie.pk).update(staat=Editie.Staat.UIT)
    with pytest.raises(ValidationError, match="al uit"):
        take_over(news=news(), editie=editie, by=account("redacteur"))


def test_every_block_of_news_is_taken_turned_or_named(editie: Editie) -> None:
    image = first(SiteImage.objects)
    document = get_document_model().objects.create(title="Het plan", file="documents/plan.pdf")
    item = news()
    item.body = [
        {
            "type": "text",
            "value": '<p>Een.</p><h3>Een kop</h3><p>Zie <a linktype="document" id="1">het plan</a>.</p>',
        },
        {"type": "quote", "value": {"text": "Mooi", "attribution": "Een buurman"}},
        {
            "type": "before_after",
            "value": {
                "before": image.pk,
                "before_alt": "Toen",
                "after": image.pk,
                "after_alt": "Nu wel",
                "caption": "De straat",
            },
        },
        {"type": "download", "value": {"document": document.pk, "text": "Alles"}},
        {"type": "meld_het", "value": None},
        {"type": "contact", "value": {"contactpersoon": None}},
    ]
    body, left_out = converted(item)
    assert [(block["type"]) for block in body] == [
        "text",
        "heading",
        "text",
        "quote",
        "image",
        "image",
        "links",
    ]
    assert body[1]["value"] == "Een kop"
    assert "<a" not in body[2]["value"]
    assert "het plan" in body[2]["value"]
    assert body[5]["value"]["caption"] == "Nu. De straat"
    assert left_out == ["Meld het", "Contact"]
    item.save_revision().publish()
    taken = take_over(news=NieuwsPage.objects.get(pk=item.pk), editie=editie, by=account("redacteur"))
    article = taken.article.get_latest_revision_as_object()
    ArtikelBodyBlock().clean(article.body)
    assert article.body[6].value["links"][0]["title"] == "Het plan"
    assert taken.left_out == left_out


def test_every_demo_news_item_can_be_taken(editie: Editie) -> None:
    by = account("redacteur")
    for item in NieuwsPage.objects.live().filter(locale__language_code="nl"):
        article = take_over(news=item, editie=editie, by=by).article
        ArtikelBodyBlock().clean(article.get_latest_revision_as_object().body)


def test_when_the_news_changes_the_redactie_hears_it_until_somebody_looked(editie: Editie) -> None:
    item = news()
    client = browser(member_of(editie.wijk))
    take(client, item, editie)
    article = ArtikelPage.objects.child_of(page_of(editie)).get()
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    board, source = (
        reverse("krant_board", args=[editie.pk]),
        reverse("krant_source", args=[article.pk]),
    )
    assert "daarna gewijzigd" not in html(client.get(edit))
    item = NieuwsPage.objects.get(pk=item.pk)
    item.intro = "Toch een andere dag."
    item.save_revision().publish()
    assert "daarna gewijzigd" in html(client.get(edit))
    assert source in html(client.get(board))
    assert "Toch een andere dag." in html(client.get(source))
    client.post(source)
    assert "daarna gewijzigd" not in html(client.get(edit))
    assert source not in html(client.get(board))
    article = ArtikelPage.objects.get(pk=article.pk)
    assert not source_changed(article)
    assert article.get_latest_revision_as_object().bron == item
    item.delete()
    assert client.get(edit).status_code == 200
    assert client.get(board).status_code == 200
