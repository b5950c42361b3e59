"""The questions of a loting and their answers, for who translates them.

What is a fact, the Dutch words included, is made on the screen of the loting and stays once it is open.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from core.desk import (
    SourceEditView,
    SourceFilterSet,
    SourceIndexView,
    TranslatableViewSet,
    translations_column,
)
from participatie.desk.screens import MANAGE
from participatie.models import Antwoordoptie, Kenmerk
from wijken.viewsets.berichten import OwnScreensPolicy


class WordsOnlyPolicy(OwnScreensPolicy):
    """Made and removed on the screen of the loting; here they are only translated."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


for model in (Kenmerk, Antwoordoptie):
    register_permission_policy(model, WordsOnlyPolicy(model))


class KenmerkFilterSet(SourceFilterSet):
    class Meta:
        model = Kenmerk
        fields = ["loting"]


class AntwoordoptieFilterSet(SourceFilterSet):
    class Meta:
        model = Antwoordoptie
        fields = ["kenmerk__loting"]


class FeatureIndexView(SourceIndexView):
    def get_edit_url(self, instance: Any) -> str | None:
        # The Dutch words are made with the numbers, on the screen of the loting.
        return None

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if not self.request.user.has_perm(MANAGE):
            return buttons
        kenmerk = instance if isinstance(instance, Kenmerk) else instance.kenmerk
        address = reverse("desk_loting_features", args=[kenmerk.loting_id])
        return [*buttons, Button(_("Vragen en zetels"), address, icon_name="list-ul", priority=15)]


class FeatureEditView(SourceEditView):
    def may_change_facts(self) -> bool:
        return False


class KenmerkViewSet(TranslatableViewSet):
    model = Kenmerk
    base_url_path = "kenmerken"
    menu_label = gettext_lazy("Vragen")
    icon = "help"
    ordering = ("loting", "order")
    index_view_class = FeatureIndexView
    edit_view_class = FeatureEditView
    list_display = ["vraag", "loting", translations_column()]
    list_select_related = ("loting",)
    filterset_class = KenmerkFilterSet
    search_fields = ["vraag", "uitleg"]


class AntwoordoptieViewSet(TranslatableViewSet):
    model = Antwoordoptie
    base_url_path = "antwoordopties"
    menu_label = gettext_lazy("Antwoorden")
    icon = "list-ul"
    ordering = ("kenmerk__loting", "kenmerk__order", "order")
    index_view_class = FeatureIndexView
    edit_view_class = FeatureEditView
    list_display = ["label", "kenmerk", translations_column()]
    list_select_related = ("kenmerk__loting",)
    filterset_class = AntwoordoptieFilterSet
    search_fields = ["label", "kenmerk__vraag"]
