"""A wijk with as many actions as somebody wants to measure, as real ones look: steps, promises, messages."""

import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page

from wijken.models import (
    Actie,
    ActiePage,
    Actieplan,
    ActieplanPage,
    Budget,
    Financiering,
    Mijlpaal,
    MonitorPage,
    Organisatie,
    Planning,
    Plek,
    Voortgang,
    Wijk,
    WijkPage,
)
from wijken.monitor.periods import Period

PERIODS = ("2024-Q1", "2025-H1", "2026", "2026/2027", "2027-voorjaar", "ntb", "2024-Q3..2025-Q2")
RECORDED_ON = date(2023, 12, 1)
MOVED_ON = date(2025, 6, 1)


def add_monitor(wijk: Wijk) -> MonitorPage:
    """A published monitor page for a wijk that has none."""
    parent = WijkPage.objects.get(wijk=wijk, locale__language_code="nl")
    page = MonitorPage(title=f"Monitor {wijk.naam}", slug="monitor", intro="Alles op een rij.", wijk=wijk)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def add_actions(wijk: Wijk, number: int) -> Actieplan:
    """A plan with so many actions: each with a page and two steps; some moved, some with a message."""
    locale = Locale.objects.get(language_code="nl")
    plan = Actieplan.objects.create(wijk=wijk, naam=f"Plan met {number}", slug=f"plan-{number}")
    plekken = [Plek.objects.create(wijk=wijk, naam=f"Plek {n}", lat="52.47", lon="4.64") for n in range(12)]
    organisaties = list(Organisatie.objects.source().order_by("pk")[:8])
    budget = Budget.objects.source().order_by("-bedrag").first()
    acties = Actie.objects.bulk_create(
        Actie(
            actieplan=plan,
            nummer=n,
            naam=f"Actie nummer {n}",
            kosten=None if n % 3 == 0 else n,
            kosten_reden="nnb" if n % 3 == 0 else "",
        )
        for n in range(1, number + 1)
    )
    _link(acties, plekken, organisaties, budget)
    steps = Mijlpaal.objects.bulk_create(
        Mijlpaal(actie=actie, order=order, naam=f"Stap {order + 1}", locale=locale)
        for actie in acties
        for order in (0, 1)
    )
    codes = islice(cycle(PERIODS), len(steps))
    planning = [_promise(step, code, locale, 1) for step, code in zip(steps, codes, strict=True)]
    planning += [_promise(step, "2026-Q4", locale, 2) for step in steps[::4]]
    Planning.objects.bulk_create(planning)
    Voortgang.objects.bulk_create(
        _message(actie, step, organisaties[0], locale, number=n)
        for n, (actie, step) in enumerate(zip(acties[::3], steps[::6], strict=True))
    )
    _add_pages(plan, acties, locale)
    return plan


def _link(acties: list[Actie], plekken: list[Plek], organisaties: list[Organisatie], budget: Any) -> None:
    trekkers, places = Actie.trekkers.through, Actie.plekken.through
    trekkers.objects.bulk_create(
        trekkers(actie=actie, organisatie=row)
        for actie, row in zip(acties, cycle(organisaties), strict=False)
    )
    places.objects.bulk_create(
        places(actie=actie, plek=row) for actie, row in zip(acties, cycle(plekken), strict=False)
    )
    Financiering.objects.bulk_create(
        Financiering(actie=actie, budget=budget, bedrag=actie.kosten) for actie in acties if actie.kosten
    )


def _promise(step: Mijlpaal, code: str, locale: Locale, volgnummer: int) -> Planning:
    period = Period.parse(code)
    return Planning(
        mijlpaal=step,
        volgnummer=volgnummer,
        periode=code,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        reden="Het duurt langer." if volgnummer > 1 else "",
        vastgelegd_op=RECORDED_ON if volgnummer == 1 else MOVED_ON,
        locale=locale,
    )


def _message(actie: Actie, step: Mijlpaal, organisatie: Any, locale: Locale, *, number: int) -> Voortgang:
    day = date(2026, 1, 1) + timedelta(days=number % 320)
    return Voortgang(
        actie=actie,
        organisatie=organisatie,
        datum=day,
        tekst="Er is begonnen.",
        verandering="bezig",
        mijlpaal=step,
        gehaald_op=day if number % 2 else None,
        stand=Voortgang.Stand.GEPUBLICEERD,
        gepubliceerd_op=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        locale=locale,
    )


def _add_pages(plan: Actieplan, acties: list[Actie], locale: Locale) -> None:
    """Pages without the work that publishing each of them would be."""
    above = WijkPage.objects.get(wijk=plan.wijk, locale=locale)
    parent = ActieplanPage(title=plan.naam, slug=plan.slug, actieplan=plan)
    above.add_child(instance=parent)
    pages: Any = Page.objects.bulk_create(
        Page(
            title=actie.naam,
            draft_title=actie.naam,
            slug=f"actie-{actie.nummer}",
            path=Page._get_path(parent.path, parent.depth + 1, actie.nummer),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}actie-{actie.nummer}/",
            content_type=ContentType.objects.get_for_model(ActiePage),
            locale=locale,
            translation_key=uuid.uuid4(),
            live=True,
        )
        for actie in acties
    )
    for page, actie in zip(pages, acties, strict=True):
        own = ActiePage(page_ptr=page, actie=actie)
        own.__dict__.update({key: value for key, value in page.__dict__.items() if key != "_state"})
        own.save_base(raw=True)
    Page.objects.filter(pk=parent.pk).update(numchild=len(acties))
