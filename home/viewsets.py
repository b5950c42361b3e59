"""Words on the desk: those that mean the same, that stay in every language, and that are hard."""

from typing import Any

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from core.desk import RegisterViewSet
from core.models import BlijvendWoord
from home.desk.leesbaarheid.words_file import PERMISSION, WordsFileView
from home.models import MoeilijkWoord, Synoniemen
from home.models.synoniemen import language_choices


class SynoniemenCreateView(generic.CreateView):
    """Starts with the word that somebody searched for, when the report led here: `?woord=` and `?taal=`."""

    def get_initial(self) -> dict[str, Any]:
        initial = super().get_initial()
        if word := self.request.GET.get("woord", "")[:100]:
            initial["terms"] = f"{word}, "
        language = self.request.GET.get("taal")
        if language in dict(language_choices()):
            initial["language"] = language
        return initial


class SynoniemenViewSet(RegisterViewSet):
    model = Synoniemen
    name = "synoniemen"
    menu_label = _("Synoniemen")
    icon = "search"
    ordering = ("language", "terms")
    list_display = ["terms", "language"]
    list_filter = ["language"]
    list_export = ["language", "terms"]
    search_fields = ["terms"]
    add_view_class = SynoniemenCreateView


class ZoekenGroup(ModelViewSetGroup):
    # Not "Zoeken": that is what the search box above the menu is called.
    menu_label = _("Zoekwoorden")
    menu_name = "zoekwoorden"
    menu_icon = "search"
    menu_order = 600
    submenu_hook = "register_zoeken_menu_item"
    items = (SynoniemenViewSet,)


class WoordenViewSet(RegisterViewSet):
    """Words that no translator and no machine changes."""

    model = BlijvendWoord
    name = "woorden-die-blijven"
    menu_label = _("Woorden die blijven")
    icon = "lock"
    ordering = ("word",)
    list_display = ["word", "translations", "note"]
    list_prefetch_related = ("fixed",)
    list_export = ["word", "translations", "note"]
    search_fields = ["word", "note"]
    inspect_view_fields = ["word", "translations", "note"]


class MoeilijkeWoordenIndexView(generic.IndexView):
    @cached_property
    def header_buttons(self) -> list[Any]:  # type: ignore[override]
        buttons = list(super().header_buttons)
        if self.request.user.has_perm(PERMISSION):
            address = reverse("moeilijke-woorden:import")
            buttons.append(HeaderButton(_("Uit een bestand"), url=address, icon_name="upload"))
        return buttons


class MoeilijkeWoordenViewSet(RegisterViewSet):
    """Words that editors are warned of while they write, and what to write instead."""

    model = MoeilijkWoord
    name = "moeilijke-woorden"
    menu_label = _("Moeilijke woorden")
    icon = "glasses"
    add_to_settings_menu = True
    ordering = ("word",)
    index_view_class = MoeilijkeWoordenIndexView
    list_display = ["word", "alternative", "note"]
    list_export = ["word", "alternative", "note"]
    search_fields = ["word", "alternative", "note"]
    inspect_view_fields = ["word", "alternative", "note"]

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("bestand/", WordsFileView.as_view(), name="import")]
