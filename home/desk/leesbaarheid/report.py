"""Which pages read hardest."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from core.models import Brontekst
from core.page_index import page_index
from core.readability import Summary
from home.desk.leesbaarheid.hints import plain
from home.desk.menus import may_write_pages
from home.desk.reports import ListReportView
from home.moeilijke_woorden import reader

# A shorter page has too few words to compare it with another.
MIN_WORDS = 30


@dataclass(frozen=True)
class ReadPage:
    """A Dutch page on the site and how it reads."""

    title: str
    url: str
    summary: Summary
    has_simple: bool

    @property
    def average(self) -> str:
        value = self.summary.average
        return "–" if value is None else f"{value:.1f}".replace(".", ",")

    @property
    def per_hundred(self) -> str:
        return f"{self.summary.hints_per_hundred:.1f}".replace(".", ",")

    @property
    def found(self) -> str:
        """What there is to look at, such as "lange zinnen: 2, lange woorden: 1"."""
        of = self.summary
        kinds = (
            (of.long_sentences, _("lange zinnen")),
            (of.hard_words, _("moeilijke woorden")),
            (of.passives, _("zinnen met “worden”")),
            (of.long_words, _("lange woorden")),
        )
        return ", ".join(f"{name}: {count}" for count, name in kinds if count) or "–"

    @property
    def simple(self) -> str:
        return _("ja") if self.has_simple else _("nee")


class ReadabilityView(ListReportView):
    """Pages on the site in Dutch, the one with most hints for its length first."""

    page_title: Any = gettext_lazy("Leesbaarheid")
    header_icon = "glasses"
    page_subtitle: Any = gettext_lazy("een hint, geen oordeel")
    index_url_name: Any = "desk_readability"
    index_results_url_name: Any = "desk_readability_results"
    no_results_message: Any = gettext_lazy("Er staat nog geen tekst op de site.")
    export_filename = "leesbaarheid"
    export_headings = {
        "title": gettext_lazy("Titel"),
        "per_hundred": gettext_lazy("Hints per 100 woorden"),
        "average": gettext_lazy("Woorden per zin"),
        "summary.long_sentences": gettext_lazy("Lange zinnen"),
        "summary.hard_words": gettext_lazy("Moeilijke woorden"),
        "summary.passives": gettext_lazy("Zinnen met “worden”"),
        "summary.long_words": gettext_lazy("Lange woorden"),
        "summary.words": gettext_lazy("Woorden"),
        "simple": gettext_lazy("In makkelijke taal"),
    }
    list_export = list(export_headings)
    columns = [
        TitleColumn("title", label=gettext_lazy("Titel"), get_url=lambda row: row.url, width="35%"),
        NumberColumn("per_hundred", label=gettext_lazy("Hints per 100 woorden")),
        NumberColumn("average", label=gettext_lazy("Woorden per zin")),
        Column("found", label=gettext_lazy("Wat valt op?")),
        Column("simple", label=gettext_lazy("In makkelijke taal")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_write_pages(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_buttons(self) -> list[Any]:  # type: ignore[override]
        if not self.request.user.has_perm("home.view_moeilijkwoord"):
            return []
        address = reverse("moeilijke-woorden:index")
        return [HeaderButton(_("Moeilijke woorden"), url=address, icon_name="list-ul")]

    @cached_property
    def rows(self) -> list[ReadPage]:
        return read_pages()

    def get_rows(self) -> list[ReadPage]:
        return self.rows


def read_pages() -> list[ReadPage]:
    """Every page with enough words, hardest first. Four queries, however many pages there are."""
    texts = dict(Brontekst.objects.filter(is_current=True).values_list("translation_key", "texts"))
    reads, index = reader(), page_index()
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code=settings.LANGUAGE_CODE)
    rows = [
        ReadPage(
            title=page.title,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            summary=summary,
            has_simple=any(code.startswith(f"{settings.LANGUAGE_CODE}-") for code in index.translated(page)),
        )
        for page in pages.only("title", "translation_key")
        if (summary := reads.summary(plain(text) for text in texts.get(page.translation_key, ()))).words
        >= MIN_WORDS
    ]
    return sorted(rows, key=lambda row: (-row.summary.hints_per_hundred, row.title))
