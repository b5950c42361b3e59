"""Of which versions of its pages an edition was printed, and what became of them since."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.krant.articles import articles_on_paper, edition_page
from home.models import Editie

# {"pagina": revision, "artikelen": [[key, revision, title], …] in the order of the paper,
# "vullingen": [key, …], "feiten": what else of the edition is printed}.
type Versions = dict[str, Any]


def versions_of(editie: Editie) -> Versions:
    """What an edition is printed of now: each article as it was last written."""
    page = edition_page(editie)
    return {
        "pagina": page.latest_revision_id if page else None,
        "artikelen": [
            [str(article.translation_key), article.latest_revision_id, article.title]
            for article in articles_on_paper(editie)
        ],
        "vullingen": list(editie.vullingen),
        "feiten": [
            editie.paginas,
            editie.oplage,
            editie.bezorgd_van.isoformat(),
            editie.bezorgd_tot.isoformat(),
            editie.is_voorbeeld,
        ],
    }


def changes(printed: Versions, now: Versions) -> Iterator[str]:
    """Sentences about what is different now from what was printed. None: it is the same."""
    before = {key: (revision, title) for key, revision, title in printed.get("artikelen", [])}
    after = {key: (revision, title) for key, revision, title in now.get("artikelen", [])}
    for key, (revision, title) in after.items():
        if key not in before:
            yield _("“%(title)s” is erbij gekomen.") % {"title": title}
        elif before[key][0] != revision:
            yield _("“%(title)s” is gewijzigd.") % {"title": title}
    for key, (_revision, title) in before.items():
        if key not in after:
            yield _("“%(title)s” staat er niet meer in.") % {"title": title}
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield _("De volgorde van de artikelen is anders.")
    if printed.get("pagina") != now["pagina"]:
        yield _("De pagina van de editie is gewijzigd.")
    if printed.get("vullingen") != now["vullingen"]:
        yield _("Er zijn andere vullingen gekozen.")
    if printed.get("feiten") != now["feiten"]:
        yield _("De data, de oplage of het aantal bladzijden zijn gewijzigd.")


def in_one_line(sentences: list[str], *, most: int = 3) -> str:
    """The first few, and how many more there are."""
    more = len(sentences) - most
    shown = sentences[:most]
    if more > 0:
        told = ngettext("En nog %(count)d wijziging.", "En nog %(count)d wijzigingen.", more)
        shown.append(told % {"count": more})
    return " ".join(shown)
