from typing import Any

from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage
from core.page_index import address_of


class MonitorPage(RoutablePageMixin, BasePage):
    """All actions and projects of a wijk: what was promised, what is late, where and with what money.

    Each route is one view of the same facts; `wijken.monitor` has a module for each.
    """

    template = "pages/monitor_page.html"
    parent_page_types = ["wijken.WijkPage"]
    subpage_types = []
    max_count_per_parent = 1

    wijk = models.ForeignKey(
        "wijken.Wijk", verbose_name=_("wijk"), on_delete=models.PROTECT, related_name="monitor_pages"
    )

    content_panels = [FieldPanel("wijk"), *BasePage.content_panels]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("wijk", overridable=False),
    ]

    served_with = ("wijk",)

    class Meta:
        verbose_name = _("monitor")
        verbose_name_plural = _("monitors")

    @path("")
    def index_route(self, request: Any) -> TemplateResponse:
        from wijken.monitor.overview import overview_of

        return self._view(request, "index_route", overview=overview_of(self, request))

    @path("tijdlijn/", name="tijdlijn")
    def tijdlijn(self, request: Any) -> TemplateResponse:
        """Every promise between the years, with the same facts in words."""
        from wijken.monitor.timeline import timeline_of

        return self._view(
            request,
            "tijdlijn",
            "wijken/monitor/tijdlijn.html",
            route_title=_("Tijdlijn"),
            route_lead=_("Elke belofte als een balk tussen de jaren. Rood met strepen is te laat."),
            timeline=timeline_of(self, request, base_url=self.route_address("tijdlijn")),
        )

    @path("geld/", name="geld")
    def geld(self, request: Any) -> TemplateResponse:
        """What it costs, who pays, and what is left."""
        from wijken.monitor.euros import money_of

        return self._view(
            request,
            "geld",
            "wijken/monitor/geld.html",
            route_title=_("Geld"),
            route_lead=_("Wat kosten de acties, wie betaalt en wat is er over? De site telt alles zelf op."),
            money=money_of(self, request),
        )

    @path("plekken/", name="plekken")
    def plekken(self, request: Any) -> TemplateResponse:
        """Every place of the wijk, in a list and on the map."""
        from wijken.monitor.places import places_of

        return self._view(
            request,
            "plekken",
            "wijken/monitor/plekken.html",
            route_title=_("Plekken"),
            route_lead=_("Kies een plek en zie alles wat daar gebeurt, uit alle plannen samen."),
            places=places_of(self),
        )

    @path("plek/<int:pk>/", name="plek")
    def plek(self, request: Any, pk: int) -> TemplateResponse:
        """What happens at one place of this wijk; 404 for any other."""
        from wijken.monitor.places import place_of

        place = place_of(self, request, pk)
        if place is None:
            raise Http404
        return self._view(
            request,
            "plekken",
            "wijken/monitor/plek.html",
            route_title=place.plek.words.naam,
            place=place,
        )

    @path("cijfers/", name="cijfers")
    def cijfers(self, request: Any) -> TemplateResponse:
        """What research measures."""
        from wijken.monitor.indicators import indicators_for

        return self._view(
            request,
            "cijfers",
            "wijken/monitor/cijfers.html",
            route_title=_("Cijfers"),
            route_lead=_(
                "Wat onderzoek meet in de wijk, met de bron en de dag erbij. "
                "Is er niets gemeten, dan staat dat er."
            ),
            indicators=indicators_for(self),
        )

    @path("data/", name="data")
    def data(self, request: Any) -> TemplateResponse:
        """What is in the files of open data; those have addresses of their own, in `wijken.urls`."""
        from wijken.monitor.opendata.routes import data_context

        return self._view(
            request,
            "data",
            "wijken/monitor/data.html",
            route_title=_("Open data"),
            route_lead=_("Alles wat op de monitor staat, als bestand om zelf mee te rekenen."),
            **data_context(self),
        )

    @property
    def data_files(self) -> list[Any]:
        """The files of open data, for the head of a view."""
        from wijken.monitor.opendata.routes import data_files

        return data_files(self)

    def route_address(self, name: str, *args: Any) -> str:
        """The address of one of the views."""
        return f"{address_of(self)}{self.reverse_subpage(name, args=args)}"

    def _view(self, request: Any, name: str, template: str = "", **context: Any) -> TemplateResponse:
        """One view in the frame that all of them share."""
        from wijken.monitor.tabs import tabs_of

        overrides = {
            "tabs": tabs_of(self, current=name),
            "today": timezone.localdate(),
            "wijk": self.wijk,
            "route_lead": "",
            **context,
        }
        return self.render(request, template=template or self.template, context_overrides=overrides)
