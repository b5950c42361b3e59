"""Who works on which wijkkrant. The rows of `Redactielid` are the truth; groups of Wagtail follow them."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from core.models import User
from home import roles
from home.krant.pictures import collection
from home.models import Editie, Redactielid, WijkkrantPage
from wijken.models import Wijk

# Somebody of the redactie of a wijk, and somebody of the municipality who looks after every wijkkrant.
EDIT, EDIT_ALL = "home.edit_krant", "home.change_editie"
ROLE = "krantredactie"
PREFIX = "Redactie van de wijkkrant: "
PAGE_ACTIONS = ("add_page", "change_page")
PICTURE_ACTIONS = ("add_image", "choose_image")


def wijken_of(user: User) -> QuerySet[Wijk]:
    """The wijken on whose wijkkrant somebody may work."""
    if user.has_perm(EDIT_ALL):
        return Wijk.objects.all()
    if not user.has_perm(EDIT):
        return Wijk.objects.none()
    return Wijk.objects.filter(redactieleden__user=user)


def may_edit(user: User, wijk: Wijk) -> bool:
    return wijken_of(user).filter(pk=wijk.pk).exists()


def editions_for(user: User) -> QuerySet[Editie]:
    """The editions in the making that somebody may work on, the first to be delivered first."""
    found = Editie.objects.in_the_making().filter(wijk__in=wijken_of(user))
    return found.select_related("wijk").order_by("bezorgd_van", "pk")


def group_name(wijk: Wijk) -> str:
    return f"{PREFIX}{wijk.naam}"


@transaction.atomic
def follow(wijk: Wijk) -> Group:
    """Make the group of a wijk what its redactie is: its people, its pages, and the pictures of wijkkranten.

    Whoever is in a redactie has the role Krantredactie as well, and loses it with the last wijk.
    """
    group, _made = Group.objects.get_or_create(name=group_name(wijk))
    _allow_pages(group, wijk)
    _allow_pictures(group)
    members = set(User.objects.filter(redacties__wijk=wijk))
    gone = set(group.user_set.all()) - members
    group.user_set.set(members)
    role = _role()
    role.user_set.add(*members)
    role.user_set.remove(*(user for user in gone if not user.redacties.exists()))
    return group


def follow_member(row: Redactielid) -> None:
    """What follows from a row that was saved or deleted: its wijk, and the one that it was about before."""
    names = Group.objects.filter(user=row.user_id, name__startswith=PREFIX).values_list("name", flat=True)
    before = Wijk.objects.filter(naam__in=[name.removeprefix(PREFIX) for name in names])
    for wijk in {row.wijk, *before}:
        follow(wijk)


def _role() -> Group:
    name = next(role.name for role in roles.read()[0] if role.key == ROLE)
    return Group.objects.get_or_create(name=name)[0]


def _allow_pages(group: Group, wijk: Wijk) -> None:
    pages = WijkkrantPage.objects.filter(wijk=wijk, alias_of__isnull=True)
    allowed = Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=PAGE_ACTIONS
    )
    held = GroupPagePermission.objects.all()
    held.filter(group=group).exclude(page__in=pages).delete()
    # A wijkkrant that was of another wijk, or of this one under another name.
    held.filter(page__in=pages, group__name__startswith=PREFIX).exclude(group=group).delete()
    for page in pages:
        for permission in allowed:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _allow_pictures(group: Group) -> None:
    allowed = Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=PICTURE_ACTIONS)
    for permission in allowed:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection(), permission=permission
        )


def members_of(wijk: Wijk) -> QuerySet[User]:
    """Who gets the mails to the redactie of a wijk: active people with an address."""
    members = Redactielid.objects.filter(wijk=wijk)
    return User.objects.filter(redacties__in=members, is_active=True).exclude(email="").distinct()
