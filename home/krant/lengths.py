"""How much room an article takes on paper, about, without printing it; and how people say that."""

from django.utils.translation import ngettext

from home.krant.druk.pages import stuk_of
from home.krant.druk.remarks import OTHER_PAGES, Length, estimate
from home.models import ArtikelPage

# What every paper has beside its articles, in pages: the front, the contents and the back.
BESIDE_ARTICLES = OTHER_PAGES


def length_of(article: ArtikelPage) -> Length:
    """Its signs, spaces included, and the part of a page it takes, about."""
    return estimate(stuk_of(article))


def in_quarters(share: float) -> str:
    """A number of pages as people say it, in quarters: "1/4", "1", "2 1/2"."""
    whole, quarters = divmod(max(1, round(share * 4)), 4)
    part = ("", "1/4", "1/2", "3/4")[quarters]
    return " ".join(filter(None, (str(whole) if whole else "", part)))


def in_words(share: float) -> str:
    """For beside an article: "± 1/2 bladzijde"."""
    words = ngettext("± %(count)s bladzijde", "± %(count)s bladzijden", 2 if share >= 1.875 else 1)
    return words % {"count": in_quarters(share)}
