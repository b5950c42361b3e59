"""Rows of an action plan that each break one rule; test_rules.py tries them together with its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Model

from core.models import SiteImage
from tests.plans import published
from wijken.models import (
    Actie,
    Actieplan,
    ActieplanVersie,
    Antwoord,
    Budget,
    Financiering,
    Focusopgave,
    Indicator,
    Meting,
    Mijlpaal,
    Opgave,
    Organisatie,
    Perspectief,
    Planning,
    Terugblik,
    Voortgang,
    Wijk,
)

DAY = date(2026, 5, 1)
LATER = date(2026, 6, 1)


@dataclass(frozen=True)
class Broken:
    """A row that breaks one rule, and a piece of the sentence that says so."""

    make: Callable[[], Model]
    sentence: str


def twice(make: Callable[[], Model]) -> Model:
    """A second row just like one that is already stored."""
    make().save()
    return make()


def plan() -> Actieplan:
    return Actieplan.objects.order_by("pk")[0]


def actie(**facts: Any) -> Actie:
    given = {"nummer": 99, "naam": "Proef", "kosten": 1_000, "actieplan": plan()}
    return Actie(**{**given, **facts})


def first_actie() -> Actie:
    return Actie.objects.filter(actieplan=plan())[0]


def planning(**facts: Any) -> Planning:
    step = Mijlpaal.objects.source().filter(actie=first_actie())[0]
    given = {
        "mijlpaal": step,
        "volgnummer": 2,
        "periode": "2031",
        "reden": "Het zit tegen.",
        "vastgelegd_op": DAY,
        "locale": step.locale,
    }
    return Planning(**{**given, **facts})


def bericht(**facts: Any) -> Voortgang:
    organisatie = Organisatie.objects.source()[0]
    given = {
        "actie": first_actie(),
        "organisatie": organisatie,
        "datum": DAY,
        "tekst": "Er is nieuws.",
        "locale": organisatie.locale,
    }
    return Voortgang(**{**given, **facts})


def step() -> Mijlpaal:
    found: Mijlpaal = Mijlpaal.objects.source().filter(actie=first_actie())[0]
    return found


def second_correction() -> Voortgang:
    wrong = published(first_actie(), DAY, reden="Het zit tegen.")
    bericht(corrigeert=wrong).save()
    return bericht(corrigeert=wrong)


def antwoord(**facts: Any) -> Antwoord:
    given = {"terugblik": Terugblik.objects.all()[0], "keuze": "ja", "dag": DAY, "aantal": 1}
    return Antwoord(**{**given, **facts})


def indicator() -> Indicator:
    found: Indicator = Indicator.objects.source()[0]
    return found


PLANS = {
    "wijken_actieplan_slug_once_per_wijk": Broken(
        lambda: Actieplan(wijk=plan().wijk, naam="Nog een", slug=plan().slug), "bestaat al"
    ),
    "wijken_actieplan_bestuursperiode_after_start": Broken(
        lambda: Actieplan(
            wijk=plan().wijk, naam="Proef", slug="proef", starts_on=DAY, bestuursperiode_tot=DAY
        ),
        "eindigt na de start",
    ),
    "wijken_actieplan_one_version_per_day": Broken(
        lambda: twice(lambda: ActieplanVersie(actieplan=plan(), versie="mei", datum=DAY)), "bestaat al"
    ),
    "wijken_consultatie_after_version": Broken(
        lambda: ActieplanVersie(actieplan=plan(), versie="mei", datum=LATER, consultatie_tot=DAY),
        "pas na de datum",
    ),
    "wijken_perspectief_number_unique": Broken(
        lambda: twice(lambda: Perspectief(actieplan=plan(), nummer=99, naam="Proef")), "bestaat al"
    ),
    "wijken_opgave_number_unique": Broken(
        lambda: twice(
            lambda: Opgave(
                perspectief=Perspectief.objects.all()[0], nummer=99, titel="Proef", locale=step().locale
            )
        ),
        "bestaat al",
    ),
    "wijken_focusopgave_number_unique": Broken(
        lambda: twice(lambda: Focusopgave(actieplan=plan(), nummer=99, naam="Proef")), "bestaat al"
    ),
    "wijken_actie_number_unique": Broken(
        lambda: actie(nummer=first_actie().nummer, naam="Een andere naam"), "bestaat al"
    ),
    "wijken_actie_name_unique": Broken(lambda: actie(naam=first_actie().naam), "bestaat al"),
    "wijken_actie_amount_or_reason": Broken(lambda: actie(kosten=None), "waarom er geen bedrag is"),
    "wijken_budget_once_per_actie": Broken(
        lambda: twice(lambda: Financiering(actie=first_actie(), budget=Budget.objects.source()[0], bedrag=1)),
        "bestaat al",
    ),
    "wijken_financiering_above_zero": Broken(
        lambda: Financiering(actie=first_actie(), budget=Budget.objects.source()[0], bedrag=0),
        "meer dan nul",
    ),
    "wijken_planning_in_order": Broken(lambda: planning(volgnummer=1), "bestaat al"),
    "wijken_planning_numbered_from_one": Broken(lambda: planning(volgnummer=0), "heeft nummer 1"),
    "wijken_planning_change_has_reason": Broken(lambda: planning(reden=""), "waarom de planning verandert"),
    "wijken_planning_after_what": Broken(lambda: planning(periode="na"), "waarna dit gebeurt"),
    "wijken_voortgang_stopped_has_reason": Broken(
        lambda: bericht(verandering="gestopt"), "waarom de actie stopt"
    ),
    "wijken_voortgang_planning_has_reason": Broken(
        lambda: bericht(periode="2031", mijlpaal=step(), zekerheid="verwacht"),
        "een stap, zekerheid en een reden",
    ),
    "wijken_voortgang_reached_what": Broken(lambda: bericht(gehaald_op=DAY), "welke stap is gehaald"),
    "wijken_voortgang_reached_before_told": Broken(
        lambda: bericht(gehaald_op=LATER, mijlpaal=step()), "niet later gehaald"
    ),
    "wijken_voortgang_photo_described": Broken(
        lambda: bericht(foto=SiteImage.objects.all()[0]), "wat er op de foto staat"
    ),
    "wijken_voortgang_published_has_moment": Broken(
        lambda: bericht(gepubliceerd_op=datetime(2026, 5, 1, 12, tzinfo=UTC)), "dat op de site staat"
    ),
    "wijken_voortgang_corrected_once": Broken(second_correction, "al een verbetering"),
    "wijken_terugblik_once_per_day": Broken(
        lambda: twice(lambda: Terugblik(actieplan=plan(), peildatum=DAY)), "al een terugblik"
    ),
    "wijken_terugblik_question_window": Broken(
        lambda: Terugblik(actieplan=plan(), peildatum=DAY, vraag_van=LATER, vraag_tot=DAY),
        "het einde is niet eerder",
    ),
    "wijken_antwoord_once": Broken(
        lambda: twice(lambda: antwoord(actie=first_actie())), "verhoog het aantal"
    ),
    "wijken_antwoord_whole_plan_once": Broken(lambda: twice(antwoord), "verhoog het aantal"),
    "wijken_indicator_code_unique": Broken(
        lambda: Indicator(
            code=indicator().code,
            naam="Nog een",
            eenheid="cijfer",
            bron_naam="Proef",
            locale=indicator().locale,
        ),
        "bestaat al",
    ),
    "wijken_meting_once_per_day": Broken(
        lambda: twice(
            lambda: Meting(indicator=indicator(), wijk=Wijk.objects.all()[0], datum=DAY, waarde="7.5")
        ),
        "al een meting in deze wijk",
    ),
    "wijken_meting_of_all_once_per_day": Broken(
        lambda: twice(lambda: Meting(indicator=indicator(), datum=DAY, waarde="7.5")),
        "al een meting van de hele gemeente",
    ),
}
