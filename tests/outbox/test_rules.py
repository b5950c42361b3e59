"""What the database does not let anybody write about a mail."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import OutboxMail
from tests.outbox.mails import write

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("core_outbox_next_try_while_waiting", {"next_try_at": None}),
        ("core_outbox_next_try_while_waiting", {"state": "mislukt"}),
        ("core_outbox_claimed_while_busy", {"state": "bezig", "next_try_at": None}),
        ("core_outbox_claimed_while_busy", {"claimed_at": NOW}),
        ("core_outbox_sent_at_when_sent", {"state": "verzonden", "next_try_at": None}),
        ("core_outbox_wiped_only_when_settled", {"wiped_at": NOW}),
        (
            "core_outbox_wiped_only_when_settled",
            {"state": "bezig", "claimed_at": NOW, "next_try_at": None, "wiped_at": NOW},
        ),
    ],
)
def test_a_mail_is_in_one_state_only(rule: str, changes: dict[str, Any]) -> None:
    mail = write()
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        OutboxMail.objects.filter(pk=mail.pk).update(**changes)


@pytest.mark.parametrize("name", ["message_id", "key"])
def test_a_mail_stands_in_the_outbox_once(name: str) -> None:
    first, second = write(key="een"), write(key="twee")
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMail.objects.filter(pk=second.pk).update(**{name: getattr(first, name)})
