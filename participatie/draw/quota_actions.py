"""What changes how the seats are shared: freely while a loting is prepared, afterwards with a reason."""

import hashlib
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.cache import content_changed
from core.models import User
from participatie.draw import chain, live
from participatie.draw.live import Busy, Failed
from participatie.draw.quota_warnings import warnings_of
from participatie.draw.sentences import Words, gave_up
from participatie.models import Antwoordoptie, Loting, Quota, Quotawijziging, Staat, Vorm
from participatie.quotas import holding
from participatie.sortition.pools import Quota as DrawQuota

# {answer: (at least, at most)}; None follows from the share of the population, or from the promise.
type Typed = Mapping[int, tuple[int | None, int | None]]

CHANGEABLE = (Staat.CONCEPT, Staat.OPEN, Staat.GESLOTEN)


def options_of(loting: Loting) -> list[Antwoordoptie]:
    """The answers of all questions, in order."""
    rows = Antwoordoptie.objects.source().filter(kenmerk__loting=loting).select_related("kenmerk")
    return list(rows.order_by("kenmerk__order", "kenmerk__pk", "order", "pk"))


def fingerprint(loting: Loting) -> str:
    """What a screen shows of the quotas, short enough to send along. Another one: a colleague changed it."""
    quotas = holding(loting)
    shown = [
        (option.pk, option.minimum, option.maximum, option.aandeel, quotas.of(option))
        for option in options_of(loting)
    ]
    return hashlib.sha256(repr((str(loting.staat), loting.zetels, shown)).encode()).hexdigest()[:16]


def wanted_quotas(loting: Loting, options: list[Antwoordoptie], typed: Typed) -> dict[int, Quota]:
    """{answer: its seats} with what was typed, and what holds now for what was not."""
    quotas = holding(loting)
    found = {}
    for option in options:
        low, high = typed.get(option.pk, tuple(quotas.of(option).now))
        rest = _derived(loting, option)
        found[option.pk] = Quota(
            rest.minimum if low is None else low, min(loting.zetels, rest.maximum if high is None else high)
        )
    return found


def for_the_draw(options: list[Antwoordoptie], wanted: Mapping[int, Quota]) -> list[DrawQuota]:
    return [DrawQuota(option.kenmerk.code, option.code, *wanted[option.pk]) for option in options]


def change_quotas(*, loting: Loting, quotas: Typed, seen: str, reden: str = "", by: User) -> bool:
    """Share the seats differently. False when nothing is different.

    ValidationError, in plain words, when that cannot be (any more), when a warning stands in the way, or when
    a colleague changed something since it was shown as `seen`. The chances are looked at before anything is
    locked: with many people that takes seconds.
    """
    options = options_of(loting)
    if set(quotas) - {option.pk for option in options}:
        raise ValidationError(
            _("Een van de antwoorden hoort niet bij deze loting. Er is niets bewaard. Kijk wat er nu staat.")
        )
    _check_blocking(loting, options, wanted_quotas(loting, options, quotas))
    return _store(loting=loting, quotas=quotas, seen=seen, reden=reden.strip(), by=by)


def _check_blocking(loting: Loting, options: list[Antwoordoptie], wanted: Mapping[int, Quota]) -> None:
    found = live.chances(live.question(loting, for_the_draw(options, wanted)))
    if isinstance(found, Failed):
        raise ValidationError(gave_up())
    if isinstance(found, Busy):
        raise ValidationError(
            _("De kansen worden nog berekend. Er is nog niets bewaard. Bewaar als de kansen er staan.")
        )
    if blocking := [one.text for one in warnings_of(found, loting, Words(loting)) if one.blocks]:
        raise ValidationError(blocking)


@transaction.atomic
def _store(*, loting: Loting, quotas: Typed, seen: str, reden: str, by: User) -> bool:
    held = Loting.objects.locked().get(pk=loting.pk)
    if held.staat not in CHANGEABLE:
        raise ValidationError(_("De deelnemers staan vast. De verdeling van de zetels blijft zoals zij is."))
    if held.vorm != Vorm.LIJSTEN:
        raise ValidationError(_("Deze loting is eenvoudig: de zetels worden niet verdeeld."))
    if fingerprint(held) != seen:
        raise ValidationError(changed_meanwhile(), code="changed")
    options = options_of(held)
    if held.staat == Staat.CONCEPT:
        changed = _write_options(held, options, quotas)
    else:
        changed = _write_changes(held, options, quotas, reden, by)
    if changed:
        content_changed()
    return changed


def changed_meanwhile() -> str:
    return _(
        "Een collega wijzigde de verdeling intussen. Er is niets bewaard. Wat u typte, staat er nog. "
        "Kijk bij “Nu” wat er nu geldt."
    )


def _derived(loting: Loting, option: Antwoordoptie) -> Quota:
    """What an answer gets when nobody types anything: of its share, or what was promised."""
    if loting.staat != Staat.CONCEPT:
        return option.quota(seats=loting.zetels)
    return Antwoordoptie(aandeel=option.aandeel).quota(seats=loting.zetels)


def _write_options(loting: Loting, options: list[Antwoordoptie], quotas: Typed) -> bool:
    changed = False
    for option in options:
        if option.pk not in quotas:
            continue
        rest, (low, high) = _derived(loting, option), quotas[option.pk]
        # A number that follows from the share goes on following it.
        minimum = None if option.minimum is None and low == rest.minimum else low
        maximum = None if option.maximum is None and high == rest.maximum else high
        if (minimum, maximum) != (option.minimum, option.maximum):
            option.minimum, option.maximum = minimum, maximum
            option.full_clean(exclude=["locale"])
            option.save()
            changed = True
    return changed


def _write_changes(loting: Loting, options: list[Antwoordoptie], quotas: Typed, reden: str, by: User) -> bool:
    current, wanted, now = holding(loting), wanted_quotas(loting, options, quotas), timezone.now()
    made = []
    for option in options:
        old, new = current.of(option).now, wanted[option.pk]
        if old != new:
            row = Quotawijziging(
                optie=option,
                van_minimum=old.minimum,
                van_maximum=old.maximum,
                naar_minimum=new.minimum,
                naar_maximum=new.maximum,
                reden=reden,
                op=now,
                door=by,
            )
            made.append((option, row))
    if not made:
        return False
    if not reden:
        raise ValidationError({"reden": _("Schrijf op waarom.")})
    for _option, row in made:
        row.full_clean()
        row.save(force_insert=True)
    chain.add(
        loting,
        "verdeling gewijzigd",
        {
            "reden": reden,
            "zetels": [
                {
                    "vraag": option.kenmerk.code,
                    "antwoord": option.code,
                    "van": [row.van_minimum, row.van_maximum],
                    "naar": [row.naar_minimum, row.naar_maximum],
                }
                for option, row in made
            ],
        },
    )
    return True
