"""Translations as PO files: out for a page, a part of the site or a language, and back after a look."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.translating import po
from home.desk.vertalen import base
from home.desk.vertalen.base import TranslatorsView

# How long somebody may look at what a file would change, in seconds.
LOOK_SECONDS = 3600


class ExportForm(forms.Form):
    """What goes out: one language, of the whole site or of a page with everything below it."""

    language = forms.ChoiceField(label=gettext_lazy("Taal"))
    page = forms.ModelChoiceField(
        label=gettext_lazy("Alleen deze pagina en alles eronder"),
        queryset=Page.objects.none(),
        required=False,
        empty_label=gettext_lazy("Alles"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = base.languages()
        page: Any = self.fields["page"]
        page.queryset = Page.objects.filter(
            depth__gt=1, depth__lte=4, locale__language_code=settings.LANGUAGE_CODE
        ).order_by("path")
        page.label_from_instance = lambda item: f"{'– ' * (item.depth - 2)}{item.title}"


class ImportForm(forms.Form):
    """A PO file, or a zip of them."""

    file = forms.FileField(
        label=gettext_lazy("PO-bestand of zip"),
        help_text=gettext_lazy(
            "Een bestand dat hier is opgehaald en ingevuld. U ziet eerst wat er verandert."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".po,.zip"}),
        error_messages={"required": gettext_lazy("Kies een bestand.")},
    )

    def clean_file(self) -> list[str]:
        upload = self.cleaned_data["file"]
        if upload.size > po.MAX_TOTAL_BYTES:
            raise forms.ValidationError(_("Het bestand is te groot: hoogstens 20 MB."))
        try:
            texts = po.read(upload.read())
            # Look whether all of it is usable before anything is shown.
            list(po.plans(texts))
        except po.Refused as error:
            raise forms.ValidationError(str(error)) from error
        return texts


class FilesView(TranslatorsView):
    """Take files out, or bring one back."""

    page_title = gettext_lazy("PO-bestanden")
    template_name = "desk/vertalen/files.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "export_form": ExportForm(),
            "import_form": ImportForm(),
            **super().get_context_data(**kwargs),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "language" not in request.GET:
            return self.render()
        form = ExportForm(request.GET)
        if not form.is_valid():
            return self.render(export_form=form, status=422)
        found = _translations(form.cleaned_data["language"], form.cleaned_data["page"])
        found = [translation for translation in found if base.may_edit(request.user, translation)]
        if not found:
            form.add_error("language", _("Hier is nog niets dat vertaald wordt."))
            return self.render(export_form=form, status=422)
        name = f"vertalingen-{form.cleaned_data['language']}.zip"
        return _download(po.export_zip(found), name, "application/zip")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render(import_form=form, status=422)
        return redirect("desk_translation_look", token=_remember(request, form.cleaned_data["file"]))


def _translations(language: str, page: Page | None) -> list[Translation]:
    found: QuerySet[Translation] = Translation.objects.filter(
        enabled=True, target_locale__language_code=language
    ).select_related("source__specific_content_type", "target_locale")
    if page is not None:
        keys = page.get_descendants(inclusive=True).values("translation_key")
        found = found.filter(source__object_id__in=keys)
    return list(found.order_by("source__object_repr", "pk"))


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _remember(request: Any, texts: Sequence[str]) -> str:
    """Keep the files until somebody has looked; only for who sent them. Returns where."""
    token = secrets.token_urlsafe(16)
    cache.set(_key(request, token), list(texts), LOOK_SECONDS)
    return token


def _key(request: Any, token: str) -> str:
    return f"po-import:{request.user.pk}:{token}"


class LookView(TranslatorsView):
    """What the files would change. Nothing is stored before somebody agrees."""

    page_title = gettext_lazy("Wat verandert er?")
    template_name = "desk/vertalen/look.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.texts: list[str] | None = cache.get(_key(request, kwargs["token"]))
        if self.texts is None:
            messages.error(request, _("Dit bestand is niet meer bewaard. Kies het opnieuw."))
            return redirect("desk_translation_files")
        return super().dispatch(request, *args, **kwargs)

    def plans(self) -> list[po.Plan]:
        try:
            return [
                found
                for found in po.plans(self.texts or [])
                if base.may_edit(self.request.user, found.translation)
            ]
        except po.Refused:
            # The page went away since.
            return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plans = self.plans()
        return {
            **super().get_context_data(**kwargs),
            "plans": plans,
            "count": sum(len(found.changes) for found in plans),
            "conflicts": sum(len(found.conflicts) for found in plans),
            "left_out": len(self.texts or []) - len(plans),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count = sum(
            po.apply(
                found, user=request.user, chosen=request.POST.getlist(f"conflict-{found.translation.pk}")
            )
            for found in self.plans()
        )
        cache.delete(_key(request, kwargs["token"]))
        message = ngettext(
            "%(count)d vertaling is overgenomen. Publiceer de pagina om haar te tonen.",
            "%(count)d vertalingen zijn overgenomen. Publiceer de pagina's om ze te tonen.",
            count,
        )
        messages.success(request, message % {"count": count})
        return redirect("desk_translation_files")


class DownloadView(View):
    """The PO file of one page; takes the place of wagtail-localize's own."""

    def get(self, request: HttpRequest, translation_id: int) -> HttpResponse:
        translation = get_object_or_404(Translation, pk=translation_id)
        if not base.may_edit(request.user, translation):
            raise PermissionDenied
        return _download(
            po.export(translation).encode(), po.file_name(translation), "text/x-gettext-translation"
        )


@method_decorator(require_POST, name="dispatch")
class UploadView(View):
    """A PO file sent in the editor: first a look, where wagtail-localize would overwrite at once."""

    def post(self, request: HttpRequest, translation_id: int) -> HttpResponse:
        translation = get_object_or_404(Translation, pk=translation_id)
        if not base.may_edit(request.user, translation):
            raise PermissionDenied
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for error in form.errors.get("file", [])))
            return redirect(base.edit_address(translation))
        return redirect("desk_translation_look", token=_remember(request, form.cleaned_data["file"]))
