"""The printed papers of the demo: made by the worker while the site already answers."""

import logging

from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from core.pdf import PdfNotAvailable
from home.krant.printing import freeze
from home.models import Editie

log = logging.getLogger(__name__)


@task()
def print_papers() -> None:
    """The final files of every edition that is out: cut off halfway, it goes on where it was."""
    for editie in Editie.objects.filter(staat=Editie.Staat.UIT).select_related("wijk"):
        try:
            freeze(editie)
        except PdfNotAvailable:
            # The site says that there is no paper.
            log.warning("voorbeeldgemeente: geen krant op papier, want Pango is er niet")
            return


def go_on() -> None:
    """Let the worker finish what it was doing when it was stopped."""
    asked = DBTaskResult.objects.filter(task_path=print_papers.module_path)
    asked.filter(status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.READY)
