"""The sign-ups of a loting: a list without names, and one of them opened. Every look is written down."""

from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.receipts import read_number
from participatie import actions
from participatie.desk.screens import LotingScreen
from participatie.identity import mail_index
from participatie.models import Aanmelding, Handeling, Kanaal, Kenmerkwaarde, Persoon
from wijken.desk.screens import sentences

PER_PAGE = 50
ANY = [("", gettext_lazy("Alle"))]
MAIL_STATES = [
    ("bevestigd", gettext_lazy("bevestigd")),
    ("onbevestigd", gettext_lazy("nog niet bevestigd")),
    ("onbestelbaar", gettext_lazy("komt niet aan")),
    ("geen", gettext_lazy("geen mailadres")),
]


class FilterForm(forms.Form):
    """What the list shows. Names are sealed: one finds somebody by receipt number or by the exact mail."""

    zoek = forms.CharField(label=gettext_lazy("Bonnummer of mailadres"), required=False, max_length=254)
    stand = forms.ChoiceField(
        label=gettext_lazy("Stand"), required=False, choices=[*ANY, *Aanmelding.Stand.choices]
    )
    geschiktheid = forms.ChoiceField(
        label=gettext_lazy("Doet mee"), required=False, choices=[*ANY, *Aanmelding.Geschiktheid.choices]
    )
    kanaal = forms.ChoiceField(label=gettext_lazy("Via"), required=False, choices=[*ANY, *Kanaal.choices])
    taal = forms.ChoiceField(label=gettext_lazy("Taal"), required=False, choices=[*ANY, *settings.LANGUAGES])
    mail = forms.ChoiceField(label=gettext_lazy("Mail"), required=False, choices=[*ANY, *MAIL_STATES])

    def rows(self, rows: QuerySet[Aanmelding]) -> QuerySet[Aanmelding]:
        """The sign-ups that fit. What cannot be chosen is as if it was not."""
        if not self.is_valid():
            return rows
        given = self.cleaned_data
        for name in ("stand", "geschiktheid", "kanaal", "taal"):
            if given[name]:
                rows = rows.filter(**{name: given[name]})
        if given["mail"]:
            rows = rows.filter(MAIL[given["mail"]])
        if wanted := given["zoek"].strip():
            number = read_number(wanted)
            rows = rows.filter(Q(bonnummer=number) if number else Q(persoon__mail_index=mail_index(wanted)))
        return rows


MAIL = {
    "bevestigd": Q(mail_bevestigd_op__isnull=False),
    "onbevestigd": Q(mail_bevestigd_op__isnull=True) & ~Q(persoon__mail_index=""),
    "onbestelbaar": Q(onbestelbaar_op__isnull=False),
    "geen": Q(persoon__mail_index=""),
}


class SignUpsView(LotingScreen):
    template_name = "desk/loting/signups.html"
    page_title: Any = gettext_lazy("Aanmeldingen")
    header_icon = "list-ul"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = FilterForm(self.request.GET)
        # The mail is found by its hash: the row of the person is only opened with the sign-up.
        rows = form.rows(Aanmelding.objects.filter(loting=self.loting)).order_by("-ontvangen_op", "-pk")
        numbers = rows.values_list("pk", flat=True)
        page: Any = Paginator(numbers, PER_PAGE).get_page(self.request.GET.get("p"))
        # First which ones, from the index alone: far down a long list the rows above are not read.
        shown = Aanmelding.objects.filter(pk__in=list(page.object_list)).order_by("-ontvangen_op", "-pk")
        page.object_list = list(shown.select_related("persoon").defer(*SEALED))
        if page.object_list:
            self.note(Handeling.Soort.LIJST, count=len(page.object_list))
        query = self.request.GET.copy()
        query.pop("p", None)
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page_obj": page,
            "query": query.urlencode(),
            "is_filtered": bool(form.is_valid() and any(form.cleaned_data.values())),
        }


SEALED = tuple(f"persoon__{name}" for name in Persoon.identity)


