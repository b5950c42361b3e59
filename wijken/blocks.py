"""Blocks for pages of the action plan."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class AnalyseBlock(blocks.StructBlock):
    """One finding about how things are."""

    kop = blocks.CharBlock(label=_("Kop"), max_length=120)
    tekst = blocks.TextBlock(label=_("Tekst"))

    class Meta:
        label = _("Bevinding")
        icon = "search"
        template = "blocks/analyse.html"


class AnalysesBlock(blocks.StreamBlock):
    bevinding = AnalyseBlock()
