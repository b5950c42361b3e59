"""Why kopij waits or is not placed: sentences to choose from, that the sender reads in their own language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# For what no sentence fits: then the redactie writes its own.
OWN_WORDS = "anders"

LATER: dict[str, Any] = {
    "vol": _("Het nummer dat wij nu maken, is vol."),
    "past-beter": _("Uw stuk past beter in een later nummer."),
    OWN_WORDS: _("Iets anders, zie hieronder."),
}
NOT_PLACED: dict[str, Any] = {
    "ruimte": _("Wij hebben te weinig ruimte voor alles wat binnenkwam."),
    "staat-er-al": _("Over dit onderwerp staat al een stuk in de krant."),
    "niet-de-wijk": _("Uw stuk gaat niet over de wijk."),
    "reclame": _("De wijkkrant neemt geen reclame op."),
    "over-een-ander": _("Uw stuk gaat over iemand die daar misschien niet mee in de krant wil."),
    OWN_WORDS: _("Iets anders, zie hieronder."),
}


def sentence_of(key: str) -> str:
    """What the sender reads, in the active language; empty for the redactie's own words."""
    return "" if key == OWN_WORDS else str({**LATER, **NOT_PLACED}.get(key, ""))
