"""The views of the monitor, in the order of their tabs."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The name of a route of MonitorPage and what its tab says.
TABS: tuple[tuple[str, str | Promise], ...] = (
    ("index_route", _("Overzicht")),
    ("tijdlijn", _("Tijdlijn")),
    ("geld", _("Geld")),
    ("plekken", _("Plekken")),
    ("cijfers", _("Cijfers")),
    ("data", _("Open data")),
)


@dataclass(frozen=True)
class Tab:
    title: str | Promise
    url: str
    is_current: bool


def tabs_of(page: Any, *, current: str) -> list[Tab]:
    """The tabs of a monitor page, with the one that is shown marked."""
    return [Tab(title, page.route_address(name), name == current) for name, title in TABS]
