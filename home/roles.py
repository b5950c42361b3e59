"""Roles as groups, from data/roles.json: who may do what, and who approves what others write.

The file is the truth for the groups it names: applying it adds what is missing and removes what it does not
name. Other groups are left alone.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

ROLES_FILE = Path(__file__).parent / "data" / "roles.json"

# Wagtail puts these into every new site, in English; the roles of the file take their place.
WAGTAIL_GROUPS = ("Editors", "Moderators")
WAGTAIL_WORKFLOW = "Moderators approval"

PLACES = ("root", "translations")
KEYS = {"name", "extends", "permissions", "on", "pages", "collections"}


class RolesError(Exception):
    """The file names something that does not exist; the message says what, for a person."""


@dataclass
class Role:
    """One group and everything it may do. Permissions are names such as `wijken.add_wijk`."""

    key: str
    name: str
    permissions: set[str] = field(default_factory=set)
    pages: dict[str, set[str]] = field(default_factory=lambda: {place: set() for place in PLACES})
    collections: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Approval:
    """The workflow of all pages: what it is called and which roles approve."""

    name: str
    task: str
    approvers: list[str]


def read(file: Path = ROLES_FILE) -> tuple[list[Role], Approval]:
    """The roles and the workflow of a file. RolesError when something in it cannot be right."""
    try:
        data = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        raise RolesError(f"{file.name} is niet te lezen: {error}") from error
    rows, models = data.get("roles", {}), data.get("models", {})
    # A base is what several roles share; nobody has it.
    shared = {**data.get("bases", {}), **rows}
    roles = [_role(key, shared, models) for key in rows]
    if unnamed := {role.key for role in roles if not role.name}:
        raise RolesError(f"Deze rol heeft geen naam: {_listed(unnamed)}.")
    approval = Approval(**data["workflow"])
    if unknown := set(approval.approvers) - set(rows):
        raise RolesError(f"De workflow noemt een rol die er niet is: {_listed(unknown)}.")
    return roles, approval


def _role(key: str, rows: dict[str, Any], models: dict[str, list[str]], below: tuple[str, ...] = ()) -> Role:
    if key in below:
        raise RolesError(f"De rollen {_listed(set(below))} breiden elkaar uit.")
    row = rows[key]
    if unknown := set(row) - KEYS:
        raise RolesError(f"De rol {key!r} heeft onbekende onderdelen: {_listed(unknown)}.")
    role = Role(key, row.get("name", ""))
    if parent := row.get("extends"):
        if parent not in rows:
            raise RolesError(f"De rol {key!r} breidt {parent!r} uit, maar die rol is er niet.")
        above = _role(parent, rows, models, (*below, key))
        role.permissions, role.pages, role.collections = above.permissions, above.pages, above.collections
    role.permissions |= set(row.get("permissions", []))
    for kind, actions in row.get("on", {}).items():
        if kind not in models:
            raise RolesError(f"De rol {key!r} noemt {kind!r}, maar dat staat niet bij 'models'.")
        for label in models[kind]:
            app, _dot, model = label.partition(".")
            role.permissions |= {f"{app}.{action}_{model}" for action in actions}
    for place, actions in row.get("pages", {}).items():
        if place not in PLACES:
            raise RolesError(
                f"De rol {key!r} noemt de plaats {place!r}; het kan {_listed(set(PLACES))} zijn."
            )
        role.pages[place] |= {f"wagtailcore.{action}_page" for action in actions}
    role.collections |= set(row.get("collections", []))
    return role


@transaction.atomic
def apply(file: Path = ROLES_FILE) -> list[str]:
    """Make groups, permissions and workflow as the file says. Returns the names of groups that changed."""
    roles, approval = read(file)
    known = _known_permissions(roles)
    changed = []
    groups: dict[str, Group] = {}
    for role in roles:
        group, created = Group.objects.get_or_create(name=role.name)
        groups[role.key] = group
        if created | _apply_role(group, role, known):
            changed.append(role.name)
    _apply_workflow(approval, [groups[key] for key in approval.approvers])
    for name in WAGTAIL_GROUPS:
        Group.objects.filter(name=name, user__isnull=True).delete()
    return changed


def apply_to_new_language() -> None:
    """Give translators the pages of a language that was just added. Does nothing before there are roles."""
    roles, _approval = read()
    for role in roles:
        if role.pages["translations"] and (group := Group.objects.filter(name=role.name).first()):
            _apply_pages(group, role, _known_permissions([role]))


def _known_permissions(roles: list[Role]) -> dict[str, Permission]:
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    named = {
        name: role.key
        for role in roles
        for name in (
            *role.permissions,
            *role.collections,
            *(p for place in PLACES for p in role.pages[place]),
        )
    }
    if unknown := sorted(set(named) - set(known)):
        raise RolesError(
            "Dit recht bestaat niet: " + ", ".join(f"{name} (rol {named[name]})" for name in unknown) + "."
        )
    return known


def _apply_role(group: Group, role: Role, known: dict[str, Permission]) -> bool:
    wanted = {known[name].pk for name in role.permissions}
    before = set(group.permissions.values_list("pk", flat=True))
    if wanted != before:
        group.permissions.set(wanted)
    pages_changed = _apply_pages(group, role, known)
    collections_changed = _apply_collections(group, role, known)
    return wanted != before or pages_changed or collections_changed


def _apply_pages(group: Group, role: Role, known: dict[str, Permission]) -> bool:
    places = {"root": Page.objects.filter(depth=1), "translations": translation_roots()}
    wanted = {
        (page.pk, known[name].pk)
        for place, pages in places.items()
        for page in pages
        for name in role.pages[place]
    }
    held = {(row.page_id, row.permission_id): row for row in GroupPagePermission.objects.filter(group=group)}
    for key in set(held) - wanted:
        held[key].delete()
    for page_id, permission_id in wanted - set(held):
        GroupPagePermission.objects.create(group=group, page_id=page_id, permission_id=permission_id)
    return wanted != set(held)


def _apply_collections(group: Group, role: Role, known: dict[str, Permission]) -> bool:
    root = Collection.get_first_root_node()
    wanted = {(root.pk, known[name].pk) for name in role.collections}
    held = {
        (row.collection_id, row.permission_id): row
        for row in GroupCollectionPermission.objects.filter(group=group)
    }
    for key in set(held) - wanted:
        held[key].delete()
    for collection_id, permission_id in wanted - set(held):
        GroupCollectionPermission.objects.create(
            group=group, collection_id=collection_id, permission_id=permission_id
        )
    return wanted != set(held)


def translation_roots() -> QuerySet[Any]:
    """The front doors in other languages than the site's own."""
    return Page.objects.filter(depth=2).exclude(locale__language_code=settings.LANGUAGE_CODE)


def _apply_workflow(approval: Approval, groups: list[Group]) -> None:
    task = GroupApprovalTask.objects.filter(name=approval.task).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=approval.task, active=True)
    task.groups.set(groups)
    workflow = Workflow.objects.filter(name=approval.name).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=approval.name, active=True)
    WorkflowTask.objects.get_or_create(workflow=workflow, task_id=task.pk, defaults={"sort_order": 0})
    root: Any = Page.objects.get(depth=1)
    current = WorkflowPage.objects.filter(page=root).select_related("workflow").first()
    # A workflow that a beheerder chose stays; only Wagtail's own makes room.
    if current is None or current.workflow.name == WAGTAIL_WORKFLOW:
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    _remove_wagtail_workflow()


def _remove_wagtail_workflow() -> None:
    for workflow in Workflow.objects.filter(
        name=WAGTAIL_WORKFLOW, workflow_states__isnull=True, workflow_pages__isnull=True
    ):
        tasks = list(Task.objects.filter(workflow_tasks__workflow=workflow))
        workflow.delete()
        for task in tasks:
            if not task.workflow_tasks.exists():
                task.delete()


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
