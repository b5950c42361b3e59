from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.blocks import BodyBlock
from core.cache import remembered
from core.fields import StreamField
from core.models.media import SiteImage, images_of
from core.page_index import page_index
from core.reading import reader_language
from core.translation_states.states import Standing, standing_of, standing_of_row


class BasePage(Page):
    """What every page of the site has: a lead, a body and a date on which somebody looks at it again."""

    intro = models.TextField(
        _("inleiding"),
        max_length=400,
        blank=True,
        help_text=_("Een of twee zinnen in gewone taal. Zoekmachines tonen deze tekst ook."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("inhoud"), blank=True)
    image = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("afbeelding"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Staat boven de pagina en bij verwijzingen naar de pagina."),
    )
    image_alt = models.CharField(
        _("wat ziet u op de afbeelding?"),
        max_length=250,
        blank=True,
        help_text=_("Voor mensen die de afbeelding niet zien. Laat leeg als het alleen sfeer is."),
    )
    review_on = models.DateField(
        _("nakijken vóór"),
        null=True,
        blank=True,
        help_text=_("Op deze dag staat de pagina bij 'Nakijken' op uw startscherm."),
    )

    # Wagtail has no types for these; said once here, they hold for every page model below.
    max_count_per_parent: Any = None
    template: Any
    parent_page_types: Any
    subpage_types: Any
    content_panels: Any = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Afbeelding")),
        FieldPanel("body"),
    ]
    promote_panels: Any = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("show_in_menus"),
            ],
            heading=_("Adres en menu"),
        ),
    ]
    settings_panels: Any = [PublishingPanel(), FieldPanel("review_on")]

    search_fields: Any = [
        *Page.search_fields,
        index.SearchField("intro", boost=2),
        index.SearchField("body"),
        index.FilterField("review_on"),
    ]

    # The address is the same in every language: one link to share, one swap to change language.
    synchronized_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("image"),
        SynchronizedField("review_on"),
        SynchronizedField("show_in_menus"),
    ]
    override_translatable_fields: ClassVar[list[SynchronizedField]] = synchronized_fields

    # The pictures that the template shows beside those in the body.
    image_fields: ClassVar[tuple[str, ...]] = ("image",)

    # Relations that the template always needs; fetched together with the page when it is served.
    served_with: ClassVar[tuple[str, ...]] = ()
    # Set by the router for a page that the index of public pages knows.
    is_known_public = False

    # In the editor the pages stand in the order of the site.
    admin_default_ordering = "ord"

    class Meta:
        abstract = True

    @cached_property
    def language_code(self) -> str:
        return self.locale.language_code

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        if self.is_known_public:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def standing(self) -> Standing | None:
        """How this translation stands beside its source; nothing for the source itself."""
        if self.is_source:
            return None
        # Whoever routes to a page has asked already.
        return (
            standing_of_row(self)
            if hasattr(self, "_standing")
            else standing_of(self.translation_key, self.locale_id)
        )

    def get_sitemap_urls(self, request: Any = None) -> list[dict[str, Any]]:
        """Wagtail's own, with the same page in the other languages it is written in."""
        index = page_index()
        alternates = [
            {"lang_code": code, "location": f"{settings.SITE_URL}{index.addresses[page.pk]}"}
            for code, page in index.translated(self).items()
            # A private code means nothing to a search engine.
            if "-x-" not in code
        ]
        default = [
            {**link, "lang_code": "x-default"}
            for link in alternates
            if link["lang_code"] == settings.LANGUAGE_CODE
        ]
        return [{**url, "alternates": [*alternates, *default]} for url in super().get_sitemap_urls(request)]

    @property
    def lead_image(self) -> SiteImage | None:
        """The picture for above the text; nothing when the text shows that same picture itself."""
        in_body = {block["value"].get("image") for block in self.body.raw_data if block["type"] == "image"}
        return None if self.image_id in in_body else self.image

    @property
    def is_source(self) -> bool:
        return self.language_code == settings.LANGUAGE_CODE

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        for name, image in self._remembered(request, "images", self._images).items():
            setattr(self, name, image)
        if known := page_index().by_pk.get(self.pk):
            self.locale = known.locale
        return {
            **super().get_context(request, *args, **kwargs),
            "updated_at": self.last_published_at,
            "translation": self._remembered(request, "translation", self.standing),
            **self._remembered(request, "surroundings", lambda: self.surroundings(request)),
        }

    def surroundings(self, request: Any) -> dict[str, Any]:
        """What the template shows beside the page's own words: register rows, other pages, lists of them.

        It may depend on the page, its language and the day, on nothing else of the request, and holds no
        querysets: it is kept until the content changes and shared by threads.
        """
        return {}

    def _images(self) -> dict[str, SiteImage]:
        return images_of(self, *self.image_fields)

    def _remembered[T](self, request: Any, what: str, build: Callable[[], T]) -> T:
        """Something of this page, kept for the day and its reader; a preview has another page to show."""
        if getattr(request, "is_preview", False):
            return build()
        variant = f"{timezone.localdate()}:{reader_language()}"
        return remembered(f"{what}:{self.pk}", build, variant=variant)
