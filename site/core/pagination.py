from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from core.cache import remembered


def paginate(items: QuerySet[Any] | Sequence[Any], request: HttpRequest, *, per_page: int) -> Page[Any]:
    """The page that `?page=` asks for. Anything that is no page gives the nearest one that is."""
    return Paginator(items, per_page).get_page(request.GET.get("page", 1))


class RememberedList(Paginator[Any]):
    """A list whose length and first page are remembered under a key; other pages are rarely asked for."""

    def __init__(
        self, key: str, items: QuerySet[Any], *, per_page: int, prepare: Callable[[Iterable[Any]], list[Any]]
    ) -> None:
        super().__init__(items, per_page)
        self.items = items
        self.key = key
        self.prepare = prepare

    @cached_property
    def count(self) -> int:
        return remembered(f"{self.key}:count", self.items.count)

    def page(self, number: int | str) -> Page[Any]:
        page = super().page(number)
        items = page.object_list
        page.object_list = (
            remembered(f"{self.key}:first", lambda: self.prepare(items))
            if page.number == 1
            else self.prepare(items)
        )
        return page
