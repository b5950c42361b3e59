"""The lists, worked out by somebody who may be cut off at any moment."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from participatie.draw import computing
from participatie.draw.checks import what_stops_the_lists
from participatie.draw.pool import NOT_ANSWERED, pool_of
from participatie.draw.publishing import publication_for, seed_of
from participatie.models import Antwoordoptie, Trekking
from participatie.sortition.checks import wrong_lists
from participatie.sortition.publication.files import TICKETS
from participatie.sortition.solver import SolverGaveUp
from tests.participatie.draw.ceremonies import Ceremony

pytestmark = pytest.mark.django_db
Stand = Trekking.Stand


class Killed(BaseException):
    """As when the process is gone."""


def killed_at(moment: str) -> Any:
    def tell(step: str, done: int, total: int) -> None:
        if step == moment and done >= total // 2:
            raise Killed

    return tell


def test_who_is_cut_off_begins_again_and_gets_the_same_lists(draw: Ceremony) -> None:
    draw.to("bevroren")
    trekking = draw.trekking
    for moment in ("check", "relaxation", "panels", "seating"):
        assert computing.begin(trekking=trekking, in_background=False)
        with pytest.raises(Killed):
            computing.work_out(trekking, progress=killed_at(moment))
        assert draw.trekking.stand == Stand.BEZIG
        # Nobody is at it any more, but that is not known at once.
        assert not computing.begin(trekking=draw.trekking, in_background=False)
        draw.at(timezone.now() + computing.SILENCE + timedelta(seconds=1))
    draw.berekend()
    first = draw.trekking.berekening
    assert len(first["lists"]) == draw.trekking.aantal_lijsten
    assert wrong_lists(pool_of(draw.trekking), first["lists"]) == []
    Trekking.objects.filter(pk=trekking.pk).update(stand=Stand.NIET, berekening=None)
    draw.berekend()
    assert draw.trekking.berekening["lists"] == first["lists"]


def test_the_seed_is_that_of_the_published_lots(draw: Ceremony) -> None:
    from hashlib import sha256

    draw.to("berekend")
    files = publication_for(draw.trekking, ronde=1).files
    seed = draw.trekking.berekening["seed"]
    assert seed == seed_of(draw.trekking) == sha256(files[TICKETS]).hexdigest()


def test_the_clock_gives_a_worker_again_what_was_cut_off(draw: Ceremony) -> None:
    draw.to("bevroren")
    computing.begin(trekking=draw.trekking, in_background=False)
    assert computing.resume(now=timezone.now()) == 0
    draw.at(timezone.now() + computing.SILENCE + timedelta(seconds=1))
    assert computing.resume(now=timezone.now()) == 1
    assert draw.trekking.stand == Stand.KLAAR
    assert computing.resume(now=timezone.now()) == 0


def test_two_at_once_keep_one_outcome(draw: Ceremony) -> None:
    draw.to("bevroren")
    computing.begin(trekking=draw.trekking, in_background=False)
    stale = draw.trekking
    computing.work_out(draw.trekking)
    kept = draw.trekking.berekening
    assert computing.work_out(stale).berekening == kept
    assert not computing.begin(trekking=draw.trekking)


@pytest.mark.parametrize("error", [SolverGaveUp("unknown"), ZeroDivisionError()])
def test_what_goes_wrong_is_said_in_plain_words(
    draw: Ceremony, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw.to("bevroren")

    def fails(*args: Any, **kwargs: Any) -> None:
        raise error

    computing.begin(trekking=draw.trekking, in_background=False)
    with monkeypatch.context() as patch:
        patch.setattr(computing, "leximin", fails)
        made = computing.work_out(draw.trekking)
    assert made.stand == Stand.MISLUKT
    assert made.melding.endswith(".") and "Error" not in made.melding
    draw.berekend()
    assert draw.trekking.melding == ""


def test_people_without_an_answer_are_drawn_as_well(draw: Ceremony) -> None:
    draw.to("berekend")
    pool = pool_of(draw.trekking)
    silent = {one.id for one in pool.people if NOT_ANSWERED in one.values.values()}
    assert silent
    chances = draw.trekking.berekening["chances"]
    assert min(chances[id] for id in silent) > 0


def test_quotas_that_cannot_be_met_say_what_would_help(draw: Ceremony) -> None:
    draw.to("verstuurd")
    options = Antwoordoptie.objects.source().filter(kenmerk__loting=draw.loting, kenmerk__code="leeftijd")
    options.filter(code="16-24").update(minimum=9, maximum=9)
    said = what_stops_the_lists(draw.trekking)
    assert said and all(line.endswith(".") for line in said)
    assert any("16 tot en met 24 jaar" in line for line in said), said
    assert any(line.startswith("Het kan wel met") for line in said), said
    draw.at(draw.trekking.bezwaar_tot + timedelta(minutes=1))
    with pytest.raises(ValidationError, match="Het kan wel met"):
        draw.bevroren()


def test_who_can_never_be_drawn_is_a_warning(draw: Ceremony) -> None:
    draw.to("verstuurd")
    options = Antwoordoptie.objects.source().filter(kenmerk__loting=draw.loting, kenmerk__code="leeftijd")
    options.filter(code="16-24").update(minimum=0, maximum=0)
    said = what_stops_the_lists(draw.trekking)
    assert any("nooit geloot" in line and "16 tot en met 24 jaar" in line for line in said), said
