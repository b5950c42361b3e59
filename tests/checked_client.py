"""A test client that looks at every page it gets."""

from typing import Any

from django.test import Client

from tests.html import left_over_marks, unsafe_markup

DESK = ("/admin/", "/documents/")


class TypingClient(Client):
    """For whatever somebody types: braces of their own may be shown again, markup may not."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            found = unsafe_markup(response.content.decode())
            assert not found, f"{request.get('PATH_INFO')}: {found}"
        return response


class CheckedClient(Client):
    """Fails when a page has left-over template marks, an undefined variable, or inline script or style."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        path = str(request.get("PATH_INFO", ""))
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            html = response.content.decode()
            assert not left_over_marks(html), f"{path}: {left_over_marks(html)}"
            if not path.startswith(DESK):
                assert not unsafe_markup(html), f"{path}: {unsafe_markup(html)}"
        return response
