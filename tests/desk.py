"""The registers as the desk knows them, for the tests of the desk."""

from typing import Any

import pytest
from django.template import engines
from django.urls import reverse
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
    "wijken.Terugblik",
    "wijken.Indicator",
    "wijken.Meting",
    "home.Synoniemen",
]


def own_viewsets() -> dict[str, Any]:
    """{label of a model: its screens}, of the registers of this house."""
    # Wagtail registers them while the addresses are read.
    reverse("wagtailadmin_home")
    return {
        viewset.model._meta.label: viewset
        for viewset in viewsets.viewsets
        if getattr(getattr(viewset, "model", None), "__module__", "").startswith(("wijken", "home"))
        and hasattr(viewset, "edit_view_class")
    }


def list_address(viewset: Any) -> str:
    return viewset.get_url_name("list" if viewset.model in get_snippet_models() else "index")


def first(rows: Any) -> Any:
    """The first row; a demo without any is no use to a test."""
    row = rows.first()
    assert row is not None
    return row


def html(response: Any) -> str:
    return response.content.decode()


def exported(response: Any) -> str:
    """The text of a file that is sent in pieces."""
    return b"".join(response.streaming_content).decode()


def allow_unknown_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail's own templates ask for variables that are not there."""
    engine: Any = engines["django"]
    monkeypatch.setattr(engine.engine, "string_if_invalid", "")
