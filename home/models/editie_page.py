from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail_localize.fields import SynchronizedField

from core.models import BasePage

if TYPE_CHECKING:
    from home.models.artikel_page import ArtikelPage


class EditiePage(RoutablePageMixin, BasePage):
    """One edition of a wijkkrant on the web: its articles, and the paper as it was printed.

    The order of the articles below it is their order in the paper; its picture is the one on the cover.
    """

    template = "pages/editie_page.html"
    # Who may see it follows from the edition, see home.krant.embargo.
    private_page_options: Any = []
    parent_page_types = ["home.WijkkrantPage"]
    subpage_types = ["home.ArtikelPage"]
    # An edition in the register brings its page: by hand it could belong to another wijk.
    is_creatable = False

    editie = models.ForeignKey(
        "home.Editie", verbose_name=_("editie"), on_delete=models.PROTECT, related_name="pages"
    )

    content_panels = [FieldPanel("editie", read_only=True), *BasePage.content_panels]
    override_translatable_fields = [
        *BasePage.synchronized_fields,
        SynchronizedField("editie", overridable=False),
    ]

    served_with = ("editie__wijk",)

    class Meta:
        verbose_name = _("editie")
        verbose_name_plural = _("edities")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Nothing at or below this address before the edition is out, whatever is published already."""
        if not self.editie.is_out:
            raise Http404
        return super().route(request, path_components)

    @path("krant.pdf/", name="pdf")
    def pdf(self, request: HttpRequest) -> HttpResponseBase:
        """The paper as it was printed, in the language of the reader or else in Dutch."""
        from home.krant.printed import serve

        return serve(self, request)

    @cached_property
    def articles(self) -> "list[ArtikelPage]":
        """The articles a reader of this language sees, in the order of the paper."""
        from home.krant.public import articles_of

        return articles_of(self)

    def surroundings(self, request: Any) -> dict[str, Any]:
        from home.krant import printed, public

        return {
            "front": public.front_of(self.articles),
            "krant_page": public.above(self),
            "printed": printed.facts_of(self.editie),
            **public.beside(self),
        }
