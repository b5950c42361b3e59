"""Partners, their actions and their messages, for the tests of the action plan on the desk."""

import uuid
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.desk import first
from wijken.actions import add_mijlpaal, publish_voortgang, submit_voortgang
from wijken.models import Actie, Mijlpaal, Organisatie, Planning, Voortgang

SECRET = "Geheim van de schrijver"


def organisatie(naam: str) -> Organisatie:
    found: Organisatie = Organisatie.objects.source().get(naam=naam)
    return found


def velison() -> Organisatie:
    return organisatie("Velison Wonen")


def welzijn() -> Organisatie:
    return organisatie("Stichting Welzijn Velsen")


def actie_of(puller: Organisatie) -> Actie:
    """An action that this organisation pulls alone, with a first step in time to come."""
    template = first(Actie.objects.all())
    number = 1 + max(Actie.objects.filter(actieplan=template.actieplan).values_list("nummer", flat=True))
    actie = Actie.objects.create(
        actieplan=template.actieplan, nummer=number, naam=f"Nieuw werk {number}", kosten_reden="nvt"
    )
    actie.trekkers.add(puller)
    return actie


def step_of(actie: Actie, naam: str = "Start van de bouw", periode: str = "2040") -> Mijlpaal:
    return add_mijlpaal(actie=actie, naam=naam, periode=periode, vastgelegd_op=date(2024, 1, 1))


def message_of(actie: Actie, by: Organisatie, **values: Any) -> Voortgang:
    defaults = {"datum": timezone.localdate(), "tekst": SECRET}
    created: Voortgang = Voortgang.objects.create(actie=actie, organisatie=by, **{**defaults, **values})
    return created


def submitted(actie: Actie, by: Organisatie, **values: Any) -> Voortgang:
    return submit_voortgang(voortgang=message_of(actie, by, **values))


def published(actie: Actie, by: Organisatie, **values: Any) -> Voortgang:
    return publish_voortgang(voortgang=submitted(actie, by, **values))


def filled_in(**values: Any) -> dict[str, Any]:
    """The message form as a browser sends it, with only the news filled in."""
    empty = {
        "sleutel": str(uuid.uuid4()),
        "datum": timezone.localdate().isoformat(),
        "tekst": "Er is nieuws.",
        **dict.fromkeys(("verandering", "mijlpaal", "gehaald_op", "zekerheid", "reden", "foto_alt"), ""),
        **dict.fromkeys((f"periode_{name}" for name in ("part", "year", "until_part", "until_year")), ""),
    }
    return {**empty, **values}


def promised(**values: Any) -> dict[str, Any]:
    """The planning form as a browser sends it."""
    empty = {
        "zekerheid": "verwacht",
        "voorwaarde": "",
        "na": "",
        "periode_part": "Q2",
        "periode_year": "2041",
        "periode_until_part": "",
        "periode_until_year": "",
    }
    return {**empty, **values}


def photo(name: str = "Jan Jansen op straat.JPG", size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", size, (60, 120, 90)).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")


def promises(step: Mijlpaal) -> list[tuple[int, str, str]]:
    rows = Planning.objects.source().filter(mijlpaal=step).order_by("volgnummer")
    return [(row.volgnummer, row.periode, row.reden) for row in rows]
