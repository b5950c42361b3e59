"""Menu items of the desk."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem


class GuardedMenuItem(MenuItem):
    """A menu item for those who may use it."""

    def __init__(self, *args: Any, allowed: Callable[[HttpRequest], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allowed = allowed

    def is_shown(self, request: HttpRequest) -> bool:
        return self.allowed(request)
