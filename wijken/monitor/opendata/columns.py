"""What is in each file, said once: its description, its header row and its schema come from here."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijken.models import Actie, Actieplan, Indicator
from wijken.monitor.standing import Certainty, State


class Kind(TextChoices):
    """What a value looks like; the label is for people, JSON has the type that comes nearest."""

    TEXT = "tekst", _("tekst")
    CODE = "code", _("code")
    PERIOD = "periode", _("periode: een code zoals 2025-Q2, 2025-H1, 2025, 2025/2026, ntb of na")
    LIST = "lijst", _("lijst van teksten; in CSV gescheiden door “ | ”")
    NUMBER = "getal", _("heel getal")
    DECIMAL = "decimaal", _("getal met een punt voor de decimalen")
    DAY = "datum", _("datum: jaar-maand-dag")
    FLAG = "waar", _("true of false")
    ADDRESS = "webadres", _("webadres")


@dataclass(frozen=True)
class Column:
    """One column. The name never changes and is the same in every language; what it says follows the reader.

    `may_be_empty`: there is not always a value. A text without it can still be empty.
    """

    name: str
    kind: Kind
    text: str | Promise
    unit: str | Promise = ""
    source: str | Promise = ""
    choices: type[TextChoices] | None = None
    may_be_empty: bool = False

    @property
    def codes(self) -> list[tuple[str, str | Promise]]:
        """The values it can have with what they mean; empty when anything is possible."""
        return [(str(value), label) for value, label in self.choices.choices if value] if self.choices else []


@dataclass(frozen=True)
class Table:
    """One file: its name in the address, what it is about, and its columns in order."""

    name: str
    title: str | Promise
    text: str | Promise
    columns: tuple[Column, ...]

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


class Area(TextChoices):
    WIJK = "wijk", _("deze wijk")
    GEMEENTE = "gemeente", _("de hele gemeente")


EUROS = _("hele euro's")
DAYS = _("dagen")
MONTHS = _("hele maanden")
PLAN = _("het plan")
CALCULATED = _("berekend door de site")
REPORTS = _("berichten die op de site staan")


def _code(name: str, choices: type[TextChoices], text: Any, words: Any, **more: Any) -> tuple[Column, Column]:
    """A code for machines, and beside it the same in words."""
    return (
        Column(name, Kind.CODE, text, choices=choices, **more),
        Column(f"{name}_tekst", Kind.TEXT, words, source=more.get("source", "")),
    )


# The same in every file, so that they can be put together again.
ABOUT_ACTIE = (
    Column("actie_id", Kind.NUMBER, _("nummer van de actie in deze site; blijft altijd hetzelfde")),
    Column("plan", Kind.CODE, _("code van het plan, uniek binnen de wijk")),
    Column("nummer", Kind.NUMBER, _("nummer van de actie in het plan"), source=PLAN),
    Column("actie", Kind.TEXT, _("korte naam van de actie, altijd in het Nederlands"), source=PLAN),
)

ACTIES = Table(
    "acties",
    _("Acties"),
    _("Elke actie en elk project van de wijk: wie het doet, waar, wat het kost en hoe het ervoor staat."),
    (
        *ABOUT_ACTIE,
        Column("titel", Kind.TEXT, _("titel van de pagina over de actie; leeg als er nog geen pagina is")),
        Column("plan_naam", Kind.TEXT, _("naam van het plan, altijd in het Nederlands"), source=PLAN),
        *_code(
            "plan_soort",
            Actieplan.Soort,
            _("plan van de gemeente en partners, of programma van bewoners"),
            _("soort plan in woorden"),
        ),
        Column(
            "focusopgave_nummer", Kind.NUMBER, _("nummer van de focusopgave"), source=PLAN, may_be_empty=True
        ),
        Column("focusopgave", Kind.TEXT, _("naam van de focusopgave; leeg als die er niet is"), source=PLAN),
        Column("opgaven", Kind.LIST, _("opgaven waaraan de actie werkt"), source=PLAN),
        Column("trekkers", Kind.LIST, _("organisaties die zorgen dat het gebeurt"), source=PLAN),
        Column("betrokken", Kind.LIST, _("organisaties die ook meedoen"), source=PLAN),
        Column("plekken", Kind.LIST, _("plekken in de wijk waar het gebeurt"), source=PLAN),
        Column(
            "samen_met",
            Kind.LIST,
            _("acties die hetzelfde werk zijn, als plan/nummer; elke euro staat maar bij één van de twee"),
            source=PLAN,
        ),
        *_code(
            "stand",
            State,
            _("hoe de actie er op de peildatum voor staat"),
            _("de stand in woorden"),
            source=CALCULATED,
        ),
        Column(
            "dagen_te_laat",
            Kind.NUMBER,
            _("dagen sinds het einde van de belofte die het langst gebroken is; 0 als niets te laat is"),
            DAYS,
            CALCULATED,
        ),
        Column(
            "reden_ontbreekt",
            Kind.FLAG,
            _("de actie is te laat en sinds de laatste belofte is geen reden gegeven"),
            source=CALCULATED,
        ),
        Column("stappen", Kind.NUMBER, _("aantal stappen met een belofte"), source=PLAN),
        Column("stappen_gehaald", Kind.NUMBER, _("hoeveel daarvan zijn gehaald"), source=REPORTS),
        Column(
            "laatste_bericht_op",
            Kind.DAY,
            _("datum van het laatste bericht; leeg als er nog nooit een bericht was"),
            source=REPORTS,
            may_be_empty=True,
        ),
        Column(
            "maanden_zonder_bericht",
            Kind.NUMBER,
            _("maanden sinds het laatste bericht, anders sinds de eerste belofte; 0 bij klaar of gestopt"),
            MONTHS,
            CALCULATED,
        ),
        Column(
            "kosten_euro",
            Kind.NUMBER,
            _("wat de actie kost; leeg als er geen bedrag is"),
            EUROS,
            PLAN,
            may_be_empty=True,
        ),
        *_code(
            "kosten_reden",
            Actie.KostenReden,
            _("waarom er geen bedrag is; leeg als dat er wel is"),
            _("die reden in woorden"),
            source=PLAN,
            may_be_empty=True,
        ),
        Column("is_reservering", Kind.FLAG, _("geld achter de hand, geen werk"), source=PLAN),
        Column("webadres", Kind.ADDRESS, _("de pagina over de actie; leeg als die er nog niet is")),
    ),
)

PLANNING = Table(
    "planning",
    _("Planning"),
    _("Elke belofte die ooit is gedaan, ook als zij later is veranderd. Een belofte verdwijnt nooit."),
    (
        *ABOUT_ACTIE,
        Column("stap_id", Kind.NUMBER, _("nummer van de stap in deze site; blijft altijd hetzelfde")),
        Column("stap", Kind.TEXT, _("naam van de stap"), source=PLAN),
        Column("volgnummer", Kind.NUMBER, _("de hoeveelste belofte over deze stap het is; 1 is de eerste")),
        Column("is_eerste", Kind.FLAG, _("dit is wat als eerste is beloofd")),
        Column("is_huidige", Kind.FLAG, _("dit is wat nu is beloofd")),
        Column("periode", Kind.PERIOD, _("wanneer de stap klaar is"), source=PLAN),
        Column("periode_tekst", Kind.TEXT, _("de periode in woorden")),
        Column("begint_op", Kind.DAY, _("eerste dag van de periode"), source=CALCULATED, may_be_empty=True),
        Column(
            "eindigt_op",
            Kind.DAY,
            _("laatste dag van de periode; de dag erna is te laat"),
            source=CALCULATED,
            may_be_empty=True,
        ),
        *_code(
            "zekerheid", Certainty, _("hoe zeker de belofte is"), _("de zekerheid in woorden"), source=PLAN
        ),
        Column("na_stap_id", Kind.NUMBER, _("kan pas na deze stap"), may_be_empty=True),
        Column("na_stap", Kind.TEXT, _("naam van die stap")),
        Column("voorwaarde", Kind.TEXT, _("wat eerst moet gebeuren"), source=PLAN),
        Column("reden", Kind.TEXT, _("waarom de planning veranderde; bij de eerste belofte vaak leeg")),
        Column("vastgelegd_op", Kind.DAY, _("vanaf deze dag geldt deze belofte")),
        Column(
            "gehaald_op",
            Kind.DAY,
            _("dag waarop de stap is gehaald; leeg als dat nog niet is gemeld"),
            source=REPORTS,
            may_be_empty=True,
        ),
    ),
)

GELD = Table(
    "geld",
    _("Geld"),
    _("Wat elke actie kost en wie dat betaalt. Kolommen met euro's kunt u optellen: niets staat er dubbel."),
    (
        *ABOUT_ACTIE,
        Column(
            "focusopgave_nummer", Kind.NUMBER, _("nummer van de focusopgave"), source=PLAN, may_be_empty=True
        ),
        Column(
            "kosten_euro",
            Kind.NUMBER,
            _("wat de actie kost; staat alleen op de eerste regel van de actie"),
            EUROS,
            PLAN,
            may_be_empty=True,
        ),
        *_code(
            "kosten_reden",
            Actie.KostenReden,
            _("waarom er geen bedrag is; leeg als dat er wel is"),
            _("die reden in woorden"),
            source=PLAN,
            may_be_empty=True,
        ),
        Column("is_reservering", Kind.FLAG, _("geld achter de hand, geen werk"), source=PLAN),
        Column("budget_id", Kind.NUMBER, _("nummer van het budget in deze site"), may_be_empty=True),
        Column("budget", Kind.TEXT, _("naam van het budget; leeg als geen budget is genoemd")),
        Column("budget_jaren", Kind.TEXT, _("voor welke jaren het budget is")),
        Column("budget_bron", Kind.TEXT, _("waar het bedrag van het budget staat")),
        Column(
            "budget_euro",
            Kind.NUMBER,
            _("hoeveel er in het hele budget zit; staat alleen op de eerste regel van dat budget"),
            EUROS,
            may_be_empty=True,
        ),
        Column(
            "bedrag_euro",
            Kind.NUMBER,
            _("wat uit dit budget naar deze actie gaat"),
            EUROS,
            PLAN,
            may_be_empty=True,
        ),
    ),
)

INDICATOREN = Table(
    "indicatoren",
    _("Cijfers uit onderzoek"),
    _("Metingen van deze wijk, en van de hele gemeente om mee te vergelijken."),
    (
        Column("indicator", Kind.CODE, _("code van de indicator")),
        Column("naam", Kind.TEXT, _("wat er is gemeten")),
        *_code("eenheid", Indicator.Eenheid, _("waarin de waarde is uitgedrukt"), _("de eenheid in woorden")),
        *_code(
            "richting",
            Indicator.Richting,
            _("wat een hogere waarde betekent; leeg als dat niet te zeggen is"),
            _("dat in woorden"),
            may_be_empty=True,
        ),
        *_code("gebied", Area, _("waarover de meting gaat"), _("dat gebied in woorden")),
        Column("datum", Kind.DAY, _("dag van de meting")),
        Column("waarde", Kind.DECIMAL, _("de gemeten waarde"), _("zie de kolom eenheid")),
        Column("is_ongeveer", Kind.FLAG, _("de bron noemt ongeveer deze waarde")),
        Column("bron", Kind.TEXT, _("wie het heeft gemeten")),
        Column("bron_webadres", Kind.ADDRESS, _("waar de bron staat; leeg als dat niet bekend is")),
    ),
)

TABLES = {table.name: table for table in (ACTIES, PLANNING, GELD, INDICATOREN)}
