from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail_localize.fields import SynchronizedField

from core.feeds import feed_address
from core.models import BasePage

if TYPE_CHECKING:
    from home.krant.public import EditionCard


class WijkkrantPage(RoutablePageMixin, BasePage):
    """The neighbourhood paper of a wijk: the newest edition, the earlier ones, and how to take part."""

    template = "pages/wijkkrant_page.html"
    parent_page_types = ["wijken.WijkPage"]
    subpage_types = ["home.EditiePage"]
    max_count_per_parent = 1

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="krant_pages"
    )

    # Whoever works on one wijkkrant does not make it that of another wijk.
    content_panels = [FieldPanel("wijk", permission="home.change_editie"), *BasePage.content_panels]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("wijk", overridable=False),
    ]

    served_with = ("wijk",)

    class Meta:
        verbose_name = _("wijkkrant")
        verbose_name_plural = _("wijkkranten")

    @property
    def feed_address(self) -> str:
        return feed_address(self)

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The newest editions with their articles as Atom."""
        from home.feeds import KrantFeed

        return KrantFeed(self)(request)

    @path("abonneren/", name="subscribe")
    def subscribe(self, request: Any) -> HttpResponse:
        """Asking for the wijkkrant by mail."""
        from home.krant.views import subscribing

        return subscribing.subscribe(self, request)

    @path("abonneren/bevestigen/<str:token>/", name="subscribe_confirm")
    def subscribe_confirm(self, request: Any, token: str) -> HttpResponse:
        """Saying that a mail address is one's own."""
        from home.krant.views import subscribing

        return subscribing.confirm(self, request, token)

    @path("afmelden/<str:token>/", name="unsubscribe")
    def unsubscribe(self, request: Any, token: str) -> HttpResponse:
        """No mail any more, or in another language."""
        from home.krant.views import stopping

        return stopping.unsubscribe(self, request, token)

    @path("kopij/", name="kopij")
    def kopij(self, request: HttpRequest) -> HttpResponse:
        """Sending in kopij."""
        from home.krant.views import kopij

        return kopij.form(self, request)

    @path("kopij/formulier.pdf/", name="kopij_paper")
    def kopij_paper(self, request: HttpRequest) -> HttpResponse:
        """The same questions on a sheet of A4."""
        from home.krant.views import kopij

        return kopij.paper(self, request)

    @path("kopij/gegevens/", name="kopij_privacy")
    def kopij_privacy(self, request: HttpRequest) -> HttpResponse:
        """What happens to what people send in."""
        from home.krant.views import kopij

        return kopij.privacy(self, request)

    @path("kopij/teruggenomen/", name="kopij_gone")
    def kopij_gone(self, request: HttpRequest) -> HttpResponse:
        """It was taken back."""
        from home.krant.views import own_kopij

        return own_kopij.gone(self, request)

    @path("kopij/ontvangen/<str:secret>/", name="kopij_receipt")
    def kopij_receipt(self, request: HttpRequest, secret: str) -> HttpResponse:
        """The receipt, and later how it stands: for the sender."""
        from home.krant.views import own_kopij

        return own_kopij.show(self, request, secret)

    @path("kopij/terugnemen/<str:secret>/", name="kopij_take_back")
    def kopij_take_back(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Taking it back: a question, and doing it."""
        from home.krant.views import own_kopij

        return own_kopij.take_back(self, request, secret)

    @cached_property
    def editions(self) -> "list[EditionCard]":
        """The editions that are out, the newest first."""
        from home.krant.public import editions_of

        return editions_of(self)

    def surroundings(self, request: Any) -> dict[str, Any]:
        from home.krant import printed, public

        newest = self.editions[0] if self.editions else None
        return {
            "newest": newest,
            "earlier": self.editions[1:],
            "headlines": public.headlines_of(newest.page) if newest else [],
            "printed": printed.facts_of(newest.editie) if newest else None,
            "next_edition": public.next_edition(self.wijk_id),
        }
