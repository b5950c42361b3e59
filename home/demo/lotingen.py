"""Builds the lotingen of the demo: the register, its features, and its first step once its page is there."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from participatie.models import Antwoordoptie, Kenmerk, Loting, Lotingstap, Staat
from participatie.quotas import fill_from_wijk
from participatie.samples import make_sign_ups
from wijken.models import Plek, Wijk

Row = dict[str, Any]
SEED = 2026
CLOSING_TIME, DRAW_TIME = time(20), time(19, 30)


def build_loting(row: Row, wijken: dict[str, Wijk], plekken: dict[str, Plek], *, today: date) -> Loting:
    """One loting with its features, still being prepared. Its days lie around today."""

    def moment(name: str, at: time) -> datetime:
        return timezone.make_aware(datetime.combine(today + timedelta(days=row[f"{name}_over_dagen"]), at))

    loting = Loting(
        naam=row["naam"],
        slug=row["slug"],
        wijk=wijken[row["wijk"]],
        opent_op=moment("opent", time(9)),
        sluit_op=moment("sluit", CLOSING_TIME),
        trekking_op=moment("trekking", DRAW_TIME),
        trekking_plek=plekken[row["trekking_plek"]],
        **{
            name: row[name]
            for name in (
                "zetels",
                "reserves",
                "termijn_maanden",
                "minimumleeftijd",
                "een_per_adres",
                "vorm",
                "bezwaar_dagen",
                "antwoord_dagen",
                "bewaren_dagen",
                "is_voorbeeld",
            )
        },
    )
    loting.full_clean()
    loting.save()
    for order, feature in enumerate(row["kenmerken"]):
        options = feature["opties"]
        kenmerk = Kenmerk.objects.create(
            loting=loting, order=order, **{name: feature[name] for name in feature if name != "opties"}
        )
        for place, option in enumerate(options):
            Antwoordoptie.objects.create(kenmerk=kenmerk, order=place, **option)
    fill_from_wijk(loting)
    return loting


def open_loting(loting: Loting, row: Row) -> None:
    """It was opened on its first day, and people signed up since."""
    Lotingstap.objects.create(
        loting=loting, van=Staat.CONCEPT, naar=Staat.OPEN, op=loting.opent_op, reden=row["reden_open"]
    )
    loting.staat = Staat.OPEN
    loting.save(update_fields=["staat"])
    make_sign_ups(loting, count=row["aanmeldingen"], seed=SEED)
