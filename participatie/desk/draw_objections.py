"""What people say is wrong about their lot: entering it for somebody, and deciding."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from participatie.desk.screens import LotingScreen
from participatie.draw import objections
from participatie.draw.checks import trekking_of
from participatie.draw.lots import record_of
from participatie.models import Bezwaar, Handeling, Kanaal, Lot, Staat
from wijken.desk.screens import show_refusal

AT_THE_DESK = [choice for choice in Kanaal.choices if choice[0] != Kanaal.WEB]


class ObjectionForm(forms.Form):
    """What somebody said by telephone, on paper or at the desk."""

    lot = forms.CharField(label=gettext_lazy("Lotnummer of bonnummer"), max_length=60)
    kanaal = forms.ChoiceField(label=gettext_lazy("Via"), choices=AT_THE_DESK)
    tekst = forms.CharField(
        label=gettext_lazy("Wat klopt er niet?"),
        max_length=objections.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, loting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loting = loting

    def clean_lot(self) -> Lot:
        found = objections.find_lot(self.loting, self.cleaned_data["lot"])
        if found is None:
            raise ValidationError(_("Dit lotnummer of bonnummer is er niet."))
        return found


class DecisionForm(forms.Form):
    """What is decided, and why."""

    besluit = forms.ChoiceField(
        label=gettext_lazy("Wat besluit u?"),
        choices=[choice for choice in Bezwaar.Besluit.choices if choice[0] != Bezwaar.Besluit.OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat u besluit.")},
    )
    uitleg = forms.CharField(
        label=gettext_lazy("Uitleg voor de bewoner"),
        required=False,
        max_length=objections.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("De bewoner leest dit. Bij “niet aangepast” is het nodig."),
    )


class ObjectionsView(LotingScreen):
    """All objections without names, and a form to enter one."""

    template_name = "desk/loting/draw_objections.html"
    page_title: Any = gettext_lazy("Bezwaren")
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trekking = trekking_of(self.loting)
        rows = Bezwaar.objects.filter(lot__trekking=trekking).select_related("lot", "door")
        return {
            "form": ObjectionForm(loting=self.loting),
            **super().get_context_data(**kwargs),
            "trekking": trekking,
            "may_enter": trekking is not None and self.loting.staat == Staat.GESLOTEN,
            "open": [row for row in rows if row.besluit == Bezwaar.Besluit.OPEN],
            "decided": [row for row in rows if row.besluit != Bezwaar.Besluit.OPEN],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ObjectionForm(request.POST, loting=self.loting)
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = objections.object_to(
                    lot=given["lot"], text=given["tekst"], kanaal=given["kanaal"], by=self.user
                )
            except ValidationError as error:
                show_refusal(form, error)
            else:
                messages.success(request, _("Het bezwaar is genoteerd."))
                return redirect("desk_loting_objection", self.loting.pk, made.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ObjectionView(LotingScreen):
    """One objection: what was said beside what is recorded, and the decision. Looking is written down."""

    template_name = "desk/loting/draw_objection.html"
    page_title: Any = gettext_lazy("Bezwaar")
    header_icon = "help"

    @cached_property
    def bezwaar(self) -> Bezwaar:
        rows = Bezwaar.objects.filter(lot__trekking__loting=self.loting, lot__trekking__is_proef=False)
        return get_object_or_404(
            rows.select_related("lot__aanmelding", "lot__trekking", "door"), pk=self.kwargs["bezwaar"]
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, own = super().get_breadcrumbs_items()
        listed = {
            "url": reverse("desk_loting_objections", args=[self.loting.pk]),
            "label": ObjectionsView.page_title,
        }
        return [*above, listed, own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.bezwaar
        if self.request.method == "GET":
            self.note(Handeling.Soort.BEZWAAR, aanmelding=row.lot.aanmelding, about="bekeken")
        return {
            "form": DecisionForm(),
            **super().get_context_data(**kwargs),
            "bezwaar": row,
            "record": record_of(row.lot).text if row.lot.zout else "",
            "may_decide": row.besluit == Bezwaar.Besluit.OPEN and self.loting.staat == Staat.GESLOTEN,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DecisionForm(request.POST)
        if form.is_valid():
            try:
                objections.decide(bezwaar=self.bezwaar, by=self.user, **form.cleaned_data)
            except ValidationError as error:
                show_refusal(form, error)
            else:
                messages.success(request, _("Besloten. De bewoner krijgt bericht als er een mailadres is."))
                return redirect("desk_loting_objections", self.loting.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/trekking/bezwaren/": ("desk_loting_objections", ObjectionsView),
    "loting/<int:pk>/trekking/bezwaren/<int:bezwaar>/": ("desk_loting_objection", ObjectionView),
}
