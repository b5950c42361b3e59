"""What happens to what people send in, read from the models and the form themselves.

`krant/kopij/verwerking.html` says it in words, for residents and for the processing register (AVG, art. 30).
"""

from dataclasses import dataclass

from home.krant.kopij.drafts import KEPT
from home.krant.kopij.questions import QUESTIONS, Question
from home.models import Editie, Kopij


@dataclass(frozen=True)
class Processing:
    """The facts of the processing: what is asked, and the terms in days and hours."""

    questions: tuple[Question, ...] = QUESTIONS
    days_after_delivery: int = Editie.KOPIJ_KEPT.days
    days_without_edition: int = Kopij.KEPT_WITHOUT_EDITION.days
    draft_hours: int = int(KEPT.total_seconds() // 3600)
