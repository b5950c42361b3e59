"""The questions of a loting, their answers and how the seats are shared, with what cannot be in sentences."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.models import Locale

from core.models import Vertaalstand
from core.models.languages import language_name
from core.translation_states.states import COLUMNS, standing
from participatie import feature_actions
from participatie.desk.screens import LotingScreen
from participatie.feature_actions import Feature, Option, fingerprint
from participatie.models import Antwoordoptie, Kenmerk, Loting, Quota, Staat
from participatie.quotas import Total, holding, problems_of, shares_of, total_of
from participatie.signup.forms import PlainTextField
from participatie.signup.questions import features_of
from wijken.desk.screens import sentences, show_refusal
from wijken.models import Wijkcijfer

MOST_OPTIONS = 20
EMPTY_ROWS = 3
WHOLE = gettext_lazy("Vul een heel getal in, 0 of meer.")


# --- forms ----------------------------------------------------------------------------------------


class FeatureForm(forms.Form):
    vraag = PlainTextField(
        label=gettext_lazy("Vraag"),
        max_length=160,
        help_text=gettext_lazy("Kort en gewoon, bijvoorbeeld: In wat voor huis woont u?"),
        error_messages={"required": gettext_lazy("Schrijf de vraag op.")},
    )
    uitleg = PlainTextField(
        label=gettext_lazy("Waarom vraagt u dit? (mag leeg)"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Dit staat onder de vraag."),
    )
    is_verplicht = forms.BooleanField(
        label=gettext_lazy("Nodig om mee te loten"),
        required=False,
        help_text=gettext_lazy("Wie deze vraag overslaat, kan zich niet aanmelden."),
    )
    is_bijzonder = forms.BooleanField(
        label=gettext_lazy("Bijzonder persoonsgegeven"),
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld afkomst of gezondheid. Zo’n vraag is nooit verplicht."),
    )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("is_verplicht") and self.cleaned_data.get("is_bijzonder"):
            self.add_error("is_verplicht", _("Een bijzonder persoonsgegeven is nooit verplicht."))
        return self.cleaned_data


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=999,
        # Arrows and the wheel of a mouse would change a number by accident.
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 3}),
        error_messages={"invalid": WHOLE, "min_value": WHOLE, "max_value": WHOLE},
    )


class OptionForm(forms.Form):
    """One answer. A row without words is no answer."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    label = PlainTextField(label=gettext_lazy("Antwoord"), max_length=120, required=False)
    minimum = _number(gettext_lazy("Minstens"))
    maximum = _number(gettext_lazy("Hoogstens"))
    aandeel = forms.DecimalField(
        label=gettext_lazy("Deel (%)"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 5}),
        error_messages={
            name: gettext_lazy("Vul een percentage in tussen 0 en 100.")
            for name in ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places")
        },
    )
    bron = PlainTextField(label=gettext_lazy("Bron"), max_length=160, required=False)
    cijfer = forms.ChoiceField(
        label=gettext_lazy("Cijfer van de wijk"),
        required=False,
        choices=[("", "–"), *Wijkcijfer.Soort.choices],
    )
    plaats = forms.IntegerField(
        label=gettext_lazy("Plaats"),
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 2}),
        error_messages={"invalid": WHOLE, "min_value": WHOLE, "max_value": WHOLE},
    )
    weg = forms.BooleanField(label=gettext_lazy("Weg"), required=False)

    # What somebody fills in about an answer.
    facts = ("minimum", "maximum", "aandeel", "bron", "cijfer")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        low, high = data.get("minimum"), data.get("maximum")
        if low is not None and high is not None and high < low:
            self.add_error("maximum", _("Hoogstens is niet minder dan minstens."))
        filled_in = any(data.get(name) not in (None, "") for name in self.facts)
        if not data.get("label") and not data.get("weg") and (filled_in or data.get("pk")):
            self.add_error("label", _("Schrijf het antwoord op, of haal de rij weg."))
        return data

    @property
    def is_answer(self) -> bool:
        return bool(self.cleaned_data.get("label")) and not self.cleaned_data.get("weg")

    def option(self) -> Option:
        data: dict[str, Any] = self.cleaned_data
        facts: dict[str, Any] = {name: data.get(name) for name in self.facts}
        return Option(label=data["label"], pk=data.get("pk"), **facts)


class BaseOptionFormSet(forms.BaseFormSet[OptionForm]):
    def clean(self) -> None:
        labels = [form.cleaned_data["label"].casefold() for form in self.answers()]
        if len(labels) != len(set(labels)):
            raise ValidationError(_("Twee antwoorden zijn hetzelfde."))

    def answers(self) -> list[OptionForm]:
        """The rows that are an answer, in the order that was asked for."""
        rows = [form for form in self.forms if hasattr(form, "cleaned_data") and form.is_answer]

        def place(form: OptionForm) -> tuple[bool, int]:
            wanted = form.cleaned_data.get("plaats")
            return wanted is None, wanted or 0

        return sorted(rows, key=place)

    def wanted(self) -> list[Option]:
        return [form.option() for form in self.answers()]


