"""Rows of the wijkkrant that each break one rule; tests/wijken/test_rules.py tries them with the others."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from core.models import User
from home.models import (
    Abonnee,
    Drukgang,
    Drukwerk,
    Editie,
    Editiestap,
    Kopij,
    Kopijconcept,
    Kopijconceptfoto,
    Kopijfoto,
    Mailing,
    Proefdruk,
    Redactielid,
)
from tests.wijken.broken import Broken, twice
from wijken.models import Wijk

DEADLINE, FIRST_DAY, LAST_DAY = date(2031, 2, 1), date(2031, 3, 1), date(2031, 3, 5)
HASH = "0" * 64


def somebody() -> User:
    return User.objects.get_or_create(username="proef")[0]


def edition(**facts: Any) -> Editie:
    given = {
        "wijk": Wijk.objects.get(slug="velsen-noord"),
        "seizoen": "voorjaar",
        "jaar": 2031,
        "kopij_tot": DEADLINE,
        "bezorgd_van": FIRST_DAY,
        "bezorgd_tot": LAST_DAY,
    }
    return Editie(**{**given, **facts})


def stored_edition() -> Editie:
    row = edition()
    found = Editie.objects.filter(wijk=row.wijk, jaar=row.jaar, seizoen=row.seizoen).first()
    if found is None:
        row.save()
    return found or row


def kopij(**facts: Any) -> Kopij:
    given = {
        "wijk": stored_edition().wijk,
        "editie": stored_edition(),
        "bonnummer": uuid4().hex[:10],
        "taal": "nl",
        "titel": "Proef",
        "tekst": "Proef",
        "naam": "Proef",
    }
    return Kopij(**{**given, **facts})


def foto(**facts: Any) -> Kopijfoto:
    of = Kopij.objects.filter(editie=stored_edition()).first() or kopij()
    of.save()
    given = {
        "kopij": of,
        "nummer": 1,
        "inhoud": "cHJvZWY=",
        "klein": "cHJvZWY=",
        "breedte": 1,
        "hoogte": 1,
        "beschrijving": "Proef",
        "toestemming": "niemand",
    }
    return Kopijfoto(**{**given, **facts})


def conceptfoto(**facts: Any) -> Kopijconceptfoto:
    concept, _made = Kopijconcept.objects.get_or_create(
        formulier_hash=HASH, defaults={"wijk": stored_edition().wijk, "verloopt_op": timezone.now()}
    )
    given = {
        "concept": concept,
        "nummer": 1,
        "inhoud": "cHJvZWY=",
        "klein": "cHJvZWY=",
        "breedte": 1,
        "hoogte": 1,
    }
    return Kopijconceptfoto(**{**given, **facts})


def abonnee() -> Abonnee:
    return Abonnee(
        wijk=stored_edition().wijk,
        taal="nl",
        mail="proef@example.nl",
        mail_index=HASH,
        bevestig_hash=uuid4().hex,
    )


def mailing(**facts: Any) -> Mailing:
    return Mailing(**{"editie": stored_edition(), "door": somebody(), "aantal": 3, **facts})


def drukwerk() -> Drukwerk:
    return Drukwerk(
        editie=stored_edition(),
        taal="nl",
        formaat="a4",
        door=somebody(),
        paginas=4,
        vingerafdruk=HASH,
        inhoud=b"%PDF",
    )


def proefdruk(**facts: Any) -> Proefdruk:
    return Proefdruk(**{"editie": stored_edition(), "taal": "nl", "door": somebody(), **facts})


def drukgang(**facts: Any) -> Drukgang:
    return Drukgang(**{"editie": stored_edition(), "door": somebody(), "totaal": 3, **facts})


def stap() -> Editiestap:
    return Editiestap(editie=stored_edition(), van="kopij", naar="redactie", door=somebody())


KRANT = {
    "home_editie_once_per_season": Broken(lambda: twice(edition), "al een editie van dit seizoen"),
    "home_editie_delivered_after_deadline": Broken(
        lambda: edition(kopij_tot=FIRST_DAY), "na de laatste dag voor kopij"
    ),
    "home_editie_delivery_window": Broken(
        lambda: edition(bezorgd_van=LAST_DAY, bezorgd_tot=FIRST_DAY), "niet eerder dan de eerste"
    ),
    "home_editie_whole_sheets": Broken(lambda: edition(paginas=10), "vier bladzijden"),
    "home_editie_known_state": Broken(lambda: edition(staat="zoek"), "staat bestaat niet"),
    "home_redactielid_once": Broken(
        lambda: twice(lambda: Redactielid(user=somebody(), wijk=stored_edition().wijk)), "al in de redactie"
    ),
    "home_kopij_used_has_article": Broken(
        lambda: kopij(staat="gebruikt", behandeld_op=timezone.now()), "heeft een artikel"
    ),
    "home_kopij_decided_has_moment": Broken(lambda: kopij(staat="later"), "heeft een moment"),
    "home_drukwerk_once_per_format": Broken(lambda: twice(drukwerk), "al vastgelegd"),
    "home_kopij_known_state": Broken(
        lambda: kopij(staat="zoek", behandeld_op=timezone.now()), "geen geldige keuze"
    ),
}
# The site itself keeps these; no form asks for what they are about.
UNSEEN_KRANT = {
    "home_kopijfoto_once_per_number": Broken(lambda: twice(foto), ""),
    "home_kopijfoto_has_size": Broken(lambda: foto(breedte=0), ""),
    "home_kopijconceptfoto_once_per_number": Broken(lambda: twice(conceptfoto), ""),
    "home_kopijconceptfoto_has_size": Broken(lambda: conceptfoto(hoogte=0), ""),
    "home_abonnee_once_per_wijk": Broken(lambda: twice(abonnee), ""),
    "home_mailing_has_rate": Broken(lambda: mailing(per_minuut=0), ""),
    "home_proefdruk_done_has_pages": Broken(lambda: proefdruk(klaar_op=timezone.now()), ""),
    "home_proefdruk_one_at_a_time": Broken(lambda: twice(proefdruk), ""),
    "home_drukgang_one_at_a_time": Broken(lambda: twice(drukgang), ""),
    "home_drukgang_not_past_its_total": Broken(lambda: drukgang(gedaan=4), ""),
}


def saved[T: (Drukwerk, Editiestap, Mailing)](row: T) -> T:
    row.save()
    return row
