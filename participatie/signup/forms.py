"""The form of a sign-up. The same one for the web, the desk and the personal link."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.reading import option_attributes
from participatie.models import Antwoordoptie, Kenmerk, Loting
from participatie.signup.questions import FEATURE, Question, questions_of
from wijken.addresses.typed import (
    HUISNUMMER_REFUSED,
    POSTCODE_REFUSED,
    read_huisnummer,
    read_postcode,
)

PHONE = re.compile(r"^\+?[\d\s().\-/]{6,30}$")
# Marks that give a text direction or join letters; the others are invisible noise.
KEPT_MARKS = {"\u200c", "\u200d"}


@dataclass(frozen=True)
class Answers:
    """What somebody filled in, as it is stored. Empty texts for what was left open."""

    naam: str
    postcode: str
    huisnummer: str
    toevoeging: str
    adres_anders: str
    mail: str
    telefoon: str
    taal: str
    kenmerken: Mapping[Kenmerk, Antwoordoptie]


class PlainTextField(forms.CharField):
    """One line of text of any script, without invisible marks and line ends."""

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        kept = (
            " " if sign.isspace() else sign
            for sign in text
            if sign.isspace() or sign in KEPT_MARKS or unicodedata.category(sign)[0] != "C" or sign == "\0"
        )
        return " ".join("".join(kept).split())


class FeatureSelect(forms.RadioSelect):
    """Answers to choose from; a word that is not translated yet says in which language it is."""

    languages: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"].update(option_attributes(self.languages.get(str(value), "")))
        return option


class LanguageSelect(forms.Select):
    """Languages to choose from, each called by its own name."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value != get_language():
            option["attrs"]["lang"] = value
        return option


def read_phone(typed: str) -> str:
    """A telephone number as it was typed, with the digits a phone has. ValidationError when it is none."""
    found = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in typed)
    if found and (not PHONE.match(found) or sum(map(str.isdigit, found)) < 6):
        raise ValidationError(_("Dit telefoonnummer klopt niet. Gebruik alleen cijfers, spaties en +."))
    return found


