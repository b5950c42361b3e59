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
from participatie.models.handeling import Handeling, Lotingcijfers, Opschoning, Rondbericht
from participatie.models.kenmerk import Antwoordoptie, Kenmerk, Quota
from participatie.models.linkverzoek import Linkverzoek
from participatie.models.loting import STEPS, Loting, Lotingstap, Staat
from participatie.models.loting_page import LotingPage
from participatie.models.uitnodiging import LootMeNiet, Uitnodiging

__all__ = [
    "STEPS",
    "Aanmelding",
    "Antwoordoptie",
    "Conceptaanmelding",
    "Handeling",
    "Kanaal",
    "Kenmerk",
    "Kenmerkwaarde",
    "Linkverzoek",
    "LootMeNiet",
    "Loting",
    "LotingPage",
    "Lotingcijfers",
    "Lotingstap",
    "NietDubbel",
    "Opschoning",
    "PersoonlijkeLink",
    "Persoon",
    "Quota",
    "Rondbericht",
    "Staat",
    "Uitnodiging",
]
