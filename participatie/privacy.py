"""What happens to the data of who signs up, read from the settings of the loting and the form itself.

`participatie/verwerking.html` says it in words, for residents and for the processing register (AVG, art. 30):
one source, so that neither can say something the site does not do.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from participatie.models import Loting
from participatie.seats.retention import most_until
from participatie.signup.drafts import KEPT, KEPT_ON_REQUEST
from participatie.signup.questions import Question, questions_of


@dataclass(frozen=True)
class Processing:
    """The facts of the processing of one loting."""

    loting: Loting
    questions: list[Question]
    # A service outside the municipality is told postcode and house number.
    asks_address_service: bool
    kept_until: datetime
    draft_hours: int
    draft_days_on_request: int


def processing_of(loting: Loting, *, language_code: str) -> Processing:
    return Processing(
        loting=loting,
        questions=questions_of(loting, language_code=language_code),
        asks_address_service=bool(settings.ADDRESS_URL),
        kept_until=most_until(loting),
        draft_hours=int(KEPT.total_seconds() // 3600),
        draft_days_on_request=KEPT_ON_REQUEST.days,
    )
