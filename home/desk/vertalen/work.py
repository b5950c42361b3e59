"""What runs in the background for translators: asking for it, how far it is, and asking again."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.models import Stand, Vertaalopdracht, Vertaalronde
from core.translating import machine, rounds
from home.desk.vertalen import base
from home.desk.vertalen.base import SUBMIT, TranslatorsView

SHOWN = 50


class WorkView(TranslatorsView):
    """Everything that runs, failed or was done lately."""

    page_title = gettext_lazy("Vertaalwerk")
    template_name = "desk/vertalen/work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        opdrachten = list(
            Vertaalopdracht.objects.select_related(
                "translation__source", "translation__target_locale", "asked_by"
            )[:SHOWN]
        )
        return {
            **super().get_context_data(**kwargs),
            "opdrachten": opdrachten,
            "rondes": list(Vertaalronde.objects.select_related("page", "asked_by")[:SHOWN]),
            "has_machine": machine.service() is not None,
        }


base.WORK = (WorkView,)


class LanguagesForm(forms.Form):
    """In which languages, and whether a machine makes the first version."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Talen"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies een of meer talen.")},
    )
    with_machine = forms.BooleanField(
        label=gettext_lazy("Vraag meteen computervoorstellen"),
        help_text=gettext_lazy("Een mens kijkt ze na en publiceert; er komt niets vanzelf op de site."),
        required=False,
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["languages"]
        choice.choices = choices
        if machine.service() is None:
            del self.fields["with_machine"]


class RoundView(TranslatorsView):
    """Ask for drafts of a page with everything below it."""

    page_title = gettext_lazy("Vertalen met alles eronder")
    template_name = "desk/vertalen/round.html"

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"])
        if self.page.is_root() or self.page.locale.language_code in dict(base.languages()):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "form": LanguagesForm(choices=base.languages()),
            "page": self.page,
            "count": len(rounds.pages_of(self.page)),
            **super().get_context_data(**kwargs),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = LanguagesForm(request.POST, choices=base.languages())
        if not form.is_valid():
            return self.render(form=form, status=422)
        rounds.ask(
            self.page,
            form.cleaned_data["languages"],
            user=request.user,
            with_machine=form.cleaned_data.get("with_machine", False),
        )
        messages.success(request, _("De concepten worden gemaakt. Hier ziet u hoe ver het is."))
        return redirect("desk_translation_work")


@method_decorator(require_POST, name="dispatch")
class AskAgainView(View):
    """Try once more what failed."""

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        if not request.user.has_perm(SUBMIT):
            raise PermissionDenied
        if kind == "ronde":
            rounds.ask_again(get_object_or_404(Vertaalronde, pk=pk))
        else:
            opdracht = get_object_or_404(Vertaalopdracht, pk=pk)
            if not base.may_edit(request.user, opdracht.translation):
                raise PermissionDenied
            machine.ask(opdracht.translation, user=request.user)
        messages.success(request, _("Het wordt opnieuw geprobeerd."))
        return redirect("desk_translation_work")


@method_decorator(require_POST, name="dispatch")
class MachineView(View):
    """The button in the editor. Asks in the background, where wagtail-localize lets the browser wait."""

    def post(self, request: HttpRequest, translation_id: int) -> HttpResponse:
        translation = get_object_or_404(Translation, pk=translation_id)
        if not base.may_edit(request.user, translation):
            raise PermissionDenied
        back = get_valid_next_url_from_request(request) or reverse("desk_translation_work")
        count = len(machine.untranslated(translation))
        if not count:
            messages.warning(request, _("Alles heeft al een vertaling."))
            return redirect(back)
        opdracht = machine.ask(translation, user=request.user)
        opdracht.refresh_from_db()
        if opdracht.state == Stand.MISLUKT:
            messages.error(request, opdracht.reason)
        else:
            message = ngettext(
                "Er is een voorstel gevraagd voor %(count)d tekst. Ververs deze pagina over een minuut.",
                "Er zijn voorstellen gevraagd voor %(count)d teksten. Ververs deze pagina over een minuut.",
                count,
            )
            messages.success(request, message % {"count": count})
        return redirect(back)
