"""What stands in the way of a draw, each a sentence for whoever prepares it."""

from collections.abc import Iterable
from datetime import datetime

from django.core.cache import cache
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from participatie.draw import recorded
from participatie.models import Bezwaar, Loting, Trekking, Vorm

# What was worked out for the same lots and quotas need not be worked out again for each look at a screen.
KEPT_SECONDS = 24 * 3600


def trekking_of(loting: Loting) -> Trekking | None:
    """The real draw of a loting, once its lots are handed out."""
    return loting.trekkingen.filter(is_proef=False).first()


def what_stops_freezing(loting: Loting, *, now: datetime) -> Iterable[str]:
    """Why the participants cannot stand yet."""
    trekking = trekking_of(loting)
    if trekking is None:
        yield _("De loten zijn nog niet uitgedeeld.")
        return
    trekking.loting = loting
    if recorded.differ(trekking):
        yield _("Er is iets veranderd aan wie meedoet. Werk eerst de loten bij.")
    if trekking.loten_verstuurd_op is None:
        yield _("De lotnummers zijn nog niet verstuurd.")
    elif count := trekking.loten.filter(verstuurd_op=None).count():
        yield ngettext(
            "Van %(count)d lot is nog geen bericht verstuurd.",
            "Van %(count)d loten is nog geen bericht verstuurd.",
            count,
        ) % {"count": count}
    if now <= trekking.bezwaar_tot:
        yield _("Tot en met de laatste dag mag iedereen nog zeggen dat er iets niet klopt.")
    if count := Bezwaar.objects.filter(lot__trekking=trekking, besluit=Bezwaar.Besluit.OPEN).count():
        yield ngettext(
            "Over %(count)d bezwaar is nog niet besloten.",
            "Over %(count)d bezwaren is nog niet besloten.",
            count,
        ) % {"count": count}
    if loting.vorm == Vorm.LIJSTEN:
        yield from what_stops_the_lists(trekking)


def what_stops_the_lists(trekking: Trekking) -> list[str]:
    """Why no fair lists can be made with these quotas, and what would help."""
    from participatie.draw.publishing import basis_of
    from participatie.draw.sentences import problems_of_pool

    key = f"loting-lijsten:{get_language()}:{basis_of(trekking)}"
    known: list[str] | None = cache.get(key)
    if known is None:
        known = problems_of_pool(trekking)
        cache.set(key, known, KEPT_SECONDS)
    return known
