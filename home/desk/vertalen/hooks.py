"""Where the translators' screens are, and what leads to them."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from home.desk.vertalen.base import SUBMIT
from home.desk.vertalen.files import DownloadView, FilesView, LookView, UploadView
from home.desk.vertalen.kept import KeptView, RestoreView
from home.desk.vertalen.preferences import PreferencesView
from home.desk.vertalen.work import AskAgainView, MachineView, RoundView, WorkView
from home.viewsets import WoordenViewSet


@hooks.register("register_admin_viewset")
def register_words() -> WoordenViewSet:
    return WoordenViewSet()


# Before wagtail-localize's, of which three addresses lead to screens of our own.
@hooks.register("register_admin_urls", order=-1)
def register_screens() -> list[Any]:
    """The addresses of the translators' screens."""
    own = "localize/translate/<int:translation_id>"
    return [
        path("vertalen/", WorkView.as_view(), name="desk_translation_work"),
        path("vertalen/pagina/<int:page_id>/", RoundView.as_view(), name="desk_translation_round"),
        path("vertalen/opnieuw/<str:kind>/<int:pk>/", AskAgainView.as_view(), name="desk_translation_again"),
        path("vertalen/bestanden/", FilesView.as_view(), name="desk_translation_files"),
        path("vertalen/bestanden/<str:token>/", LookView.as_view(), name="desk_translation_look"),
        path("vertalen/bewaard/", KeptView.as_view(), name="desk_kept_translations"),
        path(
            "vertalen/bewaard/resultaten/",
            KeptView.as_view(results_only=True),
            name="desk_kept_translations_results",
        ),
        path("vertalen/bewaard/<int:pk>/", RestoreView.as_view(), name="desk_kept_translation"),
        path("vertalen/mail/", PreferencesView.as_view(), name="desk_translation_preferences"),
        path(f"{own}/machine_translate/", MachineView.as_view()),
        path(f"{own}/pofile/download/", DownloadView.as_view()),
        path(f"{own}/pofile/upload/", UploadView.as_view()),
    ]


def translate_below(page: Page, user: Any, view_name: str = "", next_url: str = "") -> Iterator[Button]:
    """The button on a Dutch page that makes drafts of it and of everything below it."""
    is_dutch = page.locale.language_code == settings.LANGUAGE_CODE
    if not page.is_root() and is_dutch and user.has_perm(SUBMIT):
        yield Button(
            _("Vertalen met alles eronder"),
            reverse("desk_translation_round", args=[page.pk]),
            icon_name="wagtail-localize-language",
            priority=61,
        )


hooks.register("register_page_header_buttons", translate_below)
hooks.register("register_page_listing_more_buttons", translate_below)