OptionFormSet: Any = forms.formset_factory(
    OptionForm,
    formset=BaseOptionFormSet,
    extra=EMPTY_ROWS,
    max_num=MOST_OPTIONS,
    absolute_max=MOST_OPTIONS + EMPTY_ROWS,
    validate_max=True,
)


# --- the list -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A question with its answers, and whether the seats can be filled."""

    kenmerk: Kenmerk
    options: list[tuple[Antwoordoptie, Quota, Quota]]
    total: Total
    problems: list[str]


@dataclass(frozen=True)
class Translated:
    """How many of the questions, answers included, can be read in a language."""

    code: str
    name: str
    done: int
    by_machine: int


def shown_features(loting: Loting) -> list[Shown]:
    quotas = holding(loting)
    found = []
    for kenmerk, options in features_of(loting, language_code=settings.LANGUAGE_CODE):
        seats = [quotas.of(option) for option in options]
        now = [one.now for one in seats]
        found.append(
            Shown(
                kenmerk,
                [(option, one.now, one.promised) for option, one in zip(options, seats, strict=True)],
                total_of(now),
                problems_of(list(zip(options, now, strict=True)), seats=loting.zetels),
            )
        )
    return found


def translated(features: list[Shown]) -> list[Translated]:
    """Per language. Two queries."""
    keys = [
        {feature.kenmerk.translation_key, *(option.translation_key for option, *_quotas in feature.options)}
        for feature in features
    ]
    stands = {
        (row["translation_key"], row["locale_id"]): standing(row)
        for row in Vertaalstand.objects.with_current()
        .filter(translation_key__in={key for group in keys for key in group})
        .values("translation_key", "locale_id", *COLUMNS)
    }
    found = []
    for locale in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE).order_by("language_code"):
        groups = [[stands.get((key, locale.pk)) for key in group] for group in keys]
        done = [group for group in groups if all(row and not row.missing for row in group)]
        machine = sum(any(row and row.is_unchecked_machine for row in group) for group in done)
        found.append(
            Translated(locale.language_code, language_name(locale.language_code), len(done), machine)
        )
    return found


