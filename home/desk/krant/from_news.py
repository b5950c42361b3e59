"""News that goes into a wijkkrant: choosing the edition, and what to do when the news changed afterwards."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.models import source_rows
from home.desk.krant.screens import KrantScreen
from home.krant.from_news import note_seen, take_over, taken_article
from home.krant.pages import edition_of
from home.krant.redactie import editions_for, may_edit
from home.models import ArtikelPage, NieuwsPage
from wijken.desk.screens import sentences


class FromNewsView(KrantScreen):
    """Chooses the edition that a news item goes into. Only what is on the site can be taken."""

    template_name = "desk/krant/from_news.html"
    page_title: Any = gettext_lazy("Neem over in de wijkkrant")

    @cached_property
    def news(self) -> NieuwsPage:
        found = NieuwsPage.objects.live().public().filter(source_rows())
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.news.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(editie, taken_article(self.news, editie)) for editie in editions_for(self.user)]
        return {**super().get_context_data(**kwargs), "news": self.news, "rows": rows}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = request.POST.get("editie", "")
        editie = get_object_or_404(editions_for(self.user), pk=chosen if chosen.isdecimal() else 0)
        try:
            taken = take_over(news=self.news, editie=editie, by=self.user)
        except ValidationError as error:
            messages.error(request, sentences(error))
            return redirect("krant_from_news", self.news.pk)
        messages.success(request, _("Overgenomen in %(edition)s, als concept.") % {"edition": editie})
        if taken.left_out:
            told = _("Niet overgenomen, want dit past niet in een krant: %(parts)s.")
            messages.warning(request, told % {"parts": ", ".join(taken.left_out)})
        return redirect("wagtailadmin_pages:edit", taken.article.pk)


class SourceView(KrantScreen):
    """The news behind an article as it is now, for who decides whether the article must change."""

    template_name = "desk/krant/source.html"
    page_title: Any = gettext_lazy("Het nieuws achter dit artikel")

    @cached_property
    def article(self) -> ArtikelPage:
        rows = ArtikelPage.objects.filter(source_rows(), bron__isnull=False).select_related("bron")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        editie = edition_of(self.article)
        return editie is not None and may_edit(self.user, editie.wijk)

    def get_page_subtitle(self) -> str:
        return self.article.draft_title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "article": self.article, "news": self.article.bron}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.article.permissions_for_user(self.user).can_edit():
            raise PermissionDenied
        note_seen(article=self.article, by=self.user)
        messages.success(request, _("Genoteerd. U krijgt bericht als het nieuws nog een keer wijzigt."))
        return redirect(reverse("wagtailadmin_pages:edit", args=[self.article.pk]))
