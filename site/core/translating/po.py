"""Translations out to a PO file and back: first what would change, then only what was agreed to."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import polib
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from core.translating.keeping import is_manual, is_suggestion
from core.translating.protecting import Damaged, check

MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_TOTAL_BYTES = 20 * 1024 * 1024
MAX_FILES = 1_000
TOOL = "PO-bestand"
# Programs that edit PO files keep headers that they do not know.
ID_HEADER = "X-WagtailLocalize-TranslationID"
DATE_HEADER = "X-Exported-At"


class Refused(Exception):
    """A file that is not taken; the message is for whoever sent it."""


# --- out --------------------------------------------------------------------------------------------------


def export(translation: Translation) -> str:
    """The PO file of one page. What a person has not approved is marked as fuzzy."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": translation.source.object_repr,
        "POT-Creation-Date": timezone.now().strftime("%Y-%m-%d %H:%M%z"),
        "Language": translation.target_locale.language_code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        ID_HEADER: str(translation.uuid),
        DATE_HEADER: timezone.now().isoformat(),
    }
    for place in _places(translation).values():
        row = place.row
        is_open = row is not None and (row.has_error or not is_manual(row))
        file.append(
            polib.POEntry(
                msgctxt=place.path,
                msgid=place.source,
                msgstr=row.data if row else "",
                flags=["fuzzy"] if is_open else [],
            )
        )
    return str(file)


def export_zip(translations: Iterable[Translation]) -> bytes:
    """A zip with the PO file of every page, named after it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for translation in translations:
            archive.writestr(file_name(translation), export(translation))
    return content.getvalue()


def file_name(translation: Translation) -> str:
    """A name that says which page and language, and differs for every translation."""
    title = slugify(translation.source.object_repr)[:60] or "pagina"
    return f"{title}-{translation.target_locale.language_code}-{translation.pk}.po"


# --- back -------------------------------------------------------------------------------------------------


def read(content: bytes) -> list[str]:
    """The texts of the PO files in an upload: one file, or a zip of them. Refused when it is not that."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return [_decoded(content, _("Het bestand"))]
    texts = []
    total = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MAX_FILES:
            raise Refused(_("Er zitten te veel bestanden in de zip: hoogstens %(max)d.") % {"max": MAX_FILES})
        for entry in entries:
            if not entry.filename.lower().endswith(".po"):
                raise Refused(_("In de zip zit %(name)s; er mogen alleen PO-bestanden in.") % _named(entry))
            # What the zip says about sizes may be a lie; what comes out is counted.
            try:
                with archive.open(entry) as file:
                    part = file.read(MAX_FILE_BYTES + 1)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
                raise Refused(_("%(name)s is niet uit te pakken.") % _named(entry)) from error
            total += len(part)
            if total > MAX_TOTAL_BYTES:
                raise Refused(_("De zip is uitgepakt te groot."))
            texts.append(_decoded(part, entry.filename[:80]))
    if not texts:
        raise Refused(_("De zip is leeg."))
    return texts


def _named(entry: zipfile.ZipInfo) -> dict[str, str]:
    return {"name": entry.filename[:80]}


def _decoded(content: bytes, name: str) -> str:
    if len(content) > MAX_FILE_BYTES:
        raise Refused(_("%(name)s is te groot: hoogstens 2 MB.") % {"name": name})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("%(name)s is niet in UTF-8. Sla het opnieuw op als UTF-8.") % {"name": name}
        ) from error


def parse(text: str) -> polib.POFile:
    """A PO file from its text. Refused when it is none."""
    # Given a line that is the path of a file, polib would open that file.
    if "\n" not in text or "msgid" not in text or "\0" in text:
        raise Refused(_("Dit is geen PO-bestand."))
    try:
        file: polib.POFile = polib.pofile(text)
    except (OSError, ValueError, IndexError, UnicodeError) as error:
        # What polib says is English, and about quotes and escapes; where it is helps anybody.
        line = re.search(r"\(line (\d+)\)", str(error))
        if line is None:
            raise Refused(_("Dit PO-bestand is niet te lezen. Haal het opnieuw op.")) from error
        raise Refused(
            _("Regel %(line)s van dit PO-bestand is niet te lezen. Staan de aanhalingstekens goed?")
            % {"line": line[1]}
        ) from error
    charset = file.metadata.get("Content-Type", "charset=UTF-8").rpartition("charset=")[2]
    if charset.strip().lower() not in ("utf-8", "utf8"):
        raise Refused(
            _("Het bestand zegt dat het in %(charset)s is; alleen UTF-8 kan.") % {"charset": charset}
        )
    return file


def translation_of(file: polib.POFile) -> Translation:
    """The translation that a file was made for. Refused when it is of another site or language."""
    try:
        uuid = UUID(file.metadata.get(ID_HEADER, ""))
    except ValueError as error:
        raise Refused(
            _("Dit bestand komt niet van deze site: het nummer van de vertaling ontbreekt.")
        ) from error
    found: Translation | None = (
        Translation.objects.select_related("source__locale", "target_locale").filter(uuid=uuid).first()
    )
    if found is None:
        raise Refused(_("De vertaling waar dit bestand bij hoort, is er niet (meer)."))
    language = file.metadata.get("Language", "")
    wanted = found.target_locale.language_code
    if language.replace("_", "-").lower() != wanted.lower():
        raise Refused(
            _("Het bestand zegt dat de taal “%(language)s” is; het hoort “%(wanted)s” te zijn.")
            % {"language": language, "wanted": wanted}
        )
    return found