class VerdictForm(forms.Form):
    """Does somebody take part, and why."""

    geschiktheid = forms.ChoiceField(
        label=gettext_lazy("Doet mee?"), choices=Aanmelding.Geschiktheid.choices, widget=forms.RadioSelect
    )
    reden = forms.ChoiceField(label=gettext_lazy("Waarom?"), choices=Aanmelding.Reden.choices)
    toelichting = forms.CharField(
        label=gettext_lazy("Toelichting"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Geen naam, adres of telefoonnummer."),
    )
    versie = forms.IntegerField(widget=forms.HiddenInput)


class SignUpView(LotingScreen):
    """One sign-up: who, what was answered, what happened to it, and what the lotingbeheerder can do."""

    template_name = "desk/loting/signup.html"
    page_title: Any = gettext_lazy("Aanmelding")
    header_icon = "user"

    @cached_property
    def aanmelding(self) -> Aanmelding:
        rows = Aanmelding.objects.filter(loting=self.loting).select_related("persoon", "ingevoerd_door")
        return get_object_or_404(rows, bonnummer=self.kwargs["nummer"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, own = super().get_breadcrumbs_items()
        listed = {
            "url": reverse("desk_loting_signups", args=[self.loting.pk]),
            "label": SignUpsView.page_title,
        }
        return [*above, listed, own]

    def get_page_subtitle(self) -> str:
        return self.aanmelding.bonnummer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.aanmelding
        if self.request.method == "GET":
            self.note(Handeling.Soort.BEKEKEN, aanmelding=row)
        initial = {name: getattr(row, name) for name in ("geschiktheid", "reden", "toelichting", "versie")}
        return {
            "form": VerdictForm(initial=initial),
            **super().get_context_data(**kwargs),
            "aanmelding": row,
            "persoon": row.persoon,
            "values": Kenmerkwaarde.objects.filter(aanmelding=row)
            .select_related("kenmerk", "optie")
            .order_by("kenmerk__order"),
            "history": Handeling.objects.filter(loting=self.loting, bonnummer=row.bonnummer).select_related(
                "door"
            ),
            "may_change": self.loting.staat in actions.BEFORE_FREEZING,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row, what = self.aanmelding, request.POST.get("wat")
        try:
            if what == "oordeel":
                return self._judge(request, row)
            if what == "intrekken":
                actions.withdraw(aanmelding=row, by=self.user)
                messages.success(request, _("Deze aanmelding doet niet meer mee."))
            elif what == "wissen":
                actions.erase(aanmelding=row, by=self.user)
                messages.success(request, _("De gegevens zijn gewist."))
                return redirect("desk_loting_signups", self.loting.pk)
            else:
                raise Http404
        except actions.LotingClosedError:
            messages.error(request, _("De deelnemers staan vast. Er is niets veranderd."))
        except actions.GoneError:
            messages.error(request, _("Deze aanmelding is intussen gewist."))
            return redirect("desk_loting_signups", self.loting.pk)
        return redirect("desk_loting_signup", self.loting.pk, row.bonnummer)

    def _judge(self, request: HttpRequest, row: Aanmelding) -> HttpResponse:
        form = VerdictForm(request.POST)
        if form.is_valid() and form.cleaned_data["versie"] != row.versie:
            form.add_error(
                None, _("Iemand heeft deze aanmelding intussen gewijzigd. Kijk eerst wat er nu staat.")
            )
        if form.is_valid():
            given = form.cleaned_data
            try:
                actions.judge(
                    aanmelding=row,
                    geschiktheid=given["geschiktheid"],
                    reden=given["reden"],
                    toelichting=given["toelichting"],
                    by=self.user,
                )
            except ValidationError as error:
                form.add_error(None, sentences(error))
            else:
                messages.success(request, _("Bewaard."))
                return redirect("desk_loting_signup", self.loting.pk, row.bonnummer)
        return self.render_to_response(self.get_context_data(form=form))


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/aanmeldingen/": ("desk_loting_signups", SignUpsView),
    "loting/<int:pk>/aanmeldingen/<slug:nummer>/": ("desk_loting_signup", SignUpView),
}
