"""Outgoing mail on the desk: how each fares, never to whom it is or what it says."""

from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from core import outbox
from core.models import OutboxMail

PERMISSION = "core.view_outboxmail"


def _kinds() -> list[tuple[str, str]]:
    kinds = OutboxMail.objects.order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, kind) for kind in kinds]


class MailFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Stand"), choices=OutboxMail.State.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Soort"), choices=_kinds, empty_label=gettext_lazy("Alle soorten")
    )
    about = django_filters.CharFilter(label=gettext_lazy("Gaat over"), lookup_expr="startswith")

    class Meta:
        model = OutboxMail
        fields = ["state", "kind", "about"]


class MomentColumn(Column):
    """A day with its time."""

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        return date_format(localtime(value), "j E Y H:i") if value else "–"


class StateColumn(Column):
    cell_template_name = "desk/mail/state.html"


class MailView(ReportView):
    """All outgoing mail that is still known, the newest first."""

    page_title: Any = gettext_lazy("Uitgaande mail")
    header_icon = "mail"
    model = OutboxMail
    index_url_name: Any = "desk_mail"
    index_results_url_name: Any = "desk_mail_results"
    filterset_class: Any = MailFilterSet
    any_permission_required: Any = ["view"]
    no_results_message: Any = gettext_lazy("Geen mail gevonden.")
    verbose_name_plural: Any = gettext_lazy("uitgaande mail")
    paginate_by = 50
    export_filename = "uitgaande-mail"
    list_export = [
        "kind",
        "about",
        "language",
        "state",
        "tries",
        "created_at",
        "sent_at",
        "next_try_at",
        "last_error",
    ]
    columns = [
        TitleColumn("kind", label=gettext_lazy("Soort"), get_url=lambda mail: _address(mail)),
        StateColumn("state", label=gettext_lazy("Stand")),
        Column("about", label=gettext_lazy("Gaat over")),
        NumberColumn("tries", label=gettext_lazy("Pogingen")),
        MomentColumn("created_at", label=gettext_lazy("Gemaakt op")),
        MomentColumn("sent_at", label=gettext_lazy("Verzonden op")),
    ]

    def get_base_queryset(self) -> QuerySet[Any]:
        return OutboxMail.objects.without_contents()


def _address(mail: OutboxMail) -> str:
    return reverse("desk_mail_detail", args=[mail.pk])


class MailDetailView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """One mail, and the button to try again when it did not arrive."""

    permission_required = PERMISSION
    raise_exception = True
    page_title: Any = gettext_lazy("Uitgaande mail")
    header_icon = "mail"
    template_name = "desk/mail/detail.html"

    @cached_property
    def mail(self) -> OutboxMail:
        return get_object_or_404(OutboxMail.objects.without_contents(), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.mail)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("desk_mail"), "label": self.get_page_title()},
            {"url": "", "label": str(self.mail)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "mail": self.mail,
            "language": dict(settings.LANGUAGES).get(self.mail.language, self.mail.language),
            "is_undelivered": OutboxMail.objects.undelivered().filter(pk=self.mail.pk).exists(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if outbox.retry(OutboxMail.objects.filter(pk=self.mail.pk)):
            messages.success(request, _("Deze mail wordt opnieuw verzonden."))
        else:
            messages.warning(request, _("Deze mail is niet opnieuw te verzenden."))
        return redirect("desk_mail_detail", self.mail.pk)
