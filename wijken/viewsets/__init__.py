"""The registers on the desk: what editors see in lists, how they filter, and in which menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from wijken.viewsets.actieplan import (
    ActieplanViewSet,
    FocusopgaveViewSet,
    GesprekViewSet,
    OpgaveViewSet,
    PerspectiefViewSet,
)
from wijken.viewsets.acties import ActieViewSet, MijlpaalViewSet
from wijken.viewsets.berichten import MedewerkerViewSet, PlanningViewSet, VoortgangViewSet
from wijken.viewsets.geld import BudgetViewSet
from wijken.viewsets.mensen import MensenEnPlekkenGroup
from wijken.viewsets.overleg import OverlegGroup
from wijken.viewsets.wijken import WijkenGroup


class ActieplanGroup(SnippetViewSetGroup):
    menu_label = _("Actieplan")
    menu_name = "actieplan"
    menu_icon = "clipboard-list"
    menu_order = 215
    submenu_hook = "register_actieplan_menu_item"
    items = (
        ActieplanViewSet,
        ActieViewSet,
        MijlpaalViewSet,
        VoortgangViewSet,
        PlanningViewSet,
        PerspectiefViewSet,
        OpgaveViewSet,
        FocusopgaveViewSet,
        BudgetViewSet,
        GesprekViewSet,
        MedewerkerViewSet,
    )


GROUPS = (WijkenGroup, MensenEnPlekkenGroup, ActieplanGroup, OverlegGroup)
