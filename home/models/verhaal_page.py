from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField

from core import sizes
from core.models import BasePage, SiteImage
from core.querysets import readable_in
from home.wijk_choice import name_of_one, pages_of
from wijken.models import WijkPage


class VerhaalPage(BasePage):
    """Something that worked out in a wijk, with how it was and how it is now."""

    template = "pages/verhaal_page.html"
    parent_page_types = ["home.VerhalenIndexPage"]
    subpage_types = []

    date = models.DateField(_("datum"), default=timezone.localdate)
    wijken = ParentalManyToManyField(
        "wijken.Wijk", verbose_name=_("wijken"), blank=True, related_name="verhalen"
    )
    before = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("vroeger"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    before_alt = models.CharField(_("wat ziet u op de foto van vroeger?"), max_length=250, blank=True)
    after = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("nu"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    after_alt = models.CharField(_("wat ziet u op de foto van nu?"), max_length=250, blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("before"),
                FieldPanel("before_alt"),
                FieldPanel("after"),
                FieldPanel("after_alt"),
            ],
            heading=_("Vroeger en nu"),
        ),
        MultiFieldPanel([FieldPanel("date"), FieldPanel("wijken")], heading=_("Waar en wanneer")),
    ]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("date", overridable=False),
        SynchronizedField("wijken", overridable=False),
        SynchronizedField("before"),
        SynchronizedField("after"),
    ]

    image_fields = ("image", "before", "after")

    class Meta:
        verbose_name = _("verhaal")
        verbose_name_plural = _("verhalen")

    @cached_property
    def wijk_pages(self) -> list[WijkPage]:
        """The pages of the wijken where this happened."""
        return pages_of(self.wijken.all(), self.language_code)

    @property
    def wijk_name(self) -> str:
        """The name of the wijk when it happened in one only, for in a list."""
        return name_of_one(self.wijken.all())

    @property
    def card_image(self) -> SiteImage | None:
        """The picture for in a list: its own, or how it is now."""
        return self.image or self.after

    @cached_property
    def other_stories(self) -> list["VerhaalPage"]:
        others = latest_stories(self.language_code).exclude(translation_key=self.translation_key)
        return with_card_images(others[:3])

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {
            "wijk_pages": self.wijk_pages,
            "other_stories": self.other_stories,
        }


def latest_stories(language_code: str) -> PageQuerySet[VerhaalPage]:
    """Stories for a reader of a language, newest first."""
    return (
        readable_in(VerhaalPage.objects, language_code)
        .select_related("image", "after")
        .prefetch_related("wijken")
        .defer("body")
        .order_by("-date", "-pk")
    )


def with_card_images(stories: Iterable[VerhaalPage]) -> list[VerhaalPage]:
    """The stories, ready to be shown with their pictures."""
    items = list(stories)
    sizes.prepare(item.card_image for item in items)
    return items
