"""Somebody of a redactie works on the wijkkrant of their own wijk, and reaches nothing of another."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupPagePermission

from core.models import SiteImage, User
from home import roles
from home.krant.pictures import collection
from home.krant.redactie import follow, group_name, may_edit, wijken_of
from home.models import ArtikelPage, Editie, Redactielid, WijkkrantPage
from tests.desk import account, allow_unknown_variables, browser, first, html
from tests.home.krant.editions import (
    SECRET,
    member_of,
    new_article,
    new_edition,
    new_kopij,
    page_of,
    send_in,
    wijken,
)
from tests.home.test_partner_isolation import desk_addresses
from tests.plan import photo

pytestmark = pytest.mark.django_db
ROLE = "Krantredactie"


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


@pytest.fixture
def editie(db: None) -> Editie:
    return new_edition(wijken()[0])


@pytest.fixture
def member(editie: Editie) -> User:
    return member_of(editie.wijk)


@pytest.fixture
def theirs(db: None) -> Editie:
    """An edition of another wijk."""
    return new_edition(wijken()[1])


def groups(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


# --- who is in it ----------------------------------------------------------------------------------


def test_joining_and_leaving_gives_and_takes_the_role(db: None) -> None:
    one, two = wijken()[:2]
    user = member_of(one)
    assert groups(user) == {ROLE, group_name(one)}
    second = Redactielid.objects.create(user=user, wijk=two)
    assert groups(user) == {ROLE, group_name(one), group_name(two)}
    Redactielid.objects.get(user=user, wijk=one).delete()
    assert groups(user) == {ROLE, group_name(two)}
    second.wijk = one
    second.save()
    assert groups(user) == {ROLE, group_name(one)}
    second.delete()
    assert groups(user) == set()


def test_a_user_who_goes_takes_the_row_along(db: None) -> None:
    user = member_of(wijken()[0])
    user.delete()
    assert not Redactielid.objects.exists()
    assert not Group.objects.get(name=ROLE).user_set.exists()


def test_the_pages_follow_the_wijk(editie: Editie, member: User) -> None:
    page = WijkkrantPage.objects.get(wijk=editie.wijk)

    def held() -> list[tuple[str, str]]:
        rows = GroupPagePermission.objects.filter(page=page)
        return sorted(rows.values_list("group__name", "permission__codename"))

    name = group_name(editie.wijk)
    assert held() == [(name, "add_page"), (name, "change_page")]
    editie.wijk.naam = "Een nieuwe naam"
    editie.wijk.save()
    name = group_name(editie.wijk)
    assert held() == [(name, "add_page"), (name, "change_page")]
    other = wijken()[0]
    page.wijk = other
    page.save()
    name = group_name(other)
    assert held() == [(name, "add_page"), (name, "change_page")]


def test_following_twice_changes_nothing(editie: Editie, member: User) -> None:
    def state() -> Any:
        group = Group.objects.get(name=group_name(editie.wijk))
        return (
            groups(member),
            sorted(group.page_permissions.values_list("page_id", "permission")),
            sorted(group.collection_permissions.values_list("collection__name", "permission__codename")),
            Collection.objects.count(),
        )

    before = state()
    follow(editie.wijk)
    roles.apply()
    assert state() == before
    assert before[2] == [("Wijkkrant", "add_image"), ("Wijkkrant", "choose_image")]


def test_the_role_alone_opens_no_wijkkrant(editie: Editie) -> None:
    user = account("krantredactie")
    assert not wijken_of(user).exists()
    assert browser(user).get(reverse("krant_desk")).headers["Location"] == reverse("wagtailadmin_home")
    # Nor does a row of somebody who has no role any more.
    loose = member_of(editie.wijk)
    loose.groups.clear()
    assert not may_edit(User.objects.get(pk=loose.pk), editie.wijk)


# --- what they can do ------------------------------------------------------------------------------


def test_a_member_writes_and_sends_in_and_an_eindredacteur_approves(editie: Editie, member: User) -> None:
    client = browser(member)
    add = reverse("wagtailadmin_pages:add", args=["home", "artikelpage", page_of(editie).pk])
    values = {
        "title": "Koffie op het plein",
        "slug": "koffie-op-het-plein",
        "intro": "Elke dinsdag.",
        "rubriek": "buren",
        "in_druk": "on",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    assert client.get(add).status_code == 200
    answer = client.post(add, {**values, "action-publish": "1"})
    made = ArtikelPage.objects.get(slug="koffie-op-het-plein")
    assert not made.live, "Somebody of the redactie does not publish."
    edit = reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert answer.status_code == 302
    client.post(edit, {**values, "action-submit": "1"})
    made.refresh_from_db()
    state = made.current_workflow_state
    assert state is not None
    task = state.current_task_state.pk
    approve = reverse("wagtailadmin_pages:workflow_action", args=[made.pk, "approve", task])
    client.post(approve, {"comment": ""})
    made.refresh_from_db()
    assert not made.live
    browser(account("eindredacteur")).post(approve, {"comment": ""})
    made.refresh_from_db()
    assert made.live
    # Approved, and still for nobody to read.
    address = made.get_url()
    for reader in (Client(), client):
        assert reader.get(address).status_code != 200
    client.post(reverse("wagtailadmin_pages:unpublish", args=[made.pk]))
    made.refresh_from_db()
    assert made.live


def test_the_explorer_shows_the_own_wijkkrant_only(editie: Editie, theirs: Editie, member: User) -> None:
    client = browser(member)
    krant, other = (WijkkrantPage.objects.get(wijk=one.wijk) for one in (editie, theirs))
    shown = client.get(reverse("wagtailadmin_explore", args=[krant.pk]))
    assert page_of(editie).title in html(shown)
    for page in (other, page_of(theirs)):
        response = client.get(reverse("wagtailadmin_explore", args=[page.pk]), follow=True)
        assert page_of(theirs).get_admin_display_title() not in html(response) or "/explore" not in str(
            response.redirect_chain
        )
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 302


def test_an_edition_page_is_not_made_or_turned_by_hand(editie: Editie, theirs: Editie, member: User) -> None:
    client = browser(member)
    krant = WijkkrantPage.objects.get(wijk=editie.wijk)
    add = reverse("wagtailadmin_pages:add", args=["home", "editiepage", krant.pk])
    assert client.get(add).status_code == 302
    page = page_of(editie)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "editie" not in client.get(edit).context["form"].fields
    form = client.get(reverse("wagtailadmin_pages:edit", args=[krant.pk])).context["form"]
    assert "wijk" not in form.fields
    boss = browser(account("redacteur")).get(reverse("wagtailadmin_pages:edit", args=[krant.pk]))
    assert "wijk" in boss.context["form"].fields


def test_pictures_are_those_of_wijkkranten(member: User) -> None:
    client = browser(member)
    other = first(SiteImage.objects.exclude(collection=collection()))
    mine = SiteImage.objects.create(title="Van de krant", file=photo(), collection=collection())
    shown = html(client.get(reverse("wagtailimages_chooser:choose")))
    assert mine.title in shown
    assert other.title not in shown
    upload = reverse("wagtailimages_chooser:create")
    values = {"title": "Nieuw", "file": photo(), "collection": Collection.get_first_root_node().pk}
    client.post(upload, {f"image-chooser-upload-{name}": value for name, value in values.items()})
    assert SiteImage.objects.get(title="Nieuw").collection == collection()
    assert client.get(reverse("wagtailimages:edit", args=[other.pk])).status_code == 302


# --- what they cannot ------------------------------------------------------------------------------


def test_no_address_of_the_desk_shows_what_another_redactie_writes(theirs: Editie, member: User) -> None:
    # Wagtail's own chooser of pages shows every title to whoever may enter the desk, and nothing more.
    draft, sent = new_article(theirs, intro=SECRET), new_article(theirs, "Ook", intro=SECRET)
    send_in(sent, member_of(theirs.wijk, "collega"))
    kopij = new_kopij(theirs)
    page = page_of(theirs)
    ids = [theirs.pk, page.pk, draft.pk, sent.pk, kopij.pk, draft.latest_revision_id]
    intruder = browser(member)
    intruder.raise_request_exception = False
    seen, shown = 0, []
    for address in desk_addresses(list(dict.fromkeys(ids))):
        response = intruder.get(address)
        seen += 1
        content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        if SECRET.encode() in content:
            shown.append(address)
    assert seen > 300, "The walk must reach the desk."
    assert shown == []


def test_the_walk_would_find_a_leak(theirs: Editie) -> None:
    draft = new_article(theirs, SECRET, intro=SECRET)
    colleague = browser(member_of(theirs.wijk, "collega"))
    shown = [
        address
        for address in desk_addresses([theirs.pk, draft.pk])
        if address in (reverse("krant_board", args=[theirs.pk]), f"/admin/pages/{draft.pk}/edit/")
        and SECRET in html(colleague.get(address))
    ]
    assert len(shown) == 2


def test_no_button_works_on_the_edition_of_another(theirs: Editie, member: User) -> None:
    first_one, second = new_article(theirs, "A"), new_article(theirs, "B")
    client = browser(member)
    edit = reverse("wagtailadmin_pages:edit", args=[first_one.pk])
    posts: list[tuple[str, dict[str, Any]]] = [
        (reverse("krant_step", args=[theirs.pk, "redactie"]), {"reden": "Gekraakt"}),
        (reverse("krant_order", args=[theirs.pk, first_one.pk]), {"naar": "later"}),
        (reverse("krant_pages", args=[theirs.pk]), {}),
        (reverse("edities:edit", args=[theirs.pk]), {"oplage": "1"}),
        (reverse("edities:delete", args=[theirs.pk]), {}),
        (reverse("edities:add"), {"wijk": theirs.wijk.pk}),
        (reverse("redactieleden:add"), {"user": member.pk, "wijk": theirs.wijk.pk}),
        (edit, {"title": "Gekraakt"}),
        (reverse("wagtailadmin_pages:delete", args=[first_one.pk]), {}),
        (reverse("wagtailadmin_pages:move", args=[first_one.pk]), {}),
        (reverse("wagtailadmin_pages:set_page_position", args=[first_one.pk]), {"position": "1"}),
    ]
    for address, values in posts:
        answer = client.post(address, values)
        assert answer.status_code in (302, 403, 404), address
    theirs.refresh_from_db()
    assert theirs.staat == Editie.Staat.KOPIJ
    order = ArtikelPage.objects.child_of(page_of(theirs)).order_by("path").values_list("pk", "title")
    assert list(order) == [(first_one.pk, "A"), (second.pk, "B")]
    assert list(Redactielid.objects.filter(user=member).values_list("wijk", flat=True)) != [theirs.wijk.pk]
    assert not Redactielid.objects.filter(user=member, wijk=theirs.wijk).exists()
