"""Answers on paper: staff count the sheets of a day and enter the numbers, row by row, with the keyboard."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from wijken.answers import TALLY_ACTION, ChangedMeanwhileError, Tally, set_tally, tally_of
from wijken.models import Actie, Antwoord, Terugblik

PERMISSION = "wijken.add_antwoord"
MOST_PER_DAY = 9999


class TallyForm(forms.Form):
    """One number for each answer, about the whole plan and about each action; empty is nought."""

    def __init__(self, *args: Any, acties: list[Actie], stored: Tally, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acties, self.stored = acties, stored
        for actie_id, keuze, label in self._cells():
            self.fields[_name(actie_id, keuze)] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=MOST_PER_DAY,
                initial=stored.get((actie_id, keuze)),
                label=label,
                # Arrows and the wheel of a mouse would change a number by accident.
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "autocomplete": "off", "aria-label": label, "size": 4}
                ),
                error_messages={
                    "invalid": _("Vul een heel getal in."),
                    "min_value": _("Vul een heel getal in, 0 of meer."),
                    "max_value": _("Dit getal is te groot voor één dag."),
                },
            )

    def _cells(self) -> Iterator[tuple[int | None, str, str]]:
        for actie in (None, *self.acties):
            about = str(actie) if actie else _("Het hele plan")
            for keuze in Antwoord.Keuze:
                yield actie.pk if actie else None, keuze.value, f"{about}: {keuze.label}"

    @property
    def rows(self) -> Iterator[tuple[Actie | None, list[forms.BoundField]]]:
        """Each action (None: the whole plan) with its four fields, as the screen shows them."""
        for actie in (None, *self.acties):
            yield actie, [self[_name(actie.pk if actie else None, keuze.value)] for keuze in Antwoord.Keuze]

    @property
    def wanted(self) -> Tally:
        """The numbers of a valid form."""
        return {
            (actie_id, keuze): self.cleaned_data[_name(actie_id, keuze)] or 0
            for actie_id, keuze, _label in self._cells()
        }


def _name(actie_id: int | None, keuze: str) -> str:
    return f"aantal-{actie_id or 'plan'}-{keuze}"


class _DeskView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_required = PERMISSION
    raise_exception = True
    page_title = gettext_lazy("Antwoorden op papier")
    header_icon = "form"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class PaperIndexView(_DeskView):
    """The look-backs of which people may have handed in a sheet."""

    template_name = "desk/papier_kiezen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        started = Terugblik.objects.filter(vraag_van__lte=timezone.localdate())
        rows = started.select_related("actieplan").order_by("-vraag_tot")
        return {**super().get_context_data(**kwargs), "rows": rows, "today": timezone.localdate()}


class PaperTallyView(_DeskView):
    """The numbers of one day, what they were, and who entered them."""

    template_name = "desk/papier_tellen.html"

    @cached_property
    def terugblik(self) -> Terugblik:
        rows = Terugblik.objects.select_related("actieplan").filter(vraag_van__lte=timezone.localdate())
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def last_day(self) -> date:
        return min(timezone.localdate(), self.terugblik.vraag_tot or timezone.localdate())

    @cached_property
    def dag(self) -> date:
        """The day in `?dag=`, moved into the days of the question; without one the last of those."""
        try:
            asked = parse_date(self.request.GET.get("dag", "")) or self.last_day
        except ValueError:
            asked = self.last_day
        return max(self.terugblik.vraag_van or asked, min(asked, self.last_day))

    @cached_property
    def acties(self) -> list[Actie]:
        """Those that are on the paper, and others about which something was entered before."""
        entered = Q(antwoorden__terugblik=self.terugblik, antwoorden__kanaal=Antwoord.Kanaal.PAPIER)
        rows = Actie.objects.filter(Q(actieplan=self.terugblik.actieplan_id, is_reservering=False) | entered)
        return list(rows.distinct().order_by("nummer"))

    def get_page_subtitle(self) -> str:
        return str(self.terugblik.actieplan)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stored = tally_of(self.terugblik, dag=self.dag)
        form = kwargs.pop("form", None) or TallyForm(acties=self.acties, stored=stored)
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "terugblik": self.terugblik,
            "dag": self.dag,
            "last_day": self.last_day,
            "keuzes": list(Antwoord.Keuze),
            "seen": _seen(stored),
            "entries": _entries(self.terugblik, self.acties),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stored = tally_of(self.terugblik, dag=self.dag)
        form = TallyForm(request.POST, acties=self.acties, stored=stored)
        if form.is_valid():
            if request.POST.get("gezien") != _seen(stored):
                form.add_error(None, _changed_meanwhile())
            else:
                try:
                    changes = set_tally(
                        terugblik=self.terugblik,
                        dag=self.dag,
                        wanted=form.wanted,
                        seen=stored,
                        by=request.user,  # type: ignore[arg-type]
                    )
                except ChangedMeanwhileError:
                    form.add_error(None, _changed_meanwhile())
                else:
                    self._report(len(changes))
                    return HttpResponseRedirect(f"{request.path}?dag={self.dag.isoformat()}")
        status = 409 if form.non_field_errors() else 200
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def _report(self, changes: int) -> None:
        day = date_format(self.dag, "j E Y")
        if changes:
            messages.success(self.request, _("De aantallen van %(dag)s zijn bewaard.") % {"dag": day})
        else:
            messages.info(self.request, _("Er is niets veranderd: deze aantallen stonden er al."))


def _changed_meanwhile() -> str:
    return _(
        "Een collega heeft deze dag net ook ingevuld. Bij elk vak staat wat er nu is bewaard. "
        "Kijk uw getallen na en sla ze dan nog een keer op."
    )


def _seen(tally: Tally) -> str:
    """What a screen shows, short enough to send along."""
    return ",".join(sorted(f"{actie_id or ''}{keuze}{count}" for (actie_id, keuze), count in tally.items()))


def _entries(terugblik: Terugblik, acties: list[Actie]) -> list[dict[str, Any]]:
    """The last twenty times that somebody entered or corrected numbers, newest first."""
    names = {actie.pk: str(actie) for actie in acties}
    labels = dict(Antwoord.Keuze.choices)
    found = ModelLogEntry.objects.for_instance(terugblik).filter(action=TALLY_ACTION)
    return [
        {
            "at": entry.timestamp,
            "who": entry.user_display_name,
            "dag": parse_date(entry.data["dag"]),
            "changes": [
                {
                    "about": names.get(actie_id, "–") if actie_id else _("Het hele plan"),
                    "keuze": labels.get(keuze, keuze),
                    "from": old,
                    "to": new,
                }
                for actie_id, keuze, old, new in entry.data["changes"]
            ],
        }
        for entry in found.select_related("user").order_by("-timestamp")[:20]
    ]


class PaperMenuItem(MenuItem):
    """For whoever may enter answers."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


class PaperTallyViewSet(ViewSet):
    name = "antwoorden-op-papier"
    menu_label = gettext_lazy("Antwoorden op papier")
    icon = "form"
    menu_item_class = PaperMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", PaperIndexView.as_view(), name="index"),
            path("<int:pk>/", PaperTallyView.as_view(), name="tally"),
        ]


@hooks.register("register_log_actions")
def register_tally(actions: Any) -> None:
    """How the history of a look-back tells about numbers that were entered."""

    @actions.register_action(TALLY_ACTION)
    class TallyFormatter(LogFormatter):
        label = gettext_lazy("Antwoorden op papier ingevuld")

        def format_message(self, entry: Any) -> str:
            count = len(entry.data.get("changes", []))
            return ngettext(
                "Antwoorden op papier van %(dag)s ingevuld of verbeterd (%(aantal)d getal).",
                "Antwoorden op papier van %(dag)s ingevuld of verbeterd (%(aantal)d getallen).",
                count,
            ) % {"dag": entry.data.get("dag", ""), "aantal": count}
