"""Pictures that come with a message: kept under a name that says nothing, gone when nobody uses them."""

import uuid
from pathlib import PurePath

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile
from wagtail.models import ReferenceIndex

from core.models import SiteImage, User
from wijken.models import Voortgang


def store_photo(file: UploadedFile, *, message: Voortgang, user: User) -> SiteImage:
    """Keep a picture of the organisation that writes. Its file name is dropped: it may name somebody."""
    file.name = f"bericht-{uuid.uuid4().hex[:12]}{PurePath(file.name or '').suffix.lower()}"
    image = SiteImage(
        title=str(message.actie)[:255],
        file=file,
        credit=str(message.organisatie)[:120],
        uploaded_by_user=user,
    )
    image._set_image_file_metadata()
    image.save()
    return image


def drop_photo(image: SiteImage, *, message: Voortgang) -> None:
    """Remove a picture that this message showed, unless something else shows it too."""
    if Voortgang.objects.filter(foto=image).exists():
        return
    used = ReferenceIndex.get_references_to(image).exclude(
        base_content_type=ContentType.objects.get_for_model(Voortgang), object_id=str(message.pk)
    )
    if not used.exists():
        image.delete()
