"""Who writes about which actions, and which messages they may see.

A partner writes for one organisation, about the actions that it pulls. An editor writes for the municipality,
about every action. Nobody sees what another organisation has not handed in.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from core.models import User
from wijken.models import Actie, Medewerker, Organisatie, Voortgang

REPORT = "wijken.report_actie"
PUBLISH = "wijken.publish_voortgang"

# What its writer can still change.
OPEN = (Voortgang.Stand.CONCEPT, Voortgang.Stand.TERUG)


@dataclass(frozen=True)
class Writer:
    """One person, as somebody who writes."""

    user: User | AnonymousUser

    @cached_property
    def is_editor(self) -> bool:
        return self.user.has_perm("wijken.change_actie")

    @cached_property
    def organisatie(self) -> Organisatie | None:
        """The organisation somebody works for; None as long as nobody has said so."""
        row = Medewerker.objects.filter(user=self.user.pk).select_related("organisatie").first()
        return row.organisatie if row else None

    @cached_property
    def organisaties(self) -> list[Organisatie]:
        """For whom this person may write: the own organisation first, an editor also for the municipality."""
        own = [self.organisatie] if self.organisatie else []
        if not self.is_editor:
            return own
        municipal = Organisatie.objects.source().filter(kind=Organisatie.Kind.GEMEENTE)
        return own + [row for row in municipal if row not in own]

    def acties(self) -> QuerySet[Actie]:
        """The actions that this person may write about."""
        if self.is_editor:
            return Actie.objects.all()
        return Actie.objects.of_organisation(self.organisatie.pk if self.organisatie else None)

    def own(self) -> QuerySet[Voortgang]:
        """The messages that this person may write on, whatever their state."""
        rows: QuerySet[Voortgang] = Voortgang.objects.source()
        return rows.filter(
            organisatie__in=[row.pk for row in self.organisaties], actie__in=self.acties().values("pk")
        )

    def readable(self) -> QuerySet[Voortgang]:
        """The own messages, and what was published; for an editor also what was handed in."""
        seen = [Voortgang.Stand.GEPUBLICEERD]
        if self.is_editor:
            seen.append(Voortgang.Stand.INGEDIEND)
        rows: QuerySet[Voortgang] = Voortgang.objects.source()
        own = Q(organisatie__in=[row.pk for row in self.organisaties])
        return rows.filter(own | Q(stand__in=seen), actie__in=self.acties().values("pk"))


def may_report(request: HttpRequest) -> bool:
    return bool(request.user.has_perm(REPORT))


def may_publish(request: HttpRequest) -> bool:
    return bool(request.user.has_perm(PUBLISH))


def locked(rows: QuerySet[Any], pk: int) -> Any:
    """One of these rows, kept from others until the transaction ends; None when it is not among them."""
    return rows.select_for_update(of=("self",)).filter(pk=pk).first()


def waiting() -> QuerySet[Voortgang]:
    """What waits for the editors, longest first."""
    rows: QuerySet[Voortgang] = Voortgang.objects.source()
    return rows.filter(stand=Voortgang.Stand.INGEDIEND).order_by("ingediend_op", "pk")