class SignUpForm(forms.Form):
    """All questions of a loting, or only the fields in `only`.

    `language_code` is the language of the reader, in which features are asked.
    """

    # The browser would speak its own language, and not say it where people look.
    use_required_attribute = False

    naam = PlainTextField(
        label=_("Voornaam en achternaam"),
        max_length=120,
        error_messages={"required": _("Vul uw naam in."), "max_length": _("Deze naam is te lang.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    postcode = PlainTextField(
        label=_("Postcode"),
        required=False,
        max_length=12,
        help_text=_("Vier cijfers en twee letters, bijvoorbeeld 1234 AB."),
        error_messages={"max_length": _("Dit is te lang voor een postcode.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "dir": "ltr", "class": "wijk-veld__kort"}
        ),
    )
    huisnummer = PlainTextField(
        label=_("Huisnummer"),
        required=False,
        max_length=12,
        error_messages={"max_length": _("Dit is te lang voor een huisnummer.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "class": "wijk-veld__kort"}),
    )
    toevoeging = PlainTextField(
        label=_("Toevoeging"),
        required=False,
        max_length=12,
        help_text=_("Bijvoorbeeld A, 2 of hs."),
        error_messages={"max_length": _("Deze toevoeging is te lang.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "class": "wijk-veld__kort"}),
    )
    adres_anders = PlainTextField(
        label=_("Past uw adres hier niet in? Schrijf dan hier waar u woont."),
        required=False,
        max_length=300,
        help_text=_("Bijvoorbeeld een woonboot, of een plek zonder postcode."),
        error_messages={"max_length": _("Deze tekst is te lang.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    oud_genoeg = forms.ChoiceField(
        label=_("Leeftijd"),
        choices=[("ja", _("Ja")), ("nee", _("Nee"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee."), "invalid_choice": _("Kies ja of nee.")},
    )
    mail = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("Dit mailadres klopt niet. Het ziet er zo uit: naam@voorbeeld.nl."),
            "max_length": _("Dit mailadres is te lang."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    telefoon = PlainTextField(
        label=_("Telefoon"),
        required=False,
        max_length=30,
        error_messages={"max_length": _("Dit telefoonnummer is te lang.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
    )
    taal = forms.ChoiceField(
        label=_("Taal"),
        error_messages={"invalid_choice": _("Kies een taal uit de lijst.")},
        widget=LanguageSelect,
    )

    def __init__(
        self,
        *args: Any,
        loting: Loting,
        language_code: str,
        only: Collection[str] | None = None,
        questions: list[Question] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.loting = loting
        self.questions = questions or questions_of(loting, language_code=language_code)
        language: Any = self.fields["taal"]
        language.choices = settings.LANGUAGES
        age: Any = self.fields["oud_genoeg"]
        age.label = next(question.title for question in self.questions if question.key == "leeftijd")
        for question in self.questions:
            if question.kenmerk:
                self.fields[question.fields[0]] = _feature_field(question)
        self.order_fields([name for question in self.questions for name in question.fields])
        for name in ("postcode", "huisnummer"):
            # Needed, but for who describes the place in words.
            self.fields[name].is_needed = True  # type: ignore[attr-defined]
        for name in set(self.fields) - set(self.fields if only is None else only):
            del self.fields[name]

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        found = read_postcode(typed)
        if typed and not found:
            raise ValidationError(POSTCODE_REFUSED)
        return found or ""

    def clean_oud_genoeg(self) -> str:
        if self.cleaned_data["oud_genoeg"] == "nee":
            raise ValidationError(
                _("U kunt meedoen vanaf %(age)d jaar."), params={"age": self.loting.minimumleeftijd}
            )
        return "ja"

    def clean_mail(self) -> str:
        return str(self.cleaned_data["mail"]).strip()

    def clean_telefoon(self) -> str:
        return read_phone(self.cleaned_data["telefoon"])

    def clean(self) -> dict[str, Any]:
        """An address is a postcode with a number, or the person's own words."""
        if "postcode" not in self.fields:
            return self.cleaned_data
        postcode, typed = self.cleaned_data.get("postcode"), self.cleaned_data.get("huisnummer", "")
        if self.cleaned_data.get("adres_anders") and not (postcode or typed):
            return self.cleaned_data
        if "postcode" in self.errors or "huisnummer" in self.errors:
            return self.cleaned_data
        if not postcode:
            self.add_error("postcode", _("Vul uw postcode in."))
        if not typed:
            self.add_error("huisnummer", _("Vul uw huisnummer in."))
        elif (found := read_huisnummer(f"{typed} {self.cleaned_data.get('toevoeging', '')}")) is None:
            self.add_error("huisnummer", HUISNUMMER_REFUSED)
        else:
            # People write “12a” in one field as well.
            self.cleaned_data["huisnummer"] = str(found.nummer)
            self.cleaned_data["toevoeging"] = found.toevoeging
        return self.cleaned_data

    def answers(self) -> Answers:
        """What a valid form says."""
        given = self.cleaned_data
        return Answers(
            **{name: given.get(name, "") for name in Answers.__annotations__ if name != "kenmerken"},
            kenmerken={
                question.kenmerk: option
                for question in self.questions
                if question.kenmerk and (code := given.get(question.fields[0]))
                for option in question.options
                if option.code == code
            },
        )


def _feature_field(question: Question) -> forms.ChoiceField:
    error = _("Kies een van de antwoorden.")
    made = forms.ChoiceField(
        label=question.title,
        help_text=question.why,
        required=not question.is_optional,
        choices=[(option.code, option.words.label) for option in question.options],
        widget=FeatureSelect,
        error_messages={"required": error, "invalid_choice": error},
    )
    widget: Any = made.widget
    widget.languages = {option.code: option.words_language for option in question.options}
    return made


def stored_fields(questions: list[Question]) -> list[str]:
    """The names of the fields of a form, as a draft keeps them."""
    return [name for question in questions for name in question.fields]


__all__ = ["FEATURE", "Answers", "SignUpForm", "stored_fields"]
