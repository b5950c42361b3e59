"""What is: wijken, teams, platforms, people and places, and the pages about them."""

from wijken.models.aandachtsgebied import Aandachtsgebied
from wijken.models.aanplakplaatsen_page import AanplakplaatsenPage
from wijken.models.contactpersoon import Contactpersoon
from wijken.models.organisatie import Organisatie
from wijken.models.plek import Aanplakplaats, Plek
from wijken.models.stuurgroep import Stuurgroep, StuurgroepOverleg
from wijken.models.stuurgroep_page import StuurgroepPage
from wijken.models.thema import Thema
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
    "Buurt",
    "Contactpersoon",
    "Organisatie",
    "Plek",
    "Postcodegebied",
    "Stuurgroep",
    "StuurgroepOverleg",
    "StuurgroepPage",
    "Thema",
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
