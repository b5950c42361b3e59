"""Addresses of the desk of the action plans, under /admin/."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def _later(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("planning/<int:pk>/", _later, name="desk_planning")]
