"""Words on the desk: those that mean the same, those not found, and those that stay in every language."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSetGroup

from core.desk import RegisterViewSet
from core.models import BlijvendWoord
from home.models import Synoniemen
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
