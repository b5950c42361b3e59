"""Facts once, words translated.

A translatable snippet has one row per language. The row in the site's own language (the *source row*)
is the register: relations point at it and facts are read from it. Other rows only lend their words, so a
fact can never be out of date because a translation was not published again.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from modelsearch.queryset import SearchableQuerySetMixin
from wagtail.models import Locale, TranslatableMixin
from wagtail_localize.fields import TranslatableField

from core.models.vertaalstand import is_by_machine
from core.reading import WordsLanguage

# Where a query puts the words in another language, as a mapping, and whether a computer wrote them.
_ANNOTATED, _BY_MACHINE = "_translated", "_by_machine"


def source_rows() -> models.Q:
    """What a relation to a translatable snippet may point at: rows in the site's own language."""
    return models.Q(locale__language_code=settings.LANGUAGE_CODE)


def words(*names: str) -> list[TranslatableField]:
    """The fields of a snippet that are words; everything else is a fact and is not translated."""
    return [TranslatableField(name) for name in names]


class TranslatableSnippetQuerySet(SearchableQuerySetMixin, models.QuerySet[Any]):
    def source(self) -> Self:
        """Only the rows that hold the facts."""
        return self.filter(source_rows())

    def to_translate(self) -> Self:
        """The source rows whose words readers see; a register with drafts of its own leaves those out."""
        return self.source()

    def worded(self, language_code: str, *related: str) -> list[Any]:
        """Source rows as a list, each with its `.words` in that language if they exist. One query.

        `related` names foreign keys to other snippets, which come in the same query with their words.
        """
        return lend_words(language_code, self.source().with_words(language_code, *related), *related)

    def with_words(self, language_code: str, *related: str) -> Self:
        """The rows with what `lend_words` needs, for where they are fetched by another query (a Prefetch)."""
        rows = self.select_related(*related) if related else self
        if language_code == settings.LANGUAGE_CODE:
            return rows
        words = {_ANNOTATED: _words_of(self.model, language_code, "translation_key")}
        for name in related:
            model = self.model._meta.get_field(name).related_model
            words[f"{_ANNOTATED}_{name}"] = _words_of(model, language_code, f"{name}__translation_key")
        return rows.annotate(**words)


def _words_of(model: Any, language_code: str, key: str) -> Subquery:
    names = [field.field_name for field in model.translatable_fields]
    translations = model._default_manager.filter(
        locale__language_code=language_code, translation_key=OuterRef(key)
    ).values(words=JSONObject(**{name: name for name in names}, **{_BY_MACHINE: is_by_machine()}))
    return Subquery(translations[:1])


def lend_words(language_code: str, rows: Iterable[Any], *related: str) -> list[Any]:
    """Give rows that were fetched `with_words` their words in that language, if they exist. No query."""
    found = list(rows)
    if language_code == settings.LANGUAGE_CODE:
        return found
    for row in found:
        targets = {_ANNOTATED: row, **{f"{_ANNOTATED}_{name}": getattr(row, name) for name in related}}
        for annotation, target in targets.items():
            if target is not None and (words := getattr(row, annotation)):
                by_machine = bool(words.pop(_BY_MACHINE, False))
                language = WordsLanguage(language_code, by_machine=by_machine)
                _lend(target, type(target)(**words), language)
    return found


class TranslatableSnippet(TranslatableMixin, models.Model):
    """Base of every snippet whose words are translated and whose facts are not."""

    translatable_fields: list[TranslatableField]
    # The path to the name of what a row is a part of: many rows are called the same.
    part_of: ClassVar[str] = ""

    objects: ClassVar[Any] = TranslatableSnippetQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.locale_id is None:
            self.locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
        super().save(*args, **kwargs)

    @property
    def words(self) -> Self:
        """The row to read words from; set by `worded` or `attach_words`, else this row itself."""
        found: Self = getattr(self, "_words", self)
        return found

    @property
    def words_language(self) -> str:
        """The language of `words`, for the `lang` attribute; of lent words a WordsLanguage."""
        found: str = getattr(self, "_words_language", settings.LANGUAGE_CODE)
        return found


def snippet_models() -> list[type[TranslatableSnippet]]:
    """Every register whose words are translated."""
    return [model for model in apps.get_models() if issubclass(model, TranslatableSnippet)]


def attach_words(language_code: str, *groups: Iterable[TranslatableSnippet | None]) -> None:
    """Give each source row its words in a language: one query per model, none in the source language."""
    if language_code == settings.LANGUAGE_CODE:
        return
    by_model: dict[type[TranslatableSnippet], list[TranslatableSnippet]] = defaultdict(list)
    for group in groups:
        for row in group:
            if row is not None:
                by_model[type(row)].append(row)
    for model, rows in by_model.items():
        translations = {
            row.translation_key: row
            for row in model.objects.filter(
                locale__language_code=language_code, translation_key__in={row.translation_key for row in rows}
            ).annotate(**{_BY_MACHINE: is_by_machine()})
        }
        for row in rows:
            if translation := translations.get(row.translation_key):
                by_machine = bool(getattr(translation, _BY_MACHINE))
                _lend(row, translation, WordsLanguage(language_code, by_machine=by_machine))


def _lend(row: TranslatableSnippet, words: TranslatableSnippet, language_code: WordsLanguage) -> None:
    """Let a row be read in a language. Words that are still Dutch stay Dutch, whatever row they stand in."""
    names = [field.field_name for field in row.translatable_fields]
    if all(getattr(row, name) == getattr(words, name) for name in names):
        return
    row._words = words  # type: ignore[attr-defined]
    row._words_language = language_code  # type: ignore[attr-defined]
