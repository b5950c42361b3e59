"""Text for the infopagina: the news of a week, ready to copy into the weekly paper."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from core.csv_files import example_of
from core.models import SiteInstellingen
from core.page_index import address_of, page_index
from core.querysets import visible
from home.desk.menus import may_write_news
from home.models import NieuwsIndexPage, NieuwsPage
from home.models.nieuws_page import about
from home.plain_text import BETWEEN, WITHIN, short_address, text_of
from wijken.desk.screens import DeskScreen
from wijken.models import Wijk

# What usually fits beside the other news of a municipality; who uses it sets their own.
DEFAULT_MAXIMUM = 2500
WEEK = re.compile(r"(20\d\d)-W(\d\d)", re.ASCII)


def monday_of(week: str, *, today: date) -> date:
    """The first day of a week such as 2026-W48; of this week when there is no such week."""
    if found := WEEK.fullmatch(week):
        try:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            pass
    return today - timedelta(days=today.weekday())


def week_of(day: date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"


def name_of(monday: date) -> str:
    """Such as: week 48, 23 tot en met 29 november 2026."""
    sunday = monday + timedelta(days=6)
    # The month once, when that is clear enough.
    start = date_format(monday, "j" if monday.month == sunday.month else "j E")
    values = {"week": monday.isocalendar().week, "start": start, "end": date_format(sunday, "j E Y")}
    return _("Week %(week)d, %(start)s tot en met %(end)s") % values


class ChoiceForm(forms.Form):
    """Which news, how much of each item, and how much fits."""

    SHORT, WHOLE = "kort", "heel"

    wijk = forms.ModelChoiceField(
        Wijk.objects.none(),
        to_field_name="slug",
        required=False,
        label=gettext_lazy("Wijk"),
        empty_label=gettext_lazy("Alle wijken"),
    )
    tekst = forms.ChoiceField(
        choices=[(SHORT, gettext_lazy("alleen de inleiding")), (WHOLE, gettext_lazy("de hele tekst"))],
        label=gettext_lazy("Hoeveel van elk bericht?"),
        widget=forms.RadioSelect,
        initial=SHORT,
    )
    maximum = forms.IntegerField(
        label=gettext_lazy("Hoeveel tekens passen er?"),
        min_value=100,
        max_value=100_000,
        initial=DEFAULT_MAXIMUM,
    )

    def __init__(self, asked: QueryDict) -> None:
        fields: Any = self.base_fields
        # What is not in the address is as it is at first.
        super().__init__({name: asked.get(name, field.initial) for name, field in fields.items()})
        wijken: Any = self.fields["wijk"]
        wijken.queryset = Wijk.objects.all()
        self.is_valid()

    def chosen(self, name: str) -> Any:
        """What was chosen; as it is at first when that is not possible."""
        return self.cleaned_data.get(name, self.fields[name].initial)


@dataclass(frozen=True)
class Item:
    """A news item as it comes in the paper, and where it stands there."""

    pk: int
    title: str
    text: str
    is_chosen: bool
    place: int

    @property
    def characters(self) -> int:
        return len(self.text)

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True)
class Infopagina:
    """The news of one week as somebody chose it."""

    monday: date
    items: list[Item]
    opening: str
    closing: str

    @property
    def name(self) -> str:
        return name_of(self.monday)

    @property
    def chosen(self) -> list[Item]:
        return [item for item in self.items if item.is_chosen]

    @cached_property
    def text(self) -> str:
        """Everything there is to copy; empty when nothing is chosen."""
        texts = [item.text for item in self.chosen]
        return BETWEEN.join([self.opening, *texts, self.closing]) if texts else ""

    @property
    def characters(self) -> int:
        return len(self.text)

    @property
    def words(self) -> int:
        return len(self.text.split())


def infopagina(asked: QueryDict, form: ChoiceForm, contact: SiteInstellingen) -> Infopagina:
    """The news of the week in `asked`, in Dutch whatever language the desk speaks."""
    monday = monday_of(asked.get("week", ""), today=timezone.localdate())
    with translation.override(settings.LANGUAGE_CODE):
        is_whole = form.chosen("tekst") == ChoiceForm.WHOLE
        news = published(monday, form.chosen("wijk"))
        texts = {page.pk: _item_text(page, is_whole=is_whole) for page in news}
        opening = _("Nieuws uit de wijken. %(week)s") % {"week": name_of(monday)}
        return Infopagina(monday, _items(news, texts, asked), opening, _closing(contact))


def published(monday: date, wijk: Wijk | None) -> list[NieuwsPage]:
    """The Dutch news of a week that is on the site, the oldest first."""
    news = visible(NieuwsPage.objects).filter(
        locale__language_code=settings.LANGUAGE_CODE, date__range=(monday, monday + timedelta(days=6))
    )
    if wijk:
        news = news.filter(about(wijk)).distinct()
    return list(news.prefetch_related("wijken").order_by("date", "pk"))


def _items(news: Iterable[NieuwsPage], texts: dict[int, str], asked: QueryDict) -> list[Item]:
    """In the order that was asked for, numbered anew. Before anything is asked everything is chosen."""
    chosen = asked.getlist("bericht") if "bericht" in asked or "gekozen" in asked else None
    pages = {page.pk: page for page in news}
    order = sorted(pages, key=lambda pk: _place(asked.get(f"plaats-{pk}", ""), list(pages).index(pk) + 1))
    return [
        Item(pk, pages[pk].title, texts[pk], chosen is None or str(pk) in chosen, place)
        for place, pk in enumerate(order, start=1)
    ]


def _place(asked: str, otherwise: int) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 4 else otherwise


def _item_text(page: NieuwsPage, *, is_whole: bool) -> str:
    wijken = ", ".join(wijk.naam for wijk in page.wijken.all())
    title = f"{page.title} ({wijken})" if wijken else page.title
    more = _("Lees meer: %(address)s") % {"address": short_address(address_of(page))}
    text = BETWEEN.join(part for part in (page.intro, text_of(page.body) if is_whole else "") if part)
    return WITHIN.join(part for part in (title, text, more) if part)


def _closing(contact: SiteInstellingen) -> str:
    index = page_index().first_of(NieuwsIndexPage, settings.LANGUAGE_CODE)
    hours = f" ({contact.telefoon_uren})" if contact.telefoon_uren else ""
    lines = [_("Vragen? Bel %(phone)s%(hours)s.") % {"phone": contact.telefoon, "hours": hours}]
    if index:
        lines.insert(0, _("Meer nieuws: %(address)s") % {"address": short_address(address_of(index))})
    return WITHIN.join(lines)


class NewsWritersOnly(View):
    """For whoever may write news."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_write_news(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def form(self) -> ChoiceForm:
        return ChoiceForm(self.request.GET)

    @cached_property
    def shown(self) -> Infopagina:
        return infopagina(self.request.GET, self.form, SiteInstellingen.for_request(self.request))


