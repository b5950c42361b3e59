"""Who may do what: every role at every screen, and the road of a page from writer to publisher."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page, Workflow, WorkflowPage
from wagtail_localize.models import StringSegment, Translation

from core.models import BasePage, User
from home import roles
from home.models import ContentPage, HomePage
from tests.desk import allow_unknown_variables, first
from tests.outbox.mails import write
from wijken.models import Contactpersoon, Wijk, Wijkteam

pytestmark = pytest.mark.django_db

ROLES = [
    "partner",
    "krantredactie",
    "lotingbeheerder",
    "baliemedewerker",
    "vertaler",
    "redacteur",
    "eindredacteur",
    "beheerder",
]
EVERYONE = set(ROLES)
WRITERS = {"redacteur", "eindredacteur", "beheerder"}
PUBLISHERS = {"eindredacteur", "beheerder"}
TRANSLATORS = {"vertaler", *WRITERS}
MANAGERS = {"beheerder"}

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def user_with(db: None) -> Callable[[str], User]:
    roles.apply()
    names = {role.key: role.name for role in roles.read()[0]}

    def make(key: str) -> User:
        user = User.objects.create_user(
            f"test-{key}", f"{key}@example.nl", "een-lang-wachtwoord", first_name=key
        )
        user.groups.add(Group.objects.get(name=names[key]))
        return user

    return make


@pytest.fixture
def sign_in(user_with: Callable[[str], User]) -> SignIn:
    def make(key: str) -> Client:
        client = Client()
        client.force_login(user_with(key))
        return client

    return make


def dutch(model: type[Any]) -> Any:
    return first(model.objects.filter(locale__language_code="nl"))


def address(name: str) -> str:
    """An address of the desk by a short name, as the rows of the matrix call it."""
    if "/" not in name:
        return reverse(name)
    url_name, what = name.split("/")
    rows: dict[str, Callable[[], int]] = {
        "wijk": lambda: first(Wijk.objects).pk,
        "team": lambda: first(Wijkteam.objects).pk,
        "contact": lambda: dutch(Contactpersoon).pk,
        "contact-en": lambda: first(Contactpersoon.objects.filter(locale__language_code="en")).pk,
        "home-nl": lambda: dutch(HomePage).pk,
        "home-en": lambda: HomePage.objects.get(locale__language_code="en").pk,
        "page-nl": lambda: dutch(ContentPage).pk,
        "page-en": lambda: first(ContentPage.objects.filter(locale__language_code="en")).pk,
        "mail": lambda: write().pk,
        "superuser": lambda: User.objects.create_superuser("de-baas", "baas@example.nl", "x").pk,
    }
    return reverse(url_name, args=[rows[what]()])


# (address, who gets it). Whoever does not gets the start screen, with a message.
SCREENS: list[tuple[str, set[str]]] = [
    ("wagtailadmin_home", EVERYONE),
    ("wagtailadmin_account", EVERYONE),
    # Registers
    ("wijken:index", EVERYONE),
    ("wijken:inspect/wijk", EVERYONE),
    ("wijken:add", WRITERS),
    ("wijken:edit/wijk", WRITERS),
    ("wijken:delete/wijk", PUBLISHERS),
    ("wijkteams:index", EVERYONE),
    ("wijkteams:edit/team", WRITERS),
    ("wijkplatforms:index", EVERYONE),
    ("wijkraadplegingen:add", WRITERS),
    ("werkplannen:add", WRITERS),
    ("stuurgroep:index", EVERYONE),
    ("voorzittersgesprekken:add", WRITERS),
    ("synoniemen:index", WRITERS),
    ("synoniemen:add", WRITERS),
    # Translatable registers
    ("wagtailsnippets_wijken_contactpersoon:list", EVERYONE),
    ("wagtailsnippets_wijken_contactpersoon:add", WRITERS),
    ("wagtailsnippets_wijken_contactpersoon:edit/contact", WRITERS),
    ("wagtailsnippets_wijken_contactpersoon:inspect/contact", EVERYONE),
    ("wagtailsnippets_wijken_contactpersoon:edit/contact-en", TRANSLATORS),
    ("wagtailsnippets_wijken_contactpersoon:delete/contact", PUBLISHERS),
    ("wagtailsnippets_wijken_thema:add", WRITERS),
    # Pages
    ("wagtailadmin_explore/home-nl", WRITERS),
    ("wagtailadmin_explore/home-en", TRANSLATORS),
    ("wagtailadmin_pages:edit/page-nl", WRITERS),
    ("wagtailadmin_pages:edit/page-en", TRANSLATORS),
    ("wagtailadmin_pages:add_subpage/home-nl", WRITERS),
    ("wagtailadmin_pages:unpublish/page-nl", PUBLISHERS),
    ("wagtailadmin_pages:delete/page-nl", PUBLISHERS),
    # Translating
    ("wagtail_localize:submit_page_translation/home-nl", TRANSLATORS),
    ("desk_translations", TRANSLATORS),
    ("wagtaillocales:index", MANAGERS),
    # Reports
    ("desk_reviews", WRITERS),
    ("desk_search_terms", WRITERS),
    ("desk_infopagina", WRITERS),
    ("desk_infopagina_file", WRITERS),
    ("desk_mail", MANAGERS | {"lotingbeheerder"}),
    ("desk_mail_detail/mail", MANAGERS | {"lotingbeheerder"}),
    # Files
    ("wagtailimages:index", WRITERS),
    ("wagtailimages:add", WRITERS),
    ("wagtaildocs:index", WRITERS),
    # Management
    ("wagtailusers_users:index", MANAGERS),
    ("wagtailusers_users:add", MANAGERS),
    ("wagtailusers_users:edit/superuser", set()),
    ("wagtailusers_groups:index", MANAGERS),
    ("wagtailredirects:index", MANAGERS),
    ("wagtailsites:index", MANAGERS),
    ("wagtailadmin_workflows:index", MANAGERS),
    ("wagtailadmin_collections:index", MANAGERS),
]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_its_screens_and_no_others(role: str, sign_in: SignIn) -> None:
    client = sign_in(role)
    wrong = {}
    for name, allowed in SCREENS:
        response = client.get(address(name))
        expected = 200 if role in allowed else 302
        if response.status_code != expected:
            wrong[name] = f"{response.status_code}, expected {expected}"
    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_settings_of_the_site_are_for_the_beheerder(role: str, sign_in: SignIn) -> None:
    response = sign_in(role).get(
        reverse("wagtailsettings:edit", args=["core", "siteinstellingen"]), follow=True
    )
    assert (
        "instellingen" in response.request["PATH_INFO"] or "settings" in response.request["PATH_INFO"]
    ) is (role in MANAGERS)


def test_nobody_without_a_role_gets_in(client: Client) -> None:
    user = User.objects.create_user("zonder-rol", "niemand@example.nl", "een-lang-wachtwoord")
    client.force_login(user)
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_a_translator_sees_facts_but_changes_only_words(sign_in: SignIn) -> None:
    client = sign_in("vertaler")
    contact = dutch(Contactpersoon)
    edit = reverse("wagtailsnippets_wijken_contactpersoon:edit", args=[contact.pk])
    inspect = reverse("wagtailsnippets_wijken_contactpersoon:inspect", args=[contact.pk])
    before = contact.functie
    response = client.post(edit, {"functie": "Iets anders"})
    assert response.status_code == 302
    assert response.headers["Location"] == inspect
    contact.refresh_from_db()
    assert contact.functie == before


def test_a_translator_translates_and_publishes_a_page(sign_in: SignIn) -> None:
    client = sign_in("vertaler")
    page = first(ContentPage.objects.filter(locale__language_code="en"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale__language_code="en"
    )
    segment = StringSegment.objects.filter(source=translation.source, context__path="title").get()
    response = client.put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        "value=A+new+title",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    client.post(edit, {"action": "publish"})
    page.refresh_from_db()
    assert page.title == "A new title"
    assert page.live


def test_a_page_goes_from_redacteur_to_eindredacteur_to_the_site(sign_in: SignIn) -> None:
    writer, publisher = sign_in("redacteur"), sign_in("eindredacteur")
    home = dutch(HomePage)
    form = {
        "title": "Een nieuwe pagina",
        "slug": "een-nieuwe-pagina",
        "intro": "",
        "image_alt": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    add = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home.pk])
    writer.post(add, {**form, "action-publish": "1"})
    page = Page.objects.get(slug="een-nieuwe-pagina")
    assert not page.live, "A redacteur never publishes."

    writer.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**form, "action-submit": "1"})
    page.refresh_from_db()
    state = page.current_workflow_state
    assert state is not None
    assert state.workflow.name == roles.read()[1].name

    dashboard = publisher.get(reverse("wagtailadmin_home")).content.decode()
    assert "Een nieuwe pagina" in dashboard
    approve = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk]
    )
    writer.post(approve, {"comment": ""})
    page.refresh_from_db()
    assert not page.live, "A redacteur does not approve."
    publisher.post(approve, {"comment": ""})
    page.refresh_from_db()
    assert page.live
    assert Client().get("/nl/een-nieuwe-pagina/").status_code == 200


def test_an_eindredacteur_sends_back_and_nothing_goes_live(sign_in: SignIn, user_with: Any) -> None:
    publisher = sign_in("eindredacteur")
    writer = user_with("redacteur")
    page = dutch(HomePage).add_child(
        instance=ContentPage(title="Nog niet goed", slug="nog-niet-goed", live=False)
    )
    page.save_revision(user=writer)
    page.get_workflow().start(page, writer)
    state = page.current_workflow_state
    publisher.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.current_task_state.pk]),
        {"comment": "Graag eenvoudiger."},
    )
    page.refresh_from_db()
    assert not page.live


# --- people ---------------------------------------------------------------------------------------


USER = {
    "username": "nieuw",
    "email": "nieuw@example.nl",
    "first_name": "Nieuwe",
    "last_name": "Collega",
    "password1": "een-lang-wachtwoord",
    "password2": "een-lang-wachtwoord",
}


def test_a_beheerder_makes_users_but_no_superusers(sign_in: SignIn) -> None:
    client = sign_in("beheerder")
    add = reverse("wagtailusers_users:add")
    assert "is_superuser" not in client.get(add).content.decode()
    client.post(add, {**USER, "is_superuser": "on"})
    user = User.objects.get(username="nieuw")
    assert not user.is_superuser
    edit = reverse("wagtailusers_users:edit", args=[user.pk])
    client.post(edit, {**USER, "first_name": "Andere", "is_active": "on", "is_superuser": "on"})
    user.refresh_from_db()
    assert (user.first_name, user.is_superuser) == ("Andere", False)


def test_a_beheerder_does_not_touch_a_superuser(sign_in: SignIn) -> None:
    client = sign_in("beheerder")
    boss = User.objects.create_superuser("de-baas", "baas@example.nl", "een-lang-wachtwoord")
    client.post(
        reverse("wagtailusers_users:edit", args=[boss.pk]),
        {
            **USER,
            "username": "de-baas",
            "password1": "overgenomen-wachtwoord",
            "password2": "overgenomen-wachtwoord",
        },
    )
    bulk = reverse("wagtail_bulk_action", args=["core", "user", "set_active_state"]) + f"?id={boss.pk}"
    client.post(bulk, {"mark_as_active": ""})
    client.post(reverse("wagtailusers_users:delete", args=[boss.pk]))
    boss.refresh_from_db()
    assert boss.is_active
    assert boss.check_password("een-lang-wachtwoord")


def test_a_superuser_still_makes_superusers(desk: Client) -> None:
    desk.post(reverse("wagtailusers_users:add"), {**USER, "is_superuser": "on"})
    assert User.objects.get(username="nieuw").is_superuser


# --- the command ----------------------------------------------------------------------------------


def held() -> dict[str, Any]:
    return {
        group.name: (
            sorted(group.permissions.values_list("codename", flat=True)),
            sorted(
                GroupPagePermission.objects.filter(group=group).values_list("page_id", "permission__codename")
            ),
            sorted(group.collection_permissions.values_list("permission__codename", flat=True)),
        )
        for group in Group.objects.all()
    }


def test_applying_twice_changes_nothing() -> None:
    roles.apply()
    before = held()
    assert roles.apply() == []
    assert held() == before


def test_what_the_file_does_not_name_goes_and_what_it_names_returns() -> None:
    roles.apply()
    before = held()
    group = Group.objects.get(name="Redacteur")
    group.permissions.add(*Group.objects.get(name="Beheerder").permissions.all())
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission_type="publish")
    group.collection_permissions.all().delete()
    assert roles.apply() == ["Redacteur"]
    assert held() == before


def test_wagtails_own_groups_make_room_unless_somebody_is_in_them() -> None:
    editors, _created = Group.objects.get_or_create(name="Editors")
    Group.objects.get_or_create(name="Moderators")
    editors.user_set.add(User.objects.create_user("oud-lid", "lid@example.nl"))
    other = Group.objects.create(name="Een eigen groep")
    roles.apply()
    assert Group.objects.filter(name="Editors").exists()
    assert not Group.objects.filter(name="Moderators").exists()
    assert Group.objects.filter(pk=other.pk).exists()


def test_the_workflow_stands_at_the_root_and_a_chosen_one_stays() -> None:
    roles.apply()
    root: Any = Page.objects.get(depth=1)
    assert WorkflowPage.objects.get(page=root).workflow.name == roles.read()[1].name
    chosen = Workflow.objects.create(name="Een eigen workflow", active=True)
    WorkflowPage.objects.filter(page=root).update(workflow=chosen)
    roles.apply()
    assert WorkflowPage.objects.get(page=root).workflow == chosen


def test_a_new_language_is_open_to_translators_at_once(page_at: Callable[[str], BasePage]) -> None:
    roles.apply()
    locale, _created = Locale.objects.get_or_create(language_code="ar")
    home = page_at("/nl/").copy_for_translation(locale)
    permissions = GroupPagePermission.objects.filter(group__name="Vertaler", page=home)
    assert set(permissions.values_list("permission__codename", flat=True)) == {"change_page", "publish_page"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda data: data["roles"]["redacteur"]["permissions"].append("wijken.add_kasteel"),
            "wijken.add_kasteel",
        ),
        (lambda data: data["roles"]["redacteur"].update(extends="niemand"), "niemand"),
        (lambda data: data["bases"]["lezer"].update(extends="redacteur"), "breiden elkaar uit"),
        (lambda data: data["roles"]["redacteur"].update(rechten=[]), "rechten"),
        (lambda data: data["roles"]["redacteur"]["on"].update(kastelen=["add"]), "kastelen"),
        (lambda data: data["roles"]["redacteur"]["pages"].update(kelder=["add"]), "kelder"),
        (lambda data: data["roles"]["redacteur"]["pages"].update(root=["vliegen"]), "vliegen_page"),
        (lambda data: data["roles"]["redacteur"].pop("name"), "geen naam"),
        (lambda data: data["workflow"].update(approvers=["niemand"]), "niemand"),
    ],
)
def test_a_mistake_in_the_file_is_named_and_changes_nothing(
    change: Callable[[dict[str, Any]], Any], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles.apply()
    before = held()
    data = json.loads(roles.ROLES_FILE.read_text())
    change(data)
    file = tmp_path / "roles.json"
    file.write_text(json.dumps(data))
    with pytest.raises(roles.RolesError, match=message):
        roles.apply(file)
    assert held() == before


def test_the_command_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[str]:
        raise roles.RolesError("Dit recht bestaat niet: wijken.add_kasteel.")

    monkeypatch.setattr(roles, "apply", broken)
    with pytest.raises(CommandError, match="wijken.add_kasteel"):
        call_command("rollen", verbosity=0)
