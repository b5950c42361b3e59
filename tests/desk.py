"""The registers as the desk knows them, for the tests of the desk."""

from typing import Any

from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

REGISTERS = [
    "wijken.Wijk",
    "wijken.Wijkteam",
    "wijken.Wijkplatform",
    "wijken.Wijkraadpleging",
    "wijken.Werkplan",
    "wijken.Werkplanpunt",
    "wijken.Aandachtsgebied",
    "wijken.Contactpersoon",
    "wijken.Organisatie",
    "wijken.Plek",
    "wijken.Aanplakplaats",
    "wijken.Thema",
    "wijken.Stuurgroep",
    "wijken.Voorzittersgesprek",
    "home.Synoniemen",
]


def own_viewsets() -> dict[str, Any]:
    """{label of a model: its screens}, of the registers of this house."""
    return {
        viewset.model._meta.label: viewset
        for viewset in viewsets.viewsets
        if getattr(getattr(viewset, "model", None), "__module__", "").startswith(("wijken", "home"))
        and hasattr(viewset, "edit_view_class")
    }


def list_address(viewset: Any) -> str:
    return viewset.get_url_name("list" if viewset.model in get_snippet_models() else "index")
