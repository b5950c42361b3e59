"""The outbox: every mail to a resident, from the moment it is written until it leaves by itself."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.sealing import SealedField, SealedJSONField

# A worker that was stopped halfway says nothing. No talk with a mail server takes this long.
CLAIM_ENDS_AFTER = timedelta(minutes=15)

# What is in these is personal, and goes first.
SEALED = ("recipient", "subject", "text", "html", "attachments", "unsubscribe_url")


class OutboxMailQuerySet(models.QuerySet["OutboxMail"]):
    def due(self, *, at: datetime) -> "OutboxMailQuerySet":
        return self.filter(state=OutboxMail.State.WACHTEND, next_try_at__lte=at)

    def abandoned(self, *, at: datetime) -> "OutboxMailQuerySet":
        """Of workers that stopped halfway."""
        return self.filter(state=OutboxMail.State.BEZIG, claimed_at__lte=at - CLAIM_ENDS_AFTER)

    def undelivered(self) -> "OutboxMailQuerySet":
        """Those of which is certain that they did not arrive: somebody has to call."""
        return self.filter(state__in=UNDELIVERED)

    def settled(self) -> "OutboxMailQuerySet":
        """Those with which nothing happens any more by itself."""
        return self.filter(state__in=[OutboxMail.State.VERZONDEN, *UNDELIVERED])

    def without_contents(self) -> "OutboxMailQuerySet":
        """For lists: who it is for and what it says stay sealed."""
        return self.defer(*SEALED)

    def wipe(self, *, at: datetime) -> int:
        """Empty what is personal some days after a mail went out, or could not. Returns how many."""
        sent = Q(sent_at__lte=at - timedelta(days=settings.OUTBOX_WIPE_DAYS))
        unsent = Q(created_at__lte=at - timedelta(days=settings.OUTBOX_WIPE_UNSENT_DAYS))
        rows = self.settled().filter(sent | unsent, wiped_at=None)
        empty: dict[str, Any] = dict.fromkeys(SEALED, "") | {"attachments": None}
        return rows.update(**empty, wiped_at=at)

    def forget(self, *, at: datetime) -> int:
        """Empty what is personal at once, also what finds it again. Only that there was a mail stays."""
        empty: dict[str, Any] = dict.fromkeys((*SEALED, "recipient_index"), "") | {"attachments": None}
        return self.settled().update(**empty, wiped_at=at)

    def delete_old(self, *, at: datetime) -> int:
        """Delete what is left of mails of long ago. Returns how many."""
        old = self.settled().filter(created_at__lte=at - timedelta(days=settings.OUTBOX_KEEP_DAYS))
        deleted, _per_model = old.delete()
        return deleted


class OutboxMail(models.Model):
    """One mail to one person. What it says lies sealed; beside it stands only how it fares."""

    class State(models.TextChoices):
        WACHTEND = "wachtend", _("wacht")
        BEZIG = "bezig", _("wordt verzonden")
        VERZONDEN = "verzonden", _("verzonden")
        MISLUKT = "mislukt", _("niet gelukt")
        GEWEIGERD = "geweigerd", _("geweigerd")
        TERUGGEKOMEN = "teruggekomen", _("teruggekomen")

    kind = models.SlugField(_("soort"), max_length=40)
    language = models.CharField(_("taal"), max_length=20)
    recipient = SealedField(_("aan"), blank=True)
    subject = SealedField(_("onderwerp"), blank=True)
    text = SealedField(_("tekst"), blank=True)
    html = SealedField(_("opgemaakte tekst"), blank=True)
    # [name, type, base64] of each.
    attachments = SealedJSONField(_("bijlagen"), null=True, blank=True)
    unsubscribe_url = SealedField(_("adres om af te melden"), blank=True)
    # Finds the mails to an address again, for whoever knows the address.
    recipient_index = models.CharField(_("kenmerk van de ontvanger"), max_length=64, db_index=True)
    # Two requests for the same mail have the same one.
    key = models.CharField(_("sleutel"), max_length=64, null=True, blank=True)  # noqa: DJ001
    message_id = models.CharField(_("kenmerk van de mail"), max_length=200)
    about = models.CharField(_("gaat over"), max_length=100, blank=True, db_index=True)
    state = models.CharField(_("stand"), max_length=12, choices=State, default=State.WACHTEND)
    tries = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    next_try_at = models.DateTimeField(_("volgende poging"), null=True, default=timezone.now, db_index=True)
    claimed_at = models.DateTimeField(_("bezig sinds"), null=True)
    created_at = models.DateTimeField(_("gemaakt op"), default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(_("verzonden op"), null=True)
    wiped_at = models.DateTimeField(_("inhoud gewist op"), null=True)
    # The kind of error and the code of the mail server; never its words, which hold addresses.
    last_error = models.CharField(_("laatste fout"), max_length=100, blank=True)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitgaande mail")
        verbose_name_plural = _("uitgaande mail")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["message_id"], name="core_outbox_message_id_unique"),
            models.UniqueConstraint(fields=["key"], name="core_outbox_key_unique"),
            models.CheckConstraint(
                condition=Q(state="wachtend", next_try_at__isnull=False)
                | (~Q(state="wachtend") & Q(next_try_at__isnull=True)),
                name="core_outbox_next_try_while_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state="bezig", claimed_at__isnull=False)
                | (~Q(state="bezig") & Q(claimed_at__isnull=True)),
                name="core_outbox_claimed_while_busy",
            ),
            models.CheckConstraint(
                condition=~Q(state="verzonden") | Q(sent_at__isnull=False),
                name="core_outbox_sent_at_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(wiped_at__isnull=True) | ~Q(state__in=["wachtend", "bezig"]),
                name="core_outbox_wiped_only_when_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def may_be_retried(self) -> bool:
        """Did it not arrive, and is it still known what it said and to whom?"""
        return self.state in UNDELIVERED and self.wiped_at is None


UNDELIVERED = (OutboxMail.State.MISLUKT, OutboxMail.State.GEWEIGERD, OutboxMail.State.TERUGGEKOMEN)
