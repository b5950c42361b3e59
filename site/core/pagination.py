from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def paginate(items: QuerySet[Any] | Sequence[Any], request: HttpRequest, *, per_page: int) -> Page[Any]:
    """The page that `?page=` asks for. Anything that is no page gives the nearest one that is."""
    return Paginator(items, per_page).get_page(request.GET.get("page", 1))
