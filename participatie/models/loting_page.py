from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage
from core.page_index import address_of

if TYPE_CHECKING:
    from participatie.seats.public import Group


class LotingPage(RoutablePageMixin, BasePage):
    """A loting explained, with the form to sign up and everything that comes after it."""

    template = "pages/loting_page.html"
    parent_page_types = ["wijken.WijkPage"]
    subpage_types = []

    loting = models.ForeignKey(
        "participatie.Loting", verbose_name=_("loting"), on_delete=models.PROTECT, related_name="pages"
    )

    content_panels = [FieldPanel("loting"), *BasePage.content_panels]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("loting", overridable=False),
    ]

    served_with = ("loting__wijk", "loting__trekking_plek")

    class Meta:
        verbose_name = _("loting")
        verbose_name_plural = _("lotingen")

    @path("aanmelden/", name="start")
    def start(self, request: Any) -> HttpResponse:
        """What somebody needs to know before the first question."""
        from participatie.views import signing_up

        return signing_up.start(self, request)

    @path("aanmelden/<str:token>/", name="questions")
    def questions(self, request: Any, token: str) -> HttpResponse:
        """The questions on one page, or the first that has no answer yet."""
        from participatie.views import signing_up

        return signing_up.form(self, request, token)

    @path("aanmelden/<str:token>/<str:step>/", name="question")
    def question(self, request: Any, token: str, step: str) -> HttpResponse:
        """One question, the answers together, or the receipt."""
        from participatie.views import signing_up

        return signing_up.step(self, request, token, step)

    @path("mijn/", name="link")
    def link(self, request: Any) -> HttpResponse:
        """Asking for a new link to one's own data."""
        from participatie.views import own_data

        return own_data.ask_link(self, request)

    @path("mijn/<str:token>/", name="own")
    def own(self, request: Any, token: str) -> HttpResponse:
        """One's own data."""
        from participatie.views import own_data

        return own_data.show(self, request, token)

    @path("mijn/<str:token>/<str:what>/", name="own_action")
    def own_action(self, request: Any, token: str, what: str) -> HttpResponse:
        """Correcting, withdrawing, downloading, erasing one's own data."""
        from participatie.views import own_data

        return own_data.act(self, request, token, what)

    @path("bevestigen/<str:token>/", name="confirm")
    def confirm(self, request: Any, token: str) -> HttpResponse:
        """Saying that a mail address is one's own."""
        from participatie.views import own_data

        return own_data.confirm(self, request, token)

    @path("zetel/<str:token>/", name="seat")
    def seat(self, request: Any, token: str) -> HttpResponse:
        """The seat that somebody was offered."""
        from participatie.views import seat_answer

        return seat_answer.show(self, request, token)

    @path("zetel/<str:token>/<str:what>/", name="seat_action")
    def seat_action(self, request: Any, token: str, what: str) -> HttpResponse:
        """Taking the seat, not taking it, being named."""
        from participatie.views import seat_answer

        return seat_answer.act(self, request, token, what)

    @path("niet/", name="opt_out")
    def opt_out(self, request: Any) -> HttpResponse:
        """No letters any more, for who has one with a code."""
        from participatie.views import opting_out

        return opting_out.opt_out(self, request)

    @path("papier.pdf/", name="paper")
    def paper(self, request: Any) -> HttpResponse:
        """The form on a sheet of A4."""
        from participatie.views import paper

        return paper.form(self, request)

    @path("gegevens/", name="privacy")
    def privacy(self, request: Any) -> HttpResponse:
        """What happens to the data of who signs up."""
        from participatie.views import privacy

        return privacy.explain(self, request)

    @path("trekking/", name="draw")
    def draw(self, request: Any) -> HttpResponse:
        """The draw: what was promised, what came out, and everything to check it with."""
        from participatie.views import draw

        return draw.show(self, request)

    @path("trekking/uitleg/", name="draw_explained")
    def draw_explained(self, request: Any) -> HttpResponse:
        """How the draw works and how to check it, with an example to do by hand."""
        from participatie.views import draw

        return draw.explain(self, request)

    @path("trekking/zaal/", name="draw_hall")
    def draw_hall(self, request: Any) -> HttpResponse:
        """The draw for a big screen in the room."""
        from participatie.views import draw

        return draw.hall(self, request)

    @path("trekking/<int:nummer>/<str:naam>/", name="draw_file_of")
    def draw_file_of(self, request: Any, nummer: int, naam: str) -> HttpResponse:
        """A file of one of the promises."""
        from participatie.views import draw

        return draw.file(self, request, naam, nummer)

    @path("trekking/<str:naam>/", name="draw_file")
    def draw_file(self, request: Any, naam: str) -> HttpResponse:
        """A file of the promise that counts."""
        from participatie.views import draw

        return draw.file(self, request, naam)

    @cached_property
    def group(self) -> "Group | None":
        """The seats and who sits on them, once they are offered."""
        from participatie.seats.public import groups_on
        from participatie.seats.retention import DRAWN

        return groups_on([self.pk]).get(self.pk) if self.loting.staat in DRAWN else None

    def surroundings(self, request: Any) -> dict[str, Any]:
        from participatie.loting import story_of

        return {
            "page_url": address_of(self),
            "loting": self.loting,
            "story": story_of(self.loting, language_code=self.language_code, now=timezone.now()),
            "group": self.group,
        }
