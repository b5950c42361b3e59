"""Kopij at the desk: what the redactie sees, decides and tells, without crossing each other."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import OutboxMail, SiteImage
from core.outbox import mark_bounced
from home.krant.articles import articles_in, edition_page
from home.krant.kopij import deciding
from home.models import ArtikelPage, Editie, Kopij, Kopijhandeling
from tests.desk import account, allow_unknown_variables, browser
from tests.home.krant.kopij import (
    ABOUT_PHOTO,
    TYPED,
    edition,
    editor,
    fields_of,
    made,
    picture,
    wijk,
)
from wijken.models import Wijk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def redactie() -> Any:
    return editor()


@pytest.fixture
def desk(redactie: Any) -> Client:
    return browser(redactie)


def mails_about(kopij: Kopij) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(about=kopij.bonnummer).order_by("pk"))


def press(client: Client, kopij: Kopij, name: str, **fields: Any) -> Any:
    return client.post(reverse(name, args=[kopij.pk]), {"versie": kopij.versie, **fields})


# --- reading --------------------------------------------------------------------------------------


def test_the_list_shows_titles_and_no_names(desk: Client) -> None:
    edition()
    Kopij.objects.all().delete()
    kopij = made()
    html = desk.get(reverse("krant_kopij")).content.decode()
    assert kopij.titel in html
    assert "Lindeveld" not in html
    assert "Nieuw (1)" in html


def test_what_can_be_listed(desk: Client) -> None:
    editie = edition()
    Kopij.objects.all().delete()
    first, later = made(titel="Een"), made(titel="Twee")
    Kopij.objects.filter(pk=later.pk).update(staat="later", editie=None, behandeld_op=timezone.now())
    for query, shown in (
        ("", {"Een"}),
        ("?staat=later", {"Twee"}),
        ("?staat=alle", {"Een", "Twee"}),
        (f"?staat=alle&editie={editie.pk}", {"Een"}),
        ("?staat=alle&editie=geen", {"Twee"}),
        (f"?staat=alle&bon={first.bonnummer.lower()[:5]}-{first.bonnummer[5:]}", {"Een"}),
        ("?staat=alle&bon=x", set()),
        ("?staat=x&editie=x&p=x", {"Een", "Twee"}),
    ):
        html = desk.get(f"{reverse('krant_kopij')}{query}").content.decode()
        assert {title for title in ("Een", "Twee") if f">{title}</bdi>" in html} == shown, query


def test_who_opens_it_is_written_down(desk: Client, redactie: Any) -> None:
    kopij = made(photos=1)
    response = desk.get(reverse("krant_kopij_item", args=[kopij.pk]))
    html = response.content.decode()
    for words in (kopij.titel, "Aafke Lindeveld", "aafke@example.nl", "Foto 1 van bloemen", "640 × 480"):
        assert words in html
    assert "no-store" in response.headers["Cache-Control"]
    seen = Kopijhandeling.objects.get(bonnummer=kopij.bonnummer)
    assert (seen.soort, seen.door) == ("bekeken", redactie)


def test_a_picture_is_for_the_redactie_and_no_cache_keeps_it(desk: Client) -> None:
    kopij = made(photos=1)
    response = desk.get(reverse("krant_kopij_photo", args=[kopij.pk, 1]))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.content.startswith(b"\xff\xd8")
    assert desk.get(reverse("krant_kopij_photo", args=[kopij.pk, 2])).status_code == 404
    assert Client().get(reverse("krant_kopij_photo", args=[kopij.pk, 1])).status_code == 302


def test_one_in_another_language_says_in_which(desk: Client) -> None:
    kopij = made(taal="ar", teksttaal="ar", titel="مرحبا")
    html = desk.get(reverse("krant_kopij_item", args=[kopij.pk])).content.decode()
    assert "Geschreven in: Arabisch." in html
    assert 'lang="ar" dir="auto"' in html
    other = made(teksttaal="und")
    assert "een andere taal" in desk.get(reverse("krant_kopij_item", args=[other.pk])).content.decode()


# --- an article -----------------------------------------------------------------------------------


def test_one_click_makes_a_draft_article(desk: Client, redactie: Any) -> None:
    editie = edition()
    kopij = made(photos=2, ondertekening="Aafke L.", tekst="Een <b>stuk</b>\nmet regels.\n\nEn nog een.")
    before = len(articles_in(editie))
    response = press(desk, kopij, "krant_kopij_article", editie=editie.pk)
    article = ArtikelPage.objects.latest("pk")
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert desk.get(response.headers["Location"]).status_code == 200
    assert len(articles_in(editie)) == before + 1
    draft = article.get_latest_revision_as_object()
    assert (draft.title, draft.auteur, draft.live) == (kopij.titel, "Aafke L.", False)
    text, *images = list(draft.body)
    assert str(text.value) == "<p>Een &lt;b&gt;stuk&lt;/b&gt;<br/>met regels.</p><p>En nog een.</p>"
    assert [block.value["alt"] for block in images] == ["Foto 1 van bloemen", "Foto 2 van bloemen"]
    image = SiteImage.objects.latest("pk")
    assert (image.credit, image.collection.name, image.width) == ("Bo", "Wijkkrant", 640)
    assert re.fullmatch(r"original_images/wijkkrant-[0-9a-f]{12}\.jpg", str(image.file.name))
    kopij.refresh_from_db()
    assert (kopij.staat, kopij.artikel_key, kopij.behandeld_door) == (
        "gebruikt",
        article.translation_key,
        redactie,
    )
    told = mails_about(kopij)[-1]
    assert told.subject == "Uw stuk komt in de wijkkrant"
    assert editie.naam in told.text
    assert "Aafke L." in told.text


def test_pressing_twice_makes_one_article(desk: Client) -> None:
    editie = edition()
    kopij = made()
    before = ArtikelPage.objects.count()
    press(desk, kopij, "krant_kopij_article", editie=editie.pk)
    response = press(desk, kopij, "krant_kopij_article", editie=editie.pk)
    assert response.headers["Location"] == reverse("krant_kopij_item", args=[kopij.pk])
    assert ArtikelPage.objects.count() == before + 1
    assert len(mails_about(kopij)) == 2


def test_titles_that_are_alike_or_in_another_script(redactie: Any) -> None:
    editie = edition()
    slugs = []
    for title in ("Feest!", "Feest?", "مرحبا", "Привіт", "x" * 120):
        kopij = made(titel=title)
        article = deciding.make_article(kopij=kopij, editie=editie, versie=0, by=redactie)
        slugs.append(article.slug)
    assert slugs[:4] == ["feest", "feest-2", "artikel", "artikel-2"]
    assert len(slugs[4]) == 60


def test_not_in_a_number_that_is_out_or_of_another_wijk_or_without_a_page(redactie: Any) -> None:
    editie = edition()
    kopij = made()
    out = Editie.objects.filter(staat="uit").first()
    assert out
    elsewhere = Wijk.objects.exclude(pk=wijk().pk)[0]
    for refused in (out, Editie(wijk=elsewhere, seizoen="zomer", jaar=2027)):
        with pytest.raises(ValidationError, match="Kies een ander nummer"):
            deciding.make_article(kopij=kopij, editie=refused, versie=0, by=redactie)
    page = edition_page(editie)
    assert page
    page.delete()
    with pytest.raises(ValidationError, match="nog geen pagina"):
        deciding.make_article(kopij=kopij, editie=editie, versie=0, by=redactie)
    kopij.refresh_from_db()
    assert kopij.staat == "nieuw"


# --- later, or not --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "reden", "staat", "sentence"),
    [
        ("krant_kopij_later", "past-beter", "later", "Uw stuk past beter in een later nummer."),
        ("krant_kopij_not_placed", "reclame", "afgewezen", "De wijkkrant neemt geen reclame op."),
    ],
)
def test_the_sender_hears_why(name: str, reden: str, staat: str, sentence: str, desk: Client) -> None:
    edition()
    kopij = made()
    assert desk.get(reverse(name, args=[kopij.pk])).status_code == 200
    response = press(desk, kopij, name, reden=reden, woorden="Tot de volgende keer!")
    assert response.headers["Location"] == reverse("krant_kopij")
    kopij.refresh_from_db()
    assert kopij.staat == staat
    assert kopij.antwoord == f"{sentence}\n\nTot de volgende keer!"
    told = mails_about(kopij)[-1]
    for part in (told.text, told.html):
        assert sentence in part
        assert "Tot de volgende keer!" in part
    assert Kopijhandeling.objects.filter(bonnummer=kopij.bonnummer, soort=staat).exists()


def test_the_redactie_s_own_words_say_that_they_are_dutch(desk: Client) -> None:
    kopij = made(taal="ar")
    press(desk, kopij, "krant_kopij_not_placed", reden="anders", woorden="Dank voor de moeite.")
    told = mails_about(kopij)[-1]
    assert told.language == "ar"
    assert '<blockquote lang="nl" dir="ltr">' in told.html


@pytest.mark.parametrize("fields", [{}, {"reden": "weg"}, {"reden": "anders", "woorden": " "}])
def test_without_a_reason_nothing_is_told(fields: dict[str, str], desk: Client) -> None:
    kopij = made()
    response = press(desk, kopij, "krant_kopij_not_placed", **fields)
    assert "Nog niet bewaard." in response.content.decode()
    kopij.refresh_from_db()
    assert kopij.staat == "nieuw"
    assert len(mails_about(kopij)) == 1


def test_a_colleague_was_first(desk: Client, redactie: Any) -> None:
    kopij = made()
    deciding.turn_down(kopij=kopij, reden="ruimte", woorden="", versie=0, by=redactie)
    response = press(desk, kopij, "krant_kopij_later", reden="vol")
    assert "Een collega was u voor" in response.content.decode()
    for versie in ("", "x", "1" * 40):
        press(desk, kopij, "krant_kopij_reopen", versie=versie)
    kopij.refresh_from_db()
    assert kopij.staat == "afgewezen"


def test_what_was_kept_for_later_can_be_used_later(desk: Client, redactie: Any) -> None:
    editie = edition()
    kopij = made()
    deciding.keep_for_later(kopij=kopij, reden="vol", woorden="", versie=0, by=redactie)
    kopij.refresh_from_db()
    assert kopij.editie is None
    assert press(desk, kopij, "krant_kopij_article", editie=editie.pk).status_code == 302
    kopij.refresh_from_db()
    assert kopij.staat == "gebruikt"
    assert kopij.editie_id == editie.pk


def test_a_decision_can_be_taken_back(desk: Client, redactie: Any) -> None:
    kopij = made()
    deciding.turn_down(kopij=kopij, reden="ruimte", woorden="", versie=0, by=redactie)
    kopij.refresh_from_db()
    press(desk, kopij, "krant_kopij_reopen")
    kopij.refresh_from_db()
    assert (kopij.staat, kopij.antwoord, kopij.behandeld_op) == ("nieuw", "", None)
    press(desk, kopij, "krant_kopij_not_placed", reden="ruimte")
    assert len(mails_about(kopij)) == 3


def test_somebody_without_mail_is_called(desk: Client) -> None:
    kopij = made(mail="", telefoon="06 12345678")
    response = desk.post(
        reverse("krant_kopij_not_placed", args=[kopij.pk]), {"versie": 0, "reden": "ruimte"}, follow=True
    )
    assert "Bel 06 12345678" in response.content.decode()
    assert mails_about(kopij) == []


def test_wiping_at_the_request_of_the_sender(desk: Client, redactie: Any) -> None:
    kopij = made(photos=1)
    assert desk.post(reverse("krant_kopij_erase", args=[kopij.pk])).status_code == 302
    assert not Kopij.objects.filter(pk=kopij.pk).exists()
    assert mails_about(kopij) == []
    done = Kopijhandeling.objects.get(bonnummer=kopij.bonnummer)
    assert (done.soort, done.door) == ("gewist", redactie)


def test_mail_that_does_not_arrive_is_seen(desk: Client) -> None:
    kopij = made(telefoon="06 12345678")
    mark_bounced(mails_about(kopij)[0].message_id)
    kopij.refresh_from_db()
    assert kopij.onbestelbaar_op
    html = desk.get(reverse("krant_kopij_item", args=[kopij.pk])).content.decode()
    assert "Mail aan de inzender kwam niet aan." in html


# --- from paper -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["krantredactie", "baliemedewerker"])
def test_entering_from_paper(who: str) -> None:
    edition()
    user = editor() if who == "krantredactie" else account(who)
    client = browser(user)
    address = reverse("krant_kopij_enter", args=["velsen-noord"])
    chosen = client.get(reverse("krant_kopij_entry"))
    assert chosen.headers["Location"] == address
    fields = {**fields_of(client.get(address)), **TYPED}
    wrong = client.post(address, {**fields, **ABOUT_PHOTO, "titel": "", "foto1": picture()})
    assert "Nog niet bewaard." in wrong.content.decode()
    right = {**fields_of(wrong), "titel": TYPED["titel"]}
    before = Kopij.objects.count()
    for _time in range(2):
        assert client.post(address, right).headers["Location"] == address
    assert Kopij.objects.count() == before + 1
    kopij = Kopij.objects.latest("pk")
    assert (kopij.kanaal, kopij.ingevoerd_door, kopij.fotos.count()) == ("papier", user, 1)
    assert Kopijhandeling.objects.get(bonnummer=kopij.bonnummer).soort == "ingevoerd"


def test_the_processing_register(desk: Client) -> None:
    html = desk.get(reverse("krant_kopij_processing")).content.decode()
    assert "60 dagen na de laatste dag" in html
    assert "365 dagen" in html
