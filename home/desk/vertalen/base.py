"""What the translators' screens share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import user_can_edit_instance

from core.models.languages import other_languages
from home.desk.coverage import form_address, register_of

SUBMIT = "wagtail_localize.submit_translation"


class TranslatorsView(WagtailAdminTemplateMixin, TemplateView):
    """A screen of the desk for whoever may translate."""

    request: Any
    page_title: Any
    header_icon = "wagtail-localize-language"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(SUBMIT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = [*self.breadcrumbs_items]
        if not isinstance(self, WORK):
            items.append({"url": reverse("desk_translation_work"), "label": _("Vertaalwerk")})
        return [*items, {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}]

    def render(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """The screen with what there is to show."""
        response: HttpResponse = self.render_to_response(self.get_context_data(**context), status=status)
        return response


# Screens that the others stand under.
WORK: tuple[type, ...] = ()


def languages() -> list[tuple[str, str]]:
    """(code, name) of the languages that the site has besides its own."""
    present = set(Locale.objects.values_list("language_code", flat=True))
    return [(code, name) for code, name in other_languages() if code in present]


def target_of(translation: Translation) -> Any:
    """The translated page or snippet; None while it is gone."""
    model: Any = translation.source.specific_content_type.model_class()
    return model._default_manager.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).first()


def may_edit(user: Any, translation: Translation) -> bool:
    """May somebody work on this translation? Not while its page is gone."""
    target = target_of(translation)
    return target is not None and bool(user_can_edit_instance(user, target))


def edit_address(translation: Translation) -> str:
    """The address of the editor of a translation; empty while its page is gone."""
    target = target_of(translation)
    return form_address(register_of(target), target.pk) if target is not None else ""
