"""What happens to the data of who signs up: a public page, and nothing on it that the site does not do."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation

from core.reading import words_language
from participatie.privacy import processing_of

if TYPE_CHECKING:
    from participatie.models import LotingPage


def explain(page: "LotingPage", request: HttpRequest) -> HttpResponse:
    """The processing of this loting in plain words, in the language the page is written in."""
    context = page.get_context(request)
    language_code = words_language(page)
    with translation.override(language_code):
        context["processing"] = processing_of(page.loting, language_code=language_code)
    return TemplateResponse(request, "participatie/gegevens.html", context)
