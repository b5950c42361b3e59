"""What the group that was drawn looks like beside who signed up and what was promised."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnly


class Trekkingscijfers(AppendOnly):
    """The counts of a draw that everybody may see for ever. Made at the draw, before its people leave.

    Nothing is in it that is not published: what could betray somebody was left out before it was stored
    (`participatie.draw.numbers`).
    """

    trekking = models.OneToOneField(
        "participatie.Trekking", verbose_name=_("trekking"), on_delete=models.PROTECT, related_name="cijfers"
    )
    # {"deelnemers": int, "zetels": int, "kenmerken": [{"code": …, "antwoorden": [
    #   {"code": …, "minstens": int | None, "hoogstens": int | None, "pool": int | None,
    #    "panel": int | None, "past": bool}, …]}, …]}; the code of no answer is "".
    gegevens: Any = models.JSONField(_("gegevens"))
    op = models.DateTimeField(_("op"), default=timezone.now)

    class Meta:
        verbose_name = _("cijfers van een trekking")
        verbose_name_plural = _("cijfers van trekkingen")

    def __str__(self) -> str:
        return f"cijfers {self.trekking_id}"
