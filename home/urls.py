from django.urls import path

from home import views

urlpatterns = [
    path("zoeken/", views.search_view, name="zoeken"),
    path("zoeken/suggesties/", views.suggestions_view, name="zoeken-suggesties"),
]
