from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage
from home.forms import PostcodeForm
from home.models.nieuws_page import NieuwsPage, latest_news, with_pictures
from home.models.verhaal_page import VerhaalPage, latest_stories, with_card_images
from wijken.models import Wijk, WijkPage
from wijken.models.wijken_index_page import wijk_map, wijk_pages


class HomePage(BasePage):
    """The front door: what can we help you with, and which wijk is yours?"""

    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "wijken.WijkenIndexPage",
        "wijken.WijkteamsIndexPage",
        "wijken.AanplakplaatsenPage",
        "wijken.StuurgroepPage",
        "home.NieuwsIndexPage",
        "home.VerhalenIndexPage",
        "home.ContactPage",
        "home.ContentPage",
    ]

    kop = models.CharField(
        _("kop"),
        max_length=120,
        blank=True,
        help_text=_("De grote zin bovenaan. Leeg: Waarmee kunnen wij u helpen?"),
    )

    content_panels = [FieldPanel("kop"), *BasePage.content_panels]
    # Each language has its own front door beside the others, so only here the slug differs.
    override_translatable_fields = [
        SynchronizedField("slug") if field.field_name == "slug" else field
        for field in BasePage.synchronized_fields
    ]

    class Meta:
        verbose_name = _("voorpagina")
        verbose_name_plural = _("voorpagina's")

    @cached_property
    def wijk_pages(self) -> list[WijkPage]:
        return wijk_pages(self.language_code)

    @cached_property
    def news(self) -> list[NieuwsPage]:
        return with_pictures(latest_news(self.language_code)[:3])

    @cached_property
    def stories(self) -> list[VerhaalPage]:
        return with_card_images(latest_stories(self.language_code)[:2])

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`?postcode=` answers on the same page: the wijken of that postcode, or why there are none."""
        context = super().get_context(request, *args, **kwargs)
        form = PostcodeForm(request.GET if "postcode" in request.GET else None)
        found: list[WijkPage] | None = None
        if form.is_valid():
            wijk_ids = set(
                Wijk.objects.in_postcode(form.cleaned_data["postcode"]).values_list("pk", flat=True)
            )
            found = [page for page in context["wijk_pages"] if page.wijk_id in wijk_ids]
        return {**context, "postcode_form": form, "postcode_wijk_pages": found}

    def surroundings(self, request: Any) -> dict[str, Any]:
        return {
            "has_meld_het": any(block.block_type == "meld_het" for block in self.body),
            "wijk_pages": self.wijk_pages,
            "map": wijk_map(self.wijk_pages),
            "news": self.news,
            "stories": self.stories,
        }
