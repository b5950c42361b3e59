"""What every list and form of the desk shares.

A *register* is a plain model. A *translatable register* is a snippet of which only the row in the site's own
language holds facts: lists show that row, with its translations beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, ButtonWithDropdown
from wagtail.models import Locale
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import snippets as snippet_views
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_localize.models import Translation, TranslationSource

from core.deletion import Deletion, with_translations
from core.models import TranslatableSnippet, source_rows

# A few rows to tick are quicker and safer than a list in which Ctrl-click chooses.
register_form_field_override(models.ManyToManyField, override={"widget": CheckboxSelectMultiple})


class SafeDeleteMixin:
    """Says what still uses a row instead of failing, and deletes its translations with it."""

    request: HttpRequest
    object: models.Model

    @cached_property
    def deletion(self) -> Deletion:
        return Deletion(with_translations(self.object), viewer=self.request.user)

    def get_usage(self) -> None:
        """Not Wagtail's own count: that comes from an index, this page asks the database."""
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.usage_url = ""
        return {**super().get_context_data(**kwargs), "deletion": self.deletion, "next": ""}  # type: ignore[misc]

    def refuse(self) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=409)  # type: ignore[attr-defined]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.deletion.is_kept or self.deletion.blockers:
            return self.refuse()
        try:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        except (ProtectedError, RestrictedError):
            # Somebody made use of the row between the question and the answer.
            del self.deletion
            return self.refuse()

    def delete_action(self) -> None:
        with transaction.atomic():
            for row in self.deletion.rows:
                if row != self.object:
                    row.delete()
            super().delete_action()  # type: ignore[misc]


class RegisterDeleteView(SafeDeleteMixin, generic.DeleteView):
    template_name = "desk/delete.html"


class SourceDeleteView(SafeDeleteMixin, snippet_views.DeleteView):
    template_name = "desk/delete.html"


class SafeDeleteBulkAction(DeleteBulkAction):
    """The same care for whoever deletes several snippets at once."""

    def prepare_action(self, objects: list[Any], objects_without_access: list[Any]) -> HttpResponse | None:
        if not objects:
            return None
        rows = [row for item in objects for row in with_translations(item)]
        deletion = Deletion(rows, viewer=self.request.user)
        if deletion.is_kept:
            messages.error(self.request, _("Niets verwijderd: wat is vastgelegd, blijft staan."))
        elif deletion.blockers:
            messages.error(
                self.request,
                _("Niets verwijderd: dit wordt nog gebruikt door %(users)s.")
                % {"users": ", ".join(user.title for group in deletion.blockers for user in group.shown)},
            )
        else:
            return None
        return redirect(self.model.snippet_viewset.get_url_name("list"))

    @classmethod
    def execute_action(cls, objects: list[Any], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        rows = {row.pk for item in objects for row in with_translations(item)}
        kwargs["self"].model.objects.filter(pk__in=rows).delete()
        return len(objects), 0


def _with_relations(
    model: type[models.Model], select: tuple[str, ...], prefetch: tuple[str, ...]
) -> models.QuerySet[Any]:
    rows = model._default_manager.prefetch_related(*prefetch)
    # Without names it would follow every relation.
    return rows.select_related(*select) if select else rows


class RegisterViewSet(ModelViewSet):
    """A plain register: list, form, history, and careful deleting."""

    model: Any

    add_to_admin_menu = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id"]
    delete_view_class = RegisterDeleteView
    delete_template_name = "desk/delete.html"
    search_backend_name = None
    list_per_page = 50
    # Relations that the list shows, fetched at once.
    list_select_related: tuple[str, ...] = ()
    list_prefetch_related: tuple[str, ...] = ()

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(queryset=self.rows(), **kwargs)

    def rows(self) -> models.QuerySet[Any]:
        """The rows of the list, with what its columns need."""
        return _with_relations(self.model, self.list_select_related, self.list_prefetch_related)


class SourceFilterSet(WagtailFilterSet):
    """Filters of a list in which every row is in the site's own language."""

    def _add_locale_filter(self) -> None:
        return


class TranslationsColumn(Column):
    """In which languages a row has words, each a link to those words; `–` where they are missing."""

    def get_value(self, instance: Any) -> SafeString | str:
        return (
            format_html_join(
                " ",
                '<a class="w-status w-status--label" href="{}" lang="{}">{}</a>',
                ((url, code, code.upper()) for code, url in getattr(instance, "translation_links", ())),
            )
            or "–"
        )


class DayColumn(Column):
    """A date as people write it. Wagtail's own says how long ago it was: no use for dates to come."""

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        return date_format(value, "j E Y") if value else "–"


class SourceIndexView(snippet_views.IndexView):
    model: Any
    base_filterset_class = SourceFilterSet

    def get_base_queryset(self) -> models.QuerySet[Any]:
        return super().get_base_queryset().filter(source_rows())

    @cached_property
    def columns(self) -> list[Any]:  # type: ignore[override]
        """Without tick boxes: these lists are short, and deleting asks for a look at each row."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def get_edit_url(self, instance: Any) -> str | None:
        """Whoever may change but not add is a translator: facts are only shown to them."""
        return super().get_edit_url(instance) if self.user_has_permission("add") else None

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            attach_translation_links(context["object_list"], self.edit_url_name or "")
        return context

    def get_list_buttons(self, instance: Any) -> list[Any]:
        """Wagtail's own, with the translator's buttons from what the list already knows.

        wagtail-localize would ask the database four times for each row.
        """
        buttons = [Button.from_menu_item(item) for item in self.get_list_more_buttons(instance)]
        if self.request.user.has_perm("wagtail_localize.submit_translation"):
            buttons += list(self._translation_buttons(instance))
        if not buttons:
            return []
        more = _("Meer voor “%(title)s”") % {"title": instance}
        return [ButtonWithDropdown(buttons=buttons, icon_name="dots-horizontal", attrs={"aria-label": more})]

    def _translation_buttons(self, instance: Any) -> Iterator[Button]:
        languages = {code for code, _url in instance.translation_links}
        if len(languages) < self._other_languages:
            args = [instance._meta.app_label, instance._meta.model_name, quote(instance.pk)]
            address = reverse("wagtail_localize:submit_snippet_translation", args=args)
            yield Button(_("Vertalen"), address, icon_name="wagtail-localize-language", priority=40)
        if source := self._translation_sources.get(instance.translation_key):
            address = reverse("wagtail_localize:update_translations", args=[source])
            yield Button(
                _("Vertalingen bijwerken"),
                f"{address}?{urlencode({'next': self.request.path})}",
                icon_name="resubmit",
                priority=50,
            )

    @cached_property
    def _other_languages(self) -> int:
        return Locale.objects.exclude(language_code=settings.LANGUAGE_CODE).count()

    @cached_property
    def _translation_sources(self) -> dict[Any, int]:
        """{translation key: id of what the translators got}, of rows with a translation that is kept."""
        sources = TranslationSource.objects.filter(
            specific_content_type=ContentType.objects.get_for_model(self.model),
            translations__enabled=True,
        )
        return dict(sources.order_by().values_list("object_id", "pk"))


def attach_translation_links(rows: Iterable[Any], edit_url_name: str) -> None:
    """Give each row `translation_links`: (language code, address of the form). One query."""
    rows = list(rows)
    if not rows:
        return
    links: dict[Any, list[tuple[str, str]]] = defaultdict(list)
    found = (
        type(rows[0])
        ._default_manager.filter(translation_key__in=[row.translation_key for row in rows])
        .exclude(source_rows())
        .order_by("locale__language_code")
        .values_list("translation_key", "locale__language_code", "pk")
    )
    for key, code, pk in found:
        links[key].append((code, reverse(edit_url_name, args=[quote(pk)])))
    for row in rows:
        row.translation_links = links[row.translation_key]


class ReadabilitySidePanel(BaseSidePanel):
    """The hints that a page has among its checks, for a snippet or a translation."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Leesbaarheid")
        icon_name = "glasses"
        has_counter = False

    name = "readability"
    title = gettext_lazy("Leesbaarheid")
    template_name = "desk/leesbaarheid/side_panel.html"
    order = 350

    def __init__(self, object: Any, request: HttpRequest, *, translation: Translation | None = None) -> None:
        super().__init__(object, request)
        self.translation = translation

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "translation": self.translation}


