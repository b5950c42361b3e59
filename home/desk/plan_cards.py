"""Cards about the action plans on the first screen, for whoever can do something about them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from home.desk import plan_todo
from home.desk.cards import Card, Line
from wijken.desk.reporting import MyAction, my_actions
from wijken.desk.writers import Writer, may_publish, may_report, waiting
from wijken.models import Terugblik
from wijken.monitor.standing import State


def my_actions_card(request: HttpRequest) -> Card | None:
    """The partner's actions: what is late without a reason first, then what the editors sent back."""
    writer = Writer(request.user)
    if not may_report(request) or writer.is_editor:
        return None
    title, address = gettext_lazy("Mijn acties"), reverse("desk_my_actions")
    if not writer.organisaties:
        sentence = _("Uw account hoort nog niet bij een organisatie. Vraag het de beheerder van de site.")
        return Card.of(title, "tasks", [Line(sentence)])
    rows = my_actions(writer, on=timezone.localdate())
    return Card.of(title, "tasks", [_my_line(row) for row in rows], more_url=address)


def _my_line(row: MyAction) -> Line:
    name, late = str(row.actie), row.standing.is_late
    if row.is_returned and row.in_hand:
        note = _("teruggestuurd: %(why)s") % {"why": row.in_hand.terug_reden}
        return Line(name, reverse("desk_message_edit", args=[row.in_hand.pk]), note, late)
    if row.in_hand:
        return Line(name, reverse("desk_message_edit", args=[row.in_hand.pk]), _("bericht afmaken"), late)
    if row.must_explain:
        note = _("u bent te laat: schrijf waarom")
        return Line(name, reverse("desk_message_add", args=[row.actie.pk]), note, late)
    note = _("bericht wacht op de redactie") if row.open else str(row.standing.state.label)
    return Line(name, reverse("desk_my_action", args=[row.actie.pk]), note, late)


def inbox_card(request: HttpRequest) -> Card | None:
    if not may_publish(request):
        return None
    rows = waiting().select_related("actie", "organisatie")
    lines = [
        Line(
            str(message.actie),
            reverse("desk_review", args=[message.pk]),
            _("%(who)s, ingediend op %(date)s")
            % {
                "who": message.organisatie,
                "date": date_format(timezone.localtime(message.ingediend_op), "j E"),
            },
        )
        for message in rows
    ]
    title = gettext_lazy("Berichten om na te kijken")
    return Card.of(title, "mail", lines, more_url=reverse("desk_inbox"))


def _judged(request: Any) -> list[plan_todo.Judged]:
    """How all actions stand, asked once for all cards of a screen."""
    if not hasattr(request, "_judged_acties"):
        request._judged_acties = plan_todo.judged_acties(on=timezone.localdate())
    rows: list[plan_todo.Judged] = request._judged_acties
    return rows


def unexplained_card(request: HttpRequest) -> Card | None:
    if not Writer(request.user).is_editor:
        return None
    lines = []
    for group in plan_todo.unexplained_per_trekker(_judged(request)):
        count = len(group.acties)
        query = {"stand": State.TE_LAAT.value, "trekkers": str(group.trekker_id or "")}
        worst = group.acties[0]
        lines.append(
            Line(
                group.trekker or _("Zonder trekker"),
                f"{reverse('acties:index')}?{urlencode(query)}",
                ngettext("%(count)d actie", "%(count)d acties", count) % {"count": count}
                + "; "
                + ngettext(
                    "het langst: %(actie)s, %(days)d dag",
                    "het langst: %(actie)s, %(days)d dagen",
                    worst.standing.days_late,
                )
                % {"actie": worst.actie, "days": worst.standing.days_late},
            )
        )
    return Card.of(
        gettext_lazy("Te laat zonder reden, per trekker"),
        "warning",
        lines,
        more_url=f"{reverse('acties:index')}?stand=te_laat",
    )


def silent_card(request: HttpRequest) -> Card | None:
    if not Writer(request.user).is_editor:
        return None
    lines = [
        Line(
            str(row.actie),
            reverse("desk_my_action", args=[row.actie.pk]),
            ngettext(
                "%(count)d maand geen nieuws (%(plan)s)",
                "%(count)d maanden geen nieuws (%(plan)s)",
                row.standing.silent_months,
            )
            % {"count": row.standing.silent_months, "plan": row.actie.actieplan},
        )
        for row in plan_todo.silent(_judged(request))
    ]
    return Card.of(
        gettext_lazy("Acties zonder nieuws"), "comment", lines, more_url=reverse("desk_my_actions")
    )


def look_backs_card(request: HttpRequest) -> Card | None:
    if not request.user.has_perm("wijken.add_terugblik"):
        return None
    today = timezone.localdate()
    lines = [
        Line(
            str(row.actieplan),
            reverse("terugblikken:keep", args=[row.pk]),
            _("bewaar de stand van deze dag"),
            True,
        )
        for row in plan_todo.unkept_look_backs(on=today)
    ]
    for due in plan_todo.look_backs(on=today):
        address = _edit(due.terugblik) if due.terugblik else reverse("terugblikken:add")
        note = _("terugblik vóór %(date)s") % {"date": date_format(due.due_on, "j E Y")}
        lines.append(Line(str(due.plan), address, note, due.is_overdue))
    title = gettext_lazy("Terugblikken")
    return Card.of(title, "history", lines, more_url=reverse("terugblikken:index"))


def _edit(row: Terugblik) -> str:
    return reverse("terugblikken:edit", args=[row.pk])


CARDS: tuple[Callable[[HttpRequest], Card | None], ...] = (
    my_actions_card,
    inbox_card,
    unexplained_card,
    silent_card,
    look_backs_card,
)
