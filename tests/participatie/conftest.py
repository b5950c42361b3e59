from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from participatie.models import Loting


@pytest.fixture
def loting(db):
    """The open loting of the demo, while its window is open."""
    found = Loting.objects.get(slug="velsen-noord")
    with time_machine.travel(found.opent_op + timedelta(days=20), tick=True):
        assert found.is_accepting(at=timezone.now())
        yield found
