from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core import sizes
from core.fields import StreamField
from core.models import BasePage, attach_words, source_rows
from core.querysets import CARD_FIELDS, readable_in
from home.blocks import ContentBodyBlock
from home.wijk_choice import name_of_one, pages_of
from wijken.models import Thema, Wijk, WijkPage


class NieuwsPage(BasePage):
    """A news item, about one wijk, several or all of them."""

    template = "pages/nieuws_page.html"
    parent_page_types = ["home.NieuwsIndexPage"]
    subpage_types = []

    body = StreamField(ContentBodyBlock(), verbose_name=_("inhoud"), blank=True)
    date = models.DateField(_("datum"), default=timezone.localdate)
    wijken = ParentalManyToManyField(
        "wijken.Wijk",
        verbose_name=_("wijken"),
        blank=True,
        related_name="nieuws",
        help_text=_("Geen wijk gekozen: voor alle wijken."),
    )
    themas = ParentalManyToManyField(
        "wijken.Thema",
        verbose_name=_("thema's"),
        blank=True,
        related_name="nieuws",
        limit_choices_to=source_rows,
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("date"), FieldPanel("wijken"), FieldPanel("themas")], heading=_("Waarover en wanneer")
        ),
    ]
    search_fields = [*BasePage.search_fields, index.FilterField("date")]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("date", overridable=False),
        SynchronizedField("wijken", overridable=False),
        SynchronizedField("themas", overridable=False),
    ]

    class Meta:
        verbose_name = _("nieuwsbericht")
        verbose_name_plural = _("nieuwsberichten")

    @cached_property
    def worded_themas(self) -> list[Thema]:
        rows = list(self.themas.all())
        attach_words(self.language_code, rows)
        return rows

    @cached_property
    def wijk_pages(self) -> list[WijkPage]:
        """The pages of the wijken this is about; none means all of them."""
        return pages_of(self.wijken.all(), self.language_code)

    @property
    def wijk_name(self) -> str:
        """The name of the wijk when it is about one only, for in a list."""
        return name_of_one(self.wijken.all())

    @cached_property
    def other_news(self) -> list["NieuwsPage"]:
        """The newest items to read on, never this one."""
        others = latest_news(self.language_code).exclude(translation_key=self.translation_key)
        return with_pictures(others[:3])

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {
            "wijk_pages": self.wijk_pages,
            "themas": self.worded_themas,
            "other_news": self.other_news,
        }


def latest_news(language_code: str) -> PageQuerySet[NieuwsPage]:
    """News for a reader of a language, newest first, light enough for a list."""
    return (
        readable_in(NieuwsPage.objects, language_code)
        .select_related("image")
        .prefetch_related("wijken")
        .only(*CARD_FIELDS, "date")
        .order_by("-date", "-pk")
    )


def with_pictures(news: Iterable[NieuwsPage]) -> list[NieuwsPage]:
    """The items, ready to be shown with their pictures."""
    items = list(news)
    sizes.prepare(item.image for item in items)
    return items


def about(wijk: Wijk) -> Q:
    """News that a wijk should hear: about that wijk, or about no wijk in particular."""
    return Q(wijken=wijk) | Q(wijken__isnull=True)
