"""The form in which somebody writes about an action."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images.fields import WagtailImageField

from core.models import User
from wijken.desk.period_field import PeriodField
from wijken.desk.photos import drop_photo, store_photo
from wijken.models import Mijlpaal, Organisatie, Planning, Voortgang
from wijken.monitor.standing import Certainty, Change


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OrganisatieChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class MessageForm(forms.ModelForm):
    """A message about one action. The instance has its action and organisation already."""

    periode = PeriodField(
        label=gettext_lazy("Nieuwe planning van deze stap (mag leeg)"),
        required=False,
        allow_after=False,
        help_text=gettext_lazy("Alleen als het later of eerder wordt dan nu beloofd is."),
    )
    foto_bestand = WagtailImageField(
        label=gettext_lazy("Foto (mag leeg)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    foto_weg = forms.BooleanField(label=gettext_lazy("Deze foto weghalen"), required=False)

    field_order = [
        "organisatie",
        "datum",
        "tekst",
        "verandering",
        "mijlpaal",
        "gehaald_op",
        "periode",
        "zekerheid",
        "reden",
        "foto_bestand",
        "foto_weg",
        "foto_alt",
    ]

    class Meta:
        model = Voortgang
        fields = (
            "organisatie",
            "datum",
            "tekst",
            "verandering",
            "mijlpaal",
            "gehaald_op",
            "periode",
            "zekerheid",
            "reden",
            "foto_alt",
        )
        widgets = {
            "datum": _day(),
            "gehaald_op": _day(),
            "tekst": forms.Textarea(attrs={"rows": 8}),
            "reden": forms.Textarea(attrs={"rows": 4}),
        }
        field_classes = {"organisatie": OrganisatieChoiceField}

    def __init__(self, *args: Any, writers: list[Organisatie], is_late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._photo_before = self.instance.foto
        self._offer(writers)
        if is_late:
            # What people wait for comes right after the news.
            self.order_fields(["organisatie", "datum", "tekst", "reden"])
            self.fields["reden"].label = gettext_lazy("Waarom is het te laat?")
            self.fields["reden"].help_text = gettext_lazy(
                "Deze actie is te laat. Bewoners wachten op de reden. Is het nu gehaald? Dan hoeft het niet."
            )

    def _offer(self, writers: list[Organisatie]) -> None:
        """Only what belongs to this action and this writer can be chosen."""
        if len(writers) > 1 and self.instance.pk is None:
            organisatie: Any = self.fields["organisatie"]
            organisatie.label = gettext_lazy("Namens wie schrijft u?")
            organisatie.queryset = Organisatie.objects.filter(pk__in=[row.pk for row in writers])
            organisatie.empty_label = None
        else:
            del self.fields["organisatie"]
        mijlpaal: Any = self.fields["mijlpaal"]
        mijlpaal.queryset = _steps(self.instance.actie_id)
        mijlpaal.empty_label = gettext_lazy("over de hele actie")
        mijlpaal.error_messages["invalid_choice"] = gettext_lazy("Kies een stap van deze actie.")
        self.fields["verandering"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("niets, de actie gaat door zoals ze ging")),
            *Change.choices,
        ]
        self.fields["zekerheid"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("kies bij een nieuwe planning")),
            *Certainty.choices,
        ]
        self.fields["foto_alt"].help_text = gettext_lazy("Verplicht bij een foto, voor wie haar niet ziet.")
        if not self._photo_before:
            del self.fields["foto_weg"]

    def clean_datum(self) -> Any:
        day = self.cleaned_data["datum"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Dit is nog niet gebeurd. Kies een dag tot en met vandaag."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        step, period, reached = data.get("mijlpaal"), data.get("periode"), data.get("gehaald_op")
        if not period:
            data["zekerheid"] = ""
        if data.get("verandering") == Change.GESTOPT and not data.get("reden"):
            self._refuse("reden", _("Schrijf op waarom de actie stopt."))
        if (period or reached) and not step:
            self._refuse("mijlpaal", _("Kies over welke stap het gaat."))
        if period and reached:
            self._refuse("periode", _("Een stap die gehaald is, krijgt geen nieuwe planning."))
        if period and not data.get("zekerheid"):
            self._refuse("zekerheid", _("Kies hoe zeker de nieuwe planning is."))
        if period and not data.get("reden"):
            self._refuse("reden", _("Schrijf op waarom de planning verandert."))
        if period and step and _is_promised(step, period, data.get("zekerheid", "")):
            self._refuse("periode", _("Deze planning staat er al."))
        if reached and data.get("datum") and reached > data["datum"]:
            self._refuse("gehaald_op", _("Een stap is niet later gehaald dan de datum van het bericht."))
        keeps = self._photo_before and not data.get("foto_weg")
        if (data.get("foto_bestand") or keeps) and not data.get("foto_alt"):
            self._refuse("foto_alt", _("Beschrijf wat er op de foto staat."))
        return data

    def _refuse(self, name: str, sentence: str) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)

    def store(self, *, user: User) -> Voortgang:
        """Keep the message as a draft, with its picture."""
        message: Voortgang = self.save(commit=False)
        if file := self.cleaned_data.get("foto_bestand"):
            message.foto = store_photo(file, message=message, user=user)
        elif self.cleaned_data.get("foto_weg"):
            message.foto = None
        if message.foto is None:
            message.foto_alt = ""
        message.save()
        if self._photo_before and self._photo_before != message.foto:
            drop_photo(self._photo_before, message=message)
        return message


def _steps(actie_id: int) -> QuerySet[Mijlpaal]:
    steps: QuerySet[Mijlpaal] = Mijlpaal.objects.source().filter(actie=actie_id).order_by("order", "pk")
    return steps


def _is_promised(step: Mijlpaal, period: str, certainty: str) -> bool:
    """Is this what is promised already, with nothing it waits for?"""
    last = Planning.objects.source().filter(mijlpaal=step).order_by("-volgnummer").first()
    return bool(
        last and (last.periode, last.zekerheid, last.voorwaarde, last.na_id) == (period, certainty, "", None)
    )
