"""Getting the wijkkrant by mail: asking for it, confirming the address, another language, stopping.

Nobody learns here whether somebody is subscribed: whoever asks gets the same answer, and the mail tells the
rest. Who stops is deleted at once. The link to stop holds no address and still answers when the row is gone.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils import timezone

from core.models import OutboxMail
from core.outbox import mail_undeliverable, normalised, recipient_index
from core.receipts import hash_of, new_token
from home.krant import subscriber_mails
from home.models import Abonnee, Editie
from wijken.models import Wijk

SALT = "home.krant.afmelden"
# So long a subscriber whose mail does not arrive is still counted on the desk.
UNDELIVERABLE_KEPT = timedelta(days=30)
State = OutboxMail.State
# Certain for this address. That our own mail server was away says nothing of it.
REFUSED = (State.GEWEIGERD, State.TERUGGEKOMEN)


class UnknownLinkError(Exception):
    """A link to stop that this site did not make, or made for another wijk."""


# --- starting -------------------------------------------------------------------------------------


@transaction.atomic
def ask(*, wijk: Wijk, mail: str, taal: str) -> None:
    """Somebody wants the wijkkrant: the address gets a mail to confirm that, or that it has it already.

    `mail` is an address that a form judged. Whose mail did not arrive starts anew.
    """
    mail = normalised(mail)
    abonnee = _locked(wijk, mail) or _added(wijk, mail, taal)
    if abonnee.is_reachable:
        subscriber_mails.known_already(abonnee, token=token_of(abonnee))
        return
    token = new_token()
    Abonnee.objects.filter(pk=abonnee.pk).update(
        taal=taal,
        gevraagd_op=timezone.now(),
        bevestigd_op=None,
        onbestelbaar_op=None,
        bevestig_hash=hash_of(token),
    )
    abonnee.taal = taal
    subscriber_mails.to_confirm(abonnee, confirm_token=token)


def _locked(wijk: Wijk, mail: str) -> Abonnee | None:
    rows = Abonnee.objects.select_for_update(of=("self",), no_key=True).select_related("wijk")
    return rows.filter(wijk=wijk, mail_index=recipient_index(mail)).first()


def _added(wijk: Wijk, mail: str, taal: str) -> Abonnee:
    try:
        with transaction.atomic():
            return Abonnee.objects.create(
                wijk=wijk,
                mail=mail,
                mail_index=recipient_index(mail),
                taal=taal,
                bevestig_hash=hash_of(new_token()),
            )
    except IntegrityError:
        # The same address a moment earlier.
        return Abonnee.objects.select_related("wijk").get(wijk=wijk, mail_index=recipient_index(mail))


def to_confirm(token: str, *, wijk: Wijk) -> Abonnee | None:
    """The subscriber of a link to confirm; None when it is unknown, or too late."""
    rows = Abonnee.objects.select_related("wijk").filter(wijk=wijk, bevestig_hash=hash_of(token))
    return rows.exclude(pk__in=Abonnee.objects.unconfirmed(at=timezone.now())).first()


@transaction.atomic
def confirm(token: str, *, wijk: Wijk) -> Abonnee | None:
    """The address is somebody's own: from now on it gets the wijkkrant. Once more changes nothing."""
    abonnee = to_confirm(token, wijk=wijk)
    if abonnee is None:
        return None
    now = timezone.now()
    # Whoever has the link got the mail, whatever another server says.
    changes = {"bevestigd_op": now, "onbestelbaar_op": None}
    if Abonnee.objects.filter(pk=abonnee.pk, bevestigd_op__isnull=True).update(**changes):
        abonnee.bevestigd_op = now
        subscriber_mails.confirmed(abonnee, token=token_of(abonnee))
    else:
        abonnee.refresh_from_db(fields=["bevestigd_op"])
    return abonnee


# --- changing and stopping ------------------------------------------------------------------------


def token_of(abonnee: Abonnee) -> str:
    """What stands in the link to stop: the number of a row and of its wijk, signed."""
    return _signer().sign_object([abonnee.pk, abonnee.wijk_id])


def read_token(token: str, *, wijk: Wijk) -> int:
    """The number in a link to stop, of a subscriber that may be gone. UnknownLinkError: none of ours."""
    try:
        pk, wijk_id = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise UnknownLinkError from error
    if wijk_id != wijk.pk:
        raise UnknownLinkError
    return int(pk)


def _signer() -> signing.Signer:
    # A colon in an address makes some mail programs stop reading there.
    return signing.Signer(salt=SALT, sep=".")


def subscriber(pk: int) -> Abonnee | None:
    return Abonnee.objects.select_related("wijk").filter(pk=pk).first()


@transaction.atomic
def change_language(pk: int, *, taal: str) -> None:
    Abonnee.objects.filter(pk=pk).update(taal=taal)


@transaction.atomic
def stop(pk: int) -> bool:
    """Forget a subscriber, with what they were or would be mailed. Returns whether there was one."""
    # Whoever writes the mails of an edition right now comes first, or does not see this one any more.
    abonnee = Abonnee.objects.select_for_update().filter(pk=pk).first()
    if abonnee is None:
        return False
    editions = Editie.objects.filter(wijk_id=abonnee.wijk_id).values_list("pk", flat=True)
    mails = OutboxMail.objects.without_contents().filter(
        kind__startswith=subscriber_mails.KIND, recipient_index=abonnee.mail_index
    )
    mails.filter(about=subscriber_mails.about(abonnee)).delete()
    # Of the mails of an edition only the number is kept.
    of_editions = mails.filter(about__in=list(map(subscriber_mails.about_edition, editions)))
    of_editions.filter(state=State.WACHTEND).delete()
    of_editions.forget(at=timezone.now())
    abonnee.delete()
    return True


def stop_address(*, wijk: Wijk, mail: str) -> bool:
    """The same for who calls or writes to stop. Returns whether the address was subscribed."""
    rows = Abonnee.objects.filter(wijk=wijk, mail_index=recipient_index(mail))
    pk = rows.values_list("pk", flat=True).first()
    return pk is not None and stop(pk)


# --- what does not arrive, and what is forgotten --------------------------------------------------


@receiver(mail_undeliverable)
def note_undeliverable(mail: OutboxMail, **_kwargs: object) -> None:
    """Who cannot be reached gets no more mails, of no wijk."""
    if mail.kind.startswith(subscriber_mails.KIND) and mail.state in REFUSED:
        rows = Abonnee.objects.filter(mail_index=mail.recipient_index, onbestelbaar_op__isnull=True)
        rows.update(onbestelbaar_op=timezone.now())


def forget_unconfirmed(now: datetime, dry_run: bool = False) -> int:
    """Delete who did not confirm within a week. Returns how many; with `dry_run` it only counts."""
    return _forget(Abonnee.objects.unconfirmed(at=now), dry_run=dry_run)


def forget_undeliverable(now: datetime, dry_run: bool = False) -> int:
    """Delete whose mail did not arrive a month ago. Returns how many; with `dry_run` it only counts."""
    gone = Abonnee.objects.filter(onbestelbaar_op__lte=now - UNDELIVERABLE_KEPT)
    return _forget(gone, dry_run=dry_run)


def _forget(rows: QuerySet[Abonnee], *, dry_run: bool) -> int:
    if dry_run:
        return rows.count()
    deleted, _per_model = rows.delete()
    return deleted
