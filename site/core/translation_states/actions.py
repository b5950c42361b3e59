"""What a translator says of a translation: looked at by a person, or after all not."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from core.models.translatable import TranslatableSnippet
from core.models.vertaalstand import Brontekst, Vertaalstand
from core.translation_states.register import kept_by_segments

type Translated = Page | TranslatableSnippet

CHECKED = "core.translation_checked"
UNCHECKED = "core.translation_unchecked"


class CheckError(Exception):
    """A translation cannot be called checked; the message says why, for a person."""


@transaction.atomic
def mark_checked(*, instance: Translated, user: Any, is_native: bool) -> Vertaalstand:
    """Note that a person compared a published translation with its source. CheckError when it cannot be."""
    stand = _stand(instance)
    if stand is None or not getattr(instance, "live", True):
        raise CheckError(_("Deze vertaling staat nog niet op de site. Publiceer haar eerst."))
    if stand.missing:
        raise CheckError(_("Een deel is nog niet vertaald. Vertaal dat eerst."))
    if not kept_by_segments(instance.translation_key, instance.locale_id).exists():
        # Nobody else will say that what was written by hand followed its source.
        stand.source = Brontekst.objects.get(translation_key=instance.translation_key, is_current=True)
    stand.checked_at, stand.checked_by, stand.is_native = timezone.now(), user, is_native
    stand.save()
    log(instance, CHECKED, user=user, data={"is_native": is_native})
    return stand


@transaction.atomic
def mark_unchecked(*, instance: Translated, user: Any) -> None:
    """Take back that somebody checked it. Does nothing when nobody did."""
    stand = _stand(instance)
    if stand is None or stand.checked_at is None:
        return
    stand.checked_at, stand.checked_by, stand.is_native = None, None, False
    stand.save()
    log(instance, UNCHECKED, user=user)


def _stand(instance: Translated) -> Vertaalstand | None:
    stands = Vertaalstand.objects.select_for_update().filter(
        translation_key=instance.translation_key, locale_id=instance.locale_id
    )
    found: Vertaalstand | None = stands.first()
    return found
