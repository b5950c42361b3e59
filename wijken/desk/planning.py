"""The planning of one action: what was promised when, a new step, and a next promise with its reason."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from wijken.actions import add_mijlpaal, record_planning
from wijken.desk.planning_forms import ChangeForm, PromiseForm, StepForm, as_promised
from wijken.desk.screens import DeskScreen, show_refusal
from wijken.models import Actie, Mijlpaal, Planning
from wijken.monitor.facts import judge_one
from wijken.monitor.periods import Period

ACTIES = (gettext_lazy("Acties"), "acties:index")


class StepHistory:
    """One step as the planning screen shows it: every promise, oldest first, and when it was reached."""

    def __init__(self, mijlpaal: Mijlpaal, planning: list[Planning], reached_on: date | None) -> None:
        self.mijlpaal, self.planning, self.reached_on = mijlpaal, planning, reached_on

    @property
    def is_moved(self) -> bool:
        return len({row.periode for row in self.planning}) > 1


def history_of(actie: Actie, reached: dict[int, date | None]) -> list[StepHistory]:
    """All steps of an action with their promises: two queries."""
    rows: dict[int, list[Planning]] = {}
    planning = Planning.objects.source().filter(mijlpaal__actie=actie).select_related("na__actie")
    for row in planning.order_by("mijlpaal", "volgnummer"):
        rows.setdefault(row.mijlpaal_id, []).append(row)
    steps = Mijlpaal.objects.source().filter(actie=actie).order_by("order", "pk")
    return [StepHistory(step, rows.get(step.pk, []), reached.get(step.pk)) for step in steps]


class PlanningView(DeskScreen):
    """Every step of an action with its first promise, its present one, and all that came between."""

    permission = "wijken.view_actie"
    template_name = "desk/plan/planning.html"
    page_title: Any = gettext_lazy("Planning")
    header_icon = "calendar-alt"
    parent = ACTIES

    @cached_property
    def actie(self) -> Actie:
        return get_object_or_404(Actie.objects.select_related("actieplan"), pk=self.kwargs["pk"])

    @cached_property
    def may_plan(self) -> bool:
        return self.request.user.has_perm("wijken.add_planning")

    def get_page_subtitle(self) -> str:
        return str(self.actie)

    def get_header_buttons(self) -> list[HeaderButton]:
        if not self.may_plan:
            return []
        address = reverse("desk_step_add", args=[self.actie.pk])
        return [HeaderButton(_("Stap toevoegen"), url=address, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        judged = judge_one(self.actie, on=timezone.localdate())
        reached = {step.pk: step.reached_on for step in judged.facts.milestones}
        return {
            **super().get_context_data(**kwargs),
            "actie": self.actie,
            "standing": judged.standing,
            "steps": history_of(self.actie, reached),
            "may_plan": self.may_plan,
        }


class PromiseView(DeskScreen):
    """A form in two steps, because a promise stays: fill in, see how residents will read it, record it."""

    permission = "wijken.add_planning"
    template_name = "desk/plan/promise.html"
    parent = ACTIES
    header_icon = "calendar-alt"

    @property
    def actie(self) -> Actie:
        raise NotImplementedError

    def make_form(self, data: Any = None) -> PromiseForm:
        raise NotImplementedError

    def record(self, form: PromiseForm) -> Mijlpaal:
        """Store the promise. ValidationError when that cannot be."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.make_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        step = request.POST.get("stap")
        if step == "wijzigen" or not self.try_to_record(form, for_good=step == "vastleggen"):
            return self.show(form)
        if step != "vastleggen":
            return self.show(form, reads=self.reads(form))
        messages.success(request, _("De planning is vastgelegd."))
        return redirect("desk_planning", self.actie.pk)

    def try_to_record(self, form: PromiseForm, *, for_good: bool) -> bool:
        """Whether it can be recorded; recorded only `for_good`. What is in the way is on the form."""
        try:
            with transaction.atomic():
                # Whoever clicks twice, or two people at once, wait here for each other.
                Actie.objects.select_for_update().get(pk=self.actie.pk)
                if not form.is_valid():
                    return False
                mijlpaal = self.record(form)
                if for_good:
                    log(self.actie, "wijken.planning", data={"stap": mijlpaal.naam})
                transaction.set_rollback(not for_good)
        except ValidationError as error:
            show_refusal(form, error)
            return False
        return True

    def reads(self, form: PromiseForm) -> dict[str, Any]:
        """How residents will read it."""
        data = form.cleaned_data
        return {
            "now": Period.parse(data["periode"]).label,
            "certainty": dict(form.fields["zekerheid"].choices)[data["zekerheid"]],  # type: ignore[attr-defined]
            **{name: data.get(name) for name in ("naam", "voorwaarde", "na", "reden")},
        }

    def show(self, form: PromiseForm, *, reads: dict[str, Any] | None = None) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, actie=self.actie, reads=reads))


class StepAddView(PromiseView):
    """A new step of an action, with its first promise."""

    page_title: Any = gettext_lazy("Stap toevoegen")

    @cached_property
    def actie(self) -> Actie:
        return get_object_or_404(Actie.objects.select_related("actieplan"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.actie)

    def make_form(self, data: Any = None) -> StepForm:
        return StepForm(data, actie=self.actie)

    def record(self, form: PromiseForm) -> Mijlpaal:
        return add_mijlpaal(
            actie=self.actie,
            naam=form.cleaned_data["naam"],
            vastgelegd_op=timezone.localdate(),
            **form.promise(),
        )


class PlanningChangeView(PromiseView):
    """A next promise about a step. The earlier ones stay."""

    page_title: Any = gettext_lazy("Planning wijzigen")

    @cached_property
    def mijlpaal(self) -> Mijlpaal:
        steps = Mijlpaal.objects.source().select_related("actie__actieplan")
        step: Mijlpaal = get_object_or_404(steps, pk=self.kwargs["pk"])
        return step

    @cached_property
    def planning(self) -> list[Planning]:
        return list(Planning.objects.source().filter(mijlpaal=self.mijlpaal).order_by("volgnummer"))

    @property
    def actie(self) -> Actie:
        actie: Actie = self.mijlpaal.actie
        return actie

    def get_page_subtitle(self) -> str:
        return str(self.mijlpaal)

    def make_form(self, data: Any = None) -> ChangeForm:
        last = self.planning[-1] if self.planning else None
        return ChangeForm(data, initial=as_promised(last), actie=self.actie, without=self.mijlpaal)

    def record(self, form: PromiseForm) -> Mijlpaal:
        record_planning(
            mijlpaal=self.mijlpaal,
            reden=form.cleaned_data["reden"],
            vastgelegd_op=timezone.localdate(),
            **form.promise(),
        )
        return self.mijlpaal

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "mijlpaal": self.mijlpaal,
            "first": self.planning[0] if self.planning else None,
            "last": self.planning[-1] if self.planning else None,
        }
