import pytest

from core.models import User
from participatie.models import Loting
from participatie.seats.actions import offer_seats
from tests.desk import account
from tests.participatie.drawn import small_draw


@pytest.fixture
def by(db: None) -> User:
    return account("lotingbeheerder", name="beheert-loting")


@pytest.fixture
def drawn_loting(db: None) -> Loting:
    """Three seats, three lots drawn, five reserves of whom four were promised."""
    return small_draw()


@pytest.fixture
def offered(drawn_loting: Loting, by: User) -> Loting:
    """The same with a seat offered to each of the three."""
    assert offer_seats(loting=drawn_loting, by=by) == 3
    return drawn_loting
