"""What is: wijken, teams, platforms, people, places and action plans, and the pages about them."""

from wijken.models.aandachtsgebied import Aandachtsgebied
from wijken.models.aanplakplaatsen_page import AanplakplaatsenPage
from wijken.models.actie import Actie, Financiering
from wijken.models.actie_page import ActiePage
from wijken.models.actieplan import Actieplan, ActieplanVersie
from wijken.models.actieplan_page import ActieplanPage
from wijken.models.adresbuurt import Adresbuurt, Adressenbestand
from wijken.models.budget import Budget
from wijken.models.contactpersoon import Contactpersoon
from wijken.models.focusopgave import Focusopgave
from wijken.models.focusopgave_page import FocusopgavePage
from wijken.models.indicator import Indicator, Meting
from wijken.models.medewerker import Medewerker
from wijken.models.monitor_page import MonitorPage
from wijken.models.organisatie import Organisatie
from wijken.models.perspectief import Opgave, Perspectief
from wijken.models.perspectief_page import PerspectiefPage
from wijken.models.planning import Mijlpaal, Planning
from wijken.models.plek import Aanplakplaats, Plek
from wijken.models.stuurgroep import Stuurgroep, StuurgroepOverleg
from wijken.models.stuurgroep_page import StuurgroepPage
from wijken.models.terugblik import Antwoord, Gesprek, Momentopname, Terugblik
from wijken.models.terugblik_page import TerugblikPage
from wijken.models.thema import Thema
from wijken.models.voortgang import Voortgang
from wijken.models.werkplan import Werkplan, Werkplanpunt
from wijken.models.werkplan_page import WerkplanPage
from wijken.models.wijk import Buurt, Postcodegebied, Wijk, Wijkcijfer
from wijken.models.wijk_page import WijkPage
from wijken.models.wijken_index_page import WijkenIndexPage
from wijken.models.wijkplatform import Voorzittersgesprek, Wijkplatform, Wijkraadpleging
from wijken.models.wijkplatform_page import WijkplatformPage
from wijken.models.wijkraadpleging_page import WijkraadplegingPage
from wijken.models.wijkteam import Wijkteam, WijkteamLid
from wijken.models.wijkteam_page import WijkteamPage
from wijken.models.wijkteams_index_page import WijkteamsIndexPage

__all__ = [
    "Aandachtsgebied",
    "Aanplakplaats",
    "AanplakplaatsenPage",
    "Actie",
    "ActiePage",
    "Actieplan",
    "ActieplanPage",
    "ActieplanVersie",
    "Adresbuurt",
    "Adressenbestand",
    "Antwoord",
    "Budget",
    "Buurt",
    "Contactpersoon",
    "Financiering",
    "Focusopgave",
    "FocusopgavePage",
    "Gesprek",
    "Indicator",
    "Medewerker",
    "Meting",
    "Mijlpaal",
    "Momentopname",
    "MonitorPage",
    "Opgave",
    "Organisatie",
    "Perspectief",
    "PerspectiefPage",
    "Planning",
    "Plek",
    "Postcodegebied",
    "Stuurgroep",
    "StuurgroepOverleg",
    "StuurgroepPage",
    "Terugblik",
    "TerugblikPage",
    "Thema",
    "Voortgang",
    "Voorzittersgesprek",
    "Werkplan",
    "WerkplanPage",
    "Werkplanpunt",
    "Wijk",
    "WijkPage",
    "Wijkcijfer",
    "WijkenIndexPage",
    "Wijkplatform",
    "WijkplatformPage",
    "Wijkraadpleging",
    "WijkraadplegingPage",
    "Wijkteam",
    "WijkteamLid",
    "WijkteamPage",
    "WijkteamsIndexPage",
]
