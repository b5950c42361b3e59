"""Starting a translation, in the place of wagtail-localize's own screens.

Those save what they make at once: over a Dutch page that stands in for a translation, and over the words of
a snippet that visitors see. Here nothing reaches the site before a translator publishes it.
"""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params

from core.models import TranslatableSnippet, source_rows
from core.translating import rounds
from home.desk.coverage import form_address, register_of
from home.desk.vertalen import base
from home.desk.vertalen.base import TranslatorsView
from home.desk.vertalen.work import LanguagesForm


class StartForm(LanguagesForm):
    """In which of the languages that it is not in yet, and whether the pages below it go along."""

    with_below = forms.BooleanField(required=False)
    field_order = ["languages", "with_below", "with_machine"]

    def __init__(self, *args: Any, below: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if below:
            self.fields["with_below"].label = ngettext(
                "Ook de %(count)d pagina eronder", "Ook de %(count)d pagina's eronder", below
            ) % {"count": below}
        else:
            del self.fields["with_below"]


class StartView(TranslatorsView):
    """Ask for drafts of one page or snippet."""

    page_title = gettext_lazy("Vertalen")
    template_name = "desk/vertalen/start.html"
    source: Any

    def get_page_subtitle(self) -> str:
        return str(self.source)

    @cached_property
    def missing(self) -> list[tuple[str, str]]:
        """The languages that it is not in. An alias has no words of its own."""
        rows = type(self.source)._default_manager.filter(translation_key=self.source.translation_key)
        if isinstance(self.source, Page):
            rows = rows.filter(alias_of__isnull=True)
        present = set(rows.values_list("locale__language_code", flat=True))
        return [(code, name) for code, name in base.languages() if code not in present]

    def form(self, *args: Any, **kwargs: Any) -> StartForm:
        below = self.source.get_descendants().count() if isinstance(self.source, Page) else 0
        return StartForm(*args, choices=self.missing, below=below, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("select_locale", "")
        return {
            "form": self.form(initial={"languages": [asked]}),
            "missing": self.missing,
            "next_url": get_valid_next_url_from_request(self.request),
            "back_url": form_address(register_of(self.source), self.source.pk),
            **super().get_context_data(**kwargs),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render(form=form, status=422)
        languages, with_machine = (
            form.cleaned_data["languages"],
            form.cleaned_data.get("with_machine", False),
        )
        if form.cleaned_data.get("with_below"):
            rounds.ask(self.source, languages, user=request.user, with_machine=with_machine)
            messages.success(request, _("De concepten worden gemaakt. Hier ziet u hoe ver het is."))
            return redirect("desk_translation_work")
        try:
            made = rounds.start(self.source, languages, user=request.user, with_machine=with_machine)
        except ValidationError as error:
            form.add_error(None, error)
            return self.render(form=form, status=422)
        own = [item for item in made if item.source.object_id == self.source.translation_key]
        message = ngettext("Er staat een concept klaar.", "Er staan concepten klaar.", len(languages))
        messages.success(request, message)
        if len(own) == 1:
            return redirect(base.edit_address(own[0]))
        return redirect(
            get_valid_next_url_from_request(request) or form_address(register_of(self.source), self.source.pk)
        )


class StartPageView(StartView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        page = get_object_or_404(Page, pk=kwargs["page_id"])
        dutch = Page.objects.filter(source_rows(), translation_key=page.translation_key, depth__gt=1)
        self.source = get_object_or_404(dutch).specific
        return super().dispatch(request, *args, **kwargs)


class StartSnippetView(StartView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        model: Any = get_snippet_model_from_url_params(kwargs["app_label"], kwargs["model_name"])
        if not issubclass(model, TranslatableSnippet):
            raise Http404
        snippet = get_object_or_404(model, pk=unquote(kwargs["pk"]))
        shown = model.objects.to_translate()
        self.source = get_object_or_404(shown, translation_key=snippet.translation_key)
        return super().dispatch(request, *args, **kwargs)


class NoAliasView(TranslatorsView):
    """wagtail-localize would put the Dutch page over a translation, live at once."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        page = get_object_or_404(Page, pk=kwargs["page_id"])
        messages.warning(
            request,
            _(
                "Een vertaling wordt hier niet door het Nederlands vervangen. Haal haar offline: "
                "bezoekers zien dan de Nederlandse pagina, en uw woorden blijven bewaard."
            ),
        )
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
