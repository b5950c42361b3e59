"""Queries on pages that more than one room needs."""

from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def _is_restricted() -> Exists:
    """Is this page, or one above it, not for everybody? Part of the query, where Wagtail asks beforehand."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(below=path)
    return Exists(above.filter(below__startswith=F("page__path")))


def visible(pages: Any) -> PageQuerySet[Any, Any]:
    """Live pages that everybody may see."""
    found: PageQuerySet[Any, Any] = pages.live().exclude(_is_restricted())
    return found


# What a list shows of a page and its picture. A list that reads more pays a query for each page.
CARD_FIELDS = (
    "title",
    "slug",
    "path",
    "depth",
    "url_path",
    "translation_key",
    "live",
    "alias_of",
    "content_type",
    "last_published_at",
    "intro",
    "image_alt",
    "locale__language_code",
    "image__title",
    "image__file",
    "image__file_hash",
    "image__width",
    "image__height",
    "image__focal_point_x",
    "image__focal_point_y",
    "image__focal_point_width",
    "image__focal_point_height",
)


def readable_in(pages: Any, language_code: str) -> PageQuerySet[Any, Any]:
    """Live public pages for a reader of a language: the translation, or the Dutch page while there is none.

    The pages come with their locale, so that a template can mark the ones in another language.
    """
    pages = visible(pages).select_related("locale")
    if language_code == settings.LANGUAGE_CODE:
        return pages.filter(locale__language_code=language_code)
    translated = Page.objects.live().filter(
        locale__language_code=language_code, translation_key=OuterRef("translation_key")
    )
    return pages.filter(
        Q(locale__language_code=language_code)
        | Q(locale__language_code=settings.LANGUAGE_CODE) & ~Exists(translated)
    )
