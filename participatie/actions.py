"""Everything that changes a loting or a sign-up: all of it or nothing, and written down."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.cache import content_changed
from core.models import User
from core.receipts import hash_of, new_number, new_token
from participatie.draw.checks import trekking_of
from participatie.eligibility import Verdict, judge_address
from participatie.models import (
    Aanmelding,
    Conceptaanmelding,
    Handeling,
    Kanaal,
    Kenmerk,
    Kenmerkwaarde,
    Loting,
    Lotingstap,
    Persoon,
    PersoonlijkeLink,
    Staat,
)
from participatie.signals import erased, person_corrected, signed_up, withdrawn
from participatie.signup.drafts import KEPT, Draft
from participatie.signup.forms import Answers
from participatie.stops import what_stops

Soort = Handeling.Soort
# As long as who takes part does not stand yet.
BEFORE_FREEZING = (Staat.OPEN, Staat.GESLOTEN)
# What somebody decided for another reason stays, wherever the person lives.
ABOUT_THE_ADDRESS = (
    Aanmelding.Reden.ADRES_KLOPT,
    Aanmelding.Reden.ADRES_ONBEKEND,
    Aanmelding.Reden.BUITEN_GEBIED,
    Aanmelding.Reden.NAGEVRAAGD,
)
# A link to confirm a mail address; one to one's own data lasts as long as the window.
CONFIRM_WITHIN = timedelta(days=14)
OWN_DATA_WITHIN = timedelta(days=60)


class LotingClosedError(Exception):
    """Nobody can sign up, correct or withdraw any more."""


class GoneError(Exception):
    """The sign-up was erased meanwhile, or the link to it taken back."""


class ChangedMeanwhileError(Exception):
    """Somebody else changed the sign-up since it was read; what they changed would be lost."""


def hold(aanmelding: Aanmelding) -> Aanmelding:
    """The sign-up, locked, with its loting, locked first. GoneError when it was erased."""
    loting = Loting.objects.locked().get(pk=aanmelding.loting_id)
    held = Aanmelding.objects.select_for_update().filter(pk=aanmelding.pk).first()
    if held is None:
        raise GoneError
    held.loting = loting
    return held


# --- signing up -----------------------------------------------------------------------------------


def send_draft(
    *,
    draft: Draft,
    answers: Answers,
    kanaal: str = Kanaal.WEB,
    by: User | None = None,
    received_at: datetime | None = None,
) -> tuple[Aanmelding, bool]:
    """Make a sign-up of a form, and say whether it is made now (True) or was already (False).

    The rest as with `sign_up`. LotingClosedError when the window is over.
    """
    verdict = _verdict(draft.row.loting, answers)
    with transaction.atomic():
        # Whoever presses twice waits here for the first time to be stored.
        row = Conceptaanmelding.objects.select_for_update().get(pk=draft.row.pk)
        if row.aanmelding_id is not None:
            return Aanmelding.objects.get(pk=row.aanmelding_id), False
        made = _store(row.loting, answers, verdict, kanaal=kanaal, by=by, received_at=received_at)
        row.aanmelding, row.gegevens, row.bewaar_mail = made, None, ""
        # So long the receipt can be seen.
        row.verloopt_op = timezone.now() + KEPT
        row.save()
        return made, True


def sign_up(
    *,
    loting: Loting,
    answers: Answers,
    kanaal: str,
    by: User | None = None,
    received_at: datetime | None = None,
) -> Aanmelding:
    """Store a sign-up. LotingClosedError outside of the window.

    `received_at` is when paper came in: what came in time counts, and is entered until the pool stands.

    Whether somebody signed up before is not said here: that would tell others. The desk sees it.
    """
    verdict = _verdict(loting, answers)
    with transaction.atomic():
        return _store(loting, answers, verdict, kanaal=kanaal, by=by, received_at=received_at)


def _verdict(loting: Loting, answers: Answers) -> Verdict:
    """What the address says. Before the transaction: a service may take seconds, and others wait for us."""
    return judge_address(
        loting, postcode=answers.postcode, huisnummer=answers.huisnummer, toevoeging=answers.toevoeging
    )


def _store(
    loting: Loting,
    answers: Answers,
    verdict: Verdict,
    *,
    kanaal: str,
    by: User | None = None,
    received_at: datetime | None = None,
) -> Aanmelding:
    now = timezone.now()
    # A loting that is being closed waits for this one, or this one for it.
    held = Loting.objects.locked().get(pk=loting.pk)
    accepts = held.is_accepting(at=now) if received_at is None else held.takes_paper(received_at, now=now)
    if not accepts:
        raise LotingClosedError
    made = Aanmelding.objects.create(
        loting=held,
        bonnummer=new_number(),
        kanaal=kanaal,
        taal=answers.taal,
        ontvangen_op=received_at or now,
        ingevoerd_door=by,
        **vars(verdict),
    )
    persoon = Persoon(aanmelding=made)
    _write_identity(persoon, answers)
    persoon.save()
    Kenmerkwaarde.objects.bulk_create(
        Kenmerkwaarde(aanmelding=made, kenmerk=kenmerk, optie=optie)
        for kenmerk, optie in answers.kenmerken.items()
    )
    note(held, Soort.INGEVOERD if by else Soort.AANGEMELD, aanmelding=made, by=by)
    signed_up.send(sender=Aanmelding, aanmelding=made, persoon=persoon)
    return made


def _write_identity(persoon: Persoon, answers: Answers) -> list[str]:
    """Put the answers in a row, with the hashes they are found by. Returns the names of what changed."""
    changed = [name for name in Persoon.identity if getattr(persoon, name) != getattr(answers, name)]
    for name in changed:
        setattr(persoon, name, getattr(answers, name))
    persoon.reindex()
    return changed


def correct(
    *, aanmelding: Aanmelding, answers: Answers, by: User | None = None, versie: int | None = None
) -> list[str]:
    """Change what somebody filled in. Returns the names of what changed. LotingClosedError when too late.

    A new mail address has to be confirmed again, and links that were sent to the old one stop working; a new
    address is checked again. With `versie`, that of the row when it was read: ChangedMeanwhileError when it
    is another by now.
    """
    verdict = _verdict(aanmelding.loting, answers)
    with transaction.atomic():
        return _correct(aanmelding, answers, verdict, by, versie)


def _correct(
    aanmelding: Aanmelding, answers: Answers, verdict: Verdict, by: User | None, versie: int | None
) -> list[str]:
    held = _held_for_change(aanmelding, by=by)
    if versie is not None and held.versie != versie:
        raise ChangedMeanwhileError
    persoon = Persoon.objects.select_for_update().get(aanmelding=held)
    old_mail = persoon.mail
    changed = _write_identity(persoon, answers)
    persoon.save()
    changed += _write_features(held, answers)
    if held.taal != answers.taal:
        held.taal = answers.taal
        changed.append("taal")
    if "mail" in changed:
        held.mail_bevestigd_op = held.onbestelbaar_op = None
        held.links.all().delete()
    if {"postcode", "huisnummer", "adres_anders"} & set(changed):
        for name, value in vars(verdict).items():
            if held.reden in ABOUT_THE_ADDRESS or name not in ("geschiktheid", "reden"):
                setattr(held, name, value)
    if changed:
        held.versie += 1
        held.save()
        note(held.loting, Soort.GEWIJZIGD, aanmelding=held, by=by, about=", ".join(changed))
        person_corrected.send(
            sender=Aanmelding, aanmelding=held, persoon=persoon, changed=changed, old_mail=old_mail
        )
    return changed


def _write_features(held: Aanmelding, answers: Answers) -> list[str]:
    stored = {row.kenmerk_id: row for row in held.kenmerkwaarden.all()}
    changed = []
    for kenmerk in Kenmerk.objects.source().filter(loting=held.loting_id):
        wanted = answers.kenmerken.get(kenmerk)
        row = stored.get(kenmerk.pk)
        if (row.optie_id if row else None) == (wanted.pk if wanted else None):
            continue
        changed.append(kenmerk.code)
        if wanted is None and row:
            row.delete()
        elif wanted:
            Kenmerkwaarde.objects.update_or_create(
                aanmelding=held, kenmerk=kenmerk, defaults={"optie": wanted}
            )
    return changed


def _held_for_change(aanmelding: Aanmelding, *, by: User | None) -> Aanmelding:
    """The sign-up, locked. LotingClosedError when it was withdrawn, or its window is over.

    Staff mend what they entered as long as the pool does not stand.
    """
    held = hold(aanmelding)
    is_open = held.loting.staat in BEFORE_FREEZING if by else held.loting.is_accepting()
    if not is_open or held.stand != Aanmelding.Stand.AANGEMELD:
        raise LotingClosedError
    return held


@transaction.atomic
def withdraw(*, aanmelding: Aanmelding, by: User | None = None) -> None:
    """Take no part any more. Twice is once. LotingClosedError when the pool stands already."""
    held = hold(aanmelding)
    if held.stand == Aanmelding.Stand.INGETROKKEN:
        return
    if held.loting.staat not in BEFORE_FREEZING:
        raise LotingClosedError
    held.stand, held.ingetrokken_op = Aanmelding.Stand.INGETROKKEN, timezone.now()
    held.versie += 1
    held.save()
    note(held.loting, Soort.INGETROKKEN, aanmelding=held, by=by)
    withdrawn.send(sender=Aanmelding, aanmelding=held, persoon=held.persoon)


@transaction.atomic
def erase(*, aanmelding: Aanmelding, by: User | None = None) -> None:
    """Delete somebody's data: name, answers, links, everything but the count. Twice is once.

    LotingClosedError once the pool stands: who is in it is part of what was promised then, and the term of
    keeping ends it.
    """
    try:
        held = hold(aanmelding)
    except GoneError:
        return
    if held.loting.staat not in BEFORE_FREEZING:
        raise LotingClosedError
    note(held.loting, Soort.GEWIST, aanmelding=held, by=by)
    erased.send(sender=Aanmelding, aanmelding=held)
    held.delete()


# --- links ----------------------------------------------------------------------------------------


def make_link(*, aanmelding: Aanmelding, doel: str) -> str:
    """A new secret address for one purpose; returns the secret, which is kept nowhere."""
    token, now = new_token(), timezone.now()
    within = CONFIRM_WITHIN if doel == PersoonlijkeLink.Doel.BEVESTIGEN else OWN_DATA_WITHIN
    PersoonlijkeLink.objects.create(
        aanmelding=aanmelding,
        doel=doel,
        token_hash=hash_of(token),
        gemaakt_op=now,
        verloopt_op=min(now + within, max(now + timedelta(days=1), aanmelding.loting.trekking_op)),
    )
    return token


def find_link(token: str, *, doel: str, loting: Loting) -> PersoonlijkeLink | None:
    """The link of a secret, for one purpose and one loting; None when unknown, used up or too late."""
    return (
        PersoonlijkeLink.objects.usable(at=timezone.now())
        .filter(token_hash=hash_of(token), doel=doel, aanmelding__loting=loting)
        .select_related("aanmelding__persoon", "aanmelding__loting")
        .first()
    )


@transaction.atomic
def confirm_mail(*, link: PersoonlijkeLink) -> Aanmelding:
    """The person says that the mail address is theirs. Twice is once.

    GoneError when the data or the link is gone meanwhile: the mail address may be another by then.
    """
    held = hold(link.aanmelding)
    now = timezone.now()
    if not PersoonlijkeLink.objects.filter(pk=link.pk).update(gebruikt_op=now):
        raise GoneError
    if held.mail_bevestigd_op is None:
        held.mail_bevestigd_op = now
        held.save()
        note(held.loting, Soort.BEVESTIGD, aanmelding=held)
    return held


# --- at the desk ----------------------------------------------------------------------------------


@transaction.atomic
def judge(
    *, aanmelding: Aanmelding, geschiktheid: str, reden: str, toelichting: str = "", by: User
) -> Aanmelding:
    """Decide whether somebody takes part, and why. LotingClosedError once the pool stands."""
    held = hold(aanmelding)
    if held.loting.staat not in BEFORE_FREEZING:
        raise LotingClosedError
    held.geschiktheid, held.reden, held.toelichting = geschiktheid, reden, toelichting
    held.versie += 1
    held.full_clean(exclude=["loting", "ingevoerd_door"])
    held.save()
    note(held.loting, Soort.BEOORDEELD, aanmelding=held, by=by, about=f"{geschiktheid}: {reden}")
    return held


def note(
    loting: Loting,
    soort: str,
    *,
    aanmelding: Aanmelding | None = None,
    by: User | None = None,
    count: int = 1,
    about: str = "",
) -> Handeling:
    """Write down that somebody saw or changed personal data. `about` never holds any."""
    return Handeling.objects.create(
        loting=loting,
        soort=soort,
        bonnummer=aanmelding.bonnummer if aanmelding else "",
        aantal=count,
        door=by,
        toelichting=about[:300],
    )


# --- the life of a loting -------------------------------------------------------------------------


@transaction.atomic
def take_step(*, loting: Loting, naar: str, reden: str, by: User | None) -> Lotingstap:
    """Take a loting to its next state. ValidationError says in plain words why it cannot be taken."""
    held = Loting.objects.locked().get(pk=loting.pk)
    if naar not in held.next_steps:
        raise ValidationError(
            _("Van “%(van)s” kan deze loting niet naar “%(naar)s”.")
            % {"van": held.get_staat_display(), "naar": dict(Staat.choices).get(naar, naar)}
        )
    if not reden.strip():
        raise ValidationError({"reden": _("Schrijf op waarom.")})
    if problems := list(what_stops(held, naar)):
        raise ValidationError(problems)
    stap = Lotingstap.objects.create(loting=held, van=held.staat, naar=naar, door=by, reden=reden.strip())
    held.staat = naar
    held.save(update_fields=["staat"])
    loting.staat = naar
    content_changed()
    return stap


@transaction.atomic
def extend(*, loting: Loting, until: datetime, reden: str, by: User) -> Lotingstap:
    """Give people longer to sign up, and say why. It can only become later, and not after the draw."""
    held = Loting.objects.locked().get(pk=loting.pk)
    if held.staat not in BEFORE_FREEZING:
        raise ValidationError(_("Verlengen kan alleen zolang de deelnemers nog niet vaststaan."))
    if trekking_of(held):
        raise ValidationError(_("De loten zijn al uitgedeeld."))
    if until <= held.sluit_op:
        raise ValidationError({"until": _("Verlengen kan alleen naar later.")})
    if until >= held.trekking_op:
        raise ValidationError({"until": _("Aanmelden stopt vóór de loting.")})
    if not reden.strip():
        raise ValidationError({"reden": _("Schrijf op waarom.")})
    stap = Lotingstap.objects.create(
        loting=held, van=held.staat, naar=Staat.OPEN, door=by, reden=reden.strip()
    )
    held.sluit_op, held.staat = until, Staat.OPEN
    held.save(update_fields=["sluit_op", "staat"])
    content_changed()
    return stap


def close_due(*, now: datetime) -> int:
    """Close what is open although its window has passed. Returns how many."""
    due = list(Loting.objects.past_closing(at=now))
    for loting in due:
        take_step(
            loting=loting, naar=Staat.GESLOTEN, reden=_("De tijd om aan te melden is voorbij."), by=None
        )
    return len(due)
