"""What there is to do for wijkkranten, on the first screen of whoever can do it."""

from collections.abc import Iterator
from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.models import User
from home.desk.cards import Card, Line
from home.desk.krant.screens import kopij_address
from home.krant.board import Stand, kopij_waiting, waiting_articles
from home.krant.dates import moments
from home.krant.redactie import editions_for, wijken_of
from home.models import Editie

TITLE = gettext_lazy("Wijkkrant")


def krant_card(request: HttpRequest) -> Card | None:
    """What came back or, for the eindredactie, what was sent in; with kopij and days that are near."""
    user = cast(User, request.user)
    if not wijken_of(user).exists():
        return None
    editions = list(editions_for(user))
    is_publisher = policy_registry.get_by_type(Page).user_has_permission(user, "publish")
    lines = [
        *_days(editions),
        *_articles(editions, Stand.INGESTUURD if is_publisher else Stand.TERUG),
        *_kopij(editions),
    ]
    return Card.of(TITLE, "doc-full-inverse", lines, more_url=reverse("krant_desk"))


def _days(editions: list[Editie]) -> Iterator[Line]:
    for editie in editions:
        for moment in moments(editie, on=timezone.localdate()):
            if moment.is_late or moment.is_near:
                address = reverse("krant_board", args=[editie.pk])
                yield Line(str(editie), address, moment.sentence, moment.is_late)


def _articles(editions: list[Editie], stand: Stand) -> Iterator[Line]:
    for row in waiting_articles(editions, stand):
        address = reverse("wagtailadmin_pages:edit", args=[row.article.pk])
        why = row.remark if stand is Stand.TERUG and row.remark else str(stand.label)
        yield Line(row.article.draft_title, address, f"{row.editie}: {why}")


def _kopij(editions: list[Editie]) -> Iterator[Line]:
    counts = kopij_waiting(editions)
    for editie in editions:
        if count := counts.get(editie.pk):
            sentence = ngettext("%(count)d inzending wacht", "%(count)d inzendingen wachten", count)
            address = kopij_address(editie) or reverse("krant_board", args=[editie.pk])
            yield Line(sentence % {"count": count}, address, str(editie))
