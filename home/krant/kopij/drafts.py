"""Pictures of a form that is not sent yet: an error elsewhere does not cost anybody an upload."""

import base64
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.photos import Photo
from core.receipts import hash_of
from home.models import Kopijconcept, Kopijconceptfoto
from wijken.models import Wijk

# Long enough to ask somebody in the picture; what is left behind goes.
KEPT = timedelta(hours=24)


def stored(photo: Photo) -> dict[str, Any]:
    """A picture as the fields of a row that holds one."""
    return {
        "inhoud": base64.b64encode(photo.content).decode("ascii"),
        "klein": base64.b64encode(photo.small).decode("ascii"),
        "breedte": photo.width,
        "hoogte": photo.height,
    }


def find_draft(number: str, *, wijk: Wijk) -> Kopijconcept | None:
    """What is kept of the form with this number, while its time is not up."""
    rows = Kopijconcept.objects.filter(wijk=wijk, verloopt_op__gt=timezone.now())
    return rows.filter(formulier_hash=_hash(number)).first()


def kept_photos(draft: Kopijconcept | None) -> dict[int, Kopijconceptfoto]:
    """The pictures of a form by number, each with the small one only."""
    rows = Kopijconceptfoto.objects.filter(concept=draft).defer("inhoud") if draft else ()
    return {row.nummer: row for row in rows}


@transaction.atomic
def keep(number: str, *, wijk: Wijk, photos: Mapping[int, Photo], is_human: bool) -> Kopijconcept:
    """Keep pictures, each in the place of one with that number, and that digits were typed over rightly."""
    until = timezone.now() + KEPT
    draft, _made = Kopijconcept.objects.select_for_update().get_or_create(
        formulier_hash=_hash(number), defaults={"wijk": wijk, "verloopt_op": until}
    )
    draft.verloopt_op, draft.is_mens = until, draft.is_mens or is_human
    draft.save(update_fields=["verloopt_op", "is_mens"])
    for nummer, photo in photos.items():
        Kopijconceptfoto.objects.update_or_create(concept=draft, nummer=nummer, defaults=stored(photo))
    return draft


def take_away(draft: Kopijconcept, nummer: int) -> None:
    Kopijconceptfoto.objects.filter(concept=draft, nummer=nummer).delete()


def _hash(number: str) -> str:
    return hash_of(f"kopij\0{number}")
