from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.feeds import feed_address
from core.models import BasePage
from core.page_index import own_address


class ActiePage(RoutablePageMixin, BasePage):
    """One action or project: what was promised first, what is promised now, and what was told about it."""

    template = "pages/actie_page.html"
    parent_page_types = ["wijken.ActieplanPage"]
    subpage_types = []

    actie = models.ForeignKey(
        "wijken.Actie", verbose_name=_("actie"), on_delete=models.PROTECT, related_name="pages"
    )
    kosten_uitleg = models.TextField(_("uitleg bij de kosten"), max_length=600, blank=True)
    bron_opmerking = models.TextField(
        _("opmerking bij de bron"),
        max_length=1000,
        blank=True,
        help_text=_("Spreekt de bron zichzelf tegen? Schrijf dat hier eerlijk op."),
    )

    content_panels = [
        FieldPanel("actie"),
        *BasePage.content_panels,
        FieldPanel("kosten_uitleg"),
        FieldPanel("bron_opmerking"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("kenmerk"),
        index.RelatedFields(
            "actie",
            [
                index.SearchField("naam"),
                index.RelatedFields("trekkers", [index.SearchField("naam")]),
            ],
        ),
    ]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("actie", overridable=False),
    ]

    served_with = (
        "actie__actieplan__wijk",
        "actie__actieplan__contact__organisatie",
        "actie__focusopgave",
    )
    # Anyone may show the card in a frame; nothing on it can be clicked into doing something.
    card_csp = {**settings.SECURE_CSP, "frame-ancestors": ["*"]}

    class Meta:
        verbose_name = _("actie")
        verbose_name_plural = _("acties")

    @property
    def kenmerk(self) -> str:
        """What people call the action in the language of the page, such as “actie 7”."""
        with translation.override(self.language_code):
            return self.actie.kenmerk

    @property
    def feed_address(self) -> str:
        return feed_address(self)

    @property
    def card_address(self) -> str:
        """The same for every reader: other sites show it."""
        return f"{own_address(self)}{self.reverse_subpage('card')}"

    @property
    def embed_code(self) -> str:
        """What another site puts in its page."""
        return format_html(
            '<iframe src="{}" title="{}" width="100%" height="360" loading="lazy"></iframe>',
            f"{settings.SITE_URL}{self.card_address}",
            self.title,
        )

    @path("feed/", name="feed")
    def feed(self, request: Any) -> HttpResponse:
        """News of this action as Atom."""
        from wijken.feeds import ActieFeed

        return ActieFeed(self)(request)

    @path("kaart/", name="card")
    def card(self, request: Any) -> HttpResponse:
        """How the action stands, small enough to stand on somebody else's site."""
        response = self.render(request, template="wijken/actie/kaart.html")
        response._csp_config = self.card_csp
        response.xframe_options_exempt = True
        return response

    def surroundings(self, request: Any) -> dict[str, Any]:
        from wijken.monitor.story import story_of
        from wijken.register_pages import around, page_of

        actie = self.actie
        return {
            "actie": actie,
            "story": story_of(actie, language_code=self.language_code, on=timezone.localdate()),
            "focusopgave_page": actie.focusopgave and page_of(actie.focusopgave, self.language_code),
            "embed_code": self.embed_code,
            **around(actie, self.language_code),
            "today": timezone.localdate(),
        }
