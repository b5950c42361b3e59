"""What residents ask about their own data that takes more than one step."""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from core.sealing import SealError
from participatie import mails
from participatie.identity import mail_index
from participatie.models import Aanmelding, Linkverzoek, Loting, PersoonlijkeLink

log = logging.getLogger(__name__)

# Nobody's mailbox is filled by somebody who knows their number.
MOST_LINKS, WITHIN = 3, timedelta(hours=1)


@transaction.atomic
def ask_link(*, loting: Loting, bonnummer: str, mail: str) -> None:
    """Keep a request for a new link. It does the same for everybody, known or not."""
    typed: Any = {"bonnummer": bonnummer, "mail": mail}
    Linkverzoek.objects.create(loting=loting, gegevens=typed)
    # Without a worker the clock finds it all the same.
    transaction.on_commit(lambda: answer_in_background.enqueue(), robust=True)


@task()
def answer_in_background() -> None:
    answer_link_requests()


def answer_link_requests() -> int:
    """Mail a link to whoever asked for one and is known here. Returns how many mails were written."""
    written = 0
    for pk in list(Linkverzoek.objects.order_by("pk").values_list("pk", flat=True)):
        try:
            written += _answer(pk)
        except SealError:
            # Sealed with a key that is gone: nobody will ever read it.
            log.exception("a request for a link cannot be read")
            Linkverzoek.objects.filter(pk=pk).defer("gegevens").delete()
    return written


@transaction.atomic
def _answer(pk: int) -> bool:
    asked = Linkverzoek.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if asked is None:
        # Another worker has it.
        return False
    typed: Any = asked.gegevens
    found = (
        Aanmelding.objects.filter(
            loting=asked.loting_id,
            bonnummer=typed["bonnummer"],
            persoon__mail_index=mail_index(typed["mail"]),
        )
        .exclude(persoon__mail_index="")
        .select_related("loting", "persoon")
        .first()
    )
    asked.delete()
    if found is None:
        return False
    lately = found.links.filter(
        doel=PersoonlijkeLink.Doel.BEHEREN, gemaakt_op__gt=timezone.now() - WITHIN
    ).count()
    if lately >= MOST_LINKS:
        return False
    mails.new_link(aanmelding=found, persoon=found.persoon)
    return True
