"""What wagtail-localize shows to anybody who may enter the desk, kept to who may see it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.snippets.permissions import user_can_access_snippets
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.snippets_api import SnippetViewSet

from home.desk.vertalen.base import SUBMIT


class AllView(TranslationsReportView):
    """Every translation, text by text."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(SUBMIT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return super().get_queryset().order_by("source__object_repr", "target_locale__language_code", "pk")


def snippets_api(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Names of snippets, for the editor of translations."""
    model = get_snippet_model_from_url_params(kwargs["app_label"], kwargs["model_name"])
    if not request.user.has_perm(SUBMIT) or not user_can_access_snippets(request.user, [model]):
        raise PermissionDenied
    view = SnippetViewSet.as_view({"get": "retrieve" if "pk" in kwargs else "list"})
    response: HttpResponse = view(request, **kwargs)
    return response
