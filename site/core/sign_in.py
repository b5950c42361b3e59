"""Signing in, with a brake on guessing."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin.views.account import LoginView

from core.visitors import Brake, client_address

log = logging.getLogger(__name__)

TRIES = 10
SECONDS = 15 * 60


class FailedTries(Brake):
    """The wrong passwords of one name from one address in the last quarter of an hour. Neither is kept."""

    def __init__(self, request: HttpRequest, username: str) -> None:
        who = f"{client_address(request)}\0{username.strip().lower()}"
        super().__init__("sign-in", who, most=TRIES, seconds=SECONDS, salt="core.sign_in")


def _in_dutch(form: Any) -> Any:
    """Wagtail leaves one label in English."""
    form.fields["password"].label = _("Wachtwoord")
    return form


class SignInView(LoginView):
    """Wagtail's sign-in. After ten wrong passwords a name has to wait, also with the right one."""

    def get_form(self, form_class: Any = None) -> Any:
        return _in_dutch(super().get_form(form_class))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tries = FailedTries(request, request.POST.get("username", "")[:254])
        if tries.are_too_many:
            log.warning("sign-in: too many tries")
            return self.wait()
        response = super().post(request, *args, **kwargs)
        if request.user.is_authenticated:
            tries.forget()
        else:
            tries.add()
        return response

    def wait(self) -> HttpResponse:
        context = self.get_context_data(form=_in_dutch(self.get_form_class()(self.request)))
        context["wait"] = _(
            "U heeft te vaak een verkeerd wachtwoord ingevuld. Wacht een kwartier en probeer het dan opnieuw."
        )
        response = self.render_to_response(context, status=429)
        response.headers["Retry-After"] = str(SECONDS)
        return response
