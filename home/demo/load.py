"""Loads the whole demo into an empty site."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.models import TranslatableSnippet
from core.translation_states.texts import texts_of
from home import moeilijke_woorden
from home.demo import actieplannen, content, kranten, lotingen, registers
from home.demo.actieplannen import Known
from home.demo.content import ContentError
from home.demo.pages import TreeBuilder, build_image
from home.demo.translating import catalogue, translate
from home.models import HomePage
from participatie.models import Antwoordoptie, Kenmerk, Loting
from wijken.models import (
    Aandachtsgebied,
    Aanplakplaats,
    Budget,
    Contactpersoon,
    Gesprek,
    Indicator,
    Mijlpaal,
    Opgave,
    Organisatie,
    Planning,
    Plek,
    Thema,
    Voortgang,
    Werkplanpunt,
    Wijk,
)

SNIPPETS: list[type[TranslatableSnippet]] = [
    Thema,
    Organisatie,
    Contactpersoon,
    Aandachtsgebied,
    Plek,
    Aanplakplaats,
    Werkplanpunt,
    Budget,
    Opgave,
    Mijlpaal,
    Planning,
    Voortgang,
    Indicator,
    Gesprek,
    Kenmerk,
    Antwoordoptie,
]
TRANSLATED_INTO = ("en",)

# Called as progress("Pagina's", 3, 60) after each step.
Progress = Callable[[str, int, int], None]


def is_empty() -> bool:
    """True when nobody has put anything into this site yet."""
    return not Wijk.objects.exists() and not HomePage.objects.exists()


def load(*, today: date, progress: Progress, translated: bool = True) -> HomePage:
    """Build the demo: all of it or nothing. ContentError when a data file is wrong.

    Both indexes, of words and of references, are left for the caller to make: update_index and
    rebuild_references_index.
    """
    with transaction.atomic(), _unindexed():
        home = _load_source(today=today, progress=progress)
        if translated:
            for language_code in TRANSLATED_INTO:
                _translate_all(language_code, progress)
    return home


@contextmanager
def _unindexed() -> Iterator[None]:
    """Most rows are saved several times: indexing each of them every time is a quarter of the work."""
    models = [
        model for model in get_indexed_models() if post_save.disconnect(post_save_signal_handler, model)
    ]
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in models:
            post_save.connect(post_save_signal_handler, model)


def translatable_instances() -> list[Page | TranslatableSnippet]:
    """Every public page and snippet of the demo in the site's own language, parents before children."""
    pages = Page.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE, depth__gte=2)
    snippets = [row for model in SNIPPETS for row in model.objects.source()]
    return [*snippets, *pages.order_by("path").specific()]


def _load_source(*, today: date, progress: Progress) -> HomePage:
    pictures = content.pictures()
    images = {}
    for done, picture in enumerate(pictures, start=1):
        images[picture["key"]] = build_image(picture)
        progress("Afbeeldingen", done, len(pictures))

    data = content.read("registers.json")
    plans = content.read("actieplannen.json")
    known = _build_registers(data, today=today)
    known |= _build_plans(plans, known, today=today)
    registers.build_adressen(content.read("adressen.json"))
    draws = content.read("lotingen.json")["lotingen"]
    known["loting"] = _build_lotingen(draws, known, today=today)
    papers = content.read("krant.json")["kranten"]
    known["editie"] = kranten.build_edities(papers, known["wijk"], today=today)
    progress("Registers", 1, 1)

    tree = content.read("pages.json")
    _place_raadplegingen(tree["children"], data["raadplegingen"])
    for rows in (actieplannen.page_rows(plans), kranten.page_rows(papers, known["editie"])):
        _place_below_wijk(tree["children"], rows)
    builder = TreeBuilder(
        images=images, alts={picture["key"]: picture["alt_nl"] for picture in pictures}, registers=known
    )
    home_row = {"type": "HomePage", "slug": "home", **tree["home"], "children": tree["children"]}
    # Wagtail puts a welcome page and its site into every new database.
    for welcome in Page.objects.filter(depth=2):
        welcome.delete()
    root = Page.objects.get(depth=1)
    home: Any = builder.build(home_row, root)
    site = _point_site_at(home)
    registers.build_settings(data["instellingen"], site)
    for done, _page in enumerate(builder.fill(), start=1):
        progress("Pagina's", done, len(builder.by_path))
    kranten.finish(papers, known["editie"], builder)
    progress("Wijkkrant", 1, 1)
    for row in draws:
        happened = lotingen.draw_loting if "getrokken" in row else lotingen.open_loting
        happened(known["loting"][row["slug"]], row)
    progress("Aanmeldingen", 1, 1)
    for row in content.read("search_synonyms.json"):
        registers.build_synoniemen(row)
    moeilijke_woorden.store(moeilijke_woorden.read_file(content.file("moeilijke_woorden.csv")))
    return home


