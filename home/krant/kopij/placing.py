"""From kopij to a draft article: its text as paragraphs, its pictures as pictures of the site."""

import base64
import re
import uuid

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.models import SiteImage, User
from home.krant.articles import edition_page
from home.krant.pictures import collection
from home.models import ArtikelPage, Editie, EditiePage, Kopij, Kopijfoto, Rubriek

MOST_SLUG = 60


def place(kopij: Kopij, editie: Editie, *, by: User) -> ArtikelPage:
    """The draft at the end of an edition. ValidationError while the edition has no page."""
    page = edition_page(editie)
    if page is None:
        raise ValidationError(
            _("Dit nummer heeft nog geen pagina. Maak die eerst, dan kunt u er artikelen in zetten.")
        )
    article = ArtikelPage(
        title=kopij.titel,
        slug=_free_slug(page, kopij.titel),
        rubriek=kopij.rubriek or Rubriek.BUREN,
        auteur=kopij.ondertekening,
        live=False,
        owner=by,
    )
    page.add_child(instance=article)
    article.body = [
        ("text", _paragraphs(kopij.tekst)),
        *(("image", _block(photo, by)) for photo in kopij.fotos.all()),
    ]
    article.save_revision(user=by, log_action=True)
    return article


def _paragraphs(text: str) -> str:
    """Rich text: a new paragraph after an empty line, a new line where there was one."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text)]
    return "".join(f"<p>{escape(part).replace('\n', '<br/>')}</p>" for part in parts if part)


def _block(photo: Kopijfoto, by: User) -> dict[str, object]:
    return {"image": _picture(photo, by), "alt": photo.beschrijving, "caption": ""}


def _picture(photo: Kopijfoto, by: User) -> SiteImage:
    """A picture among those of the wijkkranten, under a name that says nothing of who sent it."""
    content = ContentFile(base64.b64decode(photo.inhoud), name=f"wijkkrant-{uuid.uuid4().hex[:12]}.jpg")
    image = SiteImage(
        title=photo.beschrijving[:255],
        file=content,
        credit=photo.maker[:120],
        uploaded_by_user=by,
        collection=collection(),
    )
    image._set_image_file_metadata()
    image.save()
    return image


def _free_slug(page: EditiePage, title: str) -> str:
    """From the title; a title in another script than ours has none."""
    start = slugify(title)[:MOST_SLUG].strip("-") or "artikel"
    taken = set(ArtikelPage.objects.child_of(page).values_list("slug", flat=True))
    numbered = (f"{start}-{number}" for number in range(2, len(taken) + 3))
    return start if start not in taken else next(slug for slug in numbered if slug not in taken)
