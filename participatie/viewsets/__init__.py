"""The lotingen on the desk, and the words of their questions."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from participatie.viewsets.kenmerken import AntwoordoptieViewSet, KenmerkViewSet
from participatie.viewsets.lotingen import LotingViewSet


class LotingenGroup(SnippetViewSetGroup):
    menu_label = _("Lotingen")
    menu_name = "lotingen"
    menu_icon = "group"
    menu_order = 222
    items = (LotingViewSet, KenmerkViewSet, AntwoordoptieViewSet)
