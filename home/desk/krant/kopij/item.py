"""One piece of kopij: what somebody sent, and what the redactie does with it."""

import base64
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from home.desk.krant.kopij.languages import name_of
from home.desk.krant.kopij.screens import OneKopijScreen
from home.krant.kopij import actions, deciding
from home.krant.kopij.reasons import LATER, NOT_PLACED, OWN_WORDS
from home.models import ArtikelPage, Editie, Kopij, Kopijfoto, Kopijhandeling
from wijken.desk.screens import sentences

# Over a column of a paper; below it a picture looks grainy in print.
FIT_FOR_PRINT = 1000
VERSION_ASKED = gettext_lazy("Een collega was u voor. Kijk eerst wat er nu staat.")


class ArticleForm(forms.Form):
    """In which number. With one there is nothing to choose."""

    editie = forms.ModelChoiceField(
        Editie.objects.none(), label=gettext_lazy("Voor welk nummer?"), empty_label=None
    )
    versie = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kopij: Kopij, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editie: Any = self.fields["editie"]
        making = Editie.objects.in_the_making().filter(wijk=kopij.wijk_id).order_by("bezorgd_van")
        editie.queryset = making.select_related("wijk")
        editie.initial = kopij.editie if kopij.editie and not kopij.editie.is_out else making.first()
        if making.count() == 1:
            editie.widget = forms.HiddenInput()


