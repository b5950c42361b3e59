"""Who works on which wijkkrant. The rows of `Redactielid` are the truth; groups of Wagtail follow them."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import GroupPagePermission

from core.models import User
from home.models import Redactielid, WijkkrantPage
from wijken.models import Wijk

# Somebody of the redactie of a wijk, and somebody of the municipality who looks after every wijkkrant.
EDIT, EDIT_ALL = "home.edit_krant", "home.change_editie"
PAGE_ACTIONS = ("add_page", "change_page")


def wijken_of(user: User) -> QuerySet[Wijk]:
    """The wijken on whose wijkkrant somebody may work."""
    if user.has_perm(EDIT_ALL):
        return Wijk.objects.all()
    if not user.has_perm(EDIT):
        return Wijk.objects.none()
    return Wijk.objects.filter(redactieleden__user=user)


def may_edit(user: User, wijk: Wijk) -> bool:
    return wijken_of(user).filter(pk=wijk.pk).exists()


def group_name(wijk: Wijk) -> str:
    return f"Redactie van de wijkkrant: {wijk.naam}"


@transaction.atomic
def follow(wijk: Wijk) -> Group:
    """Make the group of a wijk what its redactie is: its people, and the pages of its wijkkrant."""
    group, _made = Group.objects.get_or_create(name=group_name(wijk))
    pages = WijkkrantPage.objects.filter(wijk=wijk, alias_of__isnull=True)
    allowed = Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=PAGE_ACTIONS
    )
    GroupPagePermission.objects.filter(group=group).exclude(page__in=pages).delete()
    for page in pages:
        for permission in allowed:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    group.user_set.set(User.objects.filter(redacties__wijk=wijk))
    return group


def members_of(wijk: Wijk) -> QuerySet[User]:
    """Who gets the mails to the redactie of a wijk: active people with an address."""
    members = Redactielid.objects.filter(wijk=wijk)
    return User.objects.filter(redacties__in=members, is_active=True).exclude(email="").distinct()
