"""Atom feeds of an action plan and of one action: messages, and promises that moved."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from core.feeds import MAX_ITEMS, PageFeed, start_of
from core.page_index import address_of
from wijken.models import Actie, ActiePage, ActieplanPage, Planning, Voortgang
from wijken.monitor.facts import known_by, parse
from wijken.register_pages import page_of


@dataclass(frozen=True)
class Item:
    """One entry of a feed. `key` stays the same for ever, and differs per language."""

    key: uuid.UUID
    at: datetime
    # Later than `at` when a correction made this entry another one to read.
    updated_at: datetime
    title: str
    text: str
    link: str
    author: str = ""


def news_of(acties: Iterable[Actie], *, language_code: str, fallback_url: str) -> list[Item]:
    """The newest messages and moved promises of some actions, newest first. Two queries."""
    by_pk = {actie.pk: actie for actie in acties}
    messages, moves = _messages(by_pk, language_code), _moves(by_pk, language_code)
    # A message that carries the new planning has told it already.
    told = {(row.mijlpaal_id, row.periode, row.reden) for row in messages if row.periode}
    moves = [row for row in moves if (row.mijlpaal_id, row.periode, row.reden) not in told]
    corrections = {row.corrigeert_id: row for row in messages if row.corrigeert_id}

    def address(actie: Actie) -> str:
        page = page_of(actie, language_code)
        return address_of(page) if page else fallback_url

    items = [
        Item(
            key=uuid.uuid5(row.translation_key, language_code),
            at=_published(row),
            updated_at=_published(corrections.get(row.pk, row)),
            title=f"{_name(by_pk[row.actie_id], language_code)}: {_what(row, row.pk in corrections)}",
            text=_text(row),
            link=f"{address(by_pk[row.actie_id])}#bericht-{row.pk}",
            author=row.organisatie.words.naam,
        )
        for row in messages
    ] + [
        Item(
            key=uuid.uuid5(row.translation_key, language_code),
            at=start_of(row.vastgelegd_op),
            updated_at=start_of(row.vastgelegd_op),
            title=f"{_name(by_pk[row.mijlpaal.actie_id], language_code)}: {_('nieuwe planning')}",
            text=f"{_planned(row)} {row.words.reden}",
            link=f"{address(by_pk[row.mijlpaal.actie_id])}#beloofd",
        )
        for row in moves
    ]
    return sorted(items, key=lambda item: item.at, reverse=True)[:MAX_ITEMS]


def _messages(acties: Iterable[int], language_code: str) -> list[Voortgang]:
    newest = (
        Voortgang.objects.source()
        .filter(known_by(timezone.localdate()), actie__in=acties)
        .order_by("-gepubliceerd_op", "-pk")
    )
    # With room for those that a correction takes the place of.
    rows: list[Voortgang] = Voortgang.objects.filter(pk__in=newest.values("pk")[: 2 * MAX_ITEMS]).worded(
        language_code, "organisatie", "mijlpaal"
    )
    return rows


def _moves(acties: Iterable[int], language_code: str) -> list[Planning]:
    newest = (
        Planning.objects.source()
        .filter(mijlpaal__actie__in=acties, volgnummer__gt=1, vastgelegd_op__lte=timezone.localdate())
        .order_by("-vastgelegd_op", "-pk")
    )
    rows: list[Planning] = Planning.objects.filter(pk__in=newest.values("pk")[: 2 * MAX_ITEMS]).worded(
        language_code, "mijlpaal"
    )
    return rows


def _name(actie: Actie, language_code: str) -> str:
    page = page_of(actie, language_code)
    return page.title if page else actie.naam


def _published(row: Voortgang) -> datetime:
    return row.gepubliceerd_op or start_of(row.datum)


def _what(row: Voortgang, is_corrected: bool) -> str:
    """What happened, in a few words."""
    if is_corrected:
        return _("bericht dat is verbeterd")
    if row.corrigeert_id:
        return _("verbeterd bericht")
    if row.periode:
        return _("nieuwe planning")
    if row.gehaald_op:
        return _("stap gehaald")
    return row.get_verandering_display() or _("nieuw bericht")


def _text(row: Voortgang) -> str:
    parts = [row.words.tekst, _planned(row) if row.periode else "", row.words.reden]
    return " ".join(part for part in parts if part)


def _planned(row: Voortgang | Planning) -> str:
    return _("Nieuwe planning van “%(stap)s”: %(periode)s.") % {
        "stap": row.mijlpaal.words.naam if row.mijlpaal else "",
        "periode": parse(row.periode).label,
    }


class PlanFeed(PageFeed):
    """News of all actions of a plan."""

    page: ActieplanPage

    def items(self, _obj: Any) -> list[Item]:
        acties = Actie.objects.filter(actieplan=self.page.actieplan_id)
        return news_of(acties, language_code=self.language, fallback_url=address_of(self.page))

    def item_title(self, item: Item) -> str:
        return item.title

    def item_description(self, item: Item) -> str:
        return escape(item.text)

    def item_link(self, item: Item) -> str:
        return item.link

    def item_guid(self, item: Item) -> str:
        return item.key.urn

    def item_author_name(self, item: Item) -> str:
        return item.author

    def item_pubdate(self, item: Item) -> datetime:
        return item.at

    def item_updateddate(self, item: Item) -> datetime:
        return item.updated_at


class ActieFeed(PlanFeed):
    """News of one action."""

    page: ActiePage  # type: ignore[assignment]

    def items(self, _obj: Any) -> list[Item]:
        return news_of([self.page.actie], language_code=self.language, fallback_url=address_of(self.page))
