"""How the seats of a loting stand: who was asked, who sits, what is free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from participatie.models import Bezetting, Loting, Staat, Zetel, Zetelaanbod
from participatie.seats.term import term_ends_on

Stand = Zetelaanbod.Stand
# The lot of an offer, without what is sealed in it.
SEALED_OF_LOT = ("lot__zout", "lot__kenmerken")


@dataclass(frozen=True)
class SeatNow:
    """A seat as it stands: what was offered last, and who sits on it."""

    zetel: Zetel
    aanbiedingen: list[Zetelaanbod]
    bezetting: Bezetting | None

    @property
    def aanbod(self) -> Zetelaanbod | None:
        """The offer that counts: of who sits there, or the last one."""
        if self.bezetting:
            return next(row for row in self.aanbiedingen if row.pk == self.bezetting.aanbod_id)
        return self.aanbiedingen[-1] if self.aanbiedingen else None

    @property
    def is_asked(self) -> bool:
        return bool(self.aanbod and self.aanbod.stand == Stand.OPEN)

    @property
    def is_free(self) -> bool:
        return self.bezetting is None and not self.is_asked


def seats_of(loting: Loting) -> list[SeatNow]:
    """Every seat of a loting, in order. Three queries, nothing sealed."""
    offers = Zetelaanbod.objects.select_related("lot__aanmelding").defer(*SEALED_OF_LOT)
    rows = Zetel.objects.filter(loting=loting).order_by("nummer")
    sitting = Prefetch("bezettingen", Bezetting.objects.filter(tot__isnull=True))
    found = []
    for zetel in rows.prefetch_related(
        Prefetch("aanbiedingen", offers.order_by("aangeboden_op", "pk")), sitting
    ):
        zetel.loting = loting
        found.append(
            SeatNow(zetel, list(zetel.aanbiedingen.all()), next(iter(zetel.bezettingen.all()), None))
        )
    return found


def what_stops_seats(loting: Loting, naar: str, *, now: datetime | None = None) -> Iterable[str]:
    """The reasons, each a sentence, why the seats do not allow a step of their loting."""
    if naar == Staat.BEZET:
        seats = seats_of(loting)
        free = sum(seat.bezetting is None for seat in seats)
        if not seats or free:
            yield _("Nog niet alle zetels zijn bezet.")
    if naar == Staat.AFGEROND:
        ends_on = term_ends_on(loting)
        if ends_on is None or timezone.localdate(now) < ends_on:
            yield _("De termijn van de zetels is nog niet voorbij.")
