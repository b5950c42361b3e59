"""Addresses of pages that take more than Wagtail gives them."""

from django.urls import re_path
from django.views.decorators.csrf import csrf_exempt
from wagtail.views import serve

from wijken.monitor.opendata.routes import file

# Django's protection needs a cookie, and this site sets none for visitors. Here it is not missed: it guards
# what a browser may do because its owner signed in, and an answer is counted whoever sends it. What is left
# is a page elsewhere that makes its visitors answer here; `core.visitors.is_from_elsewhere` refuses that.
urlpatterns = [
    re_path(r"^((?:[\w\-]+/)+antwoord/)$", csrf_exempt(serve), name="antwoord"),
    # Wagtail's own addresses end in a slash; those of files do not.
    re_path(
        r"^(?P<monitor>(?:[\w\-]+/)+)data/(?P<name>[a-z]+)\.(?P<extension>csv|json)$", file, name="opendata"
    ),
]