def _build_registers(data: dict[str, Any], *, today: date) -> dict[str, dict[Any, Any]]:
    """Make every register row; returns them by field name and key, as pages refer to them."""
    try:
        themas = {row["key"]: registers.build_thema(row, order=i) for i, row in enumerate(data["themas"])}
        organisaties = {row["key"]: registers.build_organisatie(row) for row in data["organisaties"]}
        teams = {row["nummer"]: registers.build_team(row, organisaties) for row in data["teams"]}
        wijken = {row["slug"]: registers.build_wijk(row, teams[row["team"]]) for row in data["wijken"]}
        platforms = {
            row["wijk"]: registers.build_platform(row, wijken[row["wijk"]]) for row in data["platforms"]
        }
        raadplegingen = {
            f"{row['platform']}/{row['slug']}": registers.build_raadpleging(
                row, platforms[row["platform"]], today=today
            )
            for row in data["raadplegingen"]
        }
        werkplannen = {
            f"{row['team']}/{row['jaar']}": registers.build_werkplan(row, teams[row["team"]])
            for row in data["werkplannen"]
        }
        stuurgroep = registers.build_stuurgroep(data["stuurgroep"])
        for row in data["voorzittersgesprekken"]:
            registers.build_gesprek(row, platforms[row["wijk"]] if row["wijk"] else None)
        plekken = {row["key"]: registers.build_plek(row, wijken[row["wijk"]]) for row in data["plekken"]}
        for row in data["aanplakplaatsen"]:
            registers.build_aanplakplaats(row, wijken[row["wijk"]])
        for order, row in enumerate(data["aandachtsgebieden"]):
            registers.build_aandachtsgebied(row, wijken[row["wijk"]], themas, order=order)
        contacten = {
            row["key"]: registers.build_contactpersoon(row, organisaties, wijken, themas, order=i)
            for i, row in enumerate(data["contactpersonen"])
        }
    except KeyError as error:
        raise ContentError(f"registers.json: {error} bestaat niet.") from error
    _appoint_wethouders(wijken, contacten)
    return {
        "thema": themas,
        "wijk": wijken,
        "wijkteam": teams,
        "wijkplatform": platforms,
        "wijkraadpleging": raadplegingen,
        "werkplan": werkplannen,
        "stuurgroep": {stuurgroep.naam: stuurgroep},
        "contactpersoon": contacten,
        "organisatie": organisaties,
        "plek": plekken,
    }


def _build_plans(
    data: dict[str, Any], known: dict[str, dict[Any, Any]], *, today: date
) -> dict[str, dict[Any, Any]]:
    rows = Known(
        organisaties=known["organisatie"],
        wijken=known["wijk"],
        plekken=known["plek"],
        contacten=known["contactpersoon"],
    )
    try:
        actieplannen.build_all(data, rows, today=today)
    except KeyError as error:
        raise ContentError(f"actieplannen.json: {error} bestaat niet.") from error
    return rows.by_page_field()


def _build_lotingen(
    data: list[dict[str, Any]], known: dict[str, dict[Any, Any]], *, today: date
) -> dict[str, Loting]:
    try:
        return {
            row["slug"]: lotingen.build_loting(row, known["wijk"], known["plek"], today=today) for row in data
        }
    except KeyError as error:
        raise ContentError(f"lotingen.json: {error} bestaat niet.") from error


def _place_below_wijk(pages: list[dict[str, Any]], rows: dict[str, list[dict[str, Any]]]) -> None:
    """Put pages under the page of their wijk: rows by slug of the wijk."""
    for page in pages:
        if page["type"] == "WijkPage":
            page.setdefault("children", []).extend(rows.get(page["wijk"], []))
        _place_below_wijk(page.get("children", []), rows)


def _place_raadplegingen(pages: list[dict[str, Any]], raadplegingen: list[dict[str, Any]]) -> None:
    """Put each raadpleging's page under its platform's page; its facts and words share one row of data."""
    for page in pages:
        children = page.setdefault("children", [])
        if page["type"] == "WijkplatformPage":
            children += [
                {**row, "type": "WijkraadplegingPage", "wijk": row["platform"], "date": None}
                for row in raadplegingen
                if row["platform"] == page["wijk"]
            ]
        _place_raadplegingen(children, raadplegingen)


def _appoint_wethouders(wijken: dict[str, Wijk], contacten: dict[str, Contactpersoon]) -> None:
    for contact in contacten.values():
        if contact.role == Contactpersoon.Role.WIJKWETHOUDER:
            contact.wijken.update(wijkwethouder=contact)


def _point_site_at(home: HomePage) -> Site:
    address = urlsplit(settings.SITE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.root_page = home
    site.save()
    return site


def _translate_all(language_code: str, progress: Progress) -> None:
    locale, _created = Locale.objects.get_or_create(language_code=language_code)
    texts = catalogue(language_code)
    # What has no words has nothing to translate, such as most promises: those are facts.
    instances = [instance for instance in translatable_instances() if texts_of(instance)]
    total = len(instances)
    for done, instance in enumerate(instances, start=1):
        translate(instance, locale, texts)
        progress(f"Vertaling {language_code}", done, total)
