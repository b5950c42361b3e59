"""How far the site is in every language: pages by language, in a number of queries that does not grow."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language_info
from wagtail.models import Locale, Page

from core.models import Brontekst, Vertaalstand, source_rows
from core.translation_states.states import COLUMNS, Standing, State, standing
from core.translation_states.texts import digest_of

# What somebody can do something about.
UNFINISHED = (State.MISSING, State.DRAFT, State.INCOMPLETE, State.OUTDATED, State.MACHINE)


@dataclass(frozen=True)
class Cell:
    """One page in one language."""

    state: State
    source_id: int
    # Since when it is so, where somebody has to do something; None where nobody has.
    since: datetime | None
    page_id: int | None = None
    standing: Standing = field(default_factory=Standing)

    @property
    def label(self) -> str:
        """The state, and what else stays true: outdated machine text is still machine text."""
        if self.standing.is_unchecked_machine and self.state is not State.MACHINE:
            return f"{self.state.label}, {State.MACHINE.label}"
        return str(self.state.label)

    @property
    def url(self) -> str:
        """Where it is worked on: the translation, or the place where one is started."""
        if self.page_id:
            return reverse("wagtailadmin_pages:edit", args=[self.page_id])
        return reverse("wagtail_localize:submit_page_translation", args=[self.source_id])


@dataclass(frozen=True)
class Row:
    """One page in every language."""

    pk: int
    title: str
    under: str
    content_type_id: int
    kind: str
    cells: Mapping[str, Cell]

    @property
    def url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.pk])

    def since(self, languages: Iterable[str]) -> datetime | None:
        """How long this page waits in the language where it waits longest."""
        return min((moment for code in languages if (moment := self.cells[code].since)), default=None)


@dataclass(frozen=True)
class Language:
    """Totals of one language, of the pages and of the registers whose words are translated."""

    code: str
    name: str
    pages: Counter[State]
    registers: Counter[State]

    @property
    def unfinished(self) -> int:
        return sum(self.pages[state] for state in UNFINISHED)

    @property
    def total(self) -> int:
        return self.pages.total()

    @property
    def registers_done(self) -> int:
        return sum(count for state, count in self.registers.items() if state not in UNFINISHED)

    @property
    def registers_total(self) -> int:
        return self.registers.total()


@dataclass(frozen=True)
class Coverage:
    rows: list[Row]
    languages: list[Language]


def coverage() -> Coverage:
    """Every live page of the site's own language in every other language. Six queries."""
    locales = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)
    codes: dict[int, str] = dict(locales.order_by("language_code").values_list("pk", "language_code"))
    live = Page.objects.filter(depth__gte=2)
    sources = list(
        live.filter(source_rows(), live=True, alias_of__isnull=True)
        .order_by("path")
        .values("pk", "draft_title", "path", "translation_key", "content_type_id", "first_published_at")
    )
    translations = {
        (page["translation_key"], page["locale_id"]): page
        for page in live.filter(alias_of__isnull=True)
        .exclude(source_rows())
        .values("pk", "translation_key", "locale_id", "live", "latest_revision_created_at")
    }
    standings = {
        (row["translation_key"], row["locale_id"]): standing(row)
        for row in Vertaalstand.objects.with_current().values("translation_key", "locale_id", *COLUMNS)
    }
    titles = {page["path"]: page["draft_title"] for page in sources}
    kinds = _kinds({page["content_type_id"] for page in sources})
    rows = [
        Row(
            pk=page["pk"],
            title=page["draft_title"],
            under=titles.get(page["path"][: -Page.steplen], ""),
            content_type_id=page["content_type_id"],
            kind=kinds[page["content_type_id"]],
            cells={
                code: _cell(page, translations.get((key, pk)), standings.get((key, pk), Standing()))
                for pk, code in codes.items()
            },
        )
        for page in sources
        if (key := page["translation_key"])
    ]
    registers = _registers({page["translation_key"] for page in sources}, codes, standings)
    return Coverage(
        rows,
        [
            Language(
                code, language_name(code), Counter(row.cells[code].state for row in rows), registers[code]
            )
            for code in codes.values()
        ],
    )


def _cell(source: Any, page: Any, stands: Standing) -> Cell:
    if page is None:
        return Cell(State.MISSING, source["pk"], since=source["first_published_at"])
    if not page["live"]:
        return Cell(State.DRAFT, source["pk"], since=page["latest_revision_created_at"], page_id=page["pk"])
    since = stands.changed_at if stands.is_outdated else stands.published_at
    state = stands.state
    return Cell(state, source["pk"], since if state in UNFINISHED else None, page["pk"], stands)


def _kinds(content_types: set[int]) -> dict[int, str]:
    found = ContentType.objects.in_bulk(content_types)
    return {
        pk: str(model._meta.verbose_name) if (model := content_type.model_class()) else content_type.model
        for pk, content_type in found.items()
    }


def _registers(
    pages: set[UUID], codes: dict[int, str], standings: dict[tuple[UUID, int], Standing]
) -> dict[str, Counter[State]]:
    """States of the snippets, by language. They are no pages, and have words of their own."""
    has_words = Q(is_current=True) & ~Q(digest=digest_of([]))
    all_keys = set(Brontekst.objects.filter(has_words).values_list("translation_key", flat=True))
    return {
        code: Counter(
            found.state if (found := standings.get((key, pk))) else State.MISSING for key in all_keys - pages
        )
        for pk, code in codes.items()
    }


def language_name(code: str) -> str:
    """A language in the editor's own words, or its own name when Django does not know it."""
    name = str(get_language_info(code)["name_translated"])
    return f"{name[:1].upper()}{name[1:]}"
