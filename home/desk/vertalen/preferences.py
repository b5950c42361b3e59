"""Which languages a translator follows."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core.models import Vertaalvoorkeur
from home.desk.vertalen import base
from home.desk.vertalen.base import TranslatorsView


class PreferencesForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Mail mij als het Nederlands wijzigt van pagina's in"),
        help_text=gettext_lazy("Hoogstens één mail per dag. Kies niets om geen mail te krijgen."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["languages"]
        choice.choices = base.languages()


class PreferencesView(TranslatorsView):
    """Follow languages, or stop following them."""

    page_title = gettext_lazy("Mail over wijzigingen")
    header_icon = "mail"
    template_name = "desk/vertalen/preferences.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = Vertaalvoorkeur.objects.filter(user=self.request.user).first()
        return {
            "form": PreferencesForm(initial={"languages": chosen.languages if chosen else []}),
            "address": self.request.user.email,
            **super().get_context_data(**kwargs),
        }

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PreferencesForm(request.POST)
        if not form.is_valid():
            return self.render(form=form, status=422)
        voorkeur, created = Vertaalvoorkeur.objects.get_or_create(user=request.user)
        if created or not voorkeur.languages:
            # From now on: what changed before is not news.
            voorkeur.told_until = timezone.now()
        voorkeur.languages = form.cleaned_data["languages"]
        voorkeur.save()
        messages.success(request, _("Uw keuze is bewaard."))
        return redirect("desk_translation_preferences")
