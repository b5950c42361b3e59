"""What there is to do for wijkkranten, on the first screen of whoever can do it."""

from collections.abc import Iterator
from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.models import User
from home.desk.cards import Card, Line
from home.desk.krant.screens import kopij_address
from home.krant.board import Board, Stand, board_of
from home.krant.dates import moments
from home.krant.redactie import editions_for, wijken_of

TITLE = gettext_lazy("Wijkkrant")


def krant_card(request: HttpRequest) -> Card | None:
    """What came back or, for the eindredactie, what was sent in; with kopij and days that are near."""
    user = cast(User, request.user)
    if not wijken_of(user).exists():
        return None
    is_publisher = policy_registry.get_by_type(Page).user_has_permission(user, "publish")
    lines = [
        line for editie in editions_for(user) for line in _lines(board_of(editie), is_publisher=is_publisher)
    ]
    return Card.of(TITLE, "doc-full-inverse", lines, more_url=reverse("krant_desk"))


def _lines(board: Board, *, is_publisher: bool) -> Iterator[Line]:
    editie = board.editie
    address = reverse("krant_board", args=[editie.pk])
    for moment in moments(editie, on=timezone.localdate()):
        if moment.is_late or moment.is_near:
            yield Line(str(editie), address, moment.sentence, moment.is_late)
    stand, what = (
        (Stand.INGESTUURD, _("ingestuurd voor eindredactie"))
        if is_publisher
        else (Stand.TERUG, _("terug met opmerkingen"))
    )
    for row in board.rows:
        if row.stand is stand:
            edit = reverse("wagtailadmin_pages:edit", args=[row.article.pk])
            yield Line(row.article.title, edit, f"{editie}: {row.remark or what}")
    if waiting := board.kopij_waiting:
        sentence = ngettext("%(count)d inzending wacht", "%(count)d inzendingen wachten", waiting)
        yield Line(sentence % {"count": waiting}, kopij_address(editie) or address, str(editie))