class FeaturesView(LotingScreen):
    template_name = "desk/loting/features.html"
    page_title: Any = gettext_lazy("Vragen en zetels")
    header_icon = "list-ul"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        features = shown_features(self.loting)
        others = Loting.objects.exclude(pk=self.loting.pk).filter(kenmerken__isnull=False).distinct()
        return {
            **super().get_context_data(**kwargs),
            "features": features,
            "is_locked": self.loting.staat != Staat.CONCEPT,
            "languages": translated(features),
            "others": others.order_by("-opent_op"),
            "has_figures": any(option.cijfer for row in features for option, *_quotas in row.options),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            done = self._do(request)
        except ValidationError as error:
            messages.error(request, sentences(error))
        else:
            messages.success(request, done)
        return redirect("desk_loting_features", self.loting.pk)

    def _do(self, request: HttpRequest) -> str:
        match request.POST.get("doen"):
            case "cijfers":
                return self._fill()
            case "overnemen":
                return self._copy(request.POST.get("van", ""))
            case "omhoog" | "omlaag" as way:
                kenmerk = _kenmerk_of(self.loting, request.POST.get("vraag", ""))
                feature_actions.move_feature(kenmerk=kenmerk, up=way == "omhoog")
                return _("De volgorde is bewaard.")
        raise ValidationError(_("Kies wat er moet gebeuren."))

    def _fill(self) -> str:
        changed = len(feature_actions.fill_shares(loting=self.loting))
        if not changed:
            return _("Er is niets veranderd: er zijn geen nieuwere cijfers van deze wijk.")
        return ngettext(
            "Ingevuld bij %(count)d antwoord. Kijk na of de zetels kloppen.",
            "Ingevuld bij %(count)d antwoorden. Kijk na of de zetels kloppen.",
            changed,
        ) % {"count": changed}

    def _copy(self, number: str) -> str:
        source = Loting.objects.filter(pk=_digits(number)).exclude(pk=self.loting.pk).first()
        if source is None:
            raise ValidationError(_("Kies van welke loting u de vragen overneemt."))
        made = len(feature_actions.copy_features(loting=self.loting, source=source))
        if not made:
            return _("Er is niets overgenomen: deze vragen waren er al.")
        return ngettext(
            "Overgenomen: %(count)d vraag. Kijk na of de zetels kloppen.",
            "Overgenomen: %(count)d vragen. Kijk na of de zetels kloppen.",
            made,
        ) % {"count": made}


def _digits(typed: str) -> str:
    """A number as it can stand in a database; 0 for what is none."""
    return typed if typed.isascii() and typed.isdigit() and len(typed) < 10 else "0"


def _kenmerk_of(loting: Loting, number: str) -> Kenmerk:
    found: Kenmerk | None = Kenmerk.objects.source().filter(loting=loting, pk=_digits(number)).first()
    if found is None:
        raise ValidationError(_("Deze vraag is er niet meer."))
    return found


# --- one question ---------------------------------------------------------------------------------


class FeatureView(LotingScreen):
    """A question with its answers. `doen=rekenen` only works out the numbers; nothing is stored then."""

    template_name = "desk/loting/feature.html"
    header_icon = "list-ul"

    @cached_property
    def kenmerk(self) -> Kenmerk | None:
        """None for a new one."""
        if "kenmerk" not in self.kwargs:
            return None
        rows = Kenmerk.objects.source().filter(loting=self.loting)
        found: Kenmerk = get_object_or_404(rows, pk=self.kwargs["kenmerk"])
        return found

    def get_page_title(self) -> str:
        return self.kenmerk.vraag if self.kenmerk else _("Nieuwe vraag")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, own = super().get_breadcrumbs_items()
        address = reverse("desk_loting_features", args=[self.loting.pk])
        return [*above, {"url": address, "label": _("Vragen en zetels")}, own]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.loting.staat != Staat.CONCEPT:
            messages.info(
                request, _("De loting is al geopend. De vragen en de zetels blijven zoals ze zijn.")
            )
            return redirect("desk_loting_features", self.loting.pk)
        return self._show(FeatureForm(initial=self._facts()), OptionFormSet(initial=self._options()))

    def _facts(self) -> dict[str, Any]:
        names = ("vraag", "uitleg", "is_verplicht", "is_bijzonder")
        return {name: getattr(self.kenmerk, name) for name in names} if self.kenmerk else {}

    def _options(self) -> list[dict[str, Any]]:
        rows = Antwoordoptie.objects.source().filter(kenmerk=self.kenmerk).order_by("order", "pk")
        names = ("pk", "label", *OptionForm.facts)
        return [
            {**{name: getattr(row, name) for name in names}, "plaats": place}
            for place, row in enumerate(rows if self.kenmerk else [], start=1)
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("doen") == "weg" and self.kenmerk:
            return self._remove(self.kenmerk)
        form, rows = FeatureForm(request.POST), OptionFormSet(request.POST)
        if form.is_valid() & rows.is_valid() and request.POST.get("doen") != "rekenen":
            try:
                self._save(form, rows)
            except ValidationError as error:
                show_refusal(form, error)
            else:
                messages.success(request, _("De vraag is bewaard."))
                return redirect("desk_loting_features", self.loting.pk)
        return self._show(form, rows)

    def _save(self, form: FeatureForm, rows: BaseOptionFormSet) -> None:
        feature_actions.save_feature(
            loting=self.loting,
            kenmerk=self.kenmerk,
            feature=Feature(options=rows.wanted(), **form.cleaned_data),
            seen=self.request.POST.get("gezien", ""),
        )

    def _remove(self, kenmerk: Kenmerk) -> HttpResponse:
        try:
            feature_actions.remove_feature(kenmerk=kenmerk)
        except ValidationError as error:
            messages.error(self.request, sentences(error))
        else:
            messages.success(self.request, _("De vraag is weg."))
        return redirect("desk_loting_features", self.loting.pk)

    def _show(self, form: FeatureForm, rows: BaseOptionFormSet) -> HttpResponse:
        seats = self.loting.zetels
        counted = [(option, option.quota(seats=seats)) for option in self._counted(rows)]
        return self.render_to_response(
            self.get_context_data(
                form=form,
                rows=rows,
                kenmerk=self.kenmerk,
                seen=self.request.POST.get("gezien") or fingerprint(self.kenmerk),
                counted=[(option, quota, quota) for option, quota in counted],
                total=total_of([quota for _option, quota in counted]),
                problems=problems_of(counted, seats=seats) if counted else [],
                figures=[
                    (Wijkcijfer.Soort(kind).label, share, source)
                    for kind, (share, source) in sorted(shares_of(self.loting).items())
                ],
            )
        )

    def _counted(self, rows: BaseOptionFormSet) -> list[Antwoordoptie]:
        """The answers on the screen, for working out the numbers: what was typed, or else what is stored."""
        if not rows.is_bound:
            stored = Antwoordoptie.objects.source().filter(kenmerk=self.kenmerk).order_by("order", "pk")
            return list(stored) if self.kenmerk else []
        if not rows.is_valid():
            return []
        return [
            Antwoordoptie(
                label=wanted.label,
                minimum=wanted.minimum,
                maximum=wanted.maximum,
                aandeel=wanted.aandeel,
            )
            for wanted in rows.wanted()
        ]


SCREENS: dict[str, tuple[str, Any]] = {
    "loting/<int:pk>/vragen/": ("desk_loting_features", FeaturesView),
    "loting/<int:pk>/vragen/nieuw/": ("desk_loting_feature_add", FeatureView),
    "loting/<int:pk>/vragen/<int:kenmerk>/": ("desk_loting_feature", FeatureView),
}
