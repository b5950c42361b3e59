"""The articles of an edition in the site's own language, also those that are not published yet."""

from datetime import timedelta

from django.conf import settings

from home.models import ArtikelPage, Editie, EditiePage

# A revision keeps moments to the thousandth of a second.
ROUNDED = timedelta(milliseconds=1)


def edition_page(editie: Editie) -> EditiePage | None:
    """The page of an edition in the site's own language; None while there is none."""
    found: EditiePage | None = EditiePage.objects.filter(
        editie=editie, locale__language_code=settings.LANGUAGE_CODE
    ).first()
    return found


def articles_in(editie: Editie) -> list[ArtikelPage]:
    """Every article of an edition as it was last written, in the order of the paper."""
    page = edition_page(editie)
    if page is None:
        return []
    below = ArtikelPage.objects.child_of(page).select_related("latest_revision").order_by("path")
    return [article.get_latest_revision_as_object() for article in below]


def articles_on_paper(editie: Editie) -> list[ArtikelPage]:
    """The articles that are printed."""
    return [article for article in articles_in(editie) if article.in_druk]


def source_changed(article: ArtikelPage) -> bool:
    """Was the news that an article was taken from published anew since the redactie last looked at it?"""
    news = article.bron
    if news is None or not (article.bron_op and news.last_published_at):
        return False
    return bool(news.last_published_at >= article.bron_op + ROUNDED)
