"""The articles of an edition as the redactie works on them: how far each is, how long, and who was at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, WorkflowState

from core.models import User, source_rows
from home.krant import lengths
from home.krant.articles import articles_in, edition_page, source_changed
from home.models import ArtikelPage, Editie, EditiePage, Kopij


class Stand(models.TextChoices):
    """How far an article is, in the order of the work."""

    CONCEPT = "concept", _("Concept")
    TERUG = "terug", _("Terug met opmerkingen")
    INGESTUURD = "ingestuurd", _("Ingestuurd voor eindredactie")
    KLAAR = "klaar", _("Klaar")


STANDS = {
    WorkflowState.STATUS_IN_PROGRESS: Stand.INGESTUURD,
    WorkflowState.STATUS_NEEDS_CHANGES: Stand.TERUG,
}


@dataclass(frozen=True)
class BoardRow:
    """An article as it was last written. `remark` is what the eindredactie said when it came back."""

    article: ArtikelPage
    place: int
    stand: Stand
    remark: str
    by: User | None
    at: datetime | None
    is_changed_source: bool
    signs: int
    # The part of a page that it takes, about.
    share: float

    @property
    def length(self) -> str:
        return lengths.in_words(self.share)

    @property
    def has_older_version(self) -> bool:
        """Was an earlier version approved, and did somebody go on writing since?"""
        return self.article.live and self.stand is not Stand.KLAAR


@dataclass(frozen=True)
class Column:
    stand: Stand
    rows: list[BoardRow]


@dataclass(frozen=True)
class Board:
    """An edition with its page (None: not made yet) and its articles, in the order of the paper."""

    editie: Editie
    page: EditiePage | None
    rows: list[BoardRow]

    @cached_property
    def columns(self) -> list[Column]:
        return [Column(stand, [row for row in self.rows if row.stand is stand]) for stand in Stand]

    @cached_property
    def used(self) -> float:
        """Pages on paper that are filled, about, with the front, the contents and the back."""
        return lengths.BESIDE_ARTICLES + sum(row.share for row in self.rows if row.article.in_druk)

    @property
    def left(self) -> float:
        """Pages that are still empty; below zero there is too much."""
        return self.editie.paginas - self.used

    @cached_property
    def kopij_waiting(self) -> int:
        return kopij_waiting([self.editie]).get(self.editie.pk, 0)


def board_of(editie: Editie) -> Board:
    """The board of an edition. Some queries for each article: it is read as it was last written."""
    articles = articles_in(editie)
    states = _workflow_states(articles)
    revisions = Revision.objects.select_related("user").in_bulk(
        [article.latest_revision_id for article in articles]
    )
    rows = []
    for place, article in enumerate(articles, start=1):
        state, revision = states.get(str(article.pk)), revisions.get(article.latest_revision_id)
        stand = _stand(article, state)
        length = lengths.length_of(article)
        task = state.current_task_state if state and stand is Stand.TERUG else None
        rows.append(
            BoardRow(
                article,
                place,
                stand,
                remark=task.comment if task else "",
                by=revision.user if revision else None,
                at=revision.created_at if revision else None,
                is_changed_source=source_changed(article),
                signs=length.characters,
                share=length.pages,
            )
        )
    return Board(editie, edition_page(editie), rows)


def _workflow_states(articles: Iterable[ArtikelPage]) -> dict[str, WorkflowState]:
    """{id of a page: the workflow it is in}. One query."""
    found = WorkflowState.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id__in=[str(article.pk) for article in articles],
        status__in=STANDS,
    ).select_related("current_task_state")
    return {state.object_id: state for state in found}


@dataclass(frozen=True)
class Waiting:
    """An article in the eindredactie, or back from it with a remark."""

    editie: Editie
    article: ArtikelPage
    remark: str


def waiting_articles(editions: Iterable[Editie], stand: Stand) -> list[Waiting]:
    """What was sent in (INGESTUURD) or came back (TERUG) in these editions: three queries."""
    status = next(status for status, meant in STANDS.items() if meant is stand)
    pages = EditiePage.objects.filter(source_rows(), editie__in=editions)
    above = {page.path: page for page in pages.select_related("editie__wijk")}
    states = WorkflowState.objects.filter(
        status=status, content_type__app_label="home", content_type__model="artikelpage"
    ).select_related("current_task_state")
    by_page = {state.object_id: state for state in states}
    articles = ArtikelPage.objects.filter(pk__in=[int(pk) for pk in by_page]).order_by("path")
    found = []
    for article in articles.defer("body"):
        page = above.get(article.path[: -ArtikelPage.steplen])
        task = by_page[str(article.pk)].current_task_state
        if page:
            found.append(Waiting(page.editie, article, task.comment if task else ""))
    return found


def kopij_waiting(editions: Iterable[Editie]) -> dict[int, int]:
    """{id of an edition: pieces of kopij nobody decided on}. One query."""
    rows = Kopij.objects.to_do().filter(editie__in=editions).order_by().values_list("editie")
    return dict(rows.annotate(models.Count("pk")))


def _stand(article: ArtikelPage, state: WorkflowState | None) -> Stand:
    if state:
        return STANDS[state.status]
    return Stand.KLAAR if article.live and not article.has_unpublished_changes else Stand.CONCEPT


@transaction.atomic
def move_article(*, article: ArtikelPage, is_up: bool, by: User | None) -> int:
    """Put an article one place earlier or later in the paper. Returns its place, from 1.

    The first stays first and the last stays last. Other languages follow by themselves.
    """
    page = article.get_parent()
    editie_id = EditiePage.objects.values_list("editie_id", flat=True).get(pk=page.pk)
    # Two people who move at once wait for each other: places shift under their hands.
    Editie.objects.select_for_update(no_key=True).get(pk=editie_id)
    order = list(ArtikelPage.objects.child_of(page).order_by("path"))
    at = [row.pk for row in order].index(article.pk)
    to = at - 1 if is_up else at + 1
    if not 0 <= to < len(order):
        return at + 1
    order[at].move(order[to], pos="left" if is_up else "right", user=by)
    return to + 1
