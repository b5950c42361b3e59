"""The editors' desk: first screen, lists, careful deleting, reports, the clock and signing in."""

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from core.models import BasePage, SiteImage, User, ZoektermZonderResultaat
from core.sign_in import SECONDS, TRIES, FailedTries
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import models
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.viewsets import viewsets
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from home import roles
from home.desk import todo
from home.management.commands import klok
from home.models import ContentPage, HomePage, Synoniemen
from wijken.afspraken import afspraken_per_wijk, stuurgroep_afspraken, wijk_afspraken
from wijken.models import (
    Aandachtsgebied,
    Contactpersoon,
    Organisatie,
    Thema,
    Werkplan,
    Wijk,
    WijkPage,
    Wijkplatform,
    Wijkteam,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail's own templates ask for variables that are not there."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture
def as_role(db: None) -> Callable[[str], Client]:
    def make(name: str) -> Client:
        roles.apply()
        user = User.objects.create_user(f"test-{name}", f"{name}@example.nl", PASSWORD, first_name=name)
        user.groups.add(Group.objects.get(name=name))
        client = Client()
        client.force_login(user)
        return client

    return make


def dutch(model: type[Any]) -> Any:
    return model.objects.filter(locale__language_code="nl").first()


def html(response: Any) -> str:
    return response.content.decode()


# --- the first screen -----------------------------------------------------------------------------

HOME = "/admin/"


def test_the_first_screen_shows_what_needs_doing(desk: Client) -> None:
    contact = dutch(Contactpersoon)
    Contactpersoon.objects.filter(pk=contact.pk).update(
        review_on=timezone.localdate() - timedelta(days=1), functie="Wijkbeheerder die oud is"
    )
    page = dutch(ContentPage)
    ContentPage.objects.filter(pk=page.pk).update(review_on=timezone.localdate() + timedelta(days=3))
    Werkplan.objects.filter(jaar=timezone.localdate().year).delete()
    ZoektermZonderResultaat.objects.create(term="grofvuil", language="nl", on=timezone.localdate(), count=7)
    text = html(desk.get(HOME))
    assert "Wijkbeheerder die oud is" in text
    assert page.draft_title in text
    assert "te laat" in text
    assert str(Wijkteam.objects.first()) in text
    assert "grofvuil" in text
    assert f"{reverse('synoniemen:add')}?woord=grofvuil" in text


def test_without_anything_to_do_the_first_screen_says_so(desk: Client) -> None:
    Contactpersoon.objects.update(review_on=None, hours="werkdagen", telefoon="14 0255")
    for model in todo.page_models():
        model.objects.update(review_on=None)
    assert todo.reviews(on=TODAY, within_days=30) == []
    assert todo.unreachable_contacten() == []
    assert "Niets te doen. Mooi." in html(desk.get(HOME))


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        ("Partner", [], ["Wat er te doen is", "Nakijken"]),
        ("Baliemedewerker", [], ["Wat er te doen is"]),
        ("Vertaler", ["Nog te vertalen"], ["Afspraken die te laat zijn", "Contacten die niet af zijn"]),
        ("Redacteur", ["Nakijken", "Afspraken die te laat zijn", "Gezocht en niet gevonden"], []),
        ("Eindredacteur", ["Nakijken", "Contacten die niet af zijn", "Wijken zonder pagina"], []),
    ],
)
def test_each_card_is_for_whoever_may_do_it(
    role: str, seen: list[str], unseen: list[str], as_role: Callable[[str], Client]
) -> None:
    text = html(as_role(role).get(HOME))
    for title in seen:
        assert title in text
    for title in unseen:
        assert title not in text


