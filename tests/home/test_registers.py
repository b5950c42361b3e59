"""The registers on the desk: menus, lists, filters, exports and forms."""

from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from core.models import TranslatableSnippet, User
from tests.desk import (
    ONLY_SHOWN,
    OWN_SCREENS,
    REGISTERS,
    allow_unknown_variables,
    fill_empty_registers,
    first,
    html,
    list_address,
    own_viewsets,
)
from wijken.models import (
    Aandachtsgebied,
    Contactpersoon,
    Organisatie,
    Thema,
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
    allow_unknown_variables(monkeypatch)


def dutch(model: type[Any]) -> Any:
    return first(model.objects.filter(locale__language_code="nl"))


def test_the_menu_is_in_the_editors_words_and_order(rf: RequestFactory, beheerder: User) -> None:
    from wagtail.admin.menu import admin_menu

    request = rf.get("/admin/")
    request.user = beheerder
    items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    assert [str(item.label) for item in items] == [
        "Startscherm",
        "Aanmelden aan de balie",
        "Pagina's",
        "Wijken",
        "Mensen en plekken",
        "Actieplan",
        "Overleg",
        "Lotingen",
        "Wijkkrant",
        "Monitor",
        "Afbeeldingen",
        "Documenten",
        "Vertalen",
        "Zoekwoorden",
        "Rapporten",
        "Instellingen",
        "Help",
    ]


def test_every_register_has_a_place_on_the_desk() -> None:
    assert sorted(own_viewsets()) == sorted(REGISTERS)


@pytest.fixture
def filled(db: None) -> None:
    fill_empty_registers()


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("label", REGISTERS)
def test_each_list_form_search_and_export_works(label: str, desk: Client) -> None:
    viewset = own_viewsets()[label]
    address = reverse(list_address(viewset))
    assert desk.get(address).status_code == 200
    assert desk.get(address, {"q": "ij"}).status_code == 200
    assert desk.get(address, {"q": "ij", "p": "abc", "ordering": "onzin"}).status_code == 200
    for name in viewset.list_filter if isinstance(viewset.list_filter, list) else ():
        assert desk.get(address, {name: "999999"}).status_code == 200
    if isinstance(viewset.list_export, list):
        for kind in ("csv", "xlsx"):
            answer: Any = desk.get(address, {"export": kind})
            assert answer.status_code == 200
            assert b"".join(answer.streaming_content)
    assert desk.get(reverse(viewset.get_url_name("add"))).status_code == (
        302 if label in OWN_SCREENS else 200
    )
    rows = viewset.model._default_manager
    row = first(rows.source() if issubclass(viewset.model, TranslatableSnippet) else rows)
    for view in ("edit", "delete", "usage", "history", "inspect"):
        answer = desk.get(reverse(viewset.get_url_name(view), args=[row.pk]), follow=True)
        assert answer.status_code == 200, view
        kept = view == "edit" and label in ONLY_SHOWN
        assert ("/inspect/" in answer.request["PATH_INFO"]) is (kept or view == "inspect")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("label", REGISTERS)
def test_a_list_takes_the_same_queries_for_more_rows(
    label: str, desk: Client, django_assert_max_num_queries: Any
) -> None:
    address = reverse(list_address(own_viewsets()[label]))
    desk.get(address)
    with django_assert_max_num_queries(22):
        desk.get(address)


def test_lists_show_dutch_rows_with_their_translations_beside_them(desk: Client) -> None:
    thema = first(Thema.objects.source())
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
    assert (
        f'value="{first(Thema.objects.exclude(locale__language_code="nl")).pk}"'
        not in text.split('name="themas"')[1]
    )


def test_a_new_row_is_in_the_sites_own_language_whatever_is_asked(desk: Client) -> None:
    add = reverse("wagtailsnippets_wijken_thema:add") + "?locale=en"
    desk.post(add, {"naam": "Groen", "uitleg": "", "slug": "groen", "order": "9"})
    assert Thema.objects.get(slug="groen").locale.language_code == "nl"


def test_filters_find_what_belongs_to_a_wijk(desk: Client) -> None:
    gebied = dutch(Aandachtsgebied)
    other = first(Aandachtsgebied.objects.source().exclude(wijk=gebied.wijk))
    text = html(desk.get(reverse("wagtailsnippets_wijken_aandachtsgebied:list"), {"wijk": gebied.wijk_id}))
    assert gebied.naam in text
    assert other.naam not in text


def wijk_form(**values: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "naam": "Nieuwe wijk",
        "slug": "nieuwe-wijk",
        "kern": "Kern",
        "order": "99",
        "boundary": "",
    }
    for name in ("cijfers", "postcodegebieden", "buurten"):
        empty |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    return {**empty, "wijkteam": first(Wijkteam.objects).pk, **values}


def test_a_wijk_without_a_boundary_works_everywhere(desk: Client, client: Client) -> None:
    desk.post(reverse("wijken:add"), wijk_form(boundary="[]"))
    wijk = Wijk.objects.get(slug="nieuwe-wijk")
    parent = first(WijkPage.objects.filter(locale__language_code="nl")).get_parent()
    page = parent.add_child(instance=WijkPage(title="Nieuwe wijk", slug="nieuwe-wijk", wijk=wijk))
    page.save_revision().publish()
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
    platform = first(Wijkplatform.objects)
    response = desk.post(
        reverse("wijkplatforms:add"), {"wijk": platform.wijk_id, "status": "actief", "since": "", "until": ""}
    )
    assert "Een wijk heeft er hoogstens één" in html(response)
