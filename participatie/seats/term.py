"""How long somebody sits on a seat: all seats of a draw end on the same day, whenever they were filled."""

from datetime import date, datetime, time

from django.utils import timezone

from participatie.models import Loting, Uitkomst
from wijken.monitor.periods import add_months


def term_ends_on(loting: Loting) -> date | None:
    """The first day after the term: so many months after the draw. None when nothing was drawn yet."""
    drawn_at = (
        Uitkomst.objects.filter(trekking__loting=loting, trekking__is_proef=False)
        .values_list("op", flat=True)
        .first()
    )
    if drawn_at is None:
        return None
    return add_months(timezone.localdate(drawn_at), loting.termijn_maanden)


def start_of(day: date) -> datetime:
    """The moment at which a day begins here."""
    return timezone.make_aware(datetime.combine(day, time()))
