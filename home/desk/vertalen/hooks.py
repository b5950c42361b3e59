"""Where the translators' screens are, and what leads to them."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from home.desk.vertalen.base import SUBMIT
from home.desk.vertalen.files import DownloadView, FilesView, LookView, UploadView
from home.desk.vertalen.kept import KeptView, RestoreView
from home.desk.vertalen.preferences import PreferencesView
from home.desk.vertalen.reading import AllView, snippets_api
from home.desk.vertalen.start import NoAliasView, StartPageView, StartSnippetView
from home.desk.vertalen.update import UpdateView
from home.desk.vertalen.work import AskAgainView, MachineView, RoundView, WorkView
from home.viewsets import WoordenViewSet


@hooks.register("register_admin_viewset")
def register_words() -> WoordenViewSet:
    return WoordenViewSet()


# Before wagtail-localize's, whose addresses lead to screens of our own wherever theirs would publish, let the
# browser wait or show what is not for everybody.
@hooks.register("register_admin_urls", order=-1)
def register_screens() -> list[Any]:
    """The addresses of the translators' screens."""
    own = "localize/translate/<int:translation_id>"
    snippet = "<slug:app_label>/<slug:model_name>"
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
        path("localize/jsi18n/", JavaScriptCatalog.as_view(packages=["wagtail_localize", "core"])),
        path("localize/submit/page/<int:page_id>/", StartPageView.as_view()),
        path(f"localize/submit/snippet/{snippet}/<str:pk>/", StartSnippetView.as_view()),
        path("localize/update/<int:translation_source_id>/", UpdateView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", NoAliasView.as_view()),
        path("localize/reports/translations/", AllView.as_view()),
        path("localize/reports/translations/results/", AllView.as_view(results_only=True)),
        path(f"localize/api/snippets/{snippet}/", snippets_api),
        path(f"localize/api/snippets/{snippet}/<str:pk>/", snippets_api),
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


@hooks.register("construct_page_action_menu")
def no_alias(items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """See NoAliasView."""
    items[:] = [item for item in items if item.name != "localize-convert-to-alias"]
