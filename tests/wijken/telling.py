"""Messages and promises about actions of the demo, made the way the desk makes them."""

from datetime import date
from typing import Any

from wijken.actions import publish_voortgang, start_correction, submit_voortgang
from wijken.models import Actie, Mijlpaal, Organisatie, Voortgang


def actie(nummer: int, plan: str = "actieplan") -> Actie:
    """An action of Velsen-Noord."""
    return Actie.objects.get(actieplan__slug=plan, actieplan__wijk__slug="velsen-noord", nummer=nummer)


def steps(of: Actie) -> list[Mijlpaal]:
    return list(Mijlpaal.objects.source().filter(actie=of).order_by("order"))


def draft(of: Actie, on: date, tekst: str, **more: Any) -> Voortgang:
    organisatie = of.trekkers.first() or Organisatie.objects.source()[0]
    return Voortgang.objects.create(actie=of, organisatie=organisatie, datum=on, tekst=tekst, **more)


def tell(of: Actie, on: date, tekst: str, **more: Any) -> Voortgang:
    """A published message."""
    return publish_voortgang(voortgang=submit_voortgang(voortgang=draft(of, on, tekst, **more)))


def correct(wrong: Voortgang, tekst: str) -> Voortgang:
    """A published message that takes the place of another one."""
    better = start_correction(voortgang=wrong, organisatie=wrong.organisatie)
    better.tekst = tekst
    better.save()
    return publish_voortgang(voortgang=submit_voortgang(voortgang=better))
