"""How far the site is in every language: pages and snippets, in a number of queries that does not grow."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet, Value
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.text import Truncator
from wagtail.models import Locale, Page

from core.models import Brontekst, Vertaalstand, source_rows
from core.models.languages import language_name
from core.models.translatable import TranslatableSnippet, snippet_models
from core.translation_states.states import COLUMNS, Standing, State, standing
from core.translation_states.texts import digest_of, plain

# What somebody can do something about.
UNFINISHED = (State.MISSING, State.DRAFT, State.INCOMPLETE, State.OUTDATED, State.MACHINE)
# What is in the table: pages, and snippets of the registers.
PAGES, SNIPPETS = "paginas", "onderdelen"

# A register; None for pages.
type Register = type[TranslatableSnippet] | None


def register_of(instance: Any) -> Register:
    return None if isinstance(instance, Page) else type(instance)


def form_address(register: Register, pk: int) -> str:
    """Where a page, or a row of a register, is worked on."""
    if register is None:
        return reverse("wagtailadmin_pages:edit", args=[pk])
    viewset: Any = getattr(register, "snippet_viewset")  # noqa: B009
    return reverse(viewset.get_url_name("edit"), args=[pk])


def start_address(register: Register, pk: int) -> str:
    """Where a translation of it is started."""
    if register is None:
        return reverse("wagtail_localize:submit_page_translation", args=[pk])
    args = [register._meta.app_label, register._meta.model_name, pk]
    return reverse("wagtail_localize:submit_snippet_translation", args=args)


def about_address(register: Register, pk: int) -> str:
    """Where a translation is described and checked."""
    if register is None:
        return reverse("desk_translation", args=[pk])
    args = [register._meta.app_label, register._meta.model_name, pk]
    return reverse("desk_snippet_translation", args=args)


@dataclass(frozen=True)
class Cell:
    """One page or snippet in one language."""

    state: State
    source_id: int
    # Since when it is so, where somebody has to do something; None where nobody has.
    since: datetime | None
    page_id: int | None = None
    register: Register = None
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
            return form_address(self.register, self.page_id)
        return start_address(self.register, self.source_id)


@dataclass(frozen=True)
class Row:
    """One page or snippet in every language."""

    pk: int
    title: str
    under: str
    content_type_id: int
    kind: str
    cells: Mapping[str, Cell]
    register: Register = None

    @property
    def url(self) -> str:
        return form_address(self.register, self.pk)

    def since(self, languages: Iterable[str]) -> datetime | None:
        """How long it waits in the language where it waits longest."""
        return min((moment for code in languages if (moment := self.cells[code].since)), default=None)


@dataclass(frozen=True)
class Language:
    """Totals of one language."""

    code: str
    name: str
    pages: Counter[State]
    snippets: Counter[State]

    @property
    def unfinished(self) -> int:
        """How many pages somebody can do something about."""
        return sum(self.pages[state] for state in UNFINISHED)

    def counts(self, what: str = "") -> Counter[State]:
        """Of pages, of snippets, or of both."""
        return {PAGES: self.pages, SNIPPETS: self.snippets}.get(what, self.pages + self.snippets)


@dataclass(frozen=True)
class Coverage:
    pages: list[Row]
    snippets: list[Row]
    languages: list[Language]

    def rows(self, what: str = "") -> list[Row]:
        return {PAGES: self.pages, SNIPPETS: self.snippets}.get(what, [*self.pages, *self.snippets])


type Standings = dict[tuple[Any, int], Standing]


def coverage() -> Coverage:
    """Everything that readers see in the site's own language, in every other language. Nine queries."""
    locales = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)
    codes: dict[int, str] = dict(locales.order_by("language_code").values_list("pk", "language_code"))
    standings = {
        (row["translation_key"], row["locale_id"]): standing(row)
        for row in Vertaalstand.objects.with_current().values("translation_key", "locale_id", *COLUMNS)
    }
    pages, snippets = _pages(codes, standings), _snippets(codes, standings)
    return Coverage(
        pages,
        snippets,
        [
            Language(
                code,
                language_name(code),
                Counter(row.cells[code].state for row in pages),
                Counter(row.cells[code].state for row in snippets),
            )
            for code in codes.values()
        ],
    )


