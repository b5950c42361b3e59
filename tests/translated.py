"""Pages in other languages than the demo has, for the tests."""

from django.conf import settings
from wagtail.models import Locale, Page

from core.models import BasePage
from home.models import HomePage
from tests.caches import empty_the_caches


def front_door(language_code: str) -> HomePage:
    """The way in for a language: without one the site has no pages in it."""
    home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    return in_language(home, language_code)


def in_language[P: BasePage](page: P, language_code: str, *, suffix: str = "") -> P:
    """A copy of a page and of everything above it, published; with a suffix its words are no longer Dutch."""
    locale, _made = Locale.objects.get_or_create(language_code=language_code)
    copy: P | None = page.get_translation_or_none(locale)
    if copy is None:
        copy = page.copy_for_translation(locale, copy_parents=True)
    copy.title += suffix
    above = Page.objects.ancestor_of(copy).filter(depth__gte=2).specific()
    for draft in [*(each for each in above if not each.live), copy]:
        draft.save_revision().publish()
    # The roots of the site are remembered until the transaction ends, which a test does not.
    empty_the_caches()
    copy.refresh_from_db()
    return copy
