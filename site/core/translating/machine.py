"""Suggestions of a translating machine: asked in the background, never published or over a person's words."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from core.models import Stand, Vertaalopdracht
from core.models.languages import language_name
from core.translating.glossary import glossary_for
from core.translating.protecting import Damaged, Glossary, Protected, protect, restore
from core.translating.services import Service, ServiceError, service_at

log = logging.getLogger(__name__)

# Waiting times after each failure that may pass, in minutes. After the last one a person has to ask again.
BACK_OFF_MINUTES = (1, 5, 30)


class NotPossible(Exception):
    """A language or page that a machine does not translate; the message is for a translator."""


@dataclass(frozen=True)
class Suggestion:
    """What a machine made of one text: a translation, or why not."""

    text: str = ""
    refused: str = ""


def service() -> Service | None:
    """The service of this site; None while it has none."""
    return service_at(settings.MACHINE_TRANSLATION_URL) if settings.MACHINE_TRANSLATION_URL else None


def codes(found: Service, source: str, target: str) -> tuple[str, str]:
    """What the service calls two languages. NotPossible when it does not translate between them."""
    pair = found.code(source), found.code(target)
    if pair[1] is None:
        if "-x-" in target:
            raise NotPossible(_("Gewone taal schrijft een mens: hier helpt geen vertaalmachine."))
        message = _("%(service)s kent deze taal niet: %(language)s.")
        raise NotPossible(message % {"service": found.name, "language": language_name(target)})
    if pair[0] is None or pair[0].partition("-")[0] == pair[1].partition("-")[0]:
        raise NotPossible(_("Tussen deze talen valt niets te vertalen."))
    return pair[0], pair[1]


def suggestions(
    found: Service, texts: Iterable[str], glossary: Glossary, *, source: str, target: str
) -> Iterable[dict[str, Suggestion]]:
    """Suggestions for texts, a portion at a time as they arrive. ServiceError when the service fails.

    Two texts that look alike once their words are protected are sent apart.
    """
    ready = {text: protect(text, glossary) for text in dict.fromkeys(texts)}
    too_long = {text for text, item in ready.items() if len(item.text) > found.max_characters}
    if too_long:
        refused = Suggestion(refused=_("Dit stuk is te lang voor de vertaaldienst."))
        yield dict.fromkeys(too_long, refused)
    left = [(text, item) for text, item in ready.items() if text not in too_long]
    sent = 0
    for batch in found.batches([item.text for _text, item in left]):
        answers = found.translate(batch, source=source, target=target)
        part = left[sent : sent + len(batch)]
        sent += len(batch)
        yield {text: _checked(item, answer) for (text, item), answer in zip(part, answers, strict=True)}


def _checked(item: Protected, answer: str) -> Suggestion:
    try:
        return Suggestion(text=StringValue.from_translated_html(restore(item, answer)).data)
    except (Damaged, ValueError) as error:
        return Suggestion(refused=str(error))


class MachineTranslator(BaseMachineTranslator):
    """The service as wagtail-localize knows it. The desk asks for suggestions in the background instead."""

    @property
    def display_name(self) -> str:  # type: ignore[override]
        found = service()
        return found.name if found else ""

    def can_translate(self, source_locale: Any, target_locale: Any) -> bool:
        found = service()
        try:
            return found is not None and bool(
                codes(found, source_locale.language_code, target_locale.language_code)
            )
        except NotPossible:
            return False

    def translate(self, source_locale: Any, target_locale: Any, strings: Iterable[Any]) -> dict[Any, Any]:
        """What came through; texts that were refused, or that a failing service left, are not in it."""
        found = service()
        done: dict[Any, Any] = {}
        if found is None:
            return done
        try:
            source, target = codes(found, source_locale.language_code, target_locale.language_code)
            glossary = glossary_for(target_locale.language_code)
            texts = [string.data for string in strings]
            for part in suggestions(found, texts, glossary, source=source, target=target):
                done |= {
                    StringValue(text): StringValue(item.text) for text, item in part.items() if item.text
                }
        except (NotPossible, ServiceError) as error:
            log.warning("machine translation stopped: %s", type(error).__name__)
        return done


# --- in the background ------------------------------------------------------------------------------------


def ask(translation: Translation, *, user: Any = None) -> Vertaalopdracht:
    """Ask for suggestions for what has no translation yet. One request at a time for each translation."""
    with transaction.atomic():
        opdracht, created = Vertaalopdracht.objects.select_for_update().get_or_create(
            translation=translation, defaults={"asked_by": user}
        )
        if created or not opdracht.is_running:
            opdracht.state, opdracht.reason, opdracht.refused = Stand.WACHT, "", []
            opdracht.attempts, opdracht.done, opdracht.total, opdracht.next_try_at = 0, 0, 0, None
            opdracht.asked_by, opdracht.asked_at = user, timezone.now()
            opdracht.save()
            pk = opdracht.pk
            transaction.on_commit(lambda: machine_translate.enqueue(pk))
    return opdracht


@task()
def machine_translate(opdracht_id: int) -> None:
    """Carry out one request; a failure that may pass is tried again later, with longer and longer waits."""
    opdracht = (
        Vertaalopdracht.objects.select_related(
            "translation__source__locale", "translation__target_locale", "asked_by"
        )
        .filter(pk=opdracht_id, state__in=[Stand.WACHT, Stand.BEZIG])
        .first()
    )
    if opdracht is None:
        return
    opdracht.attempts += 1
    opdracht.next_try_at = None
    opdracht.state = Stand.BEZIG
    opdracht.save()
    try:
        _carry_out(opdracht)
    except NotPossible as error:
        _fail(opdracht, str(error))
    except ServiceError as error:
        if error.is_passing and opdracht.attempts <= len(BACK_OFF_MINUTES):
            _later(opdracht, error)
        else:
            _fail(opdracht, str(error))
    except Exception:
        _fail(opdracht, _("Er ging iets mis op deze site. Probeer het later opnieuw."))
        raise
    else:
        opdracht.state, opdracht.reason = Stand.KLAAR, ""
        opdracht.save()


def _carry_out(opdracht: Vertaalopdracht) -> None:
    translation = opdracht.translation
    found = service()
    if found is None:
        raise NotPossible(_("Deze site heeft geen vertaaldienst."))
    if not translation.enabled:
        raise NotPossible(_("Deze pagina volgt het Nederlands niet meer."))
    target_code = translation.target_locale.language_code
    source, target = codes(found, translation.source.locale.language_code, target_code)
    places = untranslated(translation)
    opdracht.done, opdracht.total, opdracht.refused = 0, len(places), []
    for part in suggestions(found, places, glossary_for(target_code), source=source, target=target):
        for text, suggestion in part.items():
            if suggestion.text:
                _store(opdracht, places[text], suggestion.text, found.name)
                opdracht.done += 1
            else:
                shown = Truncator(StringValue(text).render_text()).chars(80)
                opdracht.refused.append({"text": shown, "reason": suggestion.refused})
        # What came is safe, whatever the next portion does.
        opdracht.save()


def untranslated(translation: Translation) -> dict[str, list[tuple[int, int]]]:
    """{Dutch text: its places as (string, context)} of what has no translation, not even a doubtful one."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    segments = (
        StringSegment.objects.filter(source_id=translation.source_id)
        .annotate_translation(translation.target_locale_id, include_errors=True)
        .filter(translation__isnull=True)
        .select_related("string")
        .order_by("order")
    )
    for segment in segments:
        place = (segment.string_id, segment.context_id)
        if place not in places[segment.string.data]:
            places[segment.string.data].append(place)
    return dict(places)


