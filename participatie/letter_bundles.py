"""All letters of a round as one file: made by the worker a part at a time, and gone after a day.

A part is stored before the next is begun, so memory holds one of them, and who is cut off goes on from there.
"""

import base64
import io
import zipfile
from datetime import datetime

from django.db import IntegrityError, transaction
from django.tasks import task
from django.utils import timezone

from core.models import User
from core.pdf import PdfNotAvailable
from participatie.letter_actions import to_post
from participatie.mailing import PER_FILE, invitations
from participatie.models import Brievenbundel, Brievendeel, Loting


@transaction.atomic
def ask_for_letters(*, loting: Loting, ronde: int, by: User) -> Brievenbundel | None:
    """Have the letters of a round made. None when it has no letters.

    What is there or on its way stays; what came to a stop goes on from where it was.
    """
    Loting.objects.locked().get(pk=loting.pk)
    bundel = Brievenbundel.objects.filter(loting=loting, ronde=ronde).first()
    if bundel and not bundel.is_stalled:
        return bundel
    if bundel is None:
        total = to_post(loting, ronde=ronde).count()
        if not total:
            return None
        bundel = Brievenbundel.objects.create(loting=loting, ronde=ronde, door=by, totaal=total)
    Brievenbundel.objects.filter(pk=bundel.pk).update(mislukt=False, bijgewerkt_op=timezone.now())
    pk = bundel.pk
    transaction.on_commit(lambda: make_letters.enqueue(pk))
    return bundel


@task()
def make_letters(pk: int) -> None:
    """Every part of a bundle that is not there yet."""
    while bundel := Brievenbundel.objects.filter(pk=pk, klaar_op=None).select_related("loting").first():
        try:
            is_more = _make_part(bundel)
        except PdfNotAvailable:
            Brievenbundel.objects.filter(pk=pk).update(mislukt=True)
            return
        except IntegrityError:
            # Another worker is at it, or it was deleted meanwhile.
            return
        now = timezone.now()
        Brievenbundel.objects.filter(pk=pk).update(bijgewerkt_op=now, klaar_op=None if is_more else now)


def _make_part(bundel: Brievenbundel) -> bool:
    """The next part. False when there is nothing left to make."""
    last = bundel.delen.defer("inhoud").order_by("nummer").last()
    letters = list(
        to_post(bundel.loting, ronde=bundel.ronde).filter(pk__gt=last.tot if last else 0)[:PER_FILE]
    )
    if letters:
        pdf = invitations(bundel.loting, letters)
        with transaction.atomic():
            Brievendeel.objects.create(
                bundel=bundel,
                nummer=last.nummer + 1 if last else 1,
                aantal=len(letters),
                tot=letters[-1].pk,
                inhoud=base64.b64encode(pdf).decode("ascii"),
            )
    return bool(letters)


def as_zip(bundel: Brievenbundel, *, name: str) -> bytes:
    """The parts in one file, in the order of the letters; each is called `name` and its number."""
    file = io.BytesIO()
    # A PDF is compressed already.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for deel in bundel.delen.order_by("nummer").iterator(chunk_size=1):
            archive.writestr(f"{name}-{deel.nummer:03}.pdf", base64.b64decode(deel.inhoud))
    return file.getvalue()


def delete_letters(*, now: datetime) -> int:
    """Delete bundles whose day is over. Returns how many."""
    old = Brievenbundel.objects.filter(gevraagd_op__lte=now - Brievenbundel.KEPT)
    count = old.count()
    old.delete()
    return count
