"""Deleting a row without surprises: what still needs it, and what would go or change along with it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models, router
from django.utils.functional import cached_property
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex, TranslatableMixin

from core.append_only import AppendOnly
from core.models import TranslatableSnippet

# Longer lists do not help anyone to decide.
MAX_SHOWN = 25


@dataclass(frozen=True)
class User:
    """Something that uses the row: its name, what it is, and where it is edited (empty when not allowed)."""

    title: str
    url: str


@dataclass
class Users:
    """All things of one kind that use the row."""

    kind: str
    shown: list[User] = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        return self.count - len(self.shown)


@dataclass(frozen=True)
class Consequence:
    """So many things of one kind that go along, or that lose their link."""

    kind: str
    count: int


class Deletion:
    """What deleting rows of one model would do. Nothing is deleted here."""

    def __init__(self, rows: Sequence[models.Model], *, viewer: AbstractBaseUser | AnonymousUser) -> None:
        self.rows = list(rows)
        self._finder = AdminURLFinder(viewer)
        # Typed loosely: what it gathers per model is not what the stubs say.
        self._collector: Any = NestedObjects(using=router.db_for_write(type(self.rows[0])))
        self._collector.collect(self.rows)

    @cached_property
    def is_kept(self) -> bool:
        """Is there a row that stays whatever happens, such as a promise or a published message?"""
        return any(isinstance(row, AppendOnly) and row.is_frozen for row in self.rows)

    @cached_property
    def blockers(self) -> list[Users]:
        """What still needs a row, by kind, most of it first. Empty: the rows may go."""
        found: dict[Any, models.Model] = {}
        for row in [*self._collector.protected, *self._pages_that_show()]:
            row = _owner(row)
            if row not in self.rows:
                found.setdefault(_identity(row), row)
                if _is_source(row):
                    found[_identity(row)] = row
        by_kind: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for row in found.values():
            by_kind[Page if isinstance(row, Page) else type(row)].append(row)
        groups = [self._group(model, rows) for model, rows in by_kind.items()]
        return sorted(groups, key=lambda group: (-group.count, group.kind))

    @cached_property
    def goes_along(self) -> list[Consequence]:
        """Parts of the row itself, such as the postcodes of a wijk."""
        own = {type(row) for row in self.rows}
        return _counted(
            (model, len(found))
            for model, found in self._collector.model_objs.items()
            if model not in own and not model._meta.auto_created
        )

    @cached_property
    def loses_link(self) -> list[Consequence]:
        """Things that stay but no longer point at the row."""
        own = {type(row) for row in self.rows}
        counts: dict[type[models.Model], int] = defaultdict(int)
        for through, found in self._collector.model_objs.items():
            owner = through._meta.auto_created
            if owner and owner not in own:
                counts[owner] += len(found)
        for (changed, _value), groups in self._collector.field_updates.items():
            counts[changed.model] += sum(len(group) for group in groups)
        return _counted(counts.items())

    def _pages_that_show(self) -> Iterable[models.Model]:
        """Things that name a row inside their text; the database itself does not guard those."""
        for row in self.rows:
            for shown_by, references in ReferenceIndex.get_grouped_references_to(row):
                if any(isinstance(reference.source_field, StreamField) for reference in references):
                    yield shown_by

    def _group(self, model: type[models.Model], rows: list[models.Model]) -> Users:
        users = [User(_title(row), self._finder.get_edit_url(row) or "") for row in rows]
        users.sort(key=lambda user: user.title.lower())
        name = model._meta.verbose_name if len(rows) == 1 else model._meta.verbose_name_plural
        return Users(capfirst(str(name)), users[:MAX_SHOWN], len(users))


def with_translations(row: models.Model) -> list[models.Model]:
    """The row, and its words in other languages when it is the row that holds the facts."""
    if isinstance(row, TranslatableSnippet) and _is_source(row):
        return [row, *row.get_translations()]
    return [row]


def _owner(row: models.Model) -> models.Model:
    """The row that people edit: the parent of a line in a form, the page of any kind."""
    for field_ in row._meta.get_fields():
        if isinstance(field_, ParentalKey):
            return _owner(getattr(row, field_.name))
    return row.specific if isinstance(row, Page) else row


def _identity(row: models.Model) -> Any:
    return row.translation_key if isinstance(row, TranslatableMixin) else (type(row), row.pk)


def _is_source(row: Any) -> bool:
    return not isinstance(row, TranslatableMixin) or row.locale.language_code == settings.LANGUAGE_CODE


def _title(row: Any) -> str:
    title = row.get_admin_display_title() if isinstance(row, Page) else str(row)
    return title if _is_source(row) else f"{title} ({row.locale.get_display_name()})"


def _counted(counts: Iterable[tuple[type[models.Model], int]]) -> list[Consequence]:
    return [
        Consequence(str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural), count)
        for model, count in counts
        if count
    ]
