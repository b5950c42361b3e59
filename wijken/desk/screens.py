"""What the screens of the action plan share: permission first, a crumb trail, sentences, no failures."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.models import User


class DeskScreen(WagtailAdminTemplateMixin, TemplateView):
    """A screen of the desk for whoever has one permission, or may enter for another reason."""

    permission = ""
    # Where it stands in the crumb trail: (label, name of an address without arguments).
    parent: tuple[Any, str] | None = None

    @property
    def user(self) -> User:
        """Whoever is signed in: nobody else gets here."""
        return cast(User, self.request.user)

    def may_enter(self) -> bool:
        return self.user.has_perm(self.permission)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_enter():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": reverse(self.parent[1]), "label": self.parent[0]}] if self.parent else []
        own = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *above, own]


def show_refusal(form: BaseForm, error: ValidationError) -> None:
    """Put the reasons of an action beside the fields they are about, the others above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, reasons in error.error_dict.items():
        form.add_error(name if name in form.fields else None, reasons)


def sentences(error: ValidationError) -> str:
    return " ".join(error.messages) or _("Dit kan niet.")
