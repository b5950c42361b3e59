"""Wijk and thema: narrowing a list down to one of each, and linking an item to the wijken it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from core.cache import remembered
from core.querysets import readable_in
from wijken.models import Thema, Wijk, WijkPage


@dataclass(frozen=True)
class WijkThemaChoice:
    """What can be chosen and what somebody chose with `?wijk=` and `?thema=`."""

    wijken: list[Wijk]
    themas: list[Thema]
    wijk: Wijk | None
    thema: Thema | None

    @property
    def is_made(self) -> bool:
        return bool(self.wijk or self.thema)

    @property
    def key(self) -> str:
        """What was chosen, to remember by: only what exists is ever chosen."""
        return f"{self.wijk_slug}:{self.thema_slug}"

    @property
    def wijk_slug(self) -> str:
        return self.wijk.slug if self.wijk else ""

    @property
    def thema_slug(self) -> str:
        return self.thema.slug if self.thema else ""

    @property
    def wijk_options(self) -> list[dict[str, str]]:
        return [{"value": wijk.slug, "label": wijk.naam} for wijk in self.wijken]

    @property
    def thema_options(self) -> list[dict[str, str]]:
        return [
            {"value": thema.slug, "label": thema.words.naam, "language": thema.words_language}
            for thema in self.themas
        ]


def wijk_thema_choice(request: HttpRequest, language_code: str) -> WijkThemaChoice:
    """The choice of a request. A value that does not exist counts as no choice."""
    wijken, themas = remembered(
        f"wijken-and-themas:{language_code}",
        lambda: (list(Wijk.objects.all()), Thema.objects.all().worded(language_code)),
    )
    return WijkThemaChoice(
        wijken=wijken,
        themas=themas,
        wijk=next((wijk for wijk in wijken if wijk.slug == request.GET.get("wijk")), None),
        thema=next((thema for thema in themas if thema.slug == request.GET.get("thema")), None),
    )


def pages_of(wijken: Iterable[Wijk], language_code: str) -> list[WijkPage]:
    """The pages of some wijken for a reader of a language, in the municipality's order: one query.

    A queryset of wijken becomes part of that query.
    """
    pages: Any = readable_in(WijkPage.objects, language_code).filter(wijk__in=wijken)
    return list(pages.select_related("wijk").defer("body").order_by("wijk__order", "wijk__naam"))


def name_of_one(wijken: Iterable[Wijk]) -> str:
    """The name of a wijk that stands alone; of several or none nothing."""
    names = [wijk.naam for wijk in wijken]
    return names[0] if len(names) == 1 else ""
