"""The paper of a wijkkrant at the desk, in a real browser: wide and narrow, with and without script."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.krant.druk import Kind, Remark
from home.models import ArtikelPage, Drukgang, Editie, Formaat, Fout, Proefdruk
from tests.browser.test_krant_desk import look, signed_in
from tests.browser.visit import visitor
from tests.desk import account, allow_unknown_variables
from tests.home.krant.editions import made_proof, page_of, ready_edition
from tests.home.papers import printed

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def filled() -> Editie:
    """An edition with proofs in every state, and final files."""
    editie = ready_edition()
    article = ArtikelPage.objects.child_of(page_of(editie))[0]
    key = str(article.translation_key)
    long_ago = timezone.now() - 2 * Proefdruk.STALLED_AFTER
    made_proof(editie, klaar_op=None, inhoud=None, fout=Fout.ONBEKEND)
    made_proof(editie, klaar_op=None, inhoud=None, bijgewerkt_op=long_ago)
    made_proof(
        editie,
        Remark(Kind.PICTURE_TOO_COARSE, key, (80, 200)),
        Remark(Kind.ARTICLE_LONG, key, (9, 4)),
        Remark(Kind.WHITE, "", (3, 60)),
    )
    for nummer in (1, 2):
        for formaat in Formaat.values:
            printed(editie, formaat=formaat, nummer=nummer)
    return editie


def test_every_screen_is_accessible_and_fits(browser: Any, site_url: str, database_to_lose: None) -> None:
    editie = filled()
    proof = Proefdruk.objects.filter(editie=editie, klaar_op__isnull=False)[0]
    screens = {
        "papier": reverse("krant_paper", args=[editie.pk]),
        "proefdruk": reverse("krant_proof", args=[editie.pk, proof.pk]),
        "vullingen": reverse("krant_fillers", args=[editie.pk]),
    }
    by = account("eindredacteur")
    with visitor(browser, site_url) as someone:
        signed_in(someone, by)
        for name, path in screens.items():
            page = someone.goto(path)
            assert page.url.endswith(path), name
            look(someone, f"papier-{name}")
        page = someone.goto(screens["papier"])
        with page.expect_navigation():
            page.locator("button[name=definitief]").click()
        page.locator("main").wait_for()
        look(someone, "papier-fout")
        Drukgang.objects.create(editie=editie, door=by, totaal=3, gedaan=1)
        someone.goto(screens["papier"])
        look(someone, "papier-bezig")
    # The viewer of PDFs is the browser's own, with files of its own.
    own = ("status of 422", "chrome-extension://", "chrome://")
    assert [found for found in someone.trouble if not any(words in found for words in own)] == []


@pytest.mark.parametrize("with_script", [True, False])
def test_it_tells_when_it_is_done(
    with_script: bool, browser: Any, site_url: str, database_to_lose: None
) -> None:
    editie = ready_edition()
    by = account("eindredacteur")
    row = made_proof(editie, klaar_op=None, inhoud=None)
    with visitor(browser, site_url, java_script_enabled=with_script) as someone:
        signed_in(someone, by)
        page = someone.goto(reverse("krant_paper", args=[editie.pk]))
        again = page.get_by_role("link", name="Kijk of hij klaar is")
        again.wait_for()
        Proefdruk.objects.filter(pk=row.pk).update(klaar_op=timezone.now(), inhoud=b"%PDF")
        if not with_script:
            again.click()
        again.wait_for(state="detached")
        client = Client()
        client.force_login(by)
        assert client.get(reverse("krant_paper_state", args=[editie.pk])).json() == {"bezig": False}
        page.get_by_text("0 opmerkingen.").wait_for()
    assert someone.trouble == []
