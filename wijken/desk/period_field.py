"""A form field for planning in people's words: a part of a year, a year, and if need be until when.

It reads and writes the codes of `wijken.monitor.periods`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijken.monitor.periods import (
    AFTER,
    FIRST_YEAR,
    HALVES,
    LAST_YEAR,
    MONTH_PARTS,
    PART_LABELS,
    QUARTERS,
    RANGE,
    SCHOOL_YEAR,
    SEASONS,
    TO_BE_DECIDED,
    YEAR,
    Period,
    PeriodError,
    Stretch,
)

WITHOUT_YEAR = {
    TO_BE_DECIDED: gettext_lazy("nog te bepalen"),
    AFTER: gettext_lazy("na iets anders"),
}
GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("Jaar"), (YEAR, SCHOOL_YEAR)),
    (gettext_lazy("Half jaar"), tuple(HALVES)),
    (gettext_lazy("Kwartaal"), tuple(QUARTERS)),
    (gettext_lazy("Seizoen"), tuple(SEASONS)),
    (gettext_lazy("Maand"), tuple(MONTH_PARTS)),
)


class Typed(NamedTuple):
    """What somebody filled in, as text; empty where nothing was."""

    part: str = ""
    year: str = ""
    until_part: str = ""
    until_year: str = ""

    @classmethod
    def of(cls, code: str) -> "Typed":
        """A stored code as the form shows it; nothing for what is no code."""
        try:
            period = Period.parse(code)
        except PeriodError:
            return cls()
        if period.first is None:
            return cls(period.code)
        typed = cls(period.first.part, str(period.first.year))
        return (
            typed._replace(until_part=period.last.part, until_year=str(period.last.year))
            if period.last
            else typed
        )


class PeriodWidget(forms.Widget):
    """Two lists and two years, each with a label of its own."""

    def __init__(self, *, allow_after: bool = True) -> None:
        super().__init__()
        self.allow_after = allow_after

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        typed = value if isinstance(value, Typed) else Typed.of(value or "")
        context = {
            "name": name,
            "id": (attrs or {}).get("id") or f"id_{name}",
            "invalid": (attrs or {}).get("aria-invalid", ""),
            "typed": typed,
            "without_year": {
                code: label for code, label in WITHOUT_YEAR.items() if self.allow_after or code != AFTER
            },
            "groups": [(label, {part: PART_LABELS[part] for part in parts}) for label, parts in GROUPS],
            "first_year": FIRST_YEAR,
            "last_year": LAST_YEAR,
        }
        return mark_safe(render_to_string("desk/plan/period_widget.html", context))  # noqa: S308

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return Typed(*(str(data.get(f"{name}_{part}") or "").strip() for part in Typed._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in Typed._fields)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        # The label of the whole names the group, and leads to the first of the four.
        return f"{id_}_part" if id_ else id_


class PeriodField(forms.Field):
    """Gives the code of a period, or an empty string when nothing was filled in and nothing had to be."""

    def __init__(self, *, allow_after: bool = True, **kwargs: Any) -> None:
        self.allow_after = allow_after
        super().__init__(widget=PeriodWidget(allow_after=allow_after), **kwargs)

    def clean(self, value: Typed) -> str:
        code = self._code(value)
        if not code and self.required:
            raise ValidationError(_("Kies wanneer."), code="required")
        return code

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(Typed.of(initial or "") != data)

    def _code(self, typed: Typed) -> str:
        if typed.part in WITHOUT_YEAR:
            if typed.part == AFTER and not self.allow_after:
                raise ValidationError(_("Dit kan hier niet. Kies een deel van een jaar."))
            if typed.year or typed.until_part or typed.until_year:
                raise ValidationError(
                    _("Bij “%(part)s” hoort geen jaar. Maak de andere vakken leeg.")
                    % {"part": WITHOUT_YEAR[typed.part]}
                )
            return typed.part
        if not typed.part:
            if any(typed):
                raise ValidationError(_("Kies welk deel van het jaar."))
            return ""
        code = _stretch(typed.part, typed.year).code
        if typed.until_part or typed.until_year:
            if not typed.until_part:
                raise ValidationError(_("Kies ook tot en met welk deel van het jaar."))
            code += RANGE + _stretch(typed.until_part, typed.until_year).code
        try:
            return Period.parse(code).code
        except PeriodError as error:
            raise ValidationError(str(error)) from error


def _stretch(part: str, year: str) -> Stretch:
    if part not in PART_LABELS:
        raise ValidationError(_("Kies een deel van het jaar uit de lijst."))
    if not year:
        raise ValidationError(_("Vul ook het jaar in."))
    if not (year.isascii() and year.isdecimal() and FIRST_YEAR <= int(year[:6]) <= LAST_YEAR):
        raise ValidationError(_("Vul het jaar in met vier cijfers, bijvoorbeeld 2027."))
    return Stretch(int(year), part)