class ReasonForm(forms.Form):
    """Why not, or not now: a sentence that the sender reads in their own language, and one's own words."""

    reden = forms.ChoiceField(
        label=gettext_lazy("Waarom?"),
        widget=forms.RadioSelect,
        error_messages={name: gettext_lazy("Kies een reden.") for name in ("required", "invalid_choice")},
    )
    woorden = forms.CharField(
        label=gettext_lazy("Wilt u er zelf iets bij schrijven?"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Schrijf in het Nederlands. De mail zegt dat het in het Nederlands is."),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "nl"}),
    )
    versie = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, reasons: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reden: Any = self.fields["reden"]
        reden.choices = list(reasons.items())

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("reden") == OWN_WORDS and not data.get("woorden") and "woorden" not in self.errors:
            self.add_error("woorden", _("Schrijf op waarom. De inzender leest dit."))
        return data


class KopijView(OneKopijScreen):
    """The piece itself. Who opens it is written down."""

    template_name = "desk/krant/kopij/item.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.note(self.kopij, Kopijhandeling.Soort.BEKEKEN, by=self.user)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kopij = self.kopij
        article = (
            ArtikelPage.objects.filter(translation_key=kopij.artikel_key, locale__language_code="nl").first()
            if kopij.artikel_key
            else None
        )
        fotos = list(kopij.fotos.defer("inhoud"))
        return {
            **super().get_context_data(**kwargs),
            "language": name_of(kopij.language_of_text),
            "mail_language": name_of(kopij.taal),
            "fotos": fotos,
            "small": {foto.nummer for foto in fotos if max(foto.breedte, foto.hoogte) < FIT_FOR_PRINT},
            "article": article,
            "form": ArticleForm(kopij=kopij, initial={"versie": kopij.versie}),
            "history": Kopijhandeling.objects.filter(bonnummer=kopij.bonnummer).select_related("door"),
        }


class ActionView(OneKopijScreen):
    """Something that is done with one button, and nothing to look at."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self.act(request)
        except ValidationError as error:
            messages.error(request, sentences(error))
        return redirect("krant_kopij_item", self.kopij.pk)

    def act(self, request: HttpRequest) -> HttpResponse:
        raise NotImplementedError

    @property
    def versie(self) -> int:
        """Of the piece as this person saw it."""
        typed = self.request.POST.get("versie", "")
        if not typed.isdecimal():
            raise ValidationError(VERSION_ASKED)
        return int(typed[:9])


class ArticleView(ActionView):
    """A draft article, opened in the editor."""

    def act(self, request: HttpRequest) -> HttpResponse:
        form = ArticleForm(request.POST, kopij=self.kopij)
        if not form.is_valid():
            raise ValidationError(_("Kies een nummer dat nog wordt gemaakt."))
        article = deciding.make_article(
            kopij=self.kopij, editie=form.cleaned_data["editie"], versie=self.versie, by=self.user
        )
        told = _("Hier is het artikel, als concept. Kijk de tekst en de foto's na.")
        messages.success(request, f"{told} {after_telling(self.kopij)}")
        return redirect("wagtailadmin_pages:edit", article.pk)


class ReopenView(ActionView):
    def act(self, request: HttpRequest) -> HttpResponse:
        deciding.reopen(kopij=self.kopij, versie=self.versie, by=self.user)
        messages.success(
            request,
            _(
                "Het besluit is teruggenomen. De inzender hoort wat u hierna besluit. "
                "Een artikel dat al was gemaakt, blijft staan."
            ),
        )
        return redirect("krant_kopij_item", self.kopij.pk)


class EraseView(ActionView):
    """At the request of the sender, who called."""

    def act(self, request: HttpRequest) -> HttpResponse:
        actions.erase(kopij=self.kopij, by=self.user)
        messages.success(request, _("Gewist. Een artikel dat ervan was gemaakt, haalt u zelf weg."))
        return redirect("krant_kopij")


class ReasonView(OneKopijScreen):
    """Not, or not now: first a reason, then the mail goes."""

    template_name = "desk/krant/kopij/reason.html"
    reasons: dict[str, Any]
    act: Any
    done: Any
    button: Any
    explanation: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReasonForm(reasons=self.reasons, initial={"versie": self.kopij.versie})
        return self._show(form)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReasonForm(request.POST, reasons=self.reasons)
        if form.is_valid():
            try:
                type(self).act(kopij=self.kopij, by=self.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, f"{self.done} {after_telling(self.kopij)}")
                return redirect("krant_kopij")
        return self._show(form)

    def _show(self, form: ReasonForm) -> HttpResponse:
        context = self.get_context_data(form=form, mail_language=name_of(self.kopij.taal))
        return self.render_to_response({**context, "button": self.button, "explanation": self.explanation})


class LaterView(ReasonView):
    page_title: Any = gettext_lazy("Bewaren voor een later nummer")
    reasons = LATER
    act = staticmethod(deciding.keep_for_later)
    done = gettext_lazy("Bewaard voor een later nummer.")
    button = gettext_lazy("Bewaren en vertellen")
    explanation = gettext_lazy("Het stuk blijft hier staan onder “voor een later nummer”.")


class NotPlacedView(ReasonView):
    page_title: Any = gettext_lazy("Niet plaatsen")
    reasons = NOT_PLACED
    act = staticmethod(deciding.turn_down)
    done = gettext_lazy("Dit stuk komt niet in de krant.")
    button = gettext_lazy("Niet plaatsen en vertellen")
    explanation = gettext_lazy("Iemand deed moeite voor dit stuk. Wees vriendelijk en duidelijk.")


class PhotoView(OneKopijScreen):
    """A picture, for the redactie only."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        photo = get_object_or_404(Kopijfoto, kopij=self.kopij, nummer=self.kwargs["nummer"])
        name = f"kopij-foto-{photo.nummer}.jpg"
        return HttpResponse(
            base64.b64decode(photo.inhoud),
            content_type="image/jpeg",
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )


def after_telling(kopij: Kopij) -> str:
    """How the sender hears it: by mail, or somebody has to call."""
    if kopij.mail:
        return _("De inzender krijgt een mail.")
    if kopij.telefoon:
        return _("De inzender gaf geen mailadres. Bel %(phone)s.") % {"phone": kopij.telefoon}
    return _("De inzender gaf geen mailadres of telefoonnummer, en kan het lezen op de eigen bladzijde.")


SCREENS: dict[str, tuple[str, Any]] = {
    "krant/kopij/<int:pk>/": ("krant_kopij_item", KopijView),
    "krant/kopij/<int:pk>/artikel/": ("krant_kopij_article", ArticleView),
    "krant/kopij/<int:pk>/later/": ("krant_kopij_later", LaterView),
    "krant/kopij/<int:pk>/niet/": ("krant_kopij_not_placed", NotPlacedView),
    "krant/kopij/<int:pk>/terug/": ("krant_kopij_reopen", ReopenView),
    "krant/kopij/<int:pk>/wissen/": ("krant_kopij_erase", EraseView),
    "krant/kopij/<int:pk>/foto/<int:nummer>/": ("krant_kopij_photo", PhotoView),
}
