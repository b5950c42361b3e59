"""Deleting on the desk: what is still used stays, and the page says by what."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from core.models import SiteImage, User
from home.models import ContentPage, HomePage
from tests.desk import (
    NEVER_DELETED,
    REGISTERS,
    allow_unknown_variables,
    fill_empty_registers,
    first,
    html,
    own_viewsets,
)
from wijken.models import (
    Aandachtsgebied,
    Contactpersoon,
    Organisatie,
    Wijk,
    WijkPage,
    Wijkteam,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def dutch(model: type[Any]) -> Any:
    return first(model.objects.filter(locale__language_code="nl"))


def all_counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for app in ("participatie", "wijken", "home", "core")
        for model in apps.get_app_config(app).get_models()
    }


def is_protected(row: models.Model) -> bool:
    from core.deletion import Deletion, with_translations

    deletion = Deletion(with_translations(row), viewer=User(is_superuser=True, is_active=True))
    return deletion.is_kept or bool(deletion.blockers)


@pytest.mark.parametrize("label", REGISTERS)
def test_deleting_any_row_never_fails_and_never_takes_others_along(label: str, desk: Client) -> None:
    """Every row of every register, tried for real."""
    fill_empty_registers()
    viewset = own_viewsets()[label]
    rows = list(viewset.model._default_manager.all()[:12])
    for row in rows:
        if not type(row)._default_manager.filter(pk=row.pk).exists():
            continue
        address = reverse(viewset.get_url_name("delete"), args=[row.pk])
        before = all_counts()
        if label in NEVER_DELETED:
            assert desk.get(address).status_code == desk.post(address).status_code == 302
            assert all_counts() == before
            continue
        protected = is_protected(row)
        asked = desk.get(address)
        assert asked.status_code == 200
        refused = "kan nog niet weg" in html(asked) or "blijft staan" in html(asked)
        assert refused is protected
        answer = desk.post(address)
        if protected:
            assert answer.status_code == 409
            assert all_counts() == before
        else:
            assert answer.status_code == 302
            assert not type(row)._default_manager.filter(pk=row.pk).exists()


def test_the_page_says_what_uses_the_row_and_where(desk: Client) -> None:
    team = first(Wijkteam.objects)
    wijk, plan = first(team.wijken), first(team.werkplannen)
    page = team.pages.get(locale__language_code="nl")
    text = html(desk.post(reverse("wijkteams:delete", args=[team.pk])))
    assert "kan nog niet weg" in text
    assert "Er is niets verwijderd" in text
    assert reverse("wijken:edit", args=[wijk.pk]) in text
    assert reverse("werkplannen:edit", args=[plan.pk]) in text
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in text
    assert "Ja, verwijderen" not in text


def test_a_line_in_another_form_leads_to_that_form(desk: Client) -> None:
    """An organisation in a team: the team is where somebody can change that."""
    team = first(Wijkteam.objects.filter(leden__isnull=False))
    organisatie = first(team.leden).organisatie
    text = html(desk.get(reverse("wagtailsnippets_wijken_organisatie:delete", args=[organisatie.pk])))
    assert reverse("wijkteams:edit", args=[team.pk]) in text


def test_a_contact_that_a_page_shows_stays(desk: Client) -> None:
    contact = Contactpersoon.objects.create(
        functie="Alleen hier", waarvoor="x", role="wijkagent", organisatie=dutch(Organisatie)
    )
    body = [{"type": "contact", "value": {"contactpersoon": contact.pk}}]
    page = dutch(HomePage).add_child(instance=ContentPage(title="Met contact", slug="met-contact", body=body))
    address = reverse("wagtailsnippets_wijken_contactpersoon:delete", args=[contact.pk])
    response = desk.post(address)
    assert response.status_code == 409
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html(response)
    page.delete()
    assert desk.post(address).status_code == 302


def test_words_go_with_the_facts_but_facts_do_not_go_with_words(desk: Client) -> None:
    gebied = first(Aandachtsgebied.objects.source())
    english = gebied.get_translations().get(locale__language_code="en")
    delete = "wagtailsnippets_wijken_aandachtsgebied:delete"
    desk.post(reverse(delete, args=[english.pk]))
    assert Aandachtsgebied.objects.filter(pk=gebied.pk).exists()
    other = first(Aandachtsgebied.objects.source().exclude(pk=gebied.pk))
    assert other.get_translations().exists()
    desk.post(reverse(delete, args=[other.pk]))
    assert not Aandachtsgebied.objects.filter(translation_key=other.translation_key).exists()


def test_several_at_once_are_as_careful(desk: Client) -> None:
    organisatie = first(Contactpersoon.objects.source()).organisatie
    address = reverse("wagtail_bulk_action", args=["wijken", "organisatie", "delete"])
    before = all_counts()
    response = desk.post(f"{address}?id={organisatie.pk}", follow=True)
    assert response.status_code == 200
    assert all_counts() == before
    free = Organisatie.objects.create(naam="Niemand gebruikt mij", kind="zorg")
    desk.post(f"{address}?id={free.pk}")
    assert not Organisatie.objects.filter(pk=free.pk).exists()


def test_a_page_can_always_be_deleted(desk: Client) -> None:
    page = first(WijkPage.objects.filter(locale__language_code="nl"))
    wijk = page.wijk
    assert desk.post(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()
    assert Wijk.objects.filter(pk=wijk.pk).exists()


def test_a_picture_that_is_gone_leaves_the_site_whole(desk: Client) -> None:
    page: Any = first(WijkPage.objects.filter(locale__language_code="nl", image__isnull=False))
    desk.post(reverse("wagtailimages:delete", args=[page.image_id]))
    assert not SiteImage.objects.filter(pk=page.image_id).exists()
    assert desk.get(page.url).status_code == 200
