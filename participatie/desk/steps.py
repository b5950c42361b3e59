"""Taking a loting to its next state and giving people longer: each with a reason that stays."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from participatie.actions import extend, take_step
from participatie.desk.loting import OverviewView
from participatie.models import Staat
from wijken.desk.screens import sentences, show_refusal

NO_REASON = gettext_lazy("Schrijf op waarom.")


class ExtendForm(forms.Form):
    """Until when, and why."""

    until = forms.DateTimeField(
        label=gettext_lazy("Aanmelden kan tot"),
        # The browser's own picker sends it like this.
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": gettext_lazy("Kies een dag en een tijd."),
            "invalid": gettext_lazy("Kies een dag en een tijd."),
        },
    )
    reden = forms.CharField(
        label=gettext_lazy("Waarom?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dit staat ook op de pagina van de loting."),
        error_messages={"required": NO_REASON},
    )


class StepView(OverviewView):
    """Takes a step; when that cannot be, the overview says why."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("desk_loting", self.loting.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        naar, reden = request.POST.get("naar", ""), request.POST.get("reden", "")[:600]
        if naar not in [step.naar for step in self.steps]:
            messages.error(
                request,
                _("Deze stap kan nu niet. Misschien was een collega u voor. Kijk hoe de loting staat."),
            )
            return redirect("desk_loting", self.loting.pk)
        try:
            take_step(loting=self.loting, naar=naar, reden=reden.replace("\0", ""), by=self.user)
        except ValidationError as error:
            refused = {"naar": naar, "reden": reden, "why": sentences(error)}
            return self.render_to_response(self.get_context_data(refused=refused))
        messages.success(
            request, _("De loting is nu: %(state)s.") % {"state": dict(Staat.choices)[Staat(naar)]}
        )
        return redirect("desk_loting", self.loting.pk)


class ExtendView(OverviewView):
    """A later closing, never an earlier one."""

    template_name = "desk/loting/extend.html"

    def get_page_title(self) -> str:
        return _("Verlengen")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ExtendForm(initial={"until": self.loting.sluit_op})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ExtendForm(request.POST)
        if form.is_valid():
            try:
                extend(loting=self.loting, by=self.user, **form.cleaned_data)
            except ValidationError as error:
                show_refusal(form, error)
            else:
                messages.success(request, _("Aanmelden kan nu langer."))
                return redirect("desk_loting", self.loting.pk)
        return self.render_to_response(self.get_context_data(form=form))


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/stap/": ("desk_loting_step", StepView),
    "loting/<int:pk>/verlengen/": ("desk_loting_extend", ExtendView),
}
