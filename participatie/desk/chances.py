"""The quotas of a loting beside what they do to who takes part, at once while somebody sets them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from participatie.desk.chances_form import QuotaForm, as_promised, first_values, with_way_out
from participatie.desk.chances_shown import Shown, shown
from participatie.desk.screens import LotingScreen
from participatie.draw import live
from participatie.draw.people import count_of
from participatie.draw.quota_actions import (
    CHANGEABLE,
    change_quotas,
    fingerprint,
    for_the_draw,
    options_of,
    wanted_quotas,
)
from participatie.draw.quota_warnings import chance_words
from participatie.models import Antwoordoptie, Kenmerk, Quota, Quotawijziging, Vorm
from participatie.quota_progress import OptionProgress, progress_of
from participatie.quotas import holding
from wijken.desk.screens import show_refusal


@dataclass(frozen=True)
class Row:
    """One answer on the screen. `from_share`: what follows from the share of the population."""

    progress: OptionProgress
    from_share: Quota | None
    minimum: BoundField | None
    maximum: BoundField | None


@dataclass(frozen=True)
class Rows:
    kenmerk: Kenmerk
    without_answer: int
    rows: list[Row]


@dataclass(frozen=True)
class Changed:
    """A change that was made: why, and for each answer from what to what."""

    first: Quotawijziging
    lines: list[tuple[str, Quotawijziging]]


class QuotaScreen(LotingScreen):
    """What the screen and the piece that is drawn anew share."""

    @cached_property
    def answers(self) -> list[Antwoordoptie]:
        return options_of(self.loting)

    @property
    def may_change(self) -> bool:
        return self.loting.staat in CHANGEABLE and self.loting.vorm == Vorm.LIJSTEN

    def form_of(self, data: QueryDict) -> QuotaForm:
        return QuotaForm(data, loting=self.loting, options=self.answers)

    def form_of_now(self) -> QuotaForm:
        """The form before anybody types, with what holds now."""
        initial = first_values(self.answers, holding(self.loting), fingerprint(self.loting))
        return QuotaForm(loting=self.loting, options=self.answers, initial=initial)

    def shown_for(self, form: QuotaForm, *, with_price: bool) -> Shown:
        """What the numbers of a form do. Of an untouched form what holds now."""
        if form.is_bound and not form.is_valid():
            reasons = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
            number_errors = [
                f"{form.fields[name].label}: {reason}" if name in form.fields else reason
                for name, reason in reasons.items()
            ]
            message = _("Vul eerst de getallen in. Dan komen de kansen.")
            return Shown(message=message, said=message, errors=number_errors)
        wanted = wanted_quotas(self.loting, self.answers, form.typed() if form.is_bound else {})
        asked = live.question(self.loting, for_the_draw(self.answers, wanted))
        return shown(asked, self.loting, self.answers, with_price=with_price)


class ChancesView(QuotaScreen):
    template_name = "desk/loting/chances.html"
    page_title: Any = gettext_lazy("Verdeling en kansen")
    header_icon = "sliders"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._show(self.form_of_now())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST
        if chosen := data.get("neem"):
            return self._show(self.form_of(with_way_out(data, chosen)), filled=True)
        if data.get("doen") == "belofte":
            quotas = holding(self.loting)
            promised = [(option, quotas.of(option).promised) for option in self.answers]
            return self._show(self.form_of(as_promised(data, promised)), filled=True)
        form = self.form_of(data)
        if data.get("doen") == "bewaren" and form.is_valid():
            try:
                changed = self._save(form)
            except ValidationError as error:
                form = self._refused(form, error)
            else:
                done = _("De verdeling is bewaard.") if changed else _("Er is niets veranderd.")
                messages.success(request, done)
                return redirect("desk_loting_chances", self.loting.pk)
        return self._show(form, is_saving=data.get("doen") == "bewaren")

    def _save(self, form: QuotaForm) -> bool:
        return change_quotas(
            loting=self.loting,
            quotas=form.typed(),
            seen=form.cleaned_data["gezien"],
            reden=form.cleaned_data.get("reden", ""),
            by=self.user,
        )

    def _refused(self, form: QuotaForm, error: ValidationError) -> QuotaForm:
        """The same form with the reasons; a colleague's change is shown, and then it may be sent again."""
        if getattr(error, "code", "") == "changed":
            # Whatever was read before the colleague was ready.
            del self.loting, self.answers
            data = self.request.POST.copy()
            data["gezien"] = fingerprint(self.loting)
            form = self.form_of(data)
            form.is_valid()
        show_refusal(form, error)
        return form

    def _show(self, form: QuotaForm, *, filled: bool = False, is_saving: bool = False) -> HttpResponse:
        is_simple = self.loting.vorm != Vorm.LIJSTEN
        # What was refused has chances as well.
        numbers = self.form_of(self.request.POST) if is_saving else form
        context: Mapping[str, Any] = {
            "form": form,
            "features": self._rows(form if self.may_change else None),
            "may_change": self.may_change,
            "is_simple": is_simple,
            "simple": self._simple() if is_simple else {},
            "shown": None if is_simple else self.shown_for(numbers, with_price=True),
            "filled": filled,
            "is_saving": is_saving,
            "changes": self._changes(),
        }
        return self.render_to_response(self.get_context_data(**context))

    def _simple(self) -> dict[str, Any]:
        people = count_of(self.loting)
        chance = min(1.0, self.loting.zetels / people) if people else 0.0
        return {"people": people, "chance": chance_words(chance)}

    def _rows(self, form: QuotaForm | None) -> list[Rows]:
        found = []
        for feature in progress_of(self.loting, language_code=settings.LANGUAGE_CODE):
            rows = []
            for progress in feature.options:
                share = progress.option.aandeel
                from_share = (
                    None if share is None else Antwoordoptie(aandeel=share).quota(seats=self.loting.zetels)
                )
                pk = progress.option.pk
                fields = [
                    form[name] if form and name in form.fields else None
                    for name in (f"min-{pk}", f"max-{pk}")
                ]
                rows.append(Row(progress, from_share, *fields))
            found.append(Rows(feature.kenmerk, feature.without_answer, rows))
        return found

    def _changes(self) -> list[Changed]:
        labels = {option.pk: option.label for option in self.answers}
        together: dict[Any, list[tuple[str, Quotawijziging]]] = {}
        rows = holding(self.loting).changes
        prefetch_related_objects(rows, "door")
        for row in rows:
            together.setdefault((row.op, row.reden), []).append((labels.get(row.optie_id, ""), row))
        return [Changed(lines[0][1], lines) for lines in reversed(together.values())]


class ResultView(QuotaScreen):
    """Only what is beside the numbers, for the numbers that were sent: what the script puts in its place."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_of(request.POST) if self.may_change else self.form_of_now()
        found = self.shown_for(form, with_price="prijs" in request.POST)
        context = {"shown": found, "loting": self.loting}
        return render(request, "desk/loting/chances_result.html", context)


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/kansen/": ("desk_loting_chances", ChancesView),
    "loting/<int:pk>/kansen/uitkomst/": ("desk_loting_chances_result", ResultView),
}
