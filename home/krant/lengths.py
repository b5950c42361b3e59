"""How much room an article takes on paper, about: from its signs and its pictures, without printing it."""

import re

from django.utils.html import strip_tags
from django.utils.translation import ngettext

from home.models import ArtikelPage

# A page of small print with a heading, and a picture over two columns of three.
SIGNS_PER_PAGE = 3000
PAGE_PER_PICTURE = 0.2
# What every paper has beside its articles, in pages: the front.
FRONT = 1.0


def signs(article: ArtikelPage) -> int:
    """The number of signs of an article, spaces included."""
    return sum(len(text) for text in _texts(article))


def share_of_page(article: ArtikelPage) -> float:
    """Which part of a page it takes, about: 0.5 is half a page."""
    pictures = sum(block["type"] == "image" for block in article.body.raw_data) + bool(article.lead_image)
    return signs(article) / SIGNS_PER_PAGE + pictures * PAGE_PER_PICTURE


def in_quarters(share: float) -> str:
    """A number of pages as people say it, in quarters: "1/4", "1", "2 1/2"."""
    whole, quarters = divmod(max(1, round(share * 4)), 4)
    part = ("", "1/4", "1/2", "3/4")[quarters]
    return " ".join(filter(None, (str(whole) if whole else "", part)))


def in_words(share: float) -> str:
    """For beside an article: "± 1/2 bladzijde"."""
    words = ngettext("± %(count)s bladzijde", "± %(count)s bladzijden", 2 if share >= 1.875 else 1)
    return words % {"count": in_quarters(share)}


def _texts(article: ArtikelPage) -> list[str]:
    markup = article.body.stream_block.get_searchable_content(article.body)
    texts = [article.title, article.intro, *(strip_tags(str(text)) for text in markup)]
    return [re.sub(r"\s+", " ", text).strip() for text in texts]
