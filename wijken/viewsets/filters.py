"""Filters that more than one list has."""

import django_filters
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

from wijken.models import Actieplan, Thema, Wijk, Wijkteam


def wijk_filter(field_name: str = "wijk") -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=field_name, label=_("Wijk"), queryset=Wijk.objects.all(), empty_label=_("Alle wijken")
    )


def thema_filter() -> django_filters.ModelMultipleChoiceFilter:
    return django_filters.ModelMultipleChoiceFilter(
        field_name="themas", label=_("Thema"), queryset=Thema.objects.source(), widget=CheckboxSelectMultiple
    )


def team_filter(field_name: str = "wijkteam") -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=field_name,
        label=_("Wijkteam"),
        queryset=Wijkteam.objects.all(),
        empty_label=_("Alle teams"),
    )


def plan_filter(field_name: str = "actieplan") -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=field_name,
        label=_("Actieplan"),
        queryset=Actieplan.objects.all(),
        empty_label=_("Alle plannen"),
    )
