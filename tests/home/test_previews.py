"""Previews in the editor, of pages as they would become."""

from datetime import date
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamValue

from home.desk import todo
from tests.desk import allow_unknown_variables, first, html
from wijken.models import (
    WijkPage,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture(autouse=True)
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_unknown_variables(monkeypatch)


def dutch(model: type[Any]) -> Any:
    return first(model.objects.filter(locale__language_code="nl"))


@pytest.mark.parametrize("name", [model.__name__ for model in todo.page_models()])
def test_each_page_type_can_be_previewed_in_the_editor(name: str, desk: Client) -> None:
    model = next(model for model in todo.page_models() if model.__name__ == name)
    page = dutch(model)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = desk.get(edit).context["form"]
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = desk.post(preview, {**form_data(form), "title": "Een titel die nog niet is bewaard"})
    assert sent.json() == {"is_valid": True, "is_available": True}
    shown = desk.get(preview)
    assert shown.status_code == 200
    assert "Een titel die nog niet is bewaard" in html(shown)
    policy = shown.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy


def form_data(form: Any) -> dict[str, Any]:
    """What the form of an existing page would send, without inline rows and with empty texts."""
    data: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if isinstance(value, StreamValue):
            data[f"{field.html_name}-count"] = "0"
        elif isinstance(value, (list, models.QuerySet)):
            data[field.html_name] = [getattr(item, "pk", item) for item in value]
        elif value not in (None, False):
            data[field.html_name] = value
    for formset in form.formsets.values():
        data |= {f"{formset.prefix}-TOTAL_FORMS": "0", f"{formset.prefix}-INITIAL_FORMS": "0"}
    return data


def test_a_new_page_without_its_register_row_says_so_kindly(desk: Client) -> None:
    parent = first(WijkPage.objects.filter(locale__language_code="nl")).get_parent()
    preview = reverse("wagtailadmin_pages:preview_on_add", args=["wijken", "wijkpage", parent.pk])
    data = {"title": "Nog geen wijk", "slug": "nog-geen-wijk", "body-count": "0"}
    data |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    assert desk.post(preview, data).json()["is_valid"] is False
    assert desk.get(preview).status_code == 200
    add = reverse("wagtailadmin_pages:add", args=["wijken", "wijkpage", parent.pk])
    response = desk.post(add, data)
    assert response.status_code == 200
    assert "Nog geen wijk" in html(response)