@dataclass(frozen=True)
class Change:
    """One translation that a file brings. A conflict would replace newer words of a person."""

    number: int
    place: "Place"
    text: str
    is_conflict: bool

    @property
    def key(self) -> str:
        """Names this change for a form; another text in the meantime makes it another change."""
        before = hashlib.sha256(self.place.text.encode()).hexdigest()[:16]
        return f"{self.place.string_id}-{self.place.context_id}-{before}"


@dataclass(frozen=True)
class Problem:
    """An entry of a file that cannot be used, by its number in the file."""

    number: int
    text: str
    reason: str


@dataclass
class Plan:
    """What importing a file would do."""

    translation: Translation
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    same: int = 0
    not_ready: int = 0

    @property
    def conflicts(self) -> list[Change]:
        return [change for change in self.changes if change.is_conflict]


@dataclass(frozen=True)
class Place:
    """A Dutch text on a page, with the translation it has now."""

    string_id: int
    context_id: int
    path: str
    source: str
    row: StringTranslation | None

    @property
    def text(self) -> str:
        return self.row.data if self.row else ""


def plan(file: polib.POFile, translation: Translation) -> Plan:
    """What a file would change; nothing is stored."""
    found = Plan(translation)
    places = _places(translation)
    exported_at = _exported_at(file)
    seen: dict[tuple[str, str], str] = {}
    for number, entry in enumerate(file, start=1):
        if entry.obsolete or not entry.msgstr.strip():
            continue
        if entry.fuzzy:
            found.not_ready += 1
            continue
        key = (entry.msgid, entry.msgctxt or "")
        if key in seen:
            if seen[key] != entry.msgstr:
                found.problems.append(_problem(number, entry, _("staat er twee keer in, met verschil")))
            continue
        seen[key] = entry.msgstr
        place = places.get(key)
        if place is None:
            found.problems.append(_problem(number, entry, _("staat niet (meer) op deze pagina")))
        elif place.row and place.text == entry.msgstr and is_manual(place.row) and not place.row.has_error:
            found.same += 1
        elif reason := _damage(place.source, entry.msgstr):
            found.problems.append(_problem(number, entry, reason))
        else:
            found.changes.append(Change(number, place, entry.msgstr, _is_newer(place.row, exported_at)))
    return found


def apply(found: Plan, *, user: Any, chosen: Sequence[str] = ()) -> int:
    """Store the changes of a plan, of the conflicts only those chosen by key. Returns how many.

    What somebody changed since the plan was made is left alone.
    """
    count = 0
    with transaction.atomic():
        for change in found.changes:
            if change.is_conflict and change.key not in chosen:
                continue
            place = change.place
            where = {
                "translation_of_id": place.string_id,
                "context_id": place.context_id,
                "locale_id": found.translation.target_locale_id,
            }
            row = StringTranslation.objects.select_for_update().filter(**where).first()
            if (row.data if row else "") != place.text:
                continue
            row = row or StringTranslation(**where)
            row.data = change.text
            row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
            row.tool_name, row.last_translated_by = TOOL, user
            row.has_error, row.field_error = False, ""
            row.save()
            count += 1
    return count


def _places(translation: Translation) -> dict[tuple[str, str], Place]:
    """{(Dutch text, path): place} of a page as the translators have it, in the order of the page."""
    rows = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            context__object_id=translation.source.object_id, locale_id=translation.target_locale_id
        )
    }
    segments = StringSegment.objects.filter(source_id=translation.source_id).select_related(
        "string", "context"
    )
    places: dict[tuple[str, str], Place] = {}
    for segment in segments.order_by("order"):
        row = rows.get((segment.string_id, segment.context_id))
        place = Place(segment.string_id, segment.context_id, segment.context.path, segment.string.data, row)
        places.setdefault((place.source, place.path), place)
    return places


def _exported_at(file: polib.POFile) -> datetime | None:
    try:
        found = parse_datetime(file.metadata.get(DATE_HEADER, ""))
    except ValueError:
        return None
    # A file "from the future" would make every change look older than it.
    return found if found and found.tzinfo and found <= timezone.now() else None


def _is_newer(row: StringTranslation | None, exported_at: datetime | None) -> bool:
    if row is None or not is_manual(row) or is_suggestion(row):
        return False
    return exported_at is None or bool(row.updated_at > exported_at)


def _damage(source: str, text: str) -> str:
    """Why a translation cannot be used; empty when it can."""
    try:
        StringValue.from_translated_html(text)
        validate_translation_links(source, text)
        check(source, text)
    except (Damaged, ValueError) as error:
        return str(error)
    return ""


def _problem(number: int, entry: polib.POEntry, reason: str) -> Problem:
    return Problem(number, entry.msgid[:120], reason)


def plans(texts: Iterable[str]) -> Iterator[Plan]:
    """The plans of several files. Refused at the first that is not for this site."""
    for text in texts:
        file = parse(text)
        yield plan(file, translation_of(file))
