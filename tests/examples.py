"""One page of each type, for tests that look at all of them."""

from django.apps import apps

from core.models import BasePage

PAGE_TYPES: list[type[BasePage]] = sorted(
    (model for model in apps.get_models() if issubclass(model, BasePage)), key=lambda model: model.__name__
)
# The page with the most on it, where the first one of its type is not.
RICHEST = {
    "ActiePage": "actie-9-stratingplantsoen-groen-en-bankjes",
    "ContentPage": "wijkgericht-werken",
    "PerspectiefPage": "perspectief-2-veiliger-in-velsen-noord",
    "WijkPage": "zee-en-duinwijk",
}


def example(model: type[BasePage], language_code: str = "nl") -> BasePage:
    """The demo's page of a type in a language."""
    pages = model.objects.live().filter(locale__language_code=language_code).order_by("path")
    page = pages.filter(slug=RICHEST.get(model.__name__, "-")).first() or pages.first()
    assert page, f"De voorbeeldsite heeft geen {model.__name__} in het {language_code}."
    return page