def test_the_number_of_queries_does_not_grow(
    desk: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    def ask() -> None:
        todo.reviews(on=TODAY, within_days=30)
        todo.overdue_afspraken(on=TODAY)
        list(todo.teams_without_werkplan(year=TODAY.year))
        list(todo.wijken_without_page())
        todo.missing_translations()
        todo.terms_without_result(on=TODAY)
        todo.unreachable_contacten()

    ask()
    with django_assert_max_num_queries(18) as few:
        ask()
    team, organisatie, home = Wijkteam.objects.first(), dutch(Organisatie), dutch(HomePage)
    for number in range(5):
        wijk = Wijk.objects.create(naam=f"Wijk {number}", slug=f"w{number}", kern="Kern", wijkteam=team)
        Wijkplatform.objects.create(wijk=wijk, status="actief", since=date(2020, 1, 1))
        Contactpersoon.objects.create(
            functie=f"C {number}", waarvoor="x", role="wijkagent", organisatie=organisatie, review_on=TODAY
        )
        page = home.add_child(instance=ContentPage(title=f"P {number}", slug=f"p{number}", review_on=TODAY))
        page.save_revision().publish()
    with django_assert_num_queries(len(few)):
        ask()
    desk.get(HOME)
    with django_assert_max_num_queries(60):
        desk.get(HOME)


def test_afspraken_of_all_wijken_at_once_are_those_of_each() -> None:
    per_wijk, shared = afspraken_per_wijk(Wijk.objects.all(), on=TODAY)
    assert shared == stuurgroep_afspraken(on=TODAY)
    assert len(per_wijk) == Wijk.objects.count()
    for wijk, own in per_wijk:
        assert [repr(item) for item in own + shared] == [repr(item) for item in wijk_afspraken(wijk, on=TODAY)]


def test_missing_translations_counts_live_pages_per_language() -> None:
    before = {item.locale.language_code: len(item.missing) for item in todo.missing_translations()}
    page = Page.objects.filter(locale__language_code="en", live=True, depth=4).first()
    page.specific.unpublish()
    after = {item.locale.language_code: len(item.missing) for item in todo.missing_translations()}
    assert after["en"] == before["en"] + 1


# --- menus and lists ------------------------------------------------------------------------------


def test_the_menu_is_in_the_editors_words_and_order(rf: RequestFactory, beheerder: User) -> None:
    from wagtail.admin.menu import admin_menu

    request = rf.get(HOME)
    request.user = beheerder
    items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    assert [str(item.label) for item in items] == [
        "Startscherm",
        "Pagina's",
        "Wijken",
        "Mensen en plekken",
        "Overleg",
        "Afbeeldingen",
        "Documenten",
        "Vertalen",
        "Zoekwoorden",
        "Rapporten",
        "Instellingen",
        "Help",
    ]


def own_viewsets() -> list[Any]:
    own = ("wijken", "home")
    return [vs for vs in viewsets.viewsets if getattr(getattr(vs, "model", None), "__module__", "").startswith(own)]


def list_name(viewset: Any) -> str:
    return viewset.get_url_name("list" if viewset.model in get_snippet_models() else "index")


def viewset_cases() -> list[Any]:
    list(hooks.get_hooks("register_admin_viewset"))
    return ["wijken.Wijk", "wijken.Wijkteam", "wijken.Wijkplatform", "wijken.Wijkraadpleging", "wijken.Werkplan"] + [
        "wijken.Werkplanpunt",
        "wijken.Aandachtsgebied",
        "wijken.Contactpersoon",
        "wijken.Organisatie",
        "wijken.Plek",
        "wijken.Aanplakplaats",
        "wijken.Thema",
        "wijken.Stuurgroep",
        "wijken.Voorzittersgesprek",
        "home.Synoniemen",
    ]


REGISTERS = viewset_cases()


def viewset_of(label: str) -> Any:
    return next(vs for vs in own_viewsets() if vs.model._meta.label == label)


def test_every_register_has_a_place_on_the_desk() -> None:
    assert sorted(vs.model._meta.label for vs in own_viewsets()) == sorted(
        label for label in REGISTERS for _times in viewset_urls(label)
    )


def viewset_urls(label: str) -> list[str]:
    """One for a plain register; snippets are also registered as something to choose."""
    return [vs.url_namespace for vs in own_viewsets() if vs.model._meta.label == label]


@pytest.mark.parametrize("label", REGISTERS)
def test_each_list_form_search_and_export_works(label: str, desk: Client) -> None:
    viewset = viewset_of(label)
    address = reverse(list_name(viewset))
    assert desk.get(address).status_code == 200
    assert desk.get(address, {"q": "ij"}).status_code == 200
    assert desk.get(address, {"q": "ij", "p": "abc", "ordering": "onzin"}).status_code == 200
    for name in viewset.list_filter if isinstance(viewset.list_filter, list) else ():
        assert desk.get(address, {name: "999999"}).status_code == 200
    if isinstance(viewset.list_export, list):
        for kind in ("csv", "xlsx"):
            exported = desk.get(address, {"export": kind})
            assert exported.status_code == 200
            assert b"".join(exported.streaming_content)
    assert desk.get(reverse(viewset.get_url_name("add"))).status_code == 200
    row = viewset.model._default_manager.first()
    for view in ("edit", "delete", "usage", "history", "inspect"):
        assert desk.get(reverse(viewset.get_url_name(view), args=[row.pk])).status_code == 200, view


@pytest.mark.parametrize("label", REGISTERS)
def test_a_list_takes_the_same_queries_for_more_rows(
    label: str, desk: Client, django_assert_max_num_queries: Any
) -> None:
    address = reverse(list_name(viewset_of(label)))
    desk.get(address)
    with django_assert_max_num_queries(22):
        desk.get(address)


def test_lists_show_dutch_rows_with_their_translations_beside_them(desk: Client) -> None:
    thema = Thema.objects.source().first()
    english = thema.get_translations().get(locale__language_code="en")
    Thema.objects.filter(pk=english.pk).update(naam="Only in English")
    text = html(desk.get(reverse("wagtailsnippets_wijken_thema:list")))
    assert thema.naam in text
    assert "Only in English" not in text
    assert reverse("wagtailsnippets_wijken_thema:edit", args=[english.pk]) in text
    text = html(desk.get(reverse("wagtailsnippetchoosers_wijken_thema:choose")))
    assert "Only in English" not in text


def test_a_form_offers_the_rows_with_the_facts(desk: Client) -> None:
    text = html(desk.get(reverse("wagtailsnippets_wijken_contactpersoon:add")))
    sources = Organisatie.objects.source().count()
    assert text.count("<option") <= sources + len(Contactpersoon.Role) + 4
    assert 'type="checkbox" name="themas"' in text
    assert f'value="{Thema.objects.exclude(locale__language_code="nl").first().pk}"' not in text.split('name="themas"')[1]


def test_a_new_row_is_in_the_sites_own_language_whatever_is_asked(desk: Client) -> None:
    add = reverse("wagtailsnippets_wijken_thema:add") + "?locale=en"
    desk.post(add, {"naam": "Groen", "uitleg": "", "slug": "groen", "order": "9"})
    assert Thema.objects.get(slug="groen").locale.language_code == "nl"


def test_filters_find_what_belongs_to_a_wijk(desk: Client) -> None:
    gebied = dutch(Aandachtsgebied)
    other = Aandachtsgebied.objects.source().exclude(wijk=gebied.wijk).first()
    text = html(desk.get(reverse("wagtailsnippets_wijken_aandachtsgebied:list"), {"wijk": gebied.wijk_id}))
    assert gebied.naam in text
    assert other.naam not in text


# --- a wijk with little, or with mistakes ---------------------------------------------------------


def wijk_form(**values: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"naam": "Nieuwe wijk", "slug": "nieuwe-wijk", "kern": "Kern", "order": "99", "boundary": ""}
    for name in ("cijfers", "postcodegebieden", "buurten"):
        empty |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    return {**empty, "wijkteam": Wijkteam.objects.first().pk, **values}


def test_a_wijk_without_a_boundary_works_everywhere(desk: Client, client: Client) -> None:
    desk.post(reverse("wijken:add"), wijk_form(boundary="[]"))
    wijk = Wijk.objects.get(slug="nieuwe-wijk")
    parent = WijkPage.objects.filter(locale__language_code="nl").first().get_parent()
    page = parent.add_child(instance=WijkPage(title="Nieuwe wijk", slug="nieuwe-wijk", wijk=wijk))
    page.save_revision().publish()
    engines["django"].engine.string_if_invalid = ""
    for address in ("/nl/", "/nl/wijken/", page.url, "/nl/aanplakplaatsen/", reverse("wijken:index")):
        assert desk.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("boundary", "message"),
    [
        ("[[4.6, 52.4], [4.7", "geldige JSON"),
        ('{"type": "Polygon"}', "Geef een lijst van punten"),
        ("[[4.6, 52.4], [4.7, 52.5]]", "minstens drie punten"),
        ("[[52.4, 4.6], [452, 4.7], [52.5, 4.8]]", "niet op aarde"),
        ('"tekst"', "Geef een lijst van punten"),
        ("12", "Geef een lijst van punten"),
    ],
)
def test_a_boundary_that_is_none_gets_a_clear_message(boundary: str, message: str, desk: Client) -> None:
    response = desk.post(reverse("wijken:add"), wijk_form(boundary=boundary))
    assert response.status_code == 200
    assert message in html(response)
    assert "Nieuwe wijk" in html(response), "What was typed stays."
    assert not Wijk.objects.filter(slug="nieuwe-wijk").exists()


