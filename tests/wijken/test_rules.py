"""The rules of the sources are constraints: the database refuses, and a person reads why."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, ProtectedError

from core.models import BlijvendWoord, VasteVertaling, ZoektermZonderResultaat
from home.models import MoeilijkWoord, Synoniemen
from tests.home.broken_krant import KRANT, UNSEEN_KRANT
from tests.participatie.broken import LOTINGEN
from tests.participatie.broken import UNSEEN as UNSEEN_LOTINGEN
from tests.participatie.broken_draws import DRAWS, UNSEEN_DRAWS
from tests.wijken.broken import DAY, LATER, PLANS, Broken, twice
from wijken.models import (
    Adresbuurt,
    Buurt,
    Organisatie,
    Postcodegebied,
    Stuurgroep,
    StuurgroepOverleg,
    Thema,
    Voorzittersgesprek,
    Werkplan,
    Wijk,
    Wijkcijfer,
    Wijkplatform,
    Wijkraadpleging,
    Wijkteam,
    WijkteamLid,
)

pytestmark = pytest.mark.django_db
ROOMS = ("core", "home", "wijken", "participatie")


def platform() -> Wijkplatform:
    return Wijkplatform.objects.filter(status="actief")[0]


BROKEN = {
    "wijken_platform_ends_after_start": Broken(
        lambda: Wijkplatform(wijk=free_wijk(), status="opgeheven", since=LATER, until=DAY),
        "voordat het begon",
    ),
    "wijken_platform_until_only_when_ended": Broken(
        lambda: Wijkplatform(wijk=free_wijk(), status="actief", since=DAY, until=LATER), "opgeheven platform"
    ),
    "wijken_raadpleging_once_per_day": Broken(
        lambda: twice(lambda: Wijkraadpleging(wijkplatform=platform(), date=DAY)), "bestaat al"
    ),
    "wijken_wijkplan_after_raadpleging": Broken(
        lambda: Wijkraadpleging(wijkplatform=platform(), date=DAY, held=False, wijkplan_offered_on=LATER),
        "pas worden aangeboden",
    ),
    "wijken_response_after_wijkplan": Broken(
        lambda: Wijkraadpleging(
            wijkplatform=platform(), date=DAY, held=True, wijkplan_offered_on=LATER, response_on=DAY
        ),
        "pas antwoorden",
    ),
    "wijken_gesprek_once_per_day": Broken(
        lambda: twice(lambda: Voorzittersgesprek(wijkplatform=platform(), date=DAY)), "bestaat al"
    ),
    "wijken_gesprek_met_allen_once_per_day": Broken(
        lambda: twice(lambda: Voorzittersgesprek(wijkplatform=None, date=DAY)), ""
    ),
    "wijken_werkplan_once_per_year": Broken(
        lambda: twice(lambda: Werkplan(wijkteam=Wijkteam.objects.all()[0], jaar=2050)), "al een werkplan"
    ),
    "wijken_overleg_once_per_day": Broken(
        lambda: twice(lambda: StuurgroepOverleg(stuurgroep=Stuurgroep.objects.all()[0], date=DAY)),
        "bestaat al",
    ),
    "wijken_organisatie_once_per_team": Broken(
        lambda: WijkteamLid(
            wijkteam=WijkteamLid.objects.all()[0].wijkteam,
            organisatie=WijkteamLid.objects.all()[0].organisatie,
        ),
        "bestaat al",
    ),
    "wijken_postcode_once_per_wijk": Broken(
        lambda: Postcodegebied(wijk=Wijk.objects.get(slug="velsen-noord"), pc4="1951"), "bestaat al"
    ),
    "wijken_cijfer_once_per_date": Broken(
        lambda: twice(
            lambda: Wijkcijfer(
                wijk=Wijk.objects.all()[0],
                soort="inwoners",
                waarde="1",
                peildatum=date(1999, 1, 1),
                bron="CBS",
            )
        ),
        "bestaat al",
    ),
    "wijken_organisatie_naam_unique": Broken(
        lambda: twice(lambda: Organisatie(naam="Dubbele club", kind="sport", locale_id=nl())), "bestaat al"
    ),
    "wijken_thema_slug_unique": Broken(
        lambda: twice(lambda: Thema(slug="dubbel", naam="Dubbel", locale_id=nl())), "bestaat al"
    ),
    "home_synoniemen_unique": Broken(
        lambda: twice(lambda: Synoniemen(language="nl", terms="aap, noot")), "bestaat al"
    ),
    "core_zoekterm_unique": Broken(
        lambda: twice(lambda: ZoektermZonderResultaat(term="aap", language="nl", on=DAY)), "bestaat al"
    ),
    "core_blijvend_woord_unique": Broken(lambda: twice(lambda: BlijvendWoord(word="De Stek")), "staat er al"),
    "home_moeilijk_woord_unique": Broken(
        lambda: MoeilijkWoord(word="PARTICIPATIE", alternative="meedoen"), "staat er al"
    ),
    "core_vaste_vertaling_unique": Broken(
        lambda: twice(
            lambda: VasteVertaling(
                blijvend_woord=BlijvendWoord.objects.get_or_create(word="wijkteam")[0],
                language_code="en",
                text="district team",
            )
        ),
        "staat er al",
    ),
    "wijken_adres_once_per_buurt": Broken(
        lambda: twice(lambda: Adresbuurt(postcode="1951QA", huisnummer=1, buurt_code="BU04530500")),
        "staat al",
    ),
    **PLANS,
    **LOTINGEN,
    **DRAWS,
    **KRANT,
}
# The site itself keeps these; no form asks for what they are about.
UNSEEN = {**UNSEEN_LOTINGEN, **UNSEEN_DRAWS, **UNSEEN_KRANT}
# Tables that the site fills by itself; nobody types these.
NOT_TYPED = {
    "core_outbox_message_id_unique",
    "core_outbox_key_unique",
    "core_outbox_next_try_while_waiting",
    "core_outbox_claimed_while_busy",
    "core_outbox_sent_at_when_sent",
    "core_outbox_wiped_only_when_settled",
    "core_rendition_unique",
    "core_bewaarde_vertaling_unique",
    "core_brontekst_unique",
    "core_brontekst_one_current",
    "core_vertaalstand_unique",
    "core_vertaalstand_no_more_missing_than_there_are",
}


def nl() -> int:
    return Thema.objects.source()[0].locale_id


def free_wijk() -> Wijk:
    return Wijk.objects.filter(wijkplatform__isnull=True)[0]


@contextmanager
def refused():
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield caught


def named_constraints() -> set[str]:
    return {
        constraint.name
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for constraint in model._meta.constraints
        if constraint.name.startswith(f"{room}_") and "translation_key" not in constraint.name
    }


def test_every_rule_is_tried() -> None:
    assert named_constraints() - NOT_TYPED == {*BROKEN, *UNSEEN}


@pytest.mark.parametrize("name", [*BROKEN, *UNSEEN])
def test_the_database_refuses(name: str) -> None:
    row = {**BROKEN, **UNSEEN}[name].make()
    with refused() as caught:
        row.save()
    message = str(caught.value)
    if connection.vendor == "postgresql" or "CHECK" in message:
        assert name in message
    else:
        # SQLite names the columns of a unique rule instead.
        assert row._meta.db_table in message or name in message


@pytest.mark.parametrize("name", BROKEN)
def test_a_person_reads_why(name: str) -> None:
    row = BROKEN[name].make()
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    sentences = " ".join(caught.value.messages)
    assert BROKEN[name].sentence in sentences
    assert name not in sentences, "De naam van de regel zegt een redacteur niets."


def test_a_wijk_has_one_platform_at_most() -> None:
    second = Wijkplatform(wijk=platform().wijk, status="in_oprichting")
    with pytest.raises(ValidationError, match="hoogstens één"):
        second.full_clean()
    with refused():
        second.save()


def test_a_wijk_has_exactly_one_team() -> None:
    wijk = Wijk(naam="Nieuwe wijk", slug="nieuwe-wijk", kern="Kern")
    with pytest.raises(ValidationError) as caught:
        wijk.full_clean()
    assert "wijkteam" in caught.value.message_dict
    with refused():
        wijk.save()
    # Another team takes the place of the first; there is no way to have two.
    wijk = Wijk.objects.all()[0]
    other = Wijkteam.objects.exclude(pk=wijk.wijkteam_id)[0]
    wijk.wijkteam = other
    wijk.save()
    assert [team.pk for team in Wijkteam.objects.filter(wijken=wijk)] == [other.pk]


def test_a_buurt_belongs_to_one_wijk() -> None:
    code = Buurt.objects.all()[0].code
    with refused():
        Buurt.objects.create(wijk=Wijk.objects.all()[1], code=code)


@pytest.mark.parametrize("code", ["BU1234567", "BU123456789", "WK12345678", "bu12345678", ""])
def test_a_buurt_code_is_one_of_the_cbs(code: str) -> None:
    with pytest.raises(ValidationError):
        Buurt(wijk=Wijk.objects.all()[0], code=code).full_clean()


@pytest.mark.parametrize("pc4", ["0123", "195", "19511", "195a", "1951 "])
def test_four_digits_of_a_postcode(pc4: str) -> None:
    with pytest.raises(ValidationError):
        Postcodegebied(wijk=Wijk.objects.all()[0], pc4=pc4).full_clean()


def test_the_dates_of_a_raadpleging_may_be_the_same_day() -> None:
    row = Wijkraadpleging(
        wijkplatform=platform(), date=DAY, held=True, wijkplan_offered_on=DAY, response_on=DAY
    )
    row.full_clean()
    row.save()


@pytest.mark.parametrize(
    ("offered", "response", "on", "days"),
    [
        (None, None, date(2026, 11, 22), None),
        (date(2026, 11, 1), None, date(2026, 11, 22), 21),
        (date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 22), 7),
        (date(2026, 11, 1), date(2026, 11, 1), date(2026, 11, 22), 0),
        # Offered tomorrow: nobody is waiting yet.
        (date(2026, 11, 23), None, date(2026, 11, 22), 0),
        (date(2023, 12, 31), None, date(2024, 3, 1), 61),
    ],
)
def test_days_waiting_for_an_answer(
    offered: date | None, response: date | None, on: date, days: int | None
) -> None:
    row = Wijkraadpleging(date=DAY, held=True, wijkplan_offered_on=offered, response_on=response)
    assert row.days_waiting(on=on) == days


@pytest.mark.parametrize(
    "row",
    [
        lambda: Wijk.objects.get(slug="velsen-noord"),
        lambda: Wijkteam.objects.all()[0],
        platform,
        lambda: Werkplan.objects.filter(punten__isnull=False)[0],
        lambda: Organisatie.objects.source().filter(contactpersonen__isnull=False)[0],
        lambda: Stuurgroep.objects.all()[0],
    ],
    ids=["wijk", "wijkteam", "wijkplatform", "werkplan", "organisatie", "stuurgroep"],
)
def test_what_is_still_used_cannot_be_deleted(row: Callable[[], Model]) -> None:
    with pytest.raises(ProtectedError), transaction.atomic():
        row().delete()
