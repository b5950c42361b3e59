"""The pages of an edition, made as drafts."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.models import User, source_rows
from home.krant.articles import edition_page
from home.models import ArtikelPage, Editie, EditiePage, WijkkrantPage
from wijken.models import Wijk, WijkPage

SLUG = "wijkkrant"


@transaction.atomic
def make_pages(*, editie: Editie, by: User | None) -> EditiePage:
    """The page of an edition as a draft, and that of the wijkkrant above it; what is there stays.

    ValidationError when the wijk has no page to put them under.
    """
    Editie.objects.select_for_update(no_key=True).get(pk=editie.pk)
    if known := edition_page(editie):
        return known
    above = _krant_page(editie.wijk, by)
    page = EditiePage(
        title=editie.naam, slug=f"{editie.seizoen}-{editie.jaar}", editie=editie, live=False, owner=by
    )
    above.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    return page


def _krant_page(wijk: Wijk, by: User | None) -> WijkkrantPage:
    found: WijkkrantPage | None = WijkkrantPage.objects.filter(source_rows(), wijk=wijk).first()
    if found:
        return found
    above = WijkPage.objects.filter(source_rows(), wijk=wijk).first()
    if above is None:
        raise ValidationError(
            _("%(wijk)s heeft nog geen pagina op de site. Maak die eerst.") % {"wijk": wijk.naam}
        )
    page = WijkkrantPage(
        title=_("Wijkkrant %(wijk)s") % {"wijk": wijk.naam}, slug=SLUG, wijk=wijk, live=False, owner=by
    )
    above.add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    return page


def edition_of(page: Page) -> Editie | None:
    """The edition that a page is part of."""
    if isinstance(page, ArtikelPage):
        page = page.get_parent().specific
    return page.editie if isinstance(page, EditiePage) else None


def is_source(page: Page) -> bool:
    return bool(page.locale.language_code == settings.LANGUAGE_CODE)
