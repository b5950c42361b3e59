"""A Dutch page with its English translation, and what editors and translators do with them."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.test import Client, TestCase
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator
from wagtail_localize.segments.extract import extract_segments

from core.models import BewaardeVertaling
from core.translating.page_text import texts_of
from home.models import ContentPage


def block(text: str, pk: str = "") -> dict[str, Any]:
    """A block of rich text; `text` may hold tags."""
    return {"type": "text", "id": pk or str(uuid.uuid4()), "value": f"<p>{text}</p>"}


@dataclass
class Pair:
    """The Dutch page, and its translation in one language."""

    dutch: ContentPage
    translation: Translation

    @property
    def page(self) -> ContentPage:
        """The translated page as it is stored: what visitors see when it is live."""
        page: ContentPage = ContentPage.objects.get(
            translation_key=self.dutch.translation_key, locale=self.translation.target_locale
        )
        return page

    @property
    def source(self) -> TranslationSource:
        source: TranslationSource = TranslationSource.objects.get(pk=self.translation.source_id)
        return source

    def edit_dutch(self, *blocks: dict[str, Any], **fields: Any) -> None:
        page = ContentPage.objects.get(pk=self.dutch.pk)
        if blocks:
            page.body = list(blocks)
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish()
        self.dutch = page

    def resync(self, desk: Client) -> None:
        """Press "Vertalingen bijwerken". The ticks are wagtail-localize's own: they do nothing here."""
        data = {"publish_translations": "on", "use_machine_translation": "on"}
        address = reverse("wagtail_localize:update_translations", args=[self.source.pk])
        with committing():
            assert desk.post(address, data).status_code == 302

    def segment(self, dutch_text: str) -> StringSegment:
        segment: StringSegment = StringSegment.objects.get(source=self.source, string__data=dutch_text)
        return segment

    def write(self, desk: Client, dutch_text: str, text: str) -> None:
        """Type a translation in the editor."""
        segment = self.segment(dutch_text)
        address = reverse("wagtail_localize:edit_string_translation", args=[self.translation.pk, segment.pk])
        body = f"value={text}"
        response = desk.put(address, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code in (200, 201), response.content

    def publish(self, desk: Client) -> None:
        """Press "Publiceren" in the editor of the translation."""
        address = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        with committing():
            assert desk.post(address, {"action": "publish"}).status_code == 302

    def row(self, dutch_text: str) -> StringTranslation | None:
        """The translation that belongs to a Dutch text of the page as it is now."""
        segment = self.segment(dutch_text)
        row: StringTranslation | None = StringTranslation.objects.filter(
            translation_of=segment.string_id,
            context=segment.context_id,
            locale=self.translation.target_locale,
        ).first()
        return row

    def live_texts(self) -> set[str]:
        page = self.page
        return all_texts(page) if page.live else set()

    def draft_texts(self) -> set[str]:
        """What the page would say if somebody published it now."""
        rows = StringSegment.objects.filter(source=self.source).get_translations(
            self.translation.target_locale
        )
        return set(rows.filter(has_error=False).values_list("data", flat=True))

    def kept_texts(self) -> set[str]:
        return set(
            BewaardeVertaling.objects.filter(
                object_key=self.dutch.translation_key,
                language_code=self.translation.target_locale.language_code,
            ).values_list("text", flat=True)
        )


def committing() -> Any:
    """wagtail-localize publishes when the transaction ends."""
    return TestCase.captureOnCommitCallbacks(execute=True)


def all_texts(page: Page) -> set[str]:
    return {text for texts in texts_of(extract_segments(page)).values() for text in texts}


def make_pair(home: Page, *blocks: dict[str, Any], language: str = "en", title: str = "Proef") -> Pair:
    """Publish a Dutch page and press "Vertalen"; the translation is a draft."""
    page = ContentPage(title=title, slug=f"proef-{uuid.uuid4().hex[:8]}", intro="Een inleiding.")
    page.body = list(blocks)
    home.add_child(instance=page)
    page.save_revision().publish()
    locale = Locale.objects.get(language_code=language)
    TranslationCreator(None, [locale]).create_translations(page)
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=locale)
    return Pair(page, translation)