def test_a_second_platform_for_a_wijk_gets_a_clear_message(desk: Client) -> None:
    platform = Wijkplatform.objects.first()
    response = desk.post(
        reverse("wijkplatforms:add"), {"wijk": platform.wijk_id, "status": "actief", "since": "", "until": ""}
    )
    assert "Een wijk heeft er hoogstens één" in html(response)


# --- deleting -------------------------------------------------------------------------------------


def all_counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for app in ("wijken", "home", "core")
        for model in apps.get_app_config(app).get_models()
    }


def is_protected(row: models.Model) -> bool:
    from core.deletion import Deletion, with_translations

    return bool(Deletion(with_translations(row), viewer=User(is_superuser=True, is_active=True)).blockers)


@pytest.mark.parametrize("label", REGISTERS)
def test_deleting_any_row_never_fails_and_never_takes_others_along(label: str, desk: Client) -> None:
    """Every row of every register, tried for real."""
    viewset = viewset_of(label)
    rows = list(viewset.model._default_manager.all()[:12])
    for row in rows:
        if not type(row)._default_manager.filter(pk=row.pk).exists():
            continue
        address = reverse(viewset.get_url_name("delete"), args=[row.pk])
        protected = is_protected(row)
        before = all_counts()
        asked = desk.get(address)
        assert asked.status_code == 200
        assert ("kan nog niet weg" in html(asked)) is protected
        answer = desk.post(address)
        if protected:
            assert answer.status_code == 409
            assert all_counts() == before
        else:
            assert answer.status_code == 302
            assert not type(row)._default_manager.filter(pk=row.pk).exists()


