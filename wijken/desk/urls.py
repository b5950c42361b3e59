"""Addresses of the desk of the action plans, under /admin/."""

from typing import Any

from django.urls import path

from wijken.desk import planning, reporting, review

SCREENS: dict[str, tuple[str, Any]] = {
    "acties/planning/<int:pk>/": ("desk_planning", planning.PlanningView),
    "acties/stap/<int:pk>/": ("desk_step_add", planning.StepAddView),
    "acties/stap/<int:pk>/planning/": ("desk_planning_change", planning.PlanningChangeView),
    "mijn-acties/": ("desk_my_actions", reporting.MyActionsView),
    "mijn-acties/<int:pk>/": ("desk_my_action", reporting.MyActionView),
    "mijn-acties/<int:pk>/bericht/": ("desk_message_add", reporting.MessageAddView),
    "mijn-acties/bericht/<int:pk>/": ("desk_message", reporting.MessageView),
    "mijn-acties/bericht/<int:pk>/wijzigen/": ("desk_message_edit", reporting.MessageEditView),
    "mijn-acties/bericht/<int:pk>/indienen/": ("desk_message_submit", reporting.MessageSubmitView),
    "mijn-acties/bericht/<int:pk>/weggooien/": ("desk_message_discard", reporting.MessageDiscardView),
    "mijn-acties/bericht/<int:pk>/verbeteren/": ("desk_message_correct", reporting.MessageCorrectView),
    "berichten-nakijken/": ("desk_inbox", review.InboxView),
    "berichten-nakijken/<int:pk>/": ("desk_review", review.ReviewView),
}

urlpatterns = [path(address, view.as_view(), name=name) for address, (name, view) in SCREENS.items()]
