"""Sign-ups that may be of one person, side by side; and deciding about them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from participatie import actions, double_actions
from participatie.desk.screens import LotingScreen
from participatie.doubles import MOST_AT_ONCE, candidates_of
from participatie.models import Aanmelding, Handeling, NietDubbel
from wijken.desk.screens import sentences

# What is compared, in this order.
FIELDS = ("naam", "adres", "mail", "telefoon")
# Groups on a screen: each is opened and read.
PER_PAGE = 20
# Older decisions stay in the access log.
MOST_DECIDED = 100


class DoublesView(LotingScreen):
    """Groups of sign-ups that share a mail address or a name and address, and those decided before."""

    template_name = "desk/loting/doubles.html"
    page_title: Any = gettext_lazy("Mogelijk dubbel")
    header_icon = "copy"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        candidates = candidates_of(self.loting)
        page = Paginator(candidates.groups, PER_PAGE).get_page(self.request.GET.get("p"))
        found = candidates.opened(page.object_list)
        if found:
            self.note(Handeling.Soort.DUBBEL, count=sum(len(group.aanmeldingen) for group in found))
        decided = Aanmelding.objects.filter(
            loting=self.loting, reden=Aanmelding.Reden.DUBBEL, geschiktheid="niet_geschikt"
        )
        apart = NietDubbel.objects.filter(eerste__loting=self.loting).select_related("eerste", "tweede")
        return {
            **super().get_context_data(**kwargs),
            "groups": [
                (group, {name for name in FIELDS if _differs(group.aanmeldingen, name)}) for group in found
            ],
            "page_obj": page,
            "query": "",
            "decided": decided.order_by("-bijgewerkt_op")[:MOST_DECIDED],
            "apart": apart.order_by("-op")[:MOST_DECIDED],
            "most": MOST_DECIDED,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            done = self._decide(request)
        except ValidationError as error:
            messages.error(request, sentences(error))
        except actions.GoneError:
            messages.error(request, _("Deze aanmelding is intussen gewist."))
        except actions.LotingClosedError:
            messages.error(request, _("De deelnemers staan vast. Er is niets veranderd."))
        else:
            messages.success(request, done)
        # Back to where somebody was in a long list.
        address = reverse("desk_loting_doubles", args=[self.loting.pk])
        number = request.GET.get("p", "")
        return redirect(f"{address}?p={number}" if number.isascii() and number.isdigit() else address)

    def _decide(self, request: HttpRequest) -> str:
        chosen = self._rows(request.POST.getlist("aanmelding"))
        match request.POST.get("besluit"):
            case "blijft":
                kept = self._rows([request.POST.get("blijft", "")])[0]
                double_actions.mark_doubles(
                    kept=kept, others=[row for row in chosen if row != kept], by=self.user
                )
                return _("Eén aanmelding blijft. De andere doen niet mee, en zijn niet weg.")
            case "twee":
                double_actions.tell_apart(aanmeldingen=chosen, by=self.user)
                return _("Opgeschreven: dit zijn verschillende mensen.")
            case "terug":
                double_actions.undo_doubles(aanmeldingen=chosen, by=self.user)
                return _("Teruggezet. Kijk er nog een keer naar.")
        raise ValidationError(_("Kies wat er moet gebeuren."))

    def _rows(self, keys: list[str]) -> list[Aanmelding]:
        """The sign-ups of this loting that a form names. ValidationError when one of them is not there."""
        # No database counts further.
        numbers = [key for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
        rows = Aanmelding.objects.filter(loting=self.loting, pk__in=numbers[:MOST_AT_ONCE])
        found = {str(row.pk): row for row in rows}
        if not keys or set(keys) != set(found):
            raise ValidationError(_("Een van deze aanmeldingen is er niet meer."))
        return [found[key] for key in dict.fromkeys(keys)]


def _differs(rows: list[Aanmelding], name: str) -> bool:
    return len({getattr(row.persoon, name) for row in rows}) > 1


SCREENS: dict[str, tuple[str, Any]] = {"loting/<int:pk>/dubbel/": ("desk_loting_doubles", DoublesView)}
