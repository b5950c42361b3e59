"""What a translator says of a translation: looked at by a person, or after all not."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from core.models.vertaalstand import Brontekst, Vertaalstand
from core.translation_states.register import kept_by_segments

CHECKED = "core.translation_checked"
UNCHECKED = "core.translation_unchecked"


class CheckError(Exception):
    """A translation cannot be called checked; the message says why, for a person."""


@transaction.atomic
def mark_checked(*, page: Page, user: Any, is_native: bool) -> Vertaalstand:
    """Note that a person compared a published translation with its source. CheckError when it cannot be."""
    stand = _stand(page)
    if stand is None or not page.live:
        raise CheckError(_("Deze vertaling staat nog niet op de site. Publiceer haar eerst."))
    if stand.missing:
        raise CheckError(_("Een deel van deze pagina is nog niet vertaald. Vertaal dat eerst."))
    if not kept_by_segments(page.translation_key, page.locale_id).exists():
        # Nobody else will say that a page written by hand followed its source.
        stand.source = Brontekst.objects.get(translation_key=page.translation_key, is_current=True)
    stand.checked_at, stand.checked_by, stand.is_native = timezone.now(), user, is_native
    stand.save()
    log(page, CHECKED, user=user, data={"is_native": is_native})
    return stand


@transaction.atomic
def mark_unchecked(*, page: Page, user: Any) -> None:
    """Take back that somebody checked it. Does nothing when nobody did."""
    stand = _stand(page)
    if stand is None or stand.checked_at is None:
        return
    stand.checked_at, stand.checked_by, stand.is_native = None, None, False
    stand.save()
    log(page, UNCHECKED, user=user)


def _stand(page: Page) -> Vertaalstand | None:
    stands = Vertaalstand.objects.select_for_update().filter(
        translation_key=page.translation_key, locale_id=page.locale_id
    )
    found: Vertaalstand | None = stands.first()
    return found
