import pytest

from core.models import User


@pytest.fixture
def beheerder_of_copy(database_to_lose: None) -> User:
    """Somebody who sends, in a database to lose."""
    return User.objects.create_superuser("beheer-kopie", "beheer@example.nl")
