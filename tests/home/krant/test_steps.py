"""The life of an edition: whatever people press, in whatever order, it only goes where it may."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, PageViewRestriction

from core.page_index import page_index
from home.krant.editions import take_step, what_stops
from home.krant.pages import make_pages
from home.models import Drukwerk, Editie, EditiePage, Formaat, Kopij, WijkkrantPage
from tests.desk import allow_unknown_variables
from tests.home.krant.editions import new_article, new_edition, new_kopij, page_of, wijken
from tests.own_database import at_once
from wijken.models import Wijk

STATES = [*Editie.Staat.values, "onzin", ""]


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def finish(editie: Editie) -> None:
    """Everything that has to be done before it can come out."""
    WijkkrantPage.objects.get(wijk=editie.wijk).save_revision().publish()
    page = page_of(editie)
    page.save_revision().publish()
    Drukwerk.objects.create(
        editie=editie, taal="nl", formaat=Formaat.A4, paginas=8, vingerafdruk="0" * 64, inhoud=b"%PDF"
    )


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.sampled_from(STATES), max_size=12), is_finished=st.booleans())
def test_no_order_of_steps_reaches_what_may_not_be(wanted: list[str], is_finished: bool) -> None:
    wijk = Wijk.objects.get(slug="velserbroek")
    editie = new_edition(wijk, jaar=2000 + Editie.objects.count())
    if is_finished:
        finish(editie)
    walked = [Editie.Staat.KOPIJ.value]
    for naar in wanted:
        before = Editie.objects.get(pk=editie.pk)
        may = naar in before.next_steps and not list(what_stops(before, naar))
        try:
            # With a copy that knows nothing of the steps before it.
            take_step(editie=editie, naar=naar, by=None)
        except ValidationError as error:
            assert not may
            assert error.messages
        else:
            assert may
            walked.append(naar)
    stored = Editie.objects.get(pk=editie.pk)
    assert stored.staat == walked[-1]
    assert list(editie.stappen.values_list("van", "naar")) == list(zip(walked, walked[1:], strict=False))
    assert is_finished or not stored.is_out


@pytest.mark.django_db
def test_what_stops_an_edition_is_said_and_solved(db: None) -> None:
    editie = new_edition(staat=Editie.Staat.OPMAAK)
    article = new_article(editie)
    new_article(editie, "Alleen op de site", in_druk=False)
    kopij = new_kopij(editie)
    assert [sentence.rstrip(".") for sentence in what_stops(editie, "uit")] == [
        "De pagina van de wijkkrant staat nog niet op de site",
        "De pagina van deze editie staat nog niet op de site",
        "1 artikel is nog niet gepubliceerd",
        "De krant op papier is nog niet definitief gemaakt",
        "Op 1 inzending is nog niet geantwoord",
    ]
    finish(editie)
    article.get_latest_revision().publish()
    Kopij.objects.filter(pk=kopij.pk).update(staat=Kopij.Staat.LATER, behandeld_op=timezone.now())
    assert list(what_stops(editie, "uit")) == []


@pytest.mark.django_db
def test_nobody_reads_an_edition_before_it_is_out(django_capture_on_commit_callbacks: Any) -> None:
    editie = new_edition(staat=Editie.Staat.OPMAAK)
    article = new_article(editie)
    with django_capture_on_commit_callbacks(execute=True):
        finish(editie)
        article.get_latest_revision().publish()
    page = page_of(editie)
    english = Locale.objects.get(language_code="en")
    page.copy_for_translation(english, copy_parents=True).save_revision().publish()
    pages = EditiePage.objects.filter(editie=editie)
    assert PageViewRestriction.objects.filter(page__in=pages).values("page").distinct().count() == 2
    addresses = [page.get_url(), article.get_url()]
    for address in addresses:
        response = Client().get(address)
        assert response.status_code != 200, address
        assert not response.cookies
    assert not {page.pk, article.pk} & set(page_index().by_pk)
    with django_capture_on_commit_callbacks(execute=True):
        take_step(editie=editie, naar="uit", by=None)
    for address in addresses:
        assert Client().get(address).status_code == 200, address
    assert {page.pk, article.pk} <= set(page_index().by_pk)
    assert not PageViewRestriction.objects.filter(page__in=pages).exists()


@pytest.mark.django_db
def test_pages_are_made_once_and_a_wijk_without_a_page_says_so() -> None:
    editie = new_edition()
    assert make_pages(editie=editie, by=None) == page_of(editie)
    second = new_edition(editie.wijk, seizoen=Editie.Seizoen.WINTER)
    assert page_of(second).get_parent() == page_of(editie).get_parent()
    above = page_of(editie).get_parent().get_parent()
    assert above.specific.wijk == editie.wijk
    wijk = wijken()[0]
    wijk.pages.all()[0].delete()
    with pytest.raises(ValidationError, match="heeft nog geen pagina"):
        new_edition(wijk)


def test_one_step_taken_by_several_people_at_once(database_to_lose: None) -> None:
    editie = new_edition()
    connections.close_all()
    found = at_once(*[lambda: take_step(editie=editie, naar="redactie", by=None)] * 4)
    assert [type(one) for one in found].count(Editie) == 1
    refused = [one for one in found if isinstance(one, ValidationError)]
    assert [message for one in refused for message in one.messages] == [
        "Deze stap kan nu niet. Misschien was een collega u voor."
    ] * 3
    assert editie.stappen.count() == 1


def test_pages_asked_for_by_several_people_at_once(database_to_lose: None) -> None:
    editie = new_edition()
    page_of(editie).delete()
    connections.close_all()
    found = at_once(*[lambda: make_pages(editie=editie, by=None)] * 3)
    assert {type(one) for one in found} == {EditiePage}
    assert EditiePage.objects.filter(editie=editie).count() == 1