def _pages(codes: dict[int, str], standings: Standings) -> list[Row]:
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
    titles = {page["path"]: page["draft_title"] for page in sources}
    kinds = _kinds({page["content_type_id"] for page in sources})
    return [
        Row(
            pk=page["pk"],
            title=page["draft_title"],
            under=titles.get(page["path"][: -Page.steplen], ""),
            content_type_id=page["content_type_id"],
            kind=kinds[page["content_type_id"]],
            cells={
                code: _page_cell(page, translations.get((key, pk)), standings.get((key, pk), Standing()))
                for pk, code in codes.items()
            },
        )
        for page in sources
        if (key := page["translation_key"])
    ]


def _page_cell(source: Any, page: Any, stands: Standing) -> Cell:
    if page is None:
        return Cell(State.MISSING, source["pk"], since=source["first_published_at"])
    if not page["live"]:
        return Cell(State.DRAFT, source["pk"], since=page["latest_revision_created_at"], page_id=page["pk"])
    return Cell(stands.state, source["pk"], _waits_since(stands), page["pk"], standing=stands)


def _waits_since(stands: Standing) -> datetime | None:
    if stands.state not in UNFINISHED:
        return None
    return stands.changed_at if stands.is_outdated else stands.published_at


def _kinds(content_types: set[int]) -> dict[int, str]:
    found = ContentType.objects.in_bulk(content_types)
    return {
        pk: str(model._meta.verbose_name) if (model := content_type.model_class()) else content_type.model
        for pk, content_type in found.items()
    }


def _snippets(codes: dict[int, str], standings: Standings) -> list[Row]:
    """The rows of every register that have words; one without has nothing to translate."""
    registers = {model._meta.label_lower: model for model in snippet_models()}
    content_types = ContentType.objects.get_for_models(*registers.values())
    has_words = Brontekst.objects.filter(is_current=True).exclude(digest=digest_of([]))
    words = {
        row["translation_key"]: row
        for row in has_words.exclude(translation_key__in=Page.objects.values("translation_key")).values(
            "translation_key", "current_since", first=KT("texts__0")
        )
    }
    translations = {
        (row["translation_key"], row["locale_id"]): row["pk"]
        for row in _union(model.objects.exclude(source_rows()) for model in registers.values())
    }
    rows = []
    for source in _union(model.objects.to_translate() for model in registers.values()):
        key = source["translation_key"]
        if key not in words:
            continue
        model = registers[source["register"]]
        since = words[key]["current_since"]
        rows.append(
            Row(
                pk=source["pk"],
                title=Truncator(plain(words[key]["first"])).chars(80),
                under=source["under"] or "",
                content_type_id=content_types[model].pk,
                kind=str(model._meta.verbose_name),
                cells={
                    code: snippet_cell(
                        model, source["pk"], translations.get((key, pk)), standings.get((key, pk)), since
                    )
                    for pk, code in codes.items()
                },
                register=model,
            )
        )
    return sorted(rows, key=lambda row: (row.kind, row.title.casefold(), row.under.casefold()))


def _union(parts: Iterable[QuerySet[Any]]) -> QuerySet[Any, dict[str, Any]]:
    """Rows of every register, in one query."""
    first, *rest = (
        part.order_by().values(
            "pk",
            "translation_key",
            "locale_id",
            register=Value(part.model._meta.label_lower),
            under=F(part.model.part_of) if part.model.part_of else Value(""),
        )
        for part in parts
    )
    return first.union(*rest, all=True).order_by()


def snippet_cell(
    register: Register, source_id: int, pk: int | None, stands: Standing | None, since: datetime | None
) -> Cell:
    """A snippet in one language. Its row begins with Dutch words, which is what a draft is."""
    if pk is None:
        return Cell(State.MISSING, source_id, since, register=register)
    if stands is None or stands.is_empty:
        begun = stands.published_at if stands else since
        return Cell(State.DRAFT, source_id, begun, pk, register, stands or Standing())
    return Cell(stands.state, source_id, _waits_since(stands), pk, register, stands)
