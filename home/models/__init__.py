"""The front door: home, plain pages, contact, news and stories."""

from home.models.contact_page import ContactPage
from home.models.content_page import ContentPage
from home.models.home_page import HomePage
from home.models.moeilijk_woord import MoeilijkWoord
from home.models.nieuws_index_page import NieuwsIndexPage
from home.models.nieuws_page import NieuwsPage
from home.models.synoniemen import Synoniemen
from home.models.verhaal_page import VerhaalPage
from home.models.verhalen_index_page import VerhalenIndexPage

__all__ = [
    "ContactPage",
    "ContentPage",
    "HomePage",
    "MoeilijkWoord",
    "NieuwsIndexPage",
    "NieuwsPage",
    "Synoniemen",
    "VerhaalPage",
    "VerhalenIndexPage",
]