class InfopaginaView(NewsWritersOnly, DeskScreen):
    """Choose a week and what of it comes in the paper. The address says all that was chosen."""

    http_method_names = ["get", "head", "options"]
    # Besides that, see above: who may write news follows from the pages.
    permission = "wagtailadmin.access_admin"
    template_name = "desk/infopagina.html"
    page_title: Any = gettext_lazy("Tekst voor de infopagina")
    header_icon = "doc-full"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, shown = timezone.localdate(), self.shown
        maximum = self.form.chosen("maximum")
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "shown": shown,
            "week": week_of(shown.monday),
            "maximum": maximum,
            "too_much": max(0, shown.characters - maximum),
            "previous_url": self._week_url(shown.monday - timedelta(days=7)),
            "next_url": self._week_url(shown.monday + timedelta(days=7)),
            "this_week_url": self._week_url(today),
            "is_this_week": week_of(shown.monday) == week_of(today),
            "file_url": f"{reverse('desk_infopagina_file')}?{self.request.GET.urlencode()}",
        }

    def _week_url(self, day: date) -> str:
        """Another week; what was chosen for all weeks stays."""
        kept = {name: value for name in self.form.fields if (value := self.request.GET.get(name))}
        return f"?{urlencode({'week': week_of(day), **kept})}"


class InfopaginaFileView(NewsWritersOnly):
    """The same text as a file that any word processor opens."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        year, week, _day = self.shown.monday.isocalendar()
        return HttpResponse(
            example_of(self.shown.text.splitlines()),
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="infopagina-{year}-week-{week:02}.txt"'},
        )
