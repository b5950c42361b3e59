"""What residents do."""

from participatie.models.aanmelding import (
    Aanmelding,
    Conceptaanmelding,
    Kanaal,
    Kenmerkwaarde,
    NietDubbel,
    Persoon,
    PersoonlijkeLink,
)
from participatie.models.brievenbundel import Brievenbundel, Brievendeel
from participatie.models.handeling import Handeling, Lotingcijfers, Opschoning, Rondbericht, Rondberichtstand
from participatie.models.kenmerk import Antwoordoptie, Kenmerk, Quota
from participatie.models.linkverzoek import Linkverzoek
from participatie.models.loting import STEPS, Loting, Lotingstap, Staat, Vorm
from participatie.models.loting_page import LotingPage
from participatie.models.trekking import (
    Bezwaar,
    Ketenregel,
    Lot,
    Quotawijziging,
    Trekking,
    Trekkingsbestand,
    Uitkomst,
    Vastlegging,
    Worp,
)
from participatie.models.trekkingscijfers import Trekkingscijfers
from participatie.models.uitnodiging import LootMeNiet, Uitnodiging
from participatie.models.zetel import Bezetting, Zetel, Zetelaanbod

__all__ = [
    "Aanmelding",
    "Antwoordoptie",
    "Bezetting",
    "Bezwaar",
    "Brievenbundel",
    "Brievendeel",
    "Conceptaanmelding",
    "Handeling",
    "Kanaal",
    "Kenmerk",
    "Kenmerkwaarde",
    "Ketenregel",
    "Linkverzoek",
    "LootMeNiet",
    "Lot",
    "Loting",
    "LotingPage",
    "Lotingcijfers",
    "Lotingstap",
    "NietDubbel",
    "Opschoning",
    "Persoon",
    "PersoonlijkeLink",
    "Quota",
    "Quotawijziging",
    "Rondbericht",
    "STEPS",
    "Rondberichtstand",
    "Staat",
    "Trekking",
    "Trekkingsbestand",
    "Trekkingscijfers",
    "Uitkomst",
    "Uitnodiging",
    "Vastlegging",
    "Vorm",
    "Worp",
    "Zetel",
    "Zetelaanbod",
]
