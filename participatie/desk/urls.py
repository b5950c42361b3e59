"""Addresses of the desk of the lotingen, under /admin/."""

from typing import Any

from django.urls import path

from participatie.desk import (
    access_log,
    chances,
    counter,
    doubles,
    draw,
    draw_letters,
    draw_objections,
    export,
    features,
    figures,
    hall,
    letter_bundles,
    letters,
    lookup,
    loting,
    messages,
    no_letters,
    quota_bars,
    reminders,
    seat_counter,
    seat_fill,
    seats,
    signups,
    steps,
)

ROOMS = (
    loting,
    steps,
    features,
    chances,
    counter,
    lookup,
    signups,
    doubles,
    quota_bars,
    reminders,
    export,
    messages,
    figures,
    letter_bundles,
    letters,
    no_letters,
    access_log,
    draw,
    draw_letters,
    draw_objections,
    seats,
    seat_fill,
    seat_counter,
    hall,
)

SCREENS: dict[str, tuple[str, Any]] = {}
for room in ROOMS:
    SCREENS |= room.SCREENS

urlpatterns = [path(address, view.as_view(), name=name) for address, (name, view) in SCREENS.items()]
