"""Bringing translations up to date with the Dutch text, in the place of wagtail-localize's own screen.

That one offers to publish, which puts Dutch where no translation is yet, and lets the browser wait for a
machine. Here an update only changes what translators see.
"""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import TranslationSource

from core.models.languages import language_name
from core.translating import machine
from core.translating.resync import current_texts
from core.translation_states.texts import changes, texts_of
from home.desk.coverage import form_address, register_of
from home.desk.vertalen import base
from home.desk.vertalen.base import TranslatorsView


class UpdateForm(forms.Form):
    with_machine = forms.BooleanField(
        label=gettext_lazy("Vraag computervoorstellen voor wat nieuw is"),
        help_text=gettext_lazy("Een mens kijkt ze na en publiceert; er komt niets vanzelf op de site."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if machine.service() is None:
            del self.fields["with_machine"]


class UpdateView(TranslatorsView):
    """What changed in Dutch since translators got it, and the button that brings it to them."""

    page_title = gettext_lazy("Vertalingen bijwerken")
    header_icon = "resubmit"
    template_name = "desk/vertalen/update.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.source = get_object_or_404(TranslationSource, pk=kwargs["translation_source_id"])
        try:
            self.instance = self.source.get_source_instance()
        except ObjectDoesNotExist as error:
            raise Http404 from error
        self.translations = list(
            self.source.translations.filter(enabled=True)
            .select_related("source__specific_content_type", "target_locale")
            .order_by("target_locale__language_code")
        )
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.source.object_repr)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "form": UpdateForm(),
            "changes": changes([text.text for text in current_texts(self.source)], texts_of(self.instance)),
            "updated_at": self.source.last_updated_at,
            "languages": [
                {"name": language_name(item.target_locale.language_code), "url": base.edit_address(item)}
                for item in self.translations
            ],
            "next_url": get_valid_next_url_from_request(self.request),
            "back_url": form_address(register_of(self.instance), self.instance.pk),
            **super().get_context_data(**kwargs),
        }

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = UpdateForm(request.POST)
        form.is_valid()
        self.source.update_from_db()
        for translation in self.translations:
            # Who may read the Dutch page may read the translation, and nobody else.
            self.source.update_target_view_restrictions(translation.target_locale)
        messages.success(
            request,
            _("De vertalingen zijn bijgewerkt. Op de site verandert niets voordat iemand publiceert."),
        )
        if form.cleaned_data.get("with_machine") and self._ask_machine():
            return redirect("desk_translation_work")
        return redirect(
            get_valid_next_url_from_request(request)
            or form_address(register_of(self.instance), self.instance.pk)
        )

    def _ask_machine(self) -> int:
        """Ask suggestions in every language in which something is missing. Returns in how many."""
        asked = [
            machine.ask(translation, user=self.request.user)
            for translation in self.translations
            if base.may_edit(self.request.user, translation) and machine.untranslated(translation)
        ]
        return len(asked)
