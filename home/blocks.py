"""Blocks that know about wijken."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks import (
    PLAIN_FEATURES,
    BodyBlock,
    CalloutBlock,
    FiguresBlock,
    ImageBlock,
    LinksBlock,
    QuestionsBlock,
    QuoteBlock,
    StepsBlock,
    TableBlock,
)
from core.models import attach_words
from wijken.models import Contactpersoon


class ContactBlock(blocks.StructBlock):
    contactpersoon = SnippetChooserBlock("wijken.Contactpersoon", label=_("Contact"))

    class Meta:
        label = _("Contact")
        icon = "user"
        template = "blocks/contact.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        contact = self.source_row(value["contactpersoon"])
        return {**super().get_context(value, parent_context), "contact": contact}

    @staticmethod
    def source_row(chosen: Contactpersoon | None) -> Contactpersoon | None:
        """The row with the facts, also when a translation chose its own row; None when it is gone."""
        if chosen is None:
            return None
        contact: Contactpersoon | None = (
            Contactpersoon.objects.source()
            .filter(translation_key=chosen.translation_key)
            .select_related("organisatie")
            .first()
        )
        if contact:
            attach_words(get_language() or "", [contact], [contact.organisatie])
        return contact


class ContentBodyBlock(BodyBlock):
    contact = ContactBlock()


class ArtikelBodyBlock(blocks.StreamBlock):
    """What an article is made of: only blocks that also come out well on paper."""

    heading = blocks.CharBlock(label=_("Kop"), icon="title", max_length=120, template="blocks/heading.html")
    text = blocks.RichTextBlock(
        label=_("Tekst"), icon="pilcrow", features=PLAIN_FEATURES, template="blocks/text.html"
    )
    image = ImageBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    questions = QuestionsBlock()
    links = LinksBlock()
    table = TableBlock()
    figures = FiguresBlock()
