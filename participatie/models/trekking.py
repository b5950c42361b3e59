"""The draw: who is in it, what was published beforehand, what came out, and the chain that ties it together.

What was published and what came out are rows that stay. Who is in it leaves when its term is over; the
number and the fingerprint of a lot stay, because they were published.
"""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnly
from core.models import source_rows
from core.sealing import SealedField, SealedJSONField
from participatie.models.aanmelding import Kanaal

IS_HASH = RegexValidator(r"^[0-9a-f]{64}$")


class Trekking(models.Model):
    """Drawing the seats of a loting: for real, once, or as a rehearsal on invented people."""

    class Stand(models.TextChoices):
        """How far the lists are: worked out by a worker, which may be cut off and begin again."""

        NIET = "niet", _("nog niet berekend")
        BEZIG = "bezig", _("wordt berekend")
        KLAAR = "klaar", _("berekend")
        MISLUKT = "mislukt", _("niet gelukt")

    loting = models.ForeignKey(
        "participatie.Loting", verbose_name=_("loting"), on_delete=models.PROTECT, related_name="trekkingen"
    )
    is_proef = models.BooleanField(_("oefening met verzonnen mensen"), default=False)
    gemaakt_op = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    bezwaar_tot = models.DateTimeField(_("bezwaar maken kan tot"))
    loten_verstuurd_op = models.DateTimeField(_("loten verstuurd op"), null=True, blank=True)
    # That of the loting, or later when the draw had to be put off.
    trekking_op = models.DateTimeField(_("de loting is op"))
    aantal_lijsten = models.PositiveIntegerField(_("aantal lijsten"), default=1000)
    stand = models.CharField(_("berekening"), max_length=20, choices=Stand, default=Stand.NIET)
    berekend_sinds = models.DateTimeField(_("berekening begonnen op"), null=True, blank=True)
    # {"step": …, "done": n, "total": n}, while it is being worked out.
    voortgang: Any = models.JSONField(_("voortgang"), null=True, blank=True)
    # {"chances": {lot: chance}, "lists": [[lot, …], …], "proven": bool, "seconds": {step: seconds},
    # "seed": hash, "basis": hash}; see `participatie.draw.computing`.
    berekening: Any = models.JSONField(_("uitkomst van de berekening"), null=True, blank=True)
    melding = models.TextField(_("wat er misging"), blank=True)

    class Meta:
        verbose_name = _("trekking")
        verbose_name_plural = _("trekkingen")
        ordering = ["-gemaakt_op", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["loting"],
                condition=Q(is_proef=False),
                name="participatie_one_real_draw",
                violation_error_message=_("Voor deze loting is er al een trekking."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loting}"


class Lot(models.Model):
    """Somebody's lot: a number and a fingerprint that everybody may see, and what is sealed below it.

    The record (salt and answers) goes when its person goes; then nobody can tell any more whose it was.
    """

    trekking = models.ForeignKey(
        Trekking, verbose_name=_("trekking"), on_delete=models.CASCADE, related_name="loten"
    )
    nummer = models.CharField(_("lotnummer"), max_length=12)
    aanmelding = models.ForeignKey(
        "participatie.Aanmelding",
        verbose_name=_("aanmelding"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="loten",
    )
    zout = SealedField(_("zout"), blank=True)
    # {feature code: answer code}, in the order of the questions; "" without an answer.
    kenmerken: Any = SealedJSONField(_("antwoorden"), null=True, blank=True)
    # Equal for those of one address, within one draw; says nothing of which.
    huishouden = models.CharField(_("huishouden"), max_length=64, blank=True, editable=False)
    vingerafdruk = models.CharField(_("vingerafdruk"), max_length=64, validators=[IS_HASH])
    # When its owner was told, by mail or on paper; empty again when what is recorded changes.
    verstuurd_op = models.DateTimeField(_("verstuurd op"), null=True, blank=True)
    is_getrokken = models.BooleanField(_("op de getrokken lijst"), null=True, blank=True)
    # From 1; of those who were not drawn.
    reserveplek = models.PositiveIntegerField(_("plek op de reservelijst"), null=True, blank=True)

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("loten")
        ordering = ["trekking", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["trekking", "nummer"], name="participatie_lot_number_once"),
            models.UniqueConstraint(
                fields=["trekking", "aanmelding"],
                condition=Q(aanmelding__isnull=False),
                name="participatie_one_lot_each",
            ),
            models.CheckConstraint(
                name="participatie_lot_drawn_or_reserve",
                condition=Q(is_getrokken__isnull=True, reserveplek__isnull=True)
                | Q(is_getrokken=True, reserveplek__isnull=True)
                | Q(is_getrokken=False, reserveplek__isnull=False),
                violation_error_message=_("Een lot is getrokken of staat op de reservelijst."),
            ),
        ]

    def __str__(self) -> str:
        return self.nummer


class Bezwaar(models.Model):
    """Somebody says that what is recorded about them is wrong."""

    class Besluit(models.TextChoices):
        OPEN = "open", _("nog niet besloten")
        HERSTELD = "hersteld", _("hersteld")
        AFGEWEZEN = "afgewezen", _("niet aangepast")

    lot = models.ForeignKey(Lot, verbose_name=_("lot"), on_delete=models.CASCADE, related_name="bezwaren")
    ontvangen_op = models.DateTimeField(_("ontvangen op"), default=timezone.now)
    kanaal = models.CharField(_("via"), max_length=20, choices=Kanaal)
    tekst = SealedField(_("bezwaar"))
    besluit = models.CharField(_("besluit"), max_length=20, choices=Besluit, default=Besluit.OPEN)
    uitleg = SealedField(_("uitleg van het besluit"), blank=True)
    besloten_op = models.DateTimeField(_("besloten op"), null=True, blank=True)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("bezwaar")
        verbose_name_plural = _("bezwaren")
        ordering = ["ontvangen_op", "pk"]
        constraints = [
            models.CheckConstraint(
                name="participatie_bezwaar_decided_when",
                condition=Q(besluit="open", besloten_op__isnull=True)
                | (~Q(besluit="open") & Q(besloten_op__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"bezwaar {self.pk}"


class Quotawijziging(AppendOnly):
    """Other numbers of seats for an answer than were promised: what they were, what they are, and why."""

    optie = models.ForeignKey(
        "participatie.Antwoordoptie",
        verbose_name=_("antwoord"),
        on_delete=models.PROTECT,
        related_name="wijzigingen",
        limit_choices_to=source_rows,
    )
    van_minimum = models.PositiveSmallIntegerField(_("minstens was"))
    van_maximum = models.PositiveSmallIntegerField(_("hoogstens was"))
    naar_minimum = models.PositiveSmallIntegerField(_("minstens is"))
    naar_maximum = models.PositiveSmallIntegerField(_("hoogstens is"))
    reden = models.TextField(_("waarom"), max_length=600)
    op = models.DateTimeField(_("op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("door"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("gewijzigde verdeling")
        verbose_name_plural = _("gewijzigde verdelingen")
        ordering = ["op", "pk"]
        constraints = [
            models.CheckConstraint(
                name="participatie_quota_change_in_order",
                condition=Q(naar_maximum__gte=F("naar_minimum")),
                violation_error_message=_("Hoogstens is niet minder dan minstens."),
            ),
            models.CheckConstraint(
                name="participatie_quota_change_has_reason",
                condition=~Q(reden=""),
                violation_error_message=_("Schrijf op waarom."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.optie_id}: {self.naar_minimum}–{self.naar_maximum}"


# --- what stays -----------------------------------------------------------------------------------


class Vastlegging(AppendOnly):
    """The promise before the randomness exists: the hash of the manifest of all files, and when.

    A draw that is put off gets a new one; the old one stays to be seen.
    """

    trekking = models.ForeignKey(
        Trekking, verbose_name=_("trekking"), on_delete=models.PROTECT, related_name="vastleggingen"
    )
    nummer = models.PositiveSmallIntegerField(_("nummer"), default=1)
    manifest_hash = models.CharField(_("hash van het manifest"), max_length=64, validators=[IS_HASH])
    # The round of the beacon that counts, and when it appears: nobody knows its value before.
    ronde = models.PositiveBigIntegerField(_("ronde van drand"))
    ronde_op = models.DateTimeField(_("ronde bekend op"))
    op = models.DateTimeField(_("op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reden = models.TextField(_("waarom opnieuw"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("vastlegging")
        verbose_name_plural = _("vastleggingen")
        ordering = ["trekking", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["trekking", "nummer"], name="participatie_commitment_number_once"
            ),
            models.CheckConstraint(
                name="participatie_promise_before_randomness",
                condition=Q(ronde_op__gt=F("op")),
                violation_error_message=_("De lijsten moeten vaststaan voordat het toeval bekend is."),
            ),
            models.CheckConstraint(
                name="participatie_later_promise_has_reason",
                condition=Q(nummer=1) | ~Q(reden=""),
                violation_error_message=_("Schrijf op waarom."),
            ),
        ]

    def __str__(self) -> str:
        return self.manifest_hash[:12]


class Trekkingsbestand(AppendOnly):
    """A file of the draw, byte for byte as it was published."""

    vastlegging = models.ForeignKey(
        Vastlegging, verbose_name=_("vastlegging"), on_delete=models.PROTECT, related_name="bestanden"
    )
    naam = models.CharField(_("naam"), max_length=60)
    inhoud: Any = models.BinaryField(_("inhoud"))
    sha256 = models.CharField(max_length=64, validators=[IS_HASH])

    class Meta:
        verbose_name = _("bestand van een trekking")
        verbose_name_plural = _("bestanden van trekkingen")
        ordering = ["vastlegging", "naam"]
        constraints = [
            models.UniqueConstraint(fields=["vastlegging", "naam"], name="participatie_draw_file_once")
        ]

    def __str__(self) -> str:
        return self.naam


class Worp(AppendOnly):
    """What the dice showed, written down before the round of the beacon is known."""

    vastlegging = models.OneToOneField(
        Vastlegging, verbose_name=_("vastlegging"), on_delete=models.PROTECT, related_name="worp"
    )
    dobbelstenen = models.CharField(
        _("dobbelstenen"), max_length=4, validators=[RegexValidator(r"^[0-9]{1,4}$")]
    )
    vastgelegd_op = models.DateTimeField(_("vastgelegd op"))
    ronde_op = models.DateTimeField(_("ronde bekend op"))
    op = models.DateTimeField(_("gegooid op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("worp")
        verbose_name_plural = _("worpen")
        constraints = [
            models.CheckConstraint(
                name="participatie_dice_between_promise_and_round",
                condition=Q(op__gt=F("vastgelegd_op")) & Q(op__lt=F("ronde_op")),
                violation_error_message=_(
                    "De dobbelstenen worden gegooid nadat de lijsten vaststaan en voordat de ronde bekend is."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.dobbelstenen


class Uitkomst(AppendOnly):
    """What came out, once and for ever: the signature of the round, and the list it chose with the dice."""

    class Bron(models.TextChoices):
        DRAND = "drand", _("opgehaald bij drand")
        INGETYPT = "ingetypt", _("ingetypt en gecontroleerd")
        OEFENING = "oefening", _("oefening, niet echt")

    trekking = models.OneToOneField(
        Trekking, verbose_name=_("trekking"), on_delete=models.PROTECT, related_name="uitkomst"
    )
    worp = models.OneToOneField(
        Worp, verbose_name=_("worp"), on_delete=models.PROTECT, related_name="uitkomst"
    )
    ronde_op = models.DateTimeField(_("ronde bekend op"))
    op = models.DateTimeField(_("op"), default=timezone.now)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    handtekening = models.CharField(_("handtekening van drand"), max_length=200)
    bron = models.CharField(_("hoe"), max_length=20, choices=Bron)
    # The number of the list; empty when it was drawn without lists.
    lijst = models.PositiveIntegerField(_("lijst"), null=True, blank=True)
    # uitkomst.json, byte for byte as it can be downloaded.
    bestand: Any = models.BinaryField(_("bestand"))

    class Meta:
        verbose_name = _("uitkomst")
        verbose_name_plural = _("uitkomsten")
        constraints = [
            models.CheckConstraint(
                name="participatie_outcome_after_round",
                condition=Q(op__gte=F("ronde_op")),
                violation_error_message=_("Deze ronde is nog niet bekend."),
            )
        ]

    def __str__(self) -> str:
        return f"uitkomst {self.pk}"


class Ketenregel(AppendOnly):
    """A line of the public log of a loting. Each holds the hash of the one before: nothing slips out."""

    loting = models.ForeignKey(
        "participatie.Loting", verbose_name=_("loting"), on_delete=models.PROTECT, related_name="keten"
    )
    nummer = models.PositiveIntegerField(_("regel"))
    soort = models.CharField(_("wat"), max_length=40)
    # Never a name; lots by number only.
    gegevens = models.JSONField(_("gegevens"))
    op = models.DateTimeField(_("op"))
    vorige = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("regel van het logboek")
        verbose_name_plural = _("regels van het logboek")
        ordering = ["loting", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["loting", "nummer"], name="participatie_chain_number_once"),
            models.UniqueConstraint(fields=["loting", "vorige"], name="participatie_chain_does_not_fork"),
        ]

    def __str__(self) -> str:
        return f"{self.nummer}: {self.soort}"
