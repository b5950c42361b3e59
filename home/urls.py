from django.urls import path, re_path
from wagtail.views import serve

from home import views

urlpatterns = [
    path("zoeken/", views.search_view, name="zoeken"),
    path("zoeken/suggesties/", views.suggestions_view, name="zoeken-suggesties"),
    # Wagtail's own addresses end in a slash; that of a file does not.
    re_path(r"^((?:[\w\-]+/)+krant\.pdf)$", serve, name="krant-pdf"),
]
