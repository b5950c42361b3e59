"""A news item of the municipality as an article of a wijkkrant, without retyping."""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model

from core.models import User
from home.blocks import ArtikelBodyBlock
from home.krant.articles import edition_page
from home.krant.pages import make_pages
from home.models import ArtikelPage, Editie, NieuwsPage, Rubriek

Blocks = list[dict[str, Any]]
DOCUMENT_LINK = re.compile(r'<a\b[^>]*linktype="document"[^>]*>(.*?)</a>', re.DOTALL)
HEADING = re.compile(r"<h3\b[^>]*>(.*?)</h3>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Taken:
    """The draft article, and the names of the parts of the news that a paper has no place for."""

    article: ArtikelPage
    left_out: list[str]


def taken_article(news: NieuwsPage, editie: Editie) -> ArtikelPage | None:
    """The article that an edition has of this news already."""
    page = edition_page(editie)
    if page is None:
        return None
    found: ArtikelPage | None = ArtikelPage.objects.child_of(page).filter(bron=news).first()
    return found


@transaction.atomic
def take_over(*, news: NieuwsPage, editie: Editie, by: User) -> Taken:
    """Make a draft article of a news item as it is on the site. ValidationError when that cannot be."""
    stored = Editie.objects.select_for_update(no_key=True).select_related("wijk").get(pk=editie.pk)
    if stored.is_out:
        raise ValidationError(_("Deze editie is al uit."))
    if taken_article(news, stored):
        raise ValidationError(_("Dit nieuws staat al in deze editie."))
    body, left_out = converted(news)
    article = ArtikelPage(
        title=news.title,
        intro=news.intro,
        image=news.image,
        image_alt=news.image_alt,
        rubriek=Rubriek.GEMEENTE,
        bron=news,
        bron_op=news.last_published_at,
        live=False,
        owner=by,
    )
    # As text it is read like what is stored; a list would be taken for blocks that are made already.
    article.body = json.dumps(body)
    make_pages(editie=stored, by=by).add_child(instance=article)
    article.save_revision(user=by, log_action=True)
    return Taken(article, left_out)


@transaction.atomic
def note_seen(*, article: ArtikelPage, by: User) -> None:
    """Remember that the redactie saw what the news says now."""
    draft = article.get_latest_revision_as_object()
    if draft.bron is None:
        return
    draft.bron_op = draft.bron.last_published_at
    ArtikelPage.objects.filter(pk=article.pk).update(bron_op=draft.bron_op)
    draft.save_revision(user=by)


def converted(news: NieuwsPage) -> tuple[Blocks, list[str]]:
    """(body as ArtikelPage takes it, names of what was left out), from the body of a news item."""
    known = set(ArtikelBodyBlock().child_blocks)
    body: Blocks = []
    left_out: dict[str, None] = {}
    for block in news.body.raw_data:
        kind, value = block["type"], block["value"]
        if kind == "text":
            body += _text(value)
        elif kind in known:
            body.append({"type": kind, "value": value})
        elif kind in TURNED:
            body += TURNED[kind](value)
        else:
            left_out[str(news.body.stream_block.child_blocks[kind].label)] = None
    return body, list(left_out)


def _text(markup: str) -> Blocks:
    """Without links to documents, and with headings as blocks of their own."""
    parts = HEADING.split(DOCUMENT_LINK.sub(r"\1", markup))
    blocks: Blocks = []
    for number, part in enumerate(parts):
        text = TAG.sub("", part).strip()
        if not text:
            continue
        blocks.append(
            {"type": "heading", "value": text[:120]} if number % 2 else {"type": "text", "value": part}
        )
    return blocks


def _before_after(value: dict[str, Any]) -> Blocks:
    caption = value.get("caption", "")
    return [
        {"type": "image", "value": {"image": value[name], "alt": value[f"{name}_alt"], "caption": words}}
        for name, words in (("before", _("Vroeger")), ("after", f"{_('Nu')}. {caption}".removesuffix(". ")))
    ]


def _download(value: dict[str, Any]) -> Blocks:
    document = get_document_model().objects.filter(pk=value["document"]).first()
    if document is None:
        return []
    link = {
        "title": document.title[:120],
        "page": None,
        "url": f"{settings.SITE_URL}{document.url}",
        "text": value.get("text", ""),
    }
    return [{"type": "links", "value": {"title": "", "links": [link]}}]


TURNED = {"before_after": _before_after, "download": _download}
