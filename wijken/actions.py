"""Writes of the action plan. Each is one transaction, and says in plain words why it cannot be done."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wijken.models import Actie, Mijlpaal, Momentopname, Organisatie, Planning, Terugblik, Voortgang
from wijken.monitor.facts import facts_of
from wijken.monitor.standing import Certainty, judge


@transaction.atomic
def add_mijlpaal(
    *,
    actie: Actie,
    naam: str,
    periode: str,
    zekerheid: str = Certainty.AFGESPROKEN,
    voorwaarde: str = "",
    na: Mijlpaal | None = None,
    vastgelegd_op: date,
) -> Mijlpaal:
    """A new step with its first promise. ValidationError when either cannot be."""
    last = Mijlpaal.objects.source().filter(actie=actie).aggregate(last=Max("order"))["last"]
    mijlpaal = Mijlpaal(actie=actie, naam=naam, order=0 if last is None else last + 1)
    mijlpaal.full_clean(exclude=["locale"])
    mijlpaal.save()
    record_planning(
        mijlpaal=mijlpaal,
        periode=periode,
        zekerheid=zekerheid,
        voorwaarde=voorwaarde,
        na=na,
        vastgelegd_op=vastgelegd_op,
    )
    return mijlpaal


@transaction.atomic
def record_planning(
    *,
    mijlpaal: Mijlpaal,
    periode: str,
    zekerheid: str,
    reden: str = "",
    voorwaarde: str = "",
    na: Mijlpaal | None = None,
    vastgelegd_op: date,
) -> Planning:
    """Add a promise after those that are there. ValidationError without a reason, or when nothing changes."""
    # Two people who move the same step wait for each other.
    Mijlpaal.objects.select_for_update().get(pk=mijlpaal.pk)
    new = _next_planning(
        mijlpaal=mijlpaal,
        periode=periode,
        zekerheid=zekerheid,
        reden=reden,
        voorwaarde=voorwaarde,
        na=na,
        vastgelegd_op=vastgelegd_op,
    )
    new.save()
    return new


def _next_planning(
    *,
    mijlpaal: Mijlpaal,
    periode: str,
    zekerheid: str,
    reden: str = "",
    voorwaarde: str = "",
    na: Mijlpaal | None = None,
    vastgelegd_op: date,
) -> Planning:
    """The promise after those that are there, checked and not stored. ValidationError when it cannot be."""
    last = Planning.objects.source().filter(mijlpaal=mijlpaal).order_by("-volgnummer").first()
    if last and vastgelegd_op < last.vastgelegd_op:
        raise ValidationError(_("De vorige planning is van een latere dag. Die volgorde blijft staan."))
    new = Planning(
        mijlpaal=mijlpaal,
        volgnummer=last.volgnummer + 1 if last else 1,
        periode=periode.strip(),
        zekerheid=zekerheid,
        reden=reden.strip(),
        voorwaarde=voorwaarde.strip(),
        na=na,
        vastgelegd_op=vastgelegd_op,
    )
    if last and _same_promise(last, new):
        raise ValidationError(_("Deze planning staat er al."))
    if na and na.pk == mijlpaal.pk:
        raise ValidationError({"na": _("Een stap kan niet op zichzelf wachten.")})
    new.full_clean(exclude=["locale"])
    return new


def _same_promise(last: Planning, new: Planning) -> bool:
    fields = ("periode", "zekerheid", "voorwaarde", "na_id")
    return all(getattr(last, name) == getattr(new, name) for name in fields)


def check_voortgang(voortgang: Voortgang) -> None:
    """Everything that a message must have before the editors see it. ValidationError says what is missing."""
    voortgang.full_clean(exclude=["locale"])
    if voortgang.datum > timezone.localdate():
        raise ValidationError({"datum": _("Dit is nog niet gebeurd. Kies een dag tot en met vandaag.")})
    facts = facts_of(Actie.objects.filter(pk=voortgang.actie_id), on=voortgang.datum)[voortgang.actie_id]
    if judge(facts, on=voortgang.datum).is_late and not voortgang.reden and not _is_kept(voortgang):
        raise ValidationError(
            {"reden": _("Deze actie is te laat. Schrijf erbij waarom; bewoners wachten hierop.")}
        )
    if promise := _promise_of(voortgang):
        _next_planning(**promise, vastgelegd_op=timezone.localdate())


def _promise_of(voortgang: Voortgang) -> dict[str, Any]:
    """The new planning that a message holds, for `record_planning`; empty when it holds none."""
    if not (voortgang.periode and voortgang.mijlpaal):
        return {}
    return {
        "mijlpaal": voortgang.mijlpaal,
        "periode": voortgang.periode,
        "zekerheid": voortgang.zekerheid,
        "reden": voortgang.reden,
    }


def _is_kept(voortgang: Voortgang) -> bool:
    """Good news about what was late needs no excuse."""
    return bool(voortgang.gehaald_op) or voortgang.verandering == "klaar"


@transaction.atomic
def submit_voortgang(*, voortgang: Voortgang) -> Voortgang:
    """Hand a message in to the editors. ValidationError when it is not complete or not a draft."""
    current = Voortgang.objects.select_for_update().get(pk=voortgang.pk)
    if current.stand not in (Voortgang.Stand.CONCEPT, Voortgang.Stand.TERUG):
        raise ValidationError(_("Dit bericht is al ingediend."))
    check_voortgang(current)
    current.stand = Voortgang.Stand.INGEDIEND
    current.ingediend_op = timezone.now()
    current.save()
    return current


@transaction.atomic
def return_voortgang(*, voortgang: Voortgang, reden: str) -> Voortgang:
    """Send a message back to its writer with the reason. ValidationError without one."""
    current = Voortgang.objects.select_for_update().get(pk=voortgang.pk)
    if current.stand != Voortgang.Stand.INGEDIEND:
        raise ValidationError(_("Dit bericht wacht niet op de redactie."))
    if not reden.strip():
        raise ValidationError({"terug_reden": _("Schrijf op wat er anders moet.")})
    current.stand = Voortgang.Stand.TERUG
    current.terug_reden = reden.strip()
    current.save()
    return current


@transaction.atomic
def publish_voortgang(*, voortgang: Voortgang) -> Voortgang:
    """Put a message on the site for good, and record the new planning that it holds.

    ValidationError when it is not complete, or was published already.
    """
    current = Voortgang.objects.select_for_update().get(pk=voortgang.pk)
    if current.stand == Voortgang.Stand.GEPUBLICEERD:
        raise ValidationError(_("Dit bericht staat al op de site."))
    check_voortgang(current)
    now = timezone.now()
    if promise := _promise_of(current):
        record_planning(**promise, vastgelegd_op=timezone.localdate(now))
    current.stand = Voortgang.Stand.GEPUBLICEERD
    current.gepubliceerd_op = now
    current.ingediend_op = current.ingediend_op or now
    current.terug_reden = ""
    current.save()
    return current


@transaction.atomic
def start_correction(*, voortgang: Voortgang, organisatie: Organisatie) -> Voortgang:
    """A draft that takes the place of a published message and starts with its words."""
    wrong = Voortgang.objects.select_for_update().get(pk=voortgang.pk)
    if wrong.stand != Voortgang.Stand.GEPUBLICEERD:
        raise ValidationError(_("Dit bericht staat nog niet op de site; u kunt het gewoon aanpassen."))
    if Voortgang.objects.source().filter(corrigeert=wrong).exists():
        raise ValidationError(_("Van dit bericht is al een verbetering. Verbeter die."))
    return Voortgang.objects.create(
        actie=wrong.actie,
        organisatie=organisatie,
        datum=timezone.localdate(),
        tekst=wrong.tekst,
        foto=wrong.foto,
        foto_alt=wrong.foto_alt,
        verandering=wrong.verandering,
        mijlpaal=wrong.mijlpaal,
        gehaald_op=wrong.gehaald_op,
        reden=wrong.reden,
        corrigeert=wrong,
    )


@transaction.atomic
def take_snapshot(*, terugblik: Terugblik) -> Momentopname:
    """Keep for ever how every action of the plan stood on the day of a look-back.

    ValidationError before that day, or when there is a snapshot already.
    """
    from wijken.monitor.snapshots import snapshot_of

    Terugblik.objects.select_for_update().get(pk=terugblik.pk)
    if terugblik.peildatum > timezone.localdate():
        raise ValidationError(_("Die dag moet nog komen."))
    if Momentopname.objects.filter(terugblik=terugblik).exists():
        raise ValidationError(_("De stand van deze dag is al bewaard."))
    return Momentopname.objects.create(
        terugblik=terugblik,
        gemaakt_op=timezone.now(),
        data=snapshot_of(terugblik.actieplan, on=terugblik.peildatum),
    )
