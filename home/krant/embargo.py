"""An edition that is not out yet cannot be seen, nor what is published of it already.

The eindredactie publishes articles one by one; readers get them together, when the edition goes out.
"""

from wagtail.models import PageViewRestriction

from home.models import Editie, EditiePage


def follow_page(page: EditiePage) -> None:
    """Close a page of an edition and everything below it for visitors, or open it when the edition is out.

    Search, the site map, feeds and lists know only pages that everybody may see, so they need no rule of
    their own.
    """
    closed = PageViewRestriction.objects.filter(page=page)
    if page.editie.is_out:
        closed.delete()
    elif not closed.exists():
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def follow_edition(editie: Editie) -> None:
    """The same for the pages of an edition in every language."""
    for page in EditiePage.objects.filter(editie=editie).select_related("editie"):
        follow_page(page)
