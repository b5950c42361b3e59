"""The editors' first screen: what needs doing, for whoever may do it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.desk import plan_cards, todo
from home.desk.cards import Card, Line
from home.desk.coverage import PAGES, UNFINISHED, Language, coverage
from home.desk.krant.cards import krant_card
from home.models import Synoniemen
from wijken.models import Contactpersoon, Wijk, Wijkraadpleging, Wijkteam


class TodoPanel(Component):
    """All cards that this person can do something about. The number of queries is fixed."""

    name = "todo"
    order = 50
    template_name = "desk/todo.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def cards(self) -> list[Card]:
        return [card for build in CARDS if (card := build(self.request)) is not None]

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"cards": self.cards()}


def _may(request: HttpRequest, action: str, model: type) -> bool:
    return policy_registry.get_by_type(model).user_has_permission(request.user, action)


def reviews_card(request: HttpRequest) -> Card | None:
    pages, contacten = _may_review(request)
    if not (pages or contacten):
        return None
    items = todo.reviews(
        on=timezone.localdate(),
        within_days=settings.REVIEW_WARNING_DAYS,
        pages=pages,
        contacten=contacten,
    )
    lines = [
        Line(
            item.title,
            item.url,
            _("%(kind)s, vóór %(date)s") % {"kind": item.kind, "date": date_format(item.review_on, "j E Y")},
            item.is_overdue,
        )
        for item in items
    ]
    return Card.of(gettext_lazy("Nakijken"), "calendar-check", lines, more_url=reverse("desk_reviews"))


def _may_review(request: HttpRequest) -> tuple[bool, bool]:
    return (
        _may(request, "change", Page) and _may(request, "add", Page),
        _may(request, "add", Contactpersoon),
    )


def afspraken_card(request: HttpRequest) -> Card | None:
    if not _may(request, "change", Wijkraadpleging):
        return None
    per_wijk, shared = todo.overdue_afspraken(on=timezone.localdate())
    lines = [
        Line(
            item.wijk.naam,
            reverse("wijkraadplegingen:index") + f"?wijk={item.wijk.pk}",
            "; ".join(f"{afspraak.label} {afspraak.year}" for afspraak in item.afspraken),
            True,
        )
        for item in per_wijk
    ]
    lines += [
        Line(str(afspraak.label), reverse("stuurgroep:index"), str(afspraak.year), True)
        for afspraak in shared
    ]
    return Card.of(
        gettext_lazy("Afspraken die te laat zijn"),
        "warning",
        lines,
        more_url=reverse("wijkraadplegingen:index"),
    )


def werkplannen_card(request: HttpRequest) -> Card | None:
    if not _may(request, "change", Wijkteam):
        return None
    year = timezone.localdate().year
    lines = [
        Line(team.naam, reverse("werkplannen:add"), _("werkplan %(year)s maken") % {"year": year})
        for team in todo.teams_without_werkplan(year=year)
    ]
    return Card.of(
        _("Wijkteams zonder werkplan voor %(year)s") % {"year": year},
        "clipboard-list",
        lines,
        more_url=reverse("werkplannen:index"),
    )


def wijken_card(request: HttpRequest) -> Card | None:
    if not (_may(request, "add", Wijk) and _may(request, "add", Page)):
        return None
    lines = [Line(wijk.naam, reverse("wijken:edit", args=[wijk.pk])) for wijk in todo.wijken_without_page()]
    return Card.of(
        gettext_lazy("Wijken zonder pagina"), "wijk", lines, more_url=reverse("wagtailadmin_explore_root")
    )


def translations_card(request: HttpRequest) -> Card | None:
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        return None
    lines = [
        Line(
            ngettext(
                "%(language)s: %(count)d pagina vraagt werk",
                "%(language)s: %(count)d pagina's vragen werk",
                language.unfinished,
            )
            % {"language": language.name, "count": language.unfinished},
            f"{reverse('desk_translations')}?{urlencode({'taal': language.code, 'wat': PAGES})}",
            _states(language),
        )
        for language in coverage().languages
        if language.unfinished
    ]
    return Card.of(
        gettext_lazy("Vertalingen"), "wagtail-localize-language", lines, more_url=reverse("desk_translations")
    )


def _states(language: Language) -> str:
    """What kind of work: "3 ontbreekt, 1 verouderd"."""
    return ", ".join(
        f"{language.pages[state]} {state.label}" for state in UNFINISHED if language.pages[state]
    )


def search_card(request: HttpRequest) -> Card | None:
    if not _may(request, "add", Synoniemen):
        return None
    lines = [
        Line(
            f"“{term}”",
            reverse("synoniemen:add") + f"?{urlencode({'woord': term})}",
            ngettext("%(count)d keer gezocht", "%(count)d keer gezocht", times) % {"count": times},
        )
        for term, times in todo.terms_without_result(on=timezone.localdate())
    ]
    return Card.of(
        gettext_lazy("Gezocht en niet gevonden"), "search", lines, more_url=reverse("desk_search_terms")
    )


def contacten_card(request: HttpRequest) -> Card | None:
    if not _may(request, "add", Contactpersoon):
        return None
    lines = [
        Line(
            contact.functie,
            reverse(todo.CONTACT_FORM, args=[contact.pk]),
            _("mist: %(what)s") % {"what": gaps},
        )
        for contact, gaps in todo.unreachable_contacten()
    ]
    listing = reverse("wagtailsnippets_wijken_contactpersoon:list")
    return Card.of(gettext_lazy("Contacten die niet af zijn"), "user", lines, more_url=listing)


CARDS: tuple[Callable[[HttpRequest], Card | None], ...] = (
    *plan_cards.CARDS,
    krant_card,
    reviews_card,
    afspraken_card,
    werkplannen_card,
    wijken_card,
    translations_card,
    contacten_card,
    search_card,
)
