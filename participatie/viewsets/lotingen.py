"""The register of lotingen: a list, and the rules in plain words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from core.desk import RegisterDeleteView, RegisterViewSet
from participatie.desk.screens import MANAGE
from participatie.models import Aanmelding, Loting, Staat
from wijken.models import Buurt
from wijken.viewsets.filters import wijk_filter

# What the window and the moment of the draw add to what `Loting.rules` promises.
PROMISED = (
    *(name.removesuffix("_id") for name in Loting.rules),
    "buurten",
    "sluit_op",
    "trekking_op",
)


class LotingForm(WagtailAdminModelForm):
    """Everything while it is being prepared; what was promised is only shown afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_promised = bool(self.instance.pk) and self.instance.staat != Staat.CONCEPT
        buurten: Any = self.fields["buurten"]
        buurten.queryset = Buurt.objects.select_related("wijk").order_by("wijk__order", "naam")
        buurten.label_from_instance = lambda buurt: f"{buurt.wijk}: {buurt.naam}"
        if self.is_promised:
            for name in PROMISED:
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_promised and any(self.add_prefix(name) in self.data for name in PROMISED):
            # A field that is only shown is not sent: this form was opened before the loting was.
            raise ValidationError(
                _("Een collega opende de loting net. Wat beloofd is, blijft staan: er is niets bewaard.")
            )
        wijk, buurten = data.get("wijk"), data.get("buurten")
        if wijk and buurten and any(buurt.wijk_id != wijk.pk for buurt in buurten):
            self.add_error("buurten", _("Kies alleen buurten van deze wijk."))
        return data


class PromisedPanel(HelpPanel):
    """Why most of the form cannot be changed any more."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.pk) and self.instance.staat != Staat.CONCEPT


PANELS = [
    PromisedPanel(
        content=gettext_lazy(
            "<p>Deze loting is geopend. De regels zijn aan bewoners beloofd en blijven staan. "
            "Verlengen kan op het overzicht van de loting, met een reden.</p>"
        )
    ),
    MultiFieldPanel([FieldPanel("naam"), FieldPanel("slug")], heading=gettext_lazy("Hoe heet zij?")),
    MultiFieldPanel(
        [
            FieldPanel("wijk"),
            FieldPanel("buurten"),
            FieldPanel("minimumleeftijd"),
            FieldPanel("een_per_adres"),
        ],
        heading=gettext_lazy("Wie kan meedoen?"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("opent_op"),
            FieldPanel("sluit_op"),
            FieldPanel("trekking_op"),
            FieldPanel("trekking_plek"),
        ],
        heading=gettext_lazy("Wanneer en waar?"),
    ),
    MultiFieldPanel(
        [FieldPanel("zetels"), FieldPanel("reserves"), FieldPanel("termijn_maanden")],
        heading=gettext_lazy("Hoeveel mensen?"),
    ),
    MultiFieldPanel(
        [FieldPanel("vorm"), FieldPanel("bezwaar_dagen"), FieldPanel("antwoord_dagen")],
        heading=gettext_lazy("Hoe gaat het loten?"),
    ),
    MultiFieldPanel(
        [FieldPanel("bewaren_dagen"), FieldPanel("is_voorbeeld")], heading=gettext_lazy("Gegevens")
    ),
]


class LotingFilterSet(WagtailFilterSet):
    wijk = wijk_filter()

    class Meta:
        model = Loting
        fields = ["wijk", "staat"]


class LotingIndexView(generic.IndexView):
    def get_edit_url(self, instance: Any) -> str | None:
        """Whoever keeps a loting starts at its overview."""
        if self.request.user.has_perm(MANAGE):
            return reverse("desk_loting", args=[instance.pk])
        return super().get_edit_url(instance)


class LotingCreateView(generic.CreateView):
    object: Any

    def get_success_url(self) -> str:
        if self.request.user.has_perm(MANAGE):
            return reverse("desk_loting", args=[self.object.pk])
        return super().get_success_url()


class LotingEditView(generic.EditView):
    request: HttpRequest

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            # Somebody who opens it at this moment waits, or was first: then its rules stay.
            Loting.objects.locked().filter(pk=self.object_pk).first()
            return super().post(request, *args, **kwargs)

    def get_header_buttons(self) -> list[Any]:
        buttons = super().get_header_buttons()
        if not self.request.user.has_perm(MANAGE):
            return buttons
        address = reverse("desk_loting", args=[self.object.pk])
        return [HeaderButton(_("Overzicht"), url=address, icon_name="home"), *buttons]


class LotingDeleteView(RegisterDeleteView):
    """Only what nobody knows of yet: in preparation, and without questions, pages or sign-ups."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if Loting.objects.exclude(staat=Staat.CONCEPT).filter(pk=self.object.pk).exists():
            return self.refuse()
        return super().post(request, *args, **kwargs)


def _window(loting: Loting) -> str:
    opens, closes = (date_format(localtime(at), "j E Y") for at in (loting.opent_op, loting.sluit_op))
    return _("%(opens)s tot en met %(closes)s") % {"opens": opens, "closes": closes}


class LotingViewSet(RegisterViewSet):
    model = Loting
    name = "lotingen"
    menu_label = gettext_lazy("Lotingen")
    icon = "group"
    ordering = ("-opent_op",)
    index_view_class = LotingIndexView
    add_view_class = LotingCreateView
    edit_view_class = LotingEditView
    delete_view_class = LotingDeleteView
    list_display = [
        "naam",
        "wijk",
        Column("staat", label=gettext_lazy("Staat"), accessor="get_staat_display", sort_key="staat"),
        Column("window", label=gettext_lazy("Aanmelden"), accessor=_window),
        NumberColumn("count", label=gettext_lazy("Aanmeldingen"), accessor="sign_up_count"),
    ]
    list_select_related = ("wijk",)
    list_export = ["naam", "wijk", "get_staat_display", "opent_op", "sluit_op", "sign_up_count"]
    export_headings = {
        "get_staat_display": gettext_lazy("Staat"),
        "sign_up_count": gettext_lazy("Aanmeldingen"),
    }
    filterset_class = LotingFilterSet
    search_fields = ["naam", "wijk__naam"]
    edit_handler = ObjectList(PANELS, base_form_class=LotingForm)
    inspect_view_fields = [
        "naam",
        "wijk",
        "staat",
        "opent_op",
        "sluit_op",
        "trekking_op",
        "trekking_plek",
        "zetels",
        "reserves",
        "termijn_maanden",
        "minimumleeftijd",
        "een_per_adres",
        "vorm",
        "bezwaar_dagen",
        "antwoord_dagen",
        "bewaren_dagen",
    ]

    def rows(self) -> QuerySet[Loting]:
        standing = Q(aanmeldingen__stand=Aanmelding.Stand.AANGEMELD)
        return super().rows().annotate(sign_up_count=Count("aanmeldingen", filter=standing))
