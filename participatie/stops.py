"""What stands in the way of the next step of a loting, each a sentence for whoever wants to take it."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from participatie.draw.checks import trekking_of, what_stops_freezing
from participatie.draw.lots import undecided
from participatie.models import Aanmelding, Antwoordoptie, Kenmerk, Loting, Staat, Uitkomst, Vastlegging
from participatie.quotas import holding, problems_of
from participatie.seats.standing import what_stops_seats


def what_stops(loting: Loting, naar: str) -> Iterable[str]:
    """The reasons, each a sentence, why a loting cannot go there yet."""
    now = timezone.now()
    if naar == Staat.OPEN:
        if loting.sluit_op <= now:
            yield _("De dag waarop aanmelden stopt, is al voorbij. Kies eerst een latere dag.")
        if not loting.pages.filter(live=True).exists():
            yield _("Er is nog geen pagina over deze loting. Maak die eerst en publiceer haar.")
        # Of each answer the row itself, not its words in other languages.
        answers = Prefetch("opties", Antwoordoptie.objects.source())
        quotas = holding(loting)
        for kenmerk in Kenmerk.objects.source().filter(loting=loting).prefetch_related(answers):
            counted = [(option, quotas.of(option).now) for option in kenmerk.opties.all()]
            for problem in problems_of(counted, seats=loting.zetels):
                yield _("Bij “%(vraag)s”: %(problem)s") % {"vraag": kenmerk.vraag, "problem": problem}
        if loting.staat == Staat.GESLOTEN and trekking_of(loting):
            yield _("De loten zijn al uitgedeeld.")
    promised = Vastlegging.objects.filter(trekking__loting=loting, trekking__is_proef=False)
    if naar == Staat.GESLOTEN and promised.exists():
        yield _("De lijsten zijn al vastgelegd. Wie meedoet, blijft staan.")
    if naar == Staat.GETROKKEN and not Uitkomst.objects.filter(
        trekking__loting=loting, trekking__is_proef=False
    ):
        yield _("Er is nog niet geloot.")
    if naar == Staat.BEVROREN:
        waiting = (
            Aanmelding.objects.standing()
            .filter(loting=loting, geschiktheid=Aanmelding.Geschiktheid.CONTROLEREN)
            .count()
        )
        if waiting:
            yield undecided(waiting)
        yield from what_stops_freezing(loting, now=now)
    yield from what_stops_seats(loting, naar)