class ReadabilityMixin:
    request: HttpRequest

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        return MediaContainer([*panels, ReadabilitySidePanel(self.form.instance, self.request)])  # type: ignore[attr-defined]


class SourceCreateView(ReadabilityMixin, snippet_views.CreateView):
    """A new row starts in the site's own language; its translation comes from "Vertalen"."""

    def get_locale(self) -> Locale:
        return Locale.objects.get(language_code=settings.LANGUAGE_CODE)

    def get_translations(self) -> list[dict[str, Any]]:
        return []


class SourceEditView(ReadabilityMixin, snippet_views.EditView):
    def may_change_facts(self) -> bool:
        """Whoever may change but not add is a translator."""
        return bool(self.user_has_permission("add"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_source = self.object.locale.language_code == settings.LANGUAGE_CODE
        if is_source and not self.may_change_facts() and self.user_has_permission("change"):
            return HttpResponseRedirect(self.get_inspect_url())
        return super().dispatch(request, *args, **kwargs)


class _SourceChooseMixin:
    def get_object_list(self) -> models.QuerySet[Any]:
        return super().get_object_list().filter(source_rows())  # type: ignore[misc]


class SourceChooseView(_SourceChooseMixin, ChooseView):
    pass


class SourceChooseResultsView(_SourceChooseMixin, ChooseResultsView):
    pass


class SourceChooserViewSet(SnippetChooserViewSet):
    """Choosers in texts offer the rows with the facts. In forms a plain list is quicker."""

    register_widget = False
    choose_view_class = SourceChooseView
    choose_results_view_class = SourceChooseResultsView


class TranslatableViewSet(SnippetViewSet):
    """A translatable register: the list shows rows with facts and where their words are translated."""

    model: type[TranslatableSnippet]
    menu_item_is_registered = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields_exclude = ["id", "locale", "translation_key"]
    index_view_class = SourceIndexView
    add_view_class = SourceCreateView
    edit_view_class = SourceEditView
    delete_view_class = SourceDeleteView
    chooser_viewset_class = SourceChooserViewSet
    delete_template_name = "desk/delete.html"
    search_backend_name = None
    list_per_page = 50
    list_select_related: tuple[str, ...] = ()
    list_prefetch_related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return _with_relations(self.model, self.list_select_related, self.list_prefetch_related)


def names_column(name: str, *, label: Any, empty: Any = "–") -> Column:
    """A column that names the rows of a many-to-many relation."""

    def names(row: Any) -> Any:
        return ", ".join(str(related) for related in getattr(row, name).all()) or empty

    return Column(name, label=label, accessor=names)


def translations_column() -> TranslationsColumn:
    return TranslationsColumn("translations", label=gettext_lazy("Vertaald"))
