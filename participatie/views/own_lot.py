"""One's own lot, and saying that something about it is wrong; part of the pages about one's own data."""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.visitors import brake_on
from participatie.actions import LotingClosedError
from participatie.draw import objections
from participatie.draw.lots import record_of
from participatie.models import Aanmelding, Bezwaar, Kanaal, Lot
from participatie.views.private import SeeOther, kept_private
from wijken.desk.screens import show_refusal

if TYPE_CHECKING:
    from participatie.views.own_data import Visit

# Nobody has so much to say in an hour.
MOST, WITHIN_SECONDS = 10, 3600
PART = 8


class ObjectionForm(forms.Form):
    """What somebody says is wrong, in any language."""

    tekst = forms.CharField(
        label=gettext_lazy("Wat klopt er niet?"),
        max_length=objections.LONGEST,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Schrijf op wat er niet klopt.")},
    )


@dataclass(frozen=True)
class OwnLot:
    """A lot as its owner sees it."""

    lot: Lot
    # The line that is hashed; empty once what is recorded was deleted.
    record: str
    bezwaren: list[Bezwaar]
    may_object: bool

    @property
    def record_parts(self) -> list[str]:
        """The same line in parts, for between which a narrow screen may begin a new line."""
        return _parts(self.record)

    @property
    def fingerprint_parts(self) -> list[str]:
        return _parts(self.lot.vingerafdruk)


def _parts(text: str) -> list[str]:
    return [text[start : start + PART] for start in range(0, len(text), PART)]


def own_lot(aanmelding: Aanmelding) -> OwnLot | None:
    """Somebody's lot in the real draw, once they were told of it. Two queries."""
    lot = objections.lot_of(aanmelding)
    if lot is None or lot.trekking.loten_verstuurd_op is None:
        return None
    return OwnLot(
        lot,
        record_of(lot).text if lot.zout else "",
        list(lot.bezwaren.all()),
        objections.may_object(lot.trekking, aanmelding.loting),
    )


def object_to(visit: "Visit") -> HttpResponse:
    """A question (GET) and keeping what somebody says (POST)."""
    own = own_lot(visit.aanmelding)
    if own is None or not own.may_object:
        raise LotingClosedError
    form = ObjectionForm(visit.request.POST if visit.is_sent else None)
    if visit.is_sent and form.is_valid():
        brake = brake_on("loting-bezwaar", visit.request, most=MOST, seconds=WITHIN_SECONDS)
        if brake.are_too_many:
            often = _("U stuurde het laatste uur vaak iets. Probeer het over een uur nog eens, of bel ons.")
            visit = replace(visit, trouble=often, status=HTTPStatus.TOO_MANY_REQUESTS)
        else:
            brake.add()
            try:
                objections.object_to(lot=own.lot, text=form.cleaned_data["tekst"], kanaal=Kanaal.WEB)
            except ValidationError as error:
                show_refusal(form, error)
            else:
                return kept_private(SeeOther(f"{visit.address}?bezwaar=ja"))
    return visit.answer("participatie/eigen/bezwaar.html", own=own, form=form)
