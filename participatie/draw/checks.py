"""What stands in the way of a draw, each a sentence for whoever prepares it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from participatie.models import Bezwaar, Loting, Trekking, Vorm


def trekking_of(loting: Loting) -> Trekking | None:
    """The real draw of a loting, once its lots are handed out."""
    return loting.trekkingen.filter(is_proef=False).first()


def what_stops_freezing(loting: Loting, *, now: datetime) -> Iterable[str]:
    """Why the participants cannot stand yet."""
    trekking = trekking_of(loting)
    if trekking is None:
        yield _("De loten zijn nog niet uitgedeeld.")
        return
    if trekking.loten_verstuurd_op is None:
        yield _("De lotnummers zijn nog niet verstuurd.")
    if now <= trekking.bezwaar_tot:
        yield _("Tot en met de laatste dag mag iedereen nog zeggen dat er iets niet klopt.")
    if count := Bezwaar.objects.filter(lot__trekking=trekking, besluit=Bezwaar.Besluit.OPEN).count():
        yield _("Over %(count)d bezwaren is nog niet besloten.") % {"count": count}
    if loting.vorm == Vorm.LIJSTEN:
        yield from what_stops_the_lists(trekking)


def what_stops_the_lists(trekking: Trekking) -> Iterable[str]:
    """Why no fair lists can be made with these quotas."""
    return ()
