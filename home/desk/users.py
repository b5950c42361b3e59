"""People who sign in. A beheerder manages them, but only a superuser makes or touches a superuser."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.users.views.users import CreateView, EditView, UserViewSet


def _without_superuser(form: Any, request: HttpRequest) -> Any:
    if not request.user.is_superuser:
        form.fields.pop("is_superuser", None)
    return form


class DeskUserCreateView(CreateView):
    def get_form(self, form_class: Any = None) -> Any:
        return _without_superuser(super().get_form(form_class), self.request)


class DeskUserEditView(EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> Any:
        return _without_superuser(super().get_form(form_class), self.request)


class DeskUserViewSet(UserViewSet):
    add_view_class = DeskUserCreateView
    edit_view_class = DeskUserEditView
