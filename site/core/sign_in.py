"""Signing in, with a brake on guessing."""

import logging
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.admin.views.account import LoginView

log = logging.getLogger(__name__)

TRIES = 10
SECONDS = 15 * 60


def client_address(request: HttpRequest) -> str:
    """Where a request comes from. Only behind a front server of our own is its header believed."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
        if forwarded:
            return forwarded
    return request.META.get("REMOTE_ADDR", "")


class FailedTries:
    """The wrong passwords of one name from one address in the last quarter of an hour. Neither is kept."""

    def __init__(self, request: HttpRequest, username: str) -> None:
        who = f"{client_address(request)}\0{username.strip().lower()}"
        self.key = "sign-in:" + salted_hmac("core.sign_in", who, algorithm="sha256").hexdigest()

    def _recent(self) -> list[float]:
        return [moment for moment in cache.get(self.key, []) if moment > time.time() - SECONDS]

    @property
    def are_too_many(self) -> bool:
        return len(self._recent()) >= TRIES

    def add(self) -> None:
        cache.set(self.key, [*self._recent(), time.time()][-TRIES:], SECONDS)

    def forget(self) -> None:
        cache.delete(self.key)


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
