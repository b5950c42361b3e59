"""One mail a day, at most, to a translator: which pages changed in Dutch since they were translated."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from core.models import Vertaalvoorkeur
from core.models.languages import language_name
from core.translating.changes import changed_pages

log = logging.getLogger(__name__)


def mail_translators() -> int:
    """Tell every translator what changed in the languages they follow. Returns how many mails went out."""
    now = timezone.now()
    count = 0
    for pk in Vertaalvoorkeur.objects.exclude(languages=[]).order_by("pk").values_list("pk", flat=True):
        try:
            # Told and sent go together: without the mail it has not been told.
            with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
                count += _tell(pk, now)
        except Exception:
            # One mailbox that fails is no reason to leave the others out. Tomorrow it is tried again.
            log.exception("mail to a translator failed")
    return count


def _tell(pk: int, now: datetime) -> bool:
    voorkeur = Vertaalvoorkeur.objects.select_for_update().select_related("user").get(pk=pk)
    user = voorkeur.user
    since = voorkeur.told_until or user.date_joined
    told_today = voorkeur.told_until and timezone.localdate(voorkeur.told_until) == timezone.localdate(now)
    if told_today or not (user.is_active and user.email):
        return False
    if not user.has_perm("wagtail_localize.submit_translation"):
        return False
    changed = changed_pages(voorkeur.languages, since=since, until=now)
    if not changed:
        return False
    voorkeur.told_until = now
    voorkeur.save()
    _message(user.email, user.first_name, changed).send()
    return True


def _message(address: str, name: str, changed: dict) -> EmailMessage:
    preferences = settings.WAGTAILADMIN_BASE_URL + reverse("desk_translation_preferences")
    count = sum(map(len, changed.values()))
    groups = [
        {
            "language": language_name(code),
            "pages": [
                {
                    "title": dutch.title,
                    "url": settings.WAGTAILADMIN_BASE_URL
                    + reverse("wagtailadmin_pages:edit", args=[translated.pk]),
                }
                for dutch, translated in pairs
            ],
        }
        for code, pairs in changed.items()
    ]
    context = {"name": name, "groups": groups, "preferences": preferences, "site": settings.WAGTAIL_SITE_NAME}
    subject = ngettext(
        "Het Nederlands van %(count)d pagina is gewijzigd",
        "Het Nederlands van %(count)d pagina's is gewijzigd",
        count,
    ) % {"count": count}
    return EmailMessage(
        subject,
        render_to_string("emails/nederlands_gewijzigd.txt", context),
        to=[address],
        headers={
            "List-Unsubscribe": f"<{preferences}>",
            "Auto-Submitted": "auto-generated",
        },
    )