def _store(opdracht: Vertaalopdracht, places: list[tuple[int, int]], text: str, tool: str) -> None:
    for string_id, context_id in places:
        # Somebody may have typed a translation meanwhile: theirs stays.
        StringTranslation.objects.get_or_create(
            translation_of_id=string_id,
            context_id=context_id,
            locale_id=opdracht.translation.target_locale_id,
            defaults={
                "data": text,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
                "tool_name": tool,
                "last_translated_by": opdracht.asked_by,
            },
        )


def _later(opdracht: Vertaalopdracht, error: ServiceError) -> None:
    wait = timedelta(minutes=BACK_OFF_MINUTES[opdracht.attempts - 1])
    if error.after is not None:
        wait = max(wait, timedelta(seconds=error.after))
    opdracht.state, opdracht.reason = Stand.WACHT, str(error)
    opdracht.next_try_at = timezone.now() + wait
    opdracht.save()
    if machine_translate.get_backend().supports_defer:
        machine_translate.using(run_after=opdracht.next_try_at).enqueue(opdracht.pk)
    else:
        _fail(opdracht, str(error))


def _fail(opdracht: Vertaalopdracht, reason: str) -> None:
    opdracht.state, opdracht.reason, opdracht.next_try_at = Stand.MISLUKT, reason, None
    opdracht.save()