def test_the_page_says_what_uses_the_row_and_where(desk: Client) -> None:
    team = Wijkteam.objects.first()
    wijk, plan = team.wijken.first(), team.werkplannen.first()
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
    team = Wijkteam.objects.filter(leden__isnull=False).first()
    organisatie = team.leden.first().organisatie
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
    gebied = Aandachtsgebied.objects.source().first()
    english = gebied.get_translations().get(locale__language_code="en")
    delete = "wagtailsnippets_wijken_aandachtsgebied:delete"
    desk.post(reverse(delete, args=[english.pk]))
    assert Aandachtsgebied.objects.filter(pk=gebied.pk).exists()
    other = Aandachtsgebied.objects.source().exclude(pk=gebied.pk).first()
    assert other.get_translations().exists()
    desk.post(reverse(delete, args=[other.pk]))
    assert not Aandachtsgebied.objects.filter(translation_key=other.translation_key).exists()


def test_several_at_once_are_as_careful(desk: Client) -> None:
    organisatie = Contactpersoon.objects.source().first().organisatie
    address = reverse("wagtail_bulk_action", args=["wijken", "organisatie", "delete"])
    before = all_counts()
    response = desk.post(f"{address}?id={organisatie.pk}", follow=True)
    assert response.status_code == 200
    assert all_counts() == before
    free = Organisatie.objects.create(naam="Niemand gebruikt mij", kind="zorg")
    desk.post(f"{address}?id={free.pk}")
    assert not Organisatie.objects.filter(pk=free.pk).exists()


