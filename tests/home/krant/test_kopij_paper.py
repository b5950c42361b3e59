"""The form on paper: on one sheet, with the questions of the web under the same numbers."""

import pytest
from django.test import Client
from django.utils import translation

from home.krant.kopij.questions import QUESTIONS
from tests.home.krant.kopij import FORM, edition
from tests.pdfs import Pdf, needs_pango

pytestmark = [pytest.mark.django_db, needs_pango()]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_form_fits_on_one_sheet(language: str, client: Client) -> None:
    edition()
    response = client.get(f"{FORM.replace('/nl/', f'/{language}/')}formulier.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Language"] == language
    pdf = Pdf(response.content)
    assert len(pdf) <= 2
    text = " ".join(pdf.text(page) for page in range(len(pdf)))
    with translation.override(language):
        for question in QUESTIONS:
            assert f"{question.number}. {question.title}" in text
