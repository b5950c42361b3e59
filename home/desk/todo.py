"""What needs doing, asked of the database in a number of queries that does not grow with the content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.models import BasePage, ZoektermZonderResultaat, source_rows
from wijken.afspraken import Afspraak, State, afspraken_per_wijk
from wijken.models import Contactpersoon, Wijk, WijkPage, Wijkteam

TERMS_DAYS = 30
CONTACT_FORM = "wagtailsnippets_wijken_contactpersoon:edit"


@dataclass(frozen=True)
class Review:
    """Something with a date before which somebody looks at it again."""

    title: str
    kind: str
    review_on: date
    owner: str
    url: str
    is_overdue: bool
    is_soon: bool

    @property
    def state(self) -> str:
        if self.is_overdue:
            return _("te laat")
        return _("binnenkort") if self.is_soon else _("later")


def reviews(*, on: date, within_days: int | None, pages: bool = True, contacten: bool = True) -> list[Review]:
    """Live pages and contacts with a review date, earliest first; all of them when `within_days` is None."""
    limit = on + timedelta(days=within_days) if within_days is not None else date.max
    soon = on + timedelta(days=settings.REVIEW_WARNING_DAYS)

    def review(title: str, kind: str, day: date, owner: str, url: str) -> Review:
        return Review(title, kind, day, owner, url, is_overdue=day < on, is_soon=on <= day <= soon)

    found = []
    if pages:
        dates = _page_review_dates(limit)
        for page in Page.objects.filter(pk__in=dates).select_related("owner", "content_type"):
            owner = (page.owner.get_full_name() or page.owner.get_username()) if page.owner else ""
            model = page.content_type.model_class()
            kind = str(model._meta.verbose_name) if model else ""
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            found.append(review(page.draft_title or page.title, kind, dates[page.pk], owner, url))
    if contacten:
        for contact in Contactpersoon.objects.source().filter(review_on__lte=limit):
            found.append(
                review(
                    contact.functie,
                    _("contact"),
                    contact.review_on,
                    "",
                    reverse(CONTACT_FORM, args=[contact.pk]),
                )
            )
    return sorted(found, key=lambda item: (item.review_on, item.title))


def page_models() -> list[type[BasePage]]:
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def _page_review_dates(limit: date) -> dict[int, date]:
    """{page id: review date} of live pages in the site's own language: one query over all page types."""
    first, *others = (
        model.objects.live()
        .filter(source_rows(), review_on__isnull=False, review_on__lte=limit)
        .order_by()
        .values_list("pk", "review_on")
        for model in page_models()
    )
    return dict(first.union(*others, all=True))


@dataclass(frozen=True)
class Overdue:
    wijk: Wijk
    afspraken: list[Afspraak]


def overdue_afspraken(*, on: date) -> tuple[list[Overdue], list[Afspraak]]:
    """What is too late in each wijk, and what is too late for all of them (the stuurgroep). Six queries."""
    per_wijk, shared = afspraken_per_wijk(Wijk.objects.all(), on=on)
    late = [Overdue(wijk, found) for wijk, items in per_wijk if (found := _late(items))]
    return late, _late(shared)


def _late(items: Iterable[Afspraak]) -> list[Afspraak]:
    return [item for item in items if item.state is State.OVERDUE]


def teams_without_werkplan(*, year: int) -> QuerySet[Wijkteam]:
    return Wijkteam.objects.exclude(werkplannen__jaar=year)


def wijken_without_page() -> QuerySet[Wijk]:
    """Wijken that a resident cannot find: without a live page in the site's own language."""
    return Wijk.objects.exclude(pk__in=WijkPage.objects.live().filter(source_rows()).values("wijk_id"))


def terms_without_result(*, on: date, days: int = TERMS_DAYS) -> list[tuple[str, int]]:
    """(term, times) of the searches that found nothing lately, most often first."""
    rows = (
        ZoektermZonderResultaat.objects.filter(on__gt=on - timedelta(days=days))
        .order_by()
        .values("term")
        .annotate(times=Sum("count"))
        .order_by("-times", "term")
    )
    return [(row["term"], row["times"]) for row in rows[:5]]


def unreachable_contacten() -> list[tuple[Contactpersoon, str]]:
    """Contacts of whom a resident cannot see how or when to reach them, with what is missing."""
    no_way = Q(telefoon="", email="", bereikbaar="")
    no_hours = Q(hours="")
    return [
        (contact, _missing(contact))
        for contact in Contactpersoon.objects.source().filter(no_way | no_hours).order_by("order", "functie")
    ]


def _missing(contact: Contactpersoon) -> str:
    gaps = []
    if not (contact.telefoon or contact.email or contact.bereikbaar):
        gaps.append(_("hoe bereikbaar"))
    if not contact.hours:
        gaps.append(_("wanneer bereikbaar"))
    return ", ".join(gaps)
