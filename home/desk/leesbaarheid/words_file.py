"""Hard words from a file."""

from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.moeilijke_woorden import FileError, read_file, store

PERMISSION = "home.add_moeilijkwoord"


class WordsFileView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """New and changed words from a CSV file. Nothing is stored while one row is bad."""

    permission_required = PERMISSION
    raise_exception = True
    template_name = "desk/leesbaarheid/bestand.html"
    page_title: Any = gettext_lazy("Moeilijke woorden uit een bestand")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("moeilijke-woorden:index"), "label": _("Moeilijke woorden")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"error": "", "bad": [], **super().get_context_data(**kwargs)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = request.FILES.get("bestand")
        if chosen is None:
            return self._again(error=_("Kies eerst een bestand."))
        try:
            found = read_file(chosen.read())
        except FileError as error:
            return self._again(error=str(error))
        if found.bad:
            return self._again(bad=found.bad)
        count = store(found)
        messages.success(
            request,
            ngettext("%(count)d woord is bewaard.", "%(count)d woorden zijn bewaard.", count)
            % {"count": count},
        )
        return HttpResponseRedirect(reverse("moeilijke-woorden:index"))

    def _again(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=422)
