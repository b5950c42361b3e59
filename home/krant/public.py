"""What readers see of a wijkkrant: the editions that are out and their articles, in their language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from core import sizes
from core.page_index import page_index
from core.querysets import CARD_FIELDS
from core.reading import reader_language
from home.models import ArtikelPage, Editie, EditiePage, WijkkrantPage
from wijken.models import WijkPage

# Beside the article that opens the paper. More is no front page any more.
MAX_HEADLINES = 3


@dataclass(frozen=True)
class EditionCard:
    """An edition in a list: its page, with the facts of its register row."""

    page: EditiePage
    editie: Editie


@dataclass(frozen=True)
class Front:
    """An edition as its front page shows it; every article is on it once."""

    lead: ArtikelPage | None
    headlines: list[ArtikelPage]
    # The others by rubriek, in the order of the paper.
    sections: list[list[ArtikelPage]]


@dataclass(frozen=True)
class KrantOfWijk:
    """What the page of a wijk tells about its wijkkrant."""

    page: Page
    newest: Page | None
    headlines: list[Page]
    # The last day for kopij, while there is an edition that takes it.
    kopij_tot: date | None


def krant_of(wijk_page: WijkPage) -> KrantOfWijk | None:
    """The wijkkrant of a wijk; None when it has none. One query, or none: the rest is in the index."""
    krant = next((page for page in _below(wijk_page) if _is_a(page, WijkkrantPage)), None)
    if krant is None:
        return None
    below = {page.pk: page for page in _below(krant)}
    out, takes_kopij = Q(staat=Editie.Staat.UIT), Q(staat=Editie.Staat.KOPIJ)
    rows = list(
        Editie.objects.filter(
            out | takes_kopij & Q(kopij_tot__gte=timezone.localdate()), wijk=wijk_page.wijk_id
        )
        .order_by("-bezorgd_van", "-pk")
        .values_list("staat", "kopij_tot", "pages")
    )
    newest = next((below[pk] for staat, _day, pk in rows if staat == Editie.Staat.UIT and pk in below), None)
    return KrantOfWijk(
        page=krant,
        newest=newest,
        headlines=headlines_of(newest) if newest else [],
        kopij_tot=min((day for staat, day, _pk in rows if staat == Editie.Staat.KOPIJ), default=None),
    )


def editions_of(page: WijkkrantPage) -> list[EditionCard]:
    """The editions of a wijkkrant that are out, the newest first; two queries."""
    below = [child.pk for child in _below(page)]
    found = (
        EditiePage.objects.filter(pk__in=below, editie__staat=Editie.Staat.UIT)
        .select_related("image", "locale", "editie__wijk")
        .defer("body")
        .order_by("-editie__bezorgd_van", "-pk")
    )
    pages = _with_pictures(found)
    return [EditionCard(edition, edition.editie) for edition in pages]


def articles_of(page: EditiePage) -> list[ArtikelPage]:
    """The articles of an edition, in the order of the paper; light enough for a list."""
    below = [child.pk for child in _below(page)]
    rows = (
        ArtikelPage.objects.filter(pk__in=below)
        .select_related("image", "locale")
        .only(*CARD_FIELDS, "rubriek", "auteur", "op_voorkant")
    )
    found = {row.pk: row for row in _with_pictures(rows)}
    return [found[pk] for pk in below if pk in found]


def front_of(articles: list[ArtikelPage]) -> Front:
    """Open with what the redactie put on the front, or else with the first article."""
    on_front = [article for article in articles if article.op_voorkant] or articles[:1]
    lead, headlines = on_front[0] if on_front else None, on_front[1 : 1 + MAX_HEADLINES]
    rest = [article for article in articles if article is not lead and article not in headlines]
    sections: dict[str, list[ArtikelPage]] = {}
    for article in rest:
        sections.setdefault(article.rubriek, []).append(article)
    return Front(lead, headlines, list(sections.values()))


def headlines_of(page: Page) -> list[Page]:
    """The first articles of an edition, to choose from; no query."""
    return _below(page)[: 1 + MAX_HEADLINES]


def next_edition(wijk_id: int) -> Editie | None:
    """The edition that people can send kopij for now; one query."""
    collecting = Editie.objects.filter(wijk=wijk_id).collecting(on=timezone.localdate())
    return collecting.select_related("wijk").first()


def above(page: Page) -> Page | None:
    """The page right above a page, as this reader sees it; None when it is not to be seen."""
    index = page_index()
    parent = index.by_path.get(page.path[: -Page.steplen])
    return index.in_language(parent, reader_language()) if parent else None


def beside(page: EditiePage) -> dict[str, Page | None]:
    """The editions just before and just after one; one query."""
    krant = above(page)
    siblings = _below(krant) if krant else []
    order = EditiePage.objects.filter(pk__in=[sibling.pk for sibling in siblings])
    keys = list(order.order_by("editie__bezorgd_van", "pk").values_list("translation_key", flat=True))
    return _neighbours(page, sorted(siblings, key=lambda sibling: keys.index(sibling.translation_key)))


def around(page: ArtikelPage) -> dict[str, Any]:
    """What stands round an article: its edition, what to read before and after it, where it came from."""
    index, edition = page_index(), above(page)
    source = index.by_pk.get(page.bron_id) if page.bron_id else None
    return {
        "edition_page": edition,
        "krant_page": above(edition) if edition else None,
        "editie": Editie.objects.select_related("wijk").filter(pages=edition.pk).first() if edition else None,
        "source": index.in_language(source, reader_language()) if source else None,
        **_neighbours(page, _below(edition) if edition else []),
    }


def _neighbours(page: Page, siblings: list[Page]) -> dict[str, Page | None]:
    """The pages before and after one among its siblings, whichever language each of them is in."""
    keys = [sibling.translation_key for sibling in siblings]
    at = keys.index(page.translation_key) if page.translation_key in keys else None
    return {
        "previous": siblings[at - 1] if at else None,
        "next": siblings[at + 1] if at is not None and at + 1 < len(siblings) else None,
    }


def _is_a(page: Page, model: type[Page]) -> bool:
    return bool(page.content_type.natural_key() == (model._meta.app_label, model._meta.model_name))


def _below(page: Page) -> list[Page]:
    """The pages right below a page that this reader sees, in the order of the source."""
    index = page_index()
    return index.children(index.translations(page), reader_language())


def _with_pictures[T: (ArtikelPage, EditiePage)](pages: Iterable[T]) -> list[T]:
    items = list(pages)
    sizes.prepare(item.image for item in items)
    return items