def test_a_page_can_always_be_deleted(desk: Client) -> None:
    page = WijkPage.objects.filter(locale__language_code="nl").first()
    wijk = page.wijk
    assert desk.post(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()
    assert Wijk.objects.filter(pk=wijk.pk).exists()


def test_a_picture_that_is_gone_leaves_the_site_whole(desk: Client) -> None:
    page = next(page for page in WijkPage.objects.filter(locale__language_code="nl") if page.image_id)
    desk.post(reverse("wagtailimages:delete", args=[page.image_id]))
    assert not SiteImage.objects.filter(pk=page.image_id).exists()
    assert desk.get(page.url).status_code == 200


# --- previews -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [model.__name__ for model in todo.page_models()])
def test_each_page_type_can_be_previewed_in_the_editor(name: str, desk: Client) -> None:
    model = next(model for model in todo.page_models() if model.__name__ == name)
    page = dutch(model)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = desk.get(edit).context["form"]
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = desk.post(preview, {**form_data(form), "title": "Een titel die nog niet is bewaard"})
    assert sent.json() == {"is_valid": True, "is_available": True}
    shown = desk.get(preview)
    assert shown.status_code == 200
    assert "Een titel die nog niet is bewaard" in html(shown)
    policy = shown.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy


def form_data(form: Any) -> dict[str, Any]:
    """What the form of an existing page would send, without inline rows and with an empty body."""
    data: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if field.name == "body":
            data["body-count"] = "0"
        elif isinstance(value, (list, models.QuerySet)):
            data[field.html_name] = [getattr(item, "pk", item) for item in value]
        elif value not in (None, False):
            data[field.html_name] = value
    for formset in form.formsets.values():
        data |= {f"{formset.prefix}-TOTAL_FORMS": "0", f"{formset.prefix}-INITIAL_FORMS": "0"}
    return data


def test_a_new_page_without_its_register_row_says_so_kindly(desk: Client) -> None:
    parent = WijkPage.objects.filter(locale__language_code="nl").first().get_parent()
    preview = reverse("wagtailadmin_pages:preview_on_add", args=["wijken", "wijkpage", parent.pk])
    data = {"title": "Nog geen wijk", "slug": "nog-geen-wijk", "body-count": "0"}
    data |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    assert desk.post(preview, data).json()["is_valid"] is False
    assert desk.get(preview).status_code == 200
    add = reverse("wagtailadmin_pages:add", args=["wijken", "wijkpage", parent.pk])
    response = desk.post(add, data)
    assert response.status_code == 200
    assert "Nog geen wijk" in html(response)


# --- reports --------------------------------------------------------------------------------------


def test_the_review_report_has_pages_and_contacts_and_exports(desk: Client) -> None:
    contact, page = dutch(Contactpersoon), dutch(ContentPage)
    Contactpersoon.objects.filter(pk=contact.pk).update(review_on=TODAY - timedelta(days=2))
    ContentPage.objects.filter(pk=page.pk).update(review_on=TODAY + timedelta(days=400))
    with time_machine.travel("2026-11-22 12:00", tick=False):
        found = {item.title: item.state for item in todo.reviews(on=TODAY, within_days=None)}
        text = html(desk.get(reverse("desk_reviews")))
        csv = b"".join(desk.get(reverse("desk_reviews"), {"export": "csv"}).streaming_content).decode()
    assert found[contact.functie] == "te laat"
    assert found[page.draft_title] == "later"
    assert contact.functie in text
    assert contact.functie in csv
    assert csv.startswith("Titel,")
    assert desk.get(reverse("desk_reviews_results")).status_code == 200


def test_search_terms_are_added_up_filtered_and_safe_in_a_spreadsheet(desk: Client) -> None:
    ZoektermZonderResultaat.objects.all().delete()
    today = timezone.localdate()
    for days, count in ((0, 2), (3, 3), (200, 5)):
        ZoektermZonderResultaat.objects.create(
            term="=cmd|x", language="nl", on=today - timedelta(days=days), count=count
        )
    ZoektermZonderResultaat.objects.create(term="bins", language="en", on=today)
    address = reverse("desk_search_terms")
    csv = b"".join(desk.get(address, {"export": "csv"}).streaming_content).decode()
    assert "'=cmd|x,nl,10" in csv
    assert "bins" in csv
    csv = b"".join(desk.get(address, {"export": "csv", "period": "7", "language": "nl"}).streaming_content).decode()
    assert "'=cmd|x,nl,5" in csv
    assert "bins" not in csv
    assert "taal=nl" in html(desk.get(address))


def test_a_term_becomes_a_synonym(desk: Client) -> None:
    add = reverse("synoniemen:add")
    assert "grofvuil, " in html(desk.get(add, {"woord": "grofvuil", "taal": "nl"}))
    desk.post(add, {"language": "nl", "terms": "grofvuil, grof afval"})
    assert Synoniemen.objects.filter(terms="grofvuil, grof afval").exists()


def test_missing_translations_lead_to_the_translating(desk: Client) -> None:
    address = reverse("desk_missing_translations")
    page = Page.objects.filter(locale__language_code="en", live=True, depth=4).first()
    source = page.get_translations().get(locale__language_code="nl")
    page.specific.unpublish()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html(desk.get(address, {"taal": "en"}))
    page.delete()
    submit = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
    assert submit in html(desk.get(address, {"taal": "en"}))
    assert desk.get(address, {"taal": "onzin"}).status_code == 200


# --- the clock ------------------------------------------------------------------------------------


def test_a_page_goes_live_and_off_by_itself(page_at: Callable[[str], BasePage]) -> None:
    now = timezone.now()
    home = page_at("/nl/")
    page = home.add_child(instance=ContentPage(title="Straks", slug="straks", live=False))
    page.go_live_at = now + timedelta(minutes=30)
    page.expire_at = now + timedelta(hours=2)
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    clock = klok.Command()
    clock.round()
    page.refresh_from_db()
    assert not page.live
    with time_machine.travel(now + timedelta(minutes=31)):
        clock.round()
        page.refresh_from_db()
        assert page.live
    with time_machine.travel(now + timedelta(hours=3)):
        clock.round()
        page.refresh_from_db()
        assert not page.live


def test_tidying_deletes_what_is_too_old_and_counts_it(caplog: pytest.LogCaptureFixture) -> None:
    today = timezone.localdate()
    for days in (364, 366):
        ZoektermZonderResultaat.objects.create(term=f"t{days}", language="nl", on=today - timedelta(days=days))
    Session.objects.create(session_key="oud", session_data="", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="nu", session_data="", expire_date=timezone.now() + timedelta(days=1))
    with caplog.at_level(logging.INFO, klok.__name__):
        call_command("klok", "--eenmaal")
    assert ZoektermZonderResultaat.objects.filter(term="t364").exists()
    assert not ZoektermZonderResultaat.objects.filter(term="t366").exists()
    assert not Session.objects.filter(session_key="oud").exists()
    assert Session.objects.filter(session_key="nu").exists()
    lines = [record.getMessage() for record in caplog.records if record.name == klok.__name__]
    assert "clear_sessions: 1" in lines
    assert "forget_search_terms: 1" in lines
    assert "prune_task_results: 0" in lines


def test_tidying_is_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    for name in ("prune_task_results", "clear_sessions", "forget_search_terms"):

        def job(name: str = name) -> int:
            done.append(name)
            return 0

        monkeypatch.setattr(klok, name, job)
        job.__name__ = name
    clock = klok.Command()
    with time_machine.travel("2026-11-22 10:00"):
        clock.round()
        clock.round()
    assert len(done) == 3
    with time_machine.travel("2026-11-23 10:00"):
        clock.round()
    assert len(done) == 6


def test_one_failing_job_does_not_stop_the_clock(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> int:
        raise ValueError("de naam van een bewoner")

    monkeypatch.setattr(klok, "publish_scheduled", broken)
    ZoektermZonderResultaat.objects.create(term="oud", language="nl", on=date(2020, 1, 1))
    klok.Command().round()
    assert not ZoektermZonderResultaat.objects.filter(term="oud").exists()
    assert any("broken failed" in record.getMessage() for record in caplog.records)


def test_the_clock_stops_at_once_when_told() -> None:
    code = (
        "import signal, sys\n"
        "from home.management.commands.klok import Command\n"
        "clock = Command(); clock.round = lambda: print('ronde', flush=True)\n"
        "clock.handle(eenmaal=False)\n"
        "print('klaar', flush=True)\n"
    )
    setup = f"import sys; sys.path[:0] = {sys.path!r}\nimport django; django.setup()\n"
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", setup + code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ronde\n"
    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    out, _err = process.communicate(timeout=10)
    assert time.monotonic() - asked < 5
    assert out == "klaar\n"
    assert process.returncode == 0


# --- signing in -----------------------------------------------------------------------------------


@pytest.fixture
def somebody(db: None) -> User:
    roles.apply()
    user = User.objects.create_user("iemand", "iemand@example.nl", PASSWORD)
    user.groups.add(Group.objects.get(name="Redacteur"))
    return user


def sign_in(password: str, username: str = "iemand", address: str = "10.0.0.1") -> Any:
    return Client(REMOTE_ADDR=address).post(
        reverse("wagtailadmin_login"), {"username": username, "password": password, "next": "/admin/"}
    )


def test_signing_in_is_in_dutch_and_nobody_elses(client: Client) -> None:
    text = html(Client().get(reverse("wagtailadmin_login")))
    assert "Inloggen" in text
    assert "Sign in" not in text
    assert "Wagtail" not in text.split("<h1>")[1].split("</h1>")[0]
    for where in ("gravatar", "wagtail.org", "//cdn"):
        assert where not in text


def test_guessing_is_stopped_after_ten_tries(somebody: User) -> None:
    for _try in range(TRIES):
        assert sign_in("verkeerd").status_code == 200
    for password in ("verkeerd", PASSWORD):
        response = sign_in(password)
        assert response.status_code == 429
        assert "te vaak een verkeerd wachtwoord" in html(response)
        assert response.headers["Retry-After"] == str(SECONDS)
    assert sign_in("verkeerd", username=" IEMAND ").status_code == 429, "Other spelling, same name."
    assert sign_in(PASSWORD, address="10.0.0.2").status_code == 302, "Somebody elsewhere is not locked out."


def test_after_a_quarter_of_an_hour_it_works_again(somebody: User) -> None:
    for _try in range(TRIES):
        sign_in("verkeerd")
    with time_machine.travel(timezone.now() + timedelta(seconds=SECONDS + 1)):
        assert sign_in(PASSWORD).status_code == 302


def test_signing_in_forgets_earlier_mistakes(somebody: User) -> None:
    for _try in range(TRIES - 1):
        sign_in("verkeerd")
    assert sign_in(PASSWORD).status_code == 302
    assert sign_in("verkeerd").status_code == 200
    assert sign_in("verkeerd").status_code == 200


def test_neither_name_nor_address_is_kept(rf: RequestFactory) -> None:
    tries = FailedTries(rf.post("/", REMOTE_ADDR="10.0.0.1"), "iemand")
    assert "iemand" not in tries.key
    assert "10.0.0.1" not in tries.key


def test_a_forwarded_address_counts_only_behind_our_own_front_server(rf: RequestFactory, settings: Any) -> None:
    def key(forwarded: str) -> str:
        request = rf.post("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
        return FailedTries(request, "iemand").key

    settings.SECURE_PROXY_SSL_HEADER = None
    assert key("1.1.1.1") == key("2.2.2.2")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert key("1.1.1.1") != key("2.2.2.2")
    assert key("9.9.9.9, 1.1.1.1") == key("1.1.1.1"), "What a visitor puts in front does not count."


@pytest.mark.parametrize("data", [{}, {"username": "x" * 100_000}, {"username": "\0", "password": "\0"}])
def test_odd_sign_ins_get_the_form_again(data: dict[str, str]) -> None:
    assert Client().post(reverse("wagtailadmin_login"), data).status_code == 200


def test_the_desk_asks_nothing_of_others(desk: Client) -> None:
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    text = html(desk.get(HOME))
    for where in ("gravatar", "wagtail.org", "docs.wagtail", "releases.wagtail"):
        assert where not in text
