"""Addresses of the routes of a LotingPage that are about one person."""

from django.urls import re_path
from django.views.decorators.csrf import csrf_exempt
from wagtail.views import serve

# Without Django's protection, as in wijken/urls.py: it needs a cookie. A name of its own keeps the secret in
# such an address out of the log, where only this pattern is written.
urlpatterns = [
    re_path(r"^((?:[\w\-]+/)+aanmelden/(?:[^/]+/){0,2})$", csrf_exempt(serve), name="aanmelden"),
    re_path(
        r"^((?:[\w\-]+/)+(?:mijn|bevestigen|zetel)/(?:[\w\-]+/){0,2})$",
        csrf_exempt(serve),
        name="eigen-gegevens",
    ),
    # Wagtail's own addresses end in a slash; those of files do not.
    re_path(r"^((?:[\w\-]+/)+papier\.pdf)$", serve, name="papier"),
    re_path(
        r"^((?:[\w\-]+/)+trekking/(?:[0-9]+/)?[a-z]+\.(?:json|csv|py|zip))$", serve, name="trekkingsbestand"
    ),
    re_path(r"^((?:[\w\-]+/)+niet/)$", csrf_exempt(serve), name="loot-mij-niet"),
]
