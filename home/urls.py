from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from wagtail.views import serve

from home import views

urlpatterns = [
    path("zoeken/", views.search_view, name="zoeken"),
    path("zoeken/suggesties/", views.suggestions_view, name="zoeken-suggesties"),
    # Wagtail's own addresses end in a slash; that of a file does not.
    re_path(r"^((?:[\w\-]+/)+krant\.pdf)$", serve, name="krant-pdf"),
    # Without Django's protection and with names of their own, for the reasons in participatie/urls.py.
    re_path(
        r"^((?:[\w\-]+/)+abonneren/(?:bevestigen/[\w\-]+/)?)$", csrf_exempt(serve), name="krant-abonneren"
    ),
    re_path(r"^((?:[\w\-]+/)+afmelden/[\w\-.]+/)$", csrf_exempt(serve), name="krant-afmelden"),
    # Without Django's protection, as in wijken/urls.py: it needs a cookie. A name of its own keeps the secret
    # in the address of a receipt out of the log.
    re_path(r"^((?:[\w\-]+/)+kopij/(?:[\w\-]+/){0,2})$", csrf_exempt(serve), name="kopij"),
    # Wagtail's own addresses end in a slash; those of files do not.
    re_path(r"^((?:[\w\-]+/)+kopij/formulier\.pdf)$", serve, name="kopij-papier"),
]
