"""The registers of the wijkkrant: editions, and who works on which wijkkrant."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from core.desk import DayColumn, RegisterViewSet
from core.models import User
from home.krant.pages import make_pages
from home.krant.redactie import may_edit
from home.models import Editie, Redactielid
from wijken.desk.screens import sentences
from wijken.viewsets.filters import wijk_filter

# Its page, its address and its group of people hang on these.
FIXED = ("wijk", "seizoen", "jaar")


class EditieForm(WagtailAdminModelForm):
    """Once it is there, an edition stays that of its wijk and its season."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in FIXED:
                self.fields[name].disabled = True
                self.fields[name].required = False
        else:
            self.initial.setdefault("jaar", timezone.localdate().year)


class EditieFilterSet(WagtailFilterSet):
    wijk = wijk_filter()

    class Meta:
        model = Editie
        fields = ["wijk", "staat"]


class EditieIndexView(generic.IndexView):
    def get_edit_url(self, instance: Any) -> str | None:
        """Whoever works on it starts at the board."""
        if may_edit(cast(User, self.request.user), instance.wijk):
            return reverse("krant_board", args=[instance.pk])
        return super().get_edit_url(instance)


class EditieCreateView(generic.CreateView):
    object: Any
    request: HttpRequest

    def save_instance(self) -> Any:
        """With the draft of its page, so that articles can be written at once."""
        editie = super().save_instance()
        try:
            make_pages(editie=editie, by=cast(User, self.request.user))
        except ValidationError as error:
            messages.warning(self.request, sentences(error))
        return editie

    def get_success_url(self) -> str:
        return reverse("krant_board", args=[self.object.pk])


class EditieEditView(generic.EditView):
    def get_header_buttons(self) -> list[Any]:
        address = reverse("krant_board", args=[self.object.pk])
        board = HeaderButton(_("Bord van de redactie"), url=address, icon_name="list-ul")
        return [board, *super().get_header_buttons()]


class EditieInspectView(generic.InspectView):
    def get_header_buttons(self) -> list[Any]:
        if not may_edit(cast(User, self.request.user), self.object.wijk):
            return list(super().get_header_buttons())
        address = reverse("krant_paper", args=[self.object.pk])
        paper = HeaderButton(_("Krant op papier"), url=address, icon_name="doc-full")
        return [paper, *super().get_header_buttons()]

    def get_fields(self) -> list[str]:
        return [*super().get_fields(), "stappen"]

    def get_field_label(self, field_name: str, field: Any = None) -> Any:
        return _("Stappen") if field_name == "stappen" else super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        if field_name != "stappen":
            return super().get_field_display_value(field_name, field) or "–"
        rows = self.object.stappen.select_related("door")
        lines = ((_moment(step), step, _who(step), step.reden) for step in rows)
        return format_html_join("", "<div>{}: {}{} {}</div>", lines) or _("Nog geen.")


def _moment(step: Any) -> str:
    return date_format(timezone.localtime(step.op), "j E Y H:i")


def _who(step: Any) -> str:
    if step.door is None:
        return ""
    return _(", door %(who)s.") % {"who": step.door.get_full_name() or step.door.get_username()}


class EditieViewSet(RegisterViewSet):
    model = Editie
    name = "edities"
    menu_label = gettext_lazy("Edities")
    icon = "calendar-alt"
    ordering = ("-bezorgd_van",)
    index_view_class = EditieIndexView
    add_view_class = EditieCreateView
    edit_view_class = EditieEditView
    inspect_view_class = EditieInspectView
    list_display = [
        "__str__",
        Column("staat", label=gettext_lazy("Staat"), accessor="get_staat_display", sort_key="staat"),
        DayColumn("kopij_tot", label=gettext_lazy("Kopij tot en met"), sort_key="kopij_tot"),
        DayColumn("bezorgd_van", label=gettext_lazy("Bezorgen vanaf"), sort_key="bezorgd_van"),
        Column("paginas", label=gettext_lazy("Bladzijden")),
    ]
    list_select_related = ("wijk",)
    list_export = ["wijk", "seizoen", "jaar", "staat", "kopij_tot", "bezorgd_van", "bezorgd_tot", "oplage"]
    filterset_class = EditieFilterSet
    search_fields = ["wijk__naam", "seizoen", "jaar"]
    inspect_view_fields = [
        "wijk",
        "seizoen",
        "jaar",
        "staat",
        "kopij_tot",
        "bezorgd_van",
        "bezorgd_tot",
        "paginas",
        "oplage",
        "is_voorbeeld",
    ]
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=gettext_lazy(
                    "<p>Bij een nieuwe editie staat de pagina meteen klaar als concept. Niemand buiten de "
                    "redactie ziet die, tot de editie op “uit” staat.</p>"
                )
            ),
            MultiFieldPanel(
                [FieldPanel("wijk"), FieldRowPanel([FieldPanel("seizoen"), FieldPanel("jaar")])],
                heading=gettext_lazy("Welk nummer?"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("kopij_tot"),
                    FieldRowPanel([FieldPanel("bezorgd_van"), FieldPanel("bezorgd_tot")]),
                ],
                heading=gettext_lazy("Wanneer?"),
            ),
            MultiFieldPanel(
                [FieldPanel("paginas"), FieldPanel("oplage"), FieldPanel("is_voorbeeld")],
                heading=gettext_lazy("Op papier"),
            ),
        ],
        base_form_class=EditieForm,
    )


class RedactielidViewSet(RegisterViewSet):
    """Who works on which wijkkrant. What somebody may do follows by itself."""

    model = Redactielid
    name = "redactieleden"
    menu_label = gettext_lazy("Wie maakt welke krant")
    icon = "group"
    ordering = ("wijk__order", "user__username")
    list_display = ["user", "wijk", DayColumn("sinds", label=gettext_lazy("Sinds"), sort_key="sinds")]
    list_select_related = ("user", "wijk")
    list_filter = ["wijk"]
    search_fields = ["user__username", "user__first_name", "user__last_name", "wijk__naam"]
    inspect_view_fields = ["user", "wijk", "sinds"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=gettext_lazy(
                    "<p>Wie hier staat, krijgt de rol Krantredactie en schrijft mee aan de wijkkrant van "
                    "deze wijk, en aan geen andere. Publiceren doet een eindredacteur. Haalt u iemand weg "
                    "bij de laatste wijk, dan vervalt de rol ook.</p>"
                )
            ),
            *Redactielid.panels,
        ]
    )


class KrantGroup(ModelViewSetGroup):
    menu_label = gettext_lazy("Wijkkrant")
    menu_name = "wijkkrant"
    menu_icon = "doc-full-inverse"
    menu_order = 224
    submenu_hook = "register_krant_menu_item"
    items = (EditieViewSet, RedactielidViewSet)
