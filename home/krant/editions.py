"""The life of an edition: each step with who took it and why, and what is in the way of the next."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.cache import content_changed
from core.models import User
from home.krant.articles import articles_on_paper
from home.models import Drukwerk, Editie, EditiePage, Editiestap, Formaat, Kopij, WijkkrantPage


def what_stops(editie: Editie, naar: str) -> Iterator[str]:
    """Sentences about what has to be done before an edition can take a step. None: nothing is in the way."""
    if naar != Editie.Staat.UIT:
        return
    if not WijkkrantPage.objects.live().filter(wijk=editie.wijk_id).exists():
        yield _("De pagina van de wijkkrant staat nog niet op de site.")
    if not EditiePage.objects.live().filter(editie=editie).exists():
        yield _("De pagina van deze editie staat nog niet op de site.")
    unpublished = sum(1 for article in articles_on_paper(editie) if not article.live)
    if unpublished:
        yield ngettext(
            "%(count)d artikel is nog niet gepubliceerd.",
            "%(count)d artikelen zijn nog niet gepubliceerd.",
            unpublished,
        ) % {"count": unpublished}
    if not Drukwerk.objects.filter(editie=editie, formaat=Formaat.A4).exists():
        yield _("De krant op papier is nog niet definitief gemaakt.")
    waiting = Kopij.objects.to_do().filter(editie=editie).count()
    if waiting:
        yield ngettext(
            "Op %(count)d inzending is nog niet geantwoord.",
            "Op %(count)d inzendingen is nog niet geantwoord.",
            waiting,
        ) % {"count": waiting}


@transaction.atomic
def take_step(*, editie: Editie, naar: str, by: User | None, reden: str = "") -> Editie:
    """Bring an edition one step further, or back. ValidationError, in sentences, when that cannot be."""
    stored = Editie.objects.select_for_update(no_key=True).select_related("wijk").get(pk=editie.pk)
    if naar not in stored.next_steps:
        raise ValidationError(_("Deze stap kan nu niet. Misschien was een collega u voor."))
    if problems := list(what_stops(stored, naar)):
        raise ValidationError(problems)
    Editiestap.objects.create(editie=stored, van=stored.staat, naar=naar, door=by, reden=reden)
    stored.staat = naar
    stored.save(update_fields=["staat"])
    # What is out, and whether kopij can be sent, is on public pages.
    content_changed()
    return stored
