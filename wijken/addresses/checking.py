"""Where an address lies, from which source and how sure that is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import models
from django.utils.translation import gettext_lazy as _

from wijken.addresses import services
from wijken.addresses.typed import read_huisnummer, read_postcode
from wijken.models import Adresbuurt, Buurt, Postcodegebied, Wijk

NOBODY: frozenset[int] = frozenset()


class Kind(models.TextChoices):
    """What is known of an address."""

    BUURT = "buurt", _("de buurt is bekend")
    WIJK = "wijk", _("alleen de wijk is bekend, ongeveer")
    ELDERS = "elders", _("in een andere gemeente")
    ONBEKEND = "onbekend", _("niet na te gaan")


class Source(models.TextChoices):
    """Where an answer comes from."""

    TABEL = "tabel", _("de adressen van het CBS")
    PDOK = "pdok", _("de Locatieserver van PDOK")
    PC4 = "pc4", _("de vier cijfers van de postcode")


class Where(models.TextChoices):
    """Where an address lies, seen from an area."""

    BINNEN = "binnen", _("ligt erin")
    BUITEN = "buiten", _("ligt erbuiten")
    ONBEKEND = "onbekend", _("niet na te gaan")


@dataclass(frozen=True)
class AddressAnswer:
    """Where an address lies. Not sure means: told by its neighbours or by its postcode."""

    kind: Kind
    source: Source | None = None
    is_sure: bool = False
    # Nearly always one. Several when the number, or without it the postcode, lies in more than one.
    buurten: frozenset[str] = frozenset()
    # The wijken of these buurten, by id; none when one of them belongs to no wijk.
    wijken: frozenset[int] = NOBODY
    # The wijken that the postcode's four digits lie in, for want of the above.
    nearby: frozenset[int] = NOBODY

    @property
    def buurt_code(self) -> str:
        """The code of the buurt, when it is one."""
        return next(iter(self.buurten)) if len(self.buurten) == 1 else ""


@dataclass(frozen=True)
class Ligging:
    """Where an address lies, seen from an area, and whether that is sure."""

    where: Where
    is_sure: bool = False


UNKNOWN = AddressAnswer(Kind.ONBEKEND)


def check(postcode: str, huisnummer: str, toevoeging: str = "") -> AddressAnswer:
    """Where an address lies, from the best source there is. Three queries, and a service if there is one.

    Takes anything that people type; what cannot be read is unknown.
    """
    code = read_postcode(postcode)
    if not code:
        return UNKNOWN
    number = read_huisnummer(f"{huisnummer} {toevoeging}")
    rows = list(Adresbuurt.objects.filter(postcode=code).values_list("huisnummer", "buurt_code"))
    exact = frozenset(buurt for nummer, buurt in rows if number and nummer == number.nummer)
    if len(exact) == 1:
        answer = AddressAnswer(Kind.BUURT, Source.TABEL, True, exact)
    elif number and (found := services.ask(code, number)):
        answer = AddressAnswer(Kind.BUURT, Source(found.source), True, found.buurten)
    elif exact:
        answer = AddressAnswer(Kind.BUURT, Source.TABEL, True, exact)
    elif rows:
        answer = AddressAnswer(Kind.BUURT, Source.TABEL, False, frozenset(buurt for _nummer, buurt in rows))
    else:
        return _by_pc4(code[:4])
    return _with_wijken(answer, code[:4])


def locate(answer: AddressAnswer, wijk: Wijk, buurten: Iterable[str] = ()) -> Ligging:
    """Does the address lie in these buurten (codes) of a wijk? Without any: in the wijk. Two queries."""
    own = frozenset(wijk.buurten.values_list("code", flat=True))
    chosen = frozenset(buurten) or own
    if answer.kind == Kind.ONBEKEND:
        return Ligging(Where.ONBEKEND)
    if answer.kind == Kind.ELDERS:
        return Ligging(Where.BUITEN, answer.is_sure)
    if answer.buurten and chosen:
        return Ligging(_compare(answer.buurten, chosen), answer.is_sure)
    if answer.wijken:
        return Ligging(_compare(answer.wijken, {wijk.pk}), answer.is_sure)
    if not answer.nearby or not wijk.postcodegebieden.exists():
        return Ligging(Where.ONBEKEND)
    where = _compare(answer.nearby, {wijk.pk})
    # In the wijk, but in which part of it?
    is_too_rough = where == Where.BINNEN and chosen != own
    return Ligging(Where.ONBEKEND if is_too_rough else where)


def _compare[T](possible: frozenset[T], area: Iterable[T]) -> Where:
    inside = possible.intersection(area)
    if not inside:
        return Where.BUITEN
    return Where.BINNEN if inside == possible else Where.ONBEKEND


def _with_wijken(answer: AddressAnswer, pc4: str) -> AddressAnswer:
    """The answer with the wijken of its buurten; of another municipality when all of them are."""
    wijk_of = dict(Buurt.objects.values_list("code", "wijk_id"))
    # The four characters after BU are the municipality.
    ours = {code[2:6] for code in wijk_of}
    if ours and not any(code[2:6] in ours for code in answer.buurten):
        return replace(answer, kind=Kind.ELDERS)
    if answer.buurten <= wijk_of.keys():
        return replace(answer, wijken=frozenset(wijk_of[code] for code in answer.buurten))
    return replace(answer, nearby=_wijken_in(pc4))


def _by_pc4(pc4: str) -> AddressAnswer:
    if nearby := _wijken_in(pc4):
        return AddressAnswer(Kind.WIJK, Source.PC4, nearby=nearby)
    # A postcode of no wijk is elsewhere, unless somebody forgot the postcodes of a wijk.
    if Wijk.objects.exists() and not Wijk.objects.filter(postcodegebieden__isnull=True).exists():
        return AddressAnswer(Kind.ELDERS, Source.PC4)
    return UNKNOWN


def _wijken_in(pc4: str) -> frozenset[int]:
    return frozenset(Postcodegebied.objects.filter(pc4=pc4).values_list("wijk_id", flat=True))
