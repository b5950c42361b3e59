from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.readability import HardWord


class MoeilijkWoord(models.Model):
    """A word that many people find hard, and what to write instead. Editors see it while they write."""

    word = models.CharField(
        _("moeilijk woord"),
        max_length=80,
        help_text=_("In het enkelvoud. Een paar woorden achter elkaar mag ook."),
    )
    alternative = models.CharField(
        _("liever"), max_length=160, help_text=_("Wat u in plaats daarvan schrijft.")
    )
    note = models.CharField(_("opmerking"), max_length=250, blank=True)

    panels = [FieldPanel("word"), FieldPanel("alternative"), FieldPanel("note")]

    class Meta:
        verbose_name = _("moeilijk woord")
        verbose_name_plural = _("moeilijke woorden")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                Lower("word"),
                name="home_moeilijk_woord_unique",
                violation_error_message=_("Dit woord staat er al."),
            )
        ]

    def __str__(self) -> str:
        return self.word

    def as_hard_word(self) -> HardWord:
        return HardWord(self.word, self.alternative, self.note)
