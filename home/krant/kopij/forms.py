"""The form to send in kopij: one for the web, and the same questions for staff who copy it from paper."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.challenge.forms import ChallengeForm
from core.photos import Photo, PhotoError, read_photo
from home.krant.kopij.questions import MOST_TEXT, MOST_TITLE, PHOTOS, QUESTIONS
from home.models import Kopijfoto, Rubriek
from home.models.kopij import OTHER_LANGUAGE
from participatie.signup.forms import KEPT_MARKS, LanguageSelect, PlainTextField, read_phone

ACCEPT = "image/jpeg,image/png,image/webp"
NAMED, UNNAMED = "met", "zonder"


@dataclass(frozen=True)
class About:
    """What is said about one picture."""

    nummer: int
    beschrijving: str
    maker: str
    toestemming: str


@dataclass(frozen=True)
class Sent:
    """What somebody filled in, as it is stored. Empty texts for what was left open."""

    titel: str
    tekst: str
    teksttaal: str
    rubriek: str
    naam: str
    ondertekening: str
    mail: str
    telefoon: str
    fotos: tuple[About, ...] = ()


class LongTextField(forms.CharField):
    """Text of any script with its line ends, without invisible marks."""

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        kept = (sign for sign in text if sign in {"\n", *KEPT_MARKS} or unicodedata.category(sign)[0] != "C")
        return "".join(kept).strip()


def text_languages() -> list[tuple[str, Any]]:
    """What a text can be written in: the languages of the site, and any other."""
    written = [(code, name) for code, name in settings.LANGUAGES if "-x-" not in code]
    return [*written, (OTHER_LANGUAGE, gettext_lazy("een andere taal"))]


class TextLanguageSelect(LanguageSelect):
    """Languages by their own names, and one choice that is no language."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value == OTHER_LANGUAGE:
            option["attrs"].pop("lang", None)
        return option


