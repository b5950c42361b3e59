"""The front door: home, plain pages, contact, news, stories and the wijkkrant."""

from home.models.abonnee import Abonnee, Mailing, Mailingstand
from home.models.artikel_page import ArtikelPage, Rubriek
from home.models.contact_page import ContactPage
from home.models.content_page import ContentPage
from home.models.drukgang import Drukgang
from home.models.drukopdracht import Drukopdracht, Fout
from home.models.drukwerk import Drukwerk, Formaat
from home.models.editie import Editie, Editiestap
from home.models.editie_page import EditiePage
from home.models.home_page import HomePage
from home.models.kopij import Kopij, Kopijfoto
from home.models.kopijconcept import Kopijconcept, Kopijconceptfoto
from home.models.kopijhandeling import Kopijhandeling
from home.models.moeilijk_woord import MoeilijkWoord
from home.models.nieuws_index_page import NieuwsIndexPage
from home.models.nieuws_page import NieuwsPage
from home.models.proefdruk import Proefdruk
from home.models.redactielid import Redactielid
from home.models.synoniemen import Synoniemen
from home.models.verhaal_page import VerhaalPage
from home.models.verhalen_index_page import VerhalenIndexPage
from home.models.wijkkrant_page import WijkkrantPage

__all__ = [
    "Abonnee",
    "ArtikelPage",
    "ContactPage",
    "ContentPage",
    "Drukgang",
    "Drukopdracht",
    "Drukwerk",
    "Editie",
    "EditiePage",
    "Editiestap",
    "Formaat",
    "Fout",
    "HomePage",
    "Kopij",
    "Kopijconcept",
    "Kopijconceptfoto",
    "Kopijfoto",
    "Kopijhandeling",
    "Mailing",
    "Mailingstand",
    "MoeilijkWoord",
    "NieuwsIndexPage",
    "NieuwsPage",
    "Proefdruk",
    "Redactielid",
    "Rubriek",
    "Synoniemen",
    "VerhaalPage",
    "VerhalenIndexPage",
    "WijkkrantPage",
]
