"""A loting at a glance: how it stands, what may come next, and everything that hangs below it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from participatie.actions import BEFORE_FREEZING
from participatie.desk.menus import ENTER
from participatie.desk.screens import LotingScreen
from participatie.models import Aanmelding, Kenmerk, LotingPage, Staat
from participatie.stops import what_stops

# What somebody does by hand. Drawing and what comes after it have screens of their own.
BY_HAND = (Staat.OPEN, Staat.GESLOTEN, Staat.BEVROREN)
# (name of the address, what it is called, what it is for)
ROOMS = (
    (
        "desk_loting_features",
        gettext_lazy("Vragen en zetels"),
        gettext_lazy("Wat wij vragen, en hoe de zetels verdeeld zijn."),
    ),
    (
        "desk_loting_chances",
        gettext_lazy("Verdeling en kansen"),
        gettext_lazy("Hoeveel zetels per antwoord, en welke kans iedereen dan heeft."),
    ),
    (
        "desk_loting_signups",
        gettext_lazy("Aanmeldingen"),
        gettext_lazy("Wie zich aanmeldde, en wie er meedoet."),
    ),
    (
        "desk_loting_doubles",
        gettext_lazy("Mogelijk dubbel"),
        gettext_lazy("Aanmeldingen die op elkaar lijken."),
    ),
    (
        "desk_loting_quota",
        gettext_lazy("Wie missen wij nog?"),
        gettext_lazy("De aanmeldingen naast de zetels."),
    ),
    (
        "desk_loting_reminders",
        gettext_lazy("Herinneren"),
        gettext_lazy("Wie nog iets moet doen, per mail of telefoon."),
    ),
    (
        "desk_loting_draw",
        gettext_lazy("De loting"),
        gettext_lazy("Van lotnummers tot uitkomst, stap voor stap."),
    ),
    (
        "desk_loting_messages",
        gettext_lazy("Bericht aan iedereen"),
        gettext_lazy("Een mail in ieders eigen taal."),
    ),
    ("desk_loting_letters", gettext_lazy("Brieven"), gettext_lazy("Mensen per brief uitnodigen.")),
    ("desk_loting_seats", gettext_lazy("Zetels"), gettext_lazy("Aanbieden, antwoorden, vullen, stoppen.")),
    ("desk_loting_export", gettext_lazy("Exporteren"), gettext_lazy("Een bestand, met een reden.")),
    (
        "desk_loting_statistics",
        gettext_lazy("Cijfers zonder namen"),
        gettext_lazy("Wat iedereen mag weten, en wat de site wiste."),
    ),
    (
        "desk_loting_processing",
        gettext_lazy("Verwerkingsregister"),
        gettext_lazy("Wat er met de gegevens gebeurt, om over te nemen."),
    ),
    (
        "desk_loting_access",
        gettext_lazy("Inzagelog"),
        gettext_lazy("Wie welke gegevens zag of wijzigde."),
    ),
)


@dataclass(frozen=True)
class Step:
    """A step that may be taken now: its name on the button, what it means, and what is in the way."""

    naar: str
    label: str
    means: str
    problems: list[str]


def _words_of(van: str, naar: str) -> tuple[str, str]:
    if naar == Staat.OPEN:
        if van == Staat.CONCEPT:
            return _("Openen"), _(
                "Bewoners kunnen zich aanmelden. De regels, de vragen en de zetels staan dan vast."
            )
        return _("Weer openen"), _("Aanmelden kan weer, tot de dag die er staat.")
    if naar == Staat.GESLOTEN:
        if van == Staat.BEVROREN:
            return _("Terug naar gesloten"), _("Dan kan er weer iets veranderen aan wie meedoet.")
        return _("Sluiten"), _(
            "Niemand kan zich meer aanmelden. Papier dat op tijd binnen was, telt nog mee."
        )
    return _("Deelnemers vaststellen"), _(
        "Wie meedoet, staat vast. Niemand kan er nog bij, en niemand kan nog iets wijzigen."
    )


class OverviewView(LotingScreen):
    template_name = "desk/loting/overview.html"

    def get_page_title(self) -> str:
        return self.loting.naam

    def get_page_subtitle(self) -> str:
        return str(self.loting.get_staat_display())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("lotingen:index"), "label": _("Lotingen")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.loting.naam}]

    def get_header_buttons(self) -> list[HeaderButton]:
        address = reverse("lotingen:edit", args=[self.loting.pk])
        if not self.request.user.has_perm("participatie.change_loting"):
            return []
        return [HeaderButton(_("Regels en datums"), url=address, icon_name="edit")]

    @cached_property
    def steps(self) -> list[Step]:
        return [
            Step(naar, *_words_of(self.loting.staat, naar), list(what_stops(self.loting, naar)))
            for naar in self.loting.next_steps
            if naar in BY_HAND
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = Aanmelding.objects.standing().filter(loting=self.loting)
        return {
            **super().get_context_data(**kwargs),
            "steps": self.steps,
            "can_extend": self.loting.staat in BEFORE_FREEZING,
            "refused": kwargs.get("refused"),
            "extend_form": kwargs.get("extend_form"),
            "log": self.loting.stappen.select_related("door").order_by("-op", "-pk"),
            "rooms": self._rooms(),
            "sign_ups": standing.count(),
            "undecided": standing.filter(geschiktheid=Aanmelding.Geschiktheid.CONTROLEREN).count(),
            "questions": Kenmerk.objects.source().filter(loting=self.loting).count(),
            "pages": LotingPage.objects.filter(loting=self.loting, live=True).select_related("locale"),
            "may_enter": self.request.user.has_perm(ENTER)
            and self.loting.staat in BEFORE_FREEZING
            and self.loting.opent_op <= timezone.now(),
        }

    def _rooms(self) -> list[tuple[str, Any, Any]]:
        found = []
        for name, label, about in ROOMS:
            try:
                found.append((reverse(name, args=[self.loting.pk]), label, about))
            except NoReverseMatch:
                continue
        return found


SCREENS: dict[str, tuple[str, Any]] = {"loting/<int:pk>/": ("desk_loting", OverviewView)}
