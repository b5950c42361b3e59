"""Counting what residents answer to “Merkt u hier iets van?”. Counts per day are kept, never who answered.

A form carries a signed number that is its receipt number as well. The cache remembers for a day which
numbers were counted, so a form that is sent twice counts once.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from core.cache import content_changed
from core.models import User
from core.open_forms import MAX_SECONDS, OpenForm, is_form_number
from wijken.models import Actie, Antwoord, Terugblik

TALLY_ACTION = "wijken.tally"


def about(terugblik: Terugblik) -> str:
    """What a form about a look-back is known by."""
    return f"wijken.answers:{terugblik.pk}"


@dataclass(frozen=True)
class Receipt:
    """What was counted and when, for the one who sent it. It says nothing of who that was."""

    number: str
    terugblik_id: int
    actie_id: int | None
    keuze: Antwoord.Keuze
    at: datetime

    @classmethod
    def find(cls, number: str, *, terugblik: Terugblik) -> "Receipt | None":
        """The receipt with a number; None for a number that is unknown, or forgotten by now."""
        if not is_form_number(number):
            return None
        held: Receipt | None = cache.get(_key(number))
        return held if held and held.terugblik_id == terugblik.pk else None


def _key(number: str) -> str:
    return f"answer:{number}"


@transaction.atomic
def count_answer(
    *,
    terugblik: Terugblik,
    actie: Actie | None,
    keuze: str,
    dag: date,
    kanaal: str = Antwoord.Kanaal.WEB,
) -> None:
    """One more of an answer on a day. The database adds, so no answer is lost when many come at once."""
    row: dict[str, object] = {
        "terugblik": terugblik,
        "actie": actie,
        "keuze": keuze,
        "kanaal": kanaal,
        "dag": dag,
    }
    if _one_more(row):
        return
    try:
        with transaction.atomic():
            Antwoord.objects.create(**row, aantal=1)
    except IntegrityError:
        # Somebody else was first today with this same answer.
        _one_more(row)


def _one_more(row: dict[str, object]) -> bool:
    return bool(Antwoord.objects.filter(**row).update(aantal=F("aantal") + 1))


def receive_answer(
    *, terugblik: Terugblik, form: OpenForm, actie: Actie | None, keuze: str
) -> tuple[Receipt, bool]:
    """Count a form, and say whether it is counted now (True) or was already (False)."""
    with transaction.atomic():
        # Whoever presses twice waits here for the first time to be counted.
        Terugblik.objects.select_for_update(no_key=True).get(pk=terugblik.pk)
        if held := Receipt.find(form.number, terugblik=terugblik):
            return held, False
        now = timezone.now()
        receipt = Receipt(form.number, terugblik.pk, actie.pk if actie else None, Antwoord.Keuze(keuze), now)
        count_answer(terugblik=terugblik, actie=actie, keuze=keuze, dag=timezone.localdate(now))
        cache.set(_key(form.number), receipt, MAX_SECONDS)
    return receipt, True


# --- paper, counted by staff at the desk ----------------------------------------------------------

# What was answered on paper on a day: {(id of the action or None, answer): count}.
type Tally = dict[tuple[int | None, str], int]


class ChangedMeanwhileError(Exception):
    """A colleague entered other numbers for the same day since this screen was opened."""


def tally_of(terugblik: Terugblik, *, dag: date) -> Tally:
    """What was entered for a day. Without the answers that are nought."""
    rows = Antwoord.objects.filter(terugblik=terugblik, dag=dag, kanaal=Antwoord.Kanaal.PAPIER, aantal__gt=0)
    return {(actie, keuze): aantal for actie, keuze, aantal in rows.values_list("actie", "keuze", "aantal")}


@dataclass(frozen=True)
class TallyChange:
    """One number that somebody entered or corrected."""

    actie_id: int | None
    keuze: str
    before: int
    after: int


@transaction.atomic
def set_tally(*, terugblik: Terugblik, dag: date, wanted: Tally, seen: Tally, by: User) -> list[TallyChange]:
    """Make the paper answers of a day what is wanted, and write down who changed what.

    `seen` is what the screen showed. ChangedMeanwhileError when that is no longer so.
    """
    Terugblik.objects.select_for_update(no_key=True).get(pk=terugblik.pk)
    stored = tally_of(terugblik, dag=dag)
    if stored != seen:
        raise ChangedMeanwhileError
    changes = [
        TallyChange(actie_id, keuze, stored.get((actie_id, keuze), 0), count)
        for (actie_id, keuze), count in wanted.items()
        if count != stored.get((actie_id, keuze), 0)
    ]
    for change in changes:
        Antwoord.objects.update_or_create(
            terugblik=terugblik,
            actie_id=change.actie_id,  # type: ignore[misc]
            keuze=change.keuze,
            kanaal=Antwoord.Kanaal.PAPIER,
            dag=dag,
            defaults={"aantal": change.after},
        )
    if changes:
        log(
            instance=terugblik,
            action=TALLY_ACTION,
            user=by,
            data={
                "dag": dag.isoformat(),
                "changes": [[c.actie_id, c.keuze, c.before, c.after] for c in changes],
            },
        )
        # Days that have passed are on the site already.
        if dag < timezone.localdate():
            content_changed()
    return changes
