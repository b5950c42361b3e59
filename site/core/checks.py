"""House rules that Django checks at every start."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, register
from wagtail.models import Page


def _own_models() -> list[type]:
    return [
        model
        for app in ("core", "home", "wijken", "participatie")
        for model in apps.get_app_config(app).get_models()
    ]


@register
def site_is_no_package(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if (settings.BASE_DIR / "site" / "__init__.py").exists():
        return [
            Error(
                "site/ is a package.",
                hint="`site` is a module of Python itself: remove site/__init__.py.",
                id="core.E001",
            )
        ]
    return []


@register
def page_types_are_placed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every page type is ours, says where it may stand, and has its own template."""
    from core.models import BasePage

    messages: list[CheckMessage] = []
    for model in _own_models():
        if not issubclass(model, Page):
            continue
        if not issubclass(model, BasePage):
            messages.append(Error("A page type does not extend BasePage.", obj=model, id="core.E002"))
        for name in ("parent_page_types", "subpage_types", "template"):
            if name not in vars(model):
                messages.append(Error(f"{name} is not set.", obj=model, id="core.E003"))
    return messages


@register
def snippets_name_their_words(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A translatable snippet says which of its fields are words, so that facts are never translated."""
    from core.models import TranslatableSnippet

    return [
        Error("translatable_fields is not set.", obj=model, id="core.E004")
        for model in _own_models()
        if issubclass(model, TranslatableSnippet) and "translatable_fields" not in vars(model)
    ]


@register
def machine_translation_has_an_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """MACHINE_TRANSLATION_URL is empty or leads to a service."""
    from core.translating.services import BadAddress, service_at

    if settings.MACHINE_TRANSLATION_URL:
        try:
            service_at(settings.MACHINE_TRANSLATION_URL)
        except BadAddress as error:
            return [Error(str(error), id="core.E005")]
    return []


@register(deploy=True)
def challenges_can_be_heard(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whoever cannot see the digits on a form can hear them, when the machine can speak."""
    if settings.SPEECH_PROGRAM:
        return []
    return [
        Info(
            "espeak-ng is not on this machine: the digits on forms can be seen, but not heard.",
            hint="Install espeak-ng and start the site again.",
            id="core.I001",
        )
    ]
