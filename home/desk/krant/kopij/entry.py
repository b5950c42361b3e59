"""Kopij from paper: typed over by the redactie, or by who works at the counter."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.open_forms import OpenForm, UnknownFormError
from core.receipts import shown
from home.desk.krant.kopij.screens import KopijScreen
from home.krant.kopij import actions, drafts
from home.krant.kopij.forms import KopijFields
from home.krant.kopij.privacy import Processing
from home.krant.kopij.questions import QUESTIONS
from home.krant.redactie import wijken_of
from home.models import Kopij, WijkkrantPage
from participatie.desk.menus import ENTER
from wijken.models import Wijk

KEY = "formulier"


class EntryScreen(KopijScreen):
    """For a redactie its own wijk, for the counter every wijk that has a wijkkrant."""

    page_title: Any = gettext_lazy("Kopij invoeren van papier")
    header_icon = "edit"

    def may_enter(self) -> bool:
        return self.user.has_perm(ENTER) or super().may_enter()

    @cached_property
    def wijken(self) -> QuerySet[Wijk]:
        with_krant = Wijk.objects.filter(pk__in=WijkkrantPage.objects.values("wijk")).order_by("order")
        return with_krant if self.user.has_perm(ENTER) else with_krant.filter(pk__in=wijken_of(self.user))


class ChooseView(EntryScreen):
    """For which wijk. With one there is nothing to choose."""

    template_name = "desk/krant/kopij/choose.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wijken = list(self.wijken)
        if len(wijken) == 1:
            return redirect("krant_kopij_enter", wijken[0].slug)
        return self.render_to_response(self.get_context_data(wijken=wijken))


class EntryView(EntryScreen):
    """One form on one page; whoever presses twice stores it once."""

    template_name = "desk/krant/kopij/entry.html"

    @cached_property
    def wijk(self) -> Wijk:
        if not self.wijken.exists():
            raise PermissionDenied
        return get_object_or_404(self.wijken, slug=self.kwargs["slug"])

    def get_page_subtitle(self) -> str:
        return self.wijk.naam

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        fields = KopijFields(initial={"teksttaal": settings.LANGUAGE_CODE})
        return self._show(fields, OpenForm.new(self._about))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = request.POST.get(KEY, "")
        try:
            opened = OpenForm.read(token, about=self._about)
        except UnknownFormError:
            opened = OpenForm.again(token, about=self._about)
        if known := Kopij.objects.filter(wijk=self.wijk, bonnummer=opened.number).first():
            return self._done(known)
        draft = drafts.find_draft(opened.number, wijk=self.wijk)
        fields = KopijFields(request.POST, request.FILES, kept=drafts.kept_photos(draft))
        if fields.is_valid():
            made = actions.receive(
                wijk=self.wijk,
                number=opened.number,
                sent=fields.sent(),
                language=self._language(fields),
                photos=fields.photos,
                draft=draft,
                by=self.user,
            )
            return self._done(made)
        if fields.photos:
            drafts.keep(opened.number, wijk=self.wijk, photos=fields.photos, is_human=True)
        return self._show(fields, opened)

    @property
    def _about(self) -> str:
        return f"kopij-papier:{self.wijk.pk}:{self.user.pk}"

    def _language(self, fields: KopijFields) -> str:
        """For mails: the language of the text, if the site has it."""
        chosen = fields.cleaned_data["teksttaal"]
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    def _done(self, kopij: Kopij) -> HttpResponse:
        told = _(
            "Bewaard. Het bonnummer is %(number)s. Schrijf het op het papier of geef het aan de bewoner."
        )
        messages.success(self.request, told % {"number": shown(kopij.bonnummer)})
        return redirect("krant_kopij_enter", self.wijk.slug)

    def _show(self, fields: KopijFields, opened: OpenForm) -> HttpResponse:
        photos = drafts.kept_photos(drafts.find_draft(opened.number, wijk=self.wijk))
        context = self.get_context_data(
            form=fields,
            questions=QUESTIONS,
            slots=[{**slot, "kept": photos.get(slot["number"])} for slot in fields.slots()],
            key=KEY,
            token=opened.token,
        )
        return self.render_to_response(context)


class ProcessingView(KopijScreen):
    """What the processing register of the municipality needs."""

    template_name = "desk/krant/kopij/processing.html"
    page_title: Any = gettext_lazy("Verwerking van kopij")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "processing": Processing()}


SCREENS: dict[str, tuple[str, Any]] = {
    "krant/kopij/papier/": ("krant_kopij_entry", ChooseView),
    "krant/kopij/papier/<slug:slug>/": ("krant_kopij_enter", EntryView),
    "krant/kopij/verwerking/": ("krant_kopij_processing", ProcessingView),
}
