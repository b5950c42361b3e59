"""Addresses without a language: a challenge is the same in all of them."""

from django.urls import re_path

from core.challenge import views

urlpatterns = [
    re_path(r"^(?P<key>[0-9a-f]{40})\.png$", views.image, name="challenge-image"),
    re_path(r"^(?P<key>[0-9a-f]{40})\.(?P<voice>[a-z]{2,3})\.wav$", views.audio, name="challenge-audio"),
]