class KopijFields(forms.Form):
    """The questions, without what keeps scripts out."""

    # The browser would speak its own language, and not say it where people look.
    use_required_attribute = False

    titel = PlainTextField(
        label=gettext_lazy("Titel"),
        max_length=MOST_TITLE,
        error_messages={
            "required": gettext_lazy("Vul een titel in."),
            "max_length": gettext_lazy("Deze titel is te lang. Hoogstens %(limit_value)d tekens."),
        },
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    tekst = LongTextField(
        label=gettext_lazy("Tekst"),
        max_length=MOST_TEXT,
        error_messages={
            "required": gettext_lazy("Schrijf hier uw tekst."),
            "max_length": gettext_lazy(
                "Uw tekst heeft %(show_value)d tekens. Er passen er %(limit_value)d. Maak de tekst korter."
            ),
        },
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 12, "data-wijk-telt": MOST_TEXT}),
    )
    teksttaal = forms.ChoiceField(
        label=gettext_lazy("In welke taal is uw tekst?"),
        choices=text_languages,
        error_messages={
            "required": gettext_lazy("Kies een taal uit de lijst."),
            "invalid_choice": gettext_lazy("Kies een taal uit de lijst."),
        },
        widget=TextLanguageSelect,
    )
    rubriek = forms.ChoiceField(
        label=gettext_lazy("Rubriek"),
        required=False,
        choices=[("", gettext_lazy("De redactie mag kiezen")), *Rubriek.choices],
        error_messages={"invalid_choice": gettext_lazy("Kies een rubriek uit de lijst.")},
    )
    naam = PlainTextField(
        label=gettext_lazy("Uw naam"),
        max_length=120,
        error_messages={
            "required": gettext_lazy("Vul uw naam in. Een voornaam mag ook."),
            "max_length": gettext_lazy("Deze naam is te lang."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    mail = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=254,
        error_messages={
            "invalid": gettext_lazy("Dit mailadres klopt niet. Het ziet er zo uit: naam@voorbeeld.nl."),
            "max_length": gettext_lazy("Dit mailadres is te lang."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    telefoon = PlainTextField(
        label=gettext_lazy("Telefoon"),
        required=False,
        max_length=30,
        error_messages={"max_length": gettext_lazy("Dit telefoonnummer is te lang.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
    )
    noemen = forms.ChoiceField(
        label=gettext_lazy("Mag uw naam bij het stuk staan?"),
        choices=[
            (NAMED, gettext_lazy("Ja, zoals ik mijn naam hierboven schreef")),
            (UNNAMED, gettext_lazy("Nee, zet mijn naam er niet bij")),
        ],
        initial=UNNAMED,
        error_messages={
            "required": gettext_lazy("Kies ja of nee."),
            "invalid_choice": gettext_lazy("Kies ja of nee."),
        },
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        kept: Collection[int] = (),
        too_large: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """`kept` are the numbers of pictures that are there already; `too_large` are fields of files."""
        super().__init__(*args, **kwargs)
        self.kept, self.too_large = set(kept), set(too_large)
        for number in PHOTOS:
            self.fields |= _photo_fields(number)
        photos = [name for number in PHOTOS for name in _photo_fields(number)]
        names = [name for question in QUESTIONS for name in question.fields if name not in photos]
        self.order_fields([*names[:4], *photos, *names[4:]])
        if not self.is_bound:
            language_code = (get_language() or settings.LANGUAGE_CODE).partition("-x-")[0]
            self.initial.setdefault("teksttaal", language_code)

    def clean_mail(self) -> str:
        return str(self.cleaned_data["mail"]).strip()

    def clean_telefoon(self) -> str:
        return read_phone(self.cleaned_data["telefoon"])

    def clean_rubriek(self) -> str:
        return str(self.cleaned_data["rubriek"])

    @cached_property
    def uploads(self) -> dict[int, Photo | ValidationError]:
        """What came along, by number: a picture, or why it is none."""
        found: dict[int, Photo | ValidationError] = {}
        for number in PHOTOS:
            file = self.files.get(f"foto{number}")
            if f"foto{number}" in self.too_large:
                found[number] = PhotoError("bytes")
            elif file is not None:
                try:
                    found[number] = read_photo(file.read())
                except PhotoError as error:
                    found[number] = error
        return found

    @property
    def photos(self) -> dict[int, Photo]:
        """The pictures that came along and are right."""
        return {number: made for number, made in self.uploads.items() if isinstance(made, Photo)}

    @property
    def shown_photos(self) -> set[int]:
        """The numbers of the pictures there are: sent now, or before."""
        return {*self.kept, *self.photos}

    def clean(self) -> dict[str, Any]:
        self._refuse_photos()
        for number in sorted(self.shown_photos):
            self._check_words(number)
        return super().clean() or self.cleaned_data

    def _refuse_photos(self) -> None:
        for number, made in self.uploads.items():
            if isinstance(made, ValidationError):
                self.add_error(f"foto{number}", made)

    def _check_words(self, number: int) -> None:
        """A picture needs words for who does not see it, and consent of who is in it."""
        for part, sentence in (
            ("beschrijving", _("Schrijf op wat er op de foto te zien is.")),
            ("toestemming", _("Kies wat er geldt voor wie op de foto staat.")),
        ):
            name = f"foto{number}_{part}"
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    def sent(self) -> Sent:
        """What a valid form says."""
        given = self.cleaned_data
        return Sent(
            titel=given["titel"],
            tekst=given["tekst"],
            teksttaal=given["teksttaal"],
            rubriek=given["rubriek"],
            naam=given["naam"],
            ondertekening=given["naam"] if given["noemen"] == NAMED else "",
            mail=given["mail"],
            telefoon=given["telefoon"],
            fotos=tuple(
                About(
                    number,
                    given[f"foto{number}_beschrijving"],
                    given[f"foto{number}_maker"],
                    given[f"foto{number}_toestemming"],
                )
                for number in sorted(self.shown_photos)
            ),
        )

    def slots(self) -> list[dict[str, Any]]:
        """The fields of each picture, for a template; a slot is open when there is something in it."""
        return [self._slot(number) for number in PHOTOS]

    def _slot(self, number: int) -> dict[str, Any]:
        fields: list[BoundField] = [self[name] for name in _photo_fields(number)]
        is_used = number in self.kept or any(field.errors or field.value() for field in fields)
        return {"number": number, "file": fields[0], "words": fields[1:], "is_open": number == 1 or is_used}


def _photo_fields(number: int) -> dict[str, forms.Field]:
    name = f"foto{number}"
    made: dict[str, forms.Field] = {
        # What is in the file is looked at apart; an empty one gets a sentence there.
        name: forms.FileField(
            label=_("Foto %(number)d") % {"number": number},
            required=False,
            allow_empty_file=True,
            help_text=_("JPG, PNG of WebP, hoogstens 10 MB."),
            widget=forms.FileInput(attrs={"accept": ACCEPT}),
        ),
        f"{name}_beschrijving": PlainTextField(
            label=_("Wat is er te zien?"),
            required=False,
            max_length=250,
            help_text=_("Voor mensen die de foto niet zien. Nodig als u een foto meestuurt."),
            error_messages={"max_length": _("Deze tekst is te lang.")},
            widget=forms.TextInput(attrs={"dir": "auto"}),
        ),
        f"{name}_maker": PlainTextField(
            label=_("Wie maakte de foto?"),
            required=False,
            max_length=120,
            help_text=_("Deze naam komt bij de foto in de krant."),
            error_messages={"max_length": _("Deze naam is te lang.")},
            widget=forms.TextInput(attrs={"dir": "auto"}),
        ),
        f"{name}_toestemming": forms.ChoiceField(
            label=_("Wie staat erop?"),
            required=False,
            choices=Kopijfoto.Toestemming.choices,
            help_text=_("Nodig als u een foto meestuurt."),
            error_messages={"invalid_choice": _("Kies een van de antwoorden.")},
            widget=forms.RadioSelect,
        ),
    }
    # Needed, but for who sends no picture.
    made[f"{name}_toestemming"].is_needed = True  # type: ignore[attr-defined]
    return made


class KopijForm(KopijFields, ChallengeForm):
    """The form on the web: with digits to type over, once."""

    @property
    def wants_photo_away(self) -> int:
        """The number of a picture that was asked to be taken away; 0 for none."""
        asked = self.data.get("foto_weg", "")
        return int(asked) if self.is_bound and asked in map(str, PHOTOS) else 0

    def full_clean(self) -> None:
        if self.wants_photo_away or self.wants_new_code:
            # Only drawn anew, as it was filled in.
            self._errors = ErrorDict()
            self.cleaned_data = {}
            self._refuse_photos()
            return
        super().full_clean()

    def is_valid(self) -> bool:
        return super().is_valid() and not self.wants_photo_away
