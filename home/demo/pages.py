"""Builds the page tree of the demo in the site's own language."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from typing import Any

from django.apps import apps
from django.core.files.images import ImageFile
from wagtail.models import Page

from core.models import BasePage, SiteImage
from home.demo.actieplannen import analyse_blocks
from home.demo.content import ContentError
from home.demo.registers import day
from wijken.models import PerspectiefPage

Row = dict[str, Any]

# What a page type has beside what every page has: the key in the data and the field it fills.
PLAIN_FIELDS = {
    "HomePage": ("kop",),
    "ContentPage": ("in_footer",),
    "WijkteamPage": ("voorzitter", "afspraken"),
    "VerhaalPage": ("before_alt", "after_alt"),
    "ActieplanPage": ("start_toelichting",),
    "PerspectiefPage": ("waardeperspectief",),
    "FocusopgavePage": ("doelstelling", "waarom", "eindverantwoordelijk"),
    "ActiePage": ("kosten_uitleg", "bron_opmerking"),
    "ArtikelPage": ("rubriek", "auteur", "in_druk", "op_voorkant"),
}

# Which register row a page is about: the field, and how its data names the row.
ABOUT: dict[str, tuple[str, Callable[[Row], Any]]] = {
    "WijkPage": ("wijk", lambda row: row["wijk"]),
    "WijkplatformPage": ("wijkplatform", lambda row: row["wijk"]),
    "WijkraadplegingPage": ("wijkraadpleging", lambda row: f"{row['wijk']}/{row['slug']}"),
    "WijkteamPage": ("wijkteam", lambda row: row["team"]),
    "WerkplanPage": ("werkplan", lambda row: f"{row['team']}/{row['jaar']}"),
    "StuurgroepPage": ("stuurgroep", lambda row: row["stuurgroep"]),
    "ActieplanPage": ("actieplan", lambda row: row["actieplan"]),
    "PerspectiefPage": ("perspectief", lambda row: row["perspectief"]),
    "FocusopgavePage": ("focusopgave", lambda row: row["focusopgave"]),
    "ActiePage": ("actie", lambda row: row["actie"]),
    "LotingPage": ("loting", lambda row: row["loting"]),
    "MonitorPage": ("wijk", lambda row: row["wijk"]),
    "TerugblikPage": ("terugblik", lambda row: row["terugblik"]),
    "WijkkrantPage": ("wijk", lambda row: row["wijk"]),
    "EditiePage": ("editie", lambda row: row["editie"]),
}


def build_image(row: Row) -> SiteImage:
    """Store one own illustration. Row: key, path, title_nl, alt_nl and focal_* in pixels."""
    with row["path"].open("rb") as handle:
        image = SiteImage(
            title=row["title_nl"],
            description=row["alt_nl"][:255],
            credit="Eigen illustratie",
            file=ImageFile(handle, name=row["path"].name),
            focal_point_x=row.get("focal_x"),
            focal_point_y=row.get("focal_y"),
            focal_point_width=row.get("focal_width"),
            focal_point_height=row.get("focal_height"),
        )
        image.save()
    return image


class TreeBuilder:
    """Makes pages from rows; references to registers, pictures and other pages are looked up by name.

    `registers` maps a page's field to the rows it may point at, for example {"wijk": {"velsen-noord": Wijk}}.
    """

    def __init__(
        self,
        *,
        images: dict[str, SiteImage],
        alts: dict[str, str],
        registers: dict[str, dict[Any, Any]],
    ) -> None:
        self.images = images
        self.alts = alts
        self.registers = registers
        self.by_path: dict[str, BasePage] = {}
        self._rows: list[tuple[BasePage, Row]] = []

    def build(self, row: Row, parent: Any, path: str = "/") -> BasePage:
        """Make one page with everything below it. Bodies wait for `fill`, when every link has a target."""
        model = _page_model(row["type"])
        page = model(
            title=row["title"],
            slug=row["slug"],
            show_in_menus=row.get("in_menu", False),
            review_on=day(row.get("review_on")),
            **self.own_fields(row),
            **self._relations(row),
        )
        parent.add_child(instance=page)
        self.by_path[path] = page
        self._rows.append((page, row))
        for child in row.get("children", []):
            self.build(child, page, f"{path}{child['slug']}/")
        return page

    def own_fields(self, row: Row) -> dict[str, Any]:
        """The words and the picture of a page, without its body, title and address."""
        found = {"intro": row.get("intro", "")}
        found |= {name: row[name] for name in PLAIN_FIELDS.get(row["type"], ()) if name in row}
        if key := row.get("image"):
            found |= {"image": self._image(key), "image_alt": self.alts.get(key, "")[:250]}
        return found

    def blocks(self, rows: list[Row]) -> list[Any]:
        """A body, with ids where the data names pictures and pages. Pages must be built already."""
        return [self._block(row) for row in rows]

    def fill(self) -> Iterator[BasePage]:
        """Give every page its body and many-to-many facts and publish it, one at a time."""
        for page, row in self._rows:
            page.body = self.blocks(row.get("body", []))
            if isinstance(page, PerspectiefPage):
                page.analyse = analyse_blocks(row["analyse"])
            for name, register in (("wijken", "wijk"), ("themas", "thema")):
                if name in row:
                    setattr(page, name, [self.registers[register][key] for key in row[name]])
            page.save_revision().publish()
            if when := day(row.get("date") or row.get("published_on")):
                moment = datetime.combine(when, time(9), tzinfo=UTC)
                Page.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)
            yield page

    def _relations(self, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if row["type"] in ABOUT:
            name, key = ABOUT[row["type"]]
            try:
                found[name] = self.registers[name][key(row)]
            except KeyError as error:
                raise ContentError(f"{row['slug']}: {name} {error} bestaat niet.") from None
        if row.get("date"):
            found["date"] = day(row["date"])
        for name in ("before", "after"):
            if row.get(name):
                found[name] = self._image(row[name])
        return found

    def _image(self, key: str) -> SiteImage:
        try:
            return self.images[key.removeprefix("image:")]
        except KeyError:
            raise ContentError(f"De afbeelding {key!r} bestaat niet.") from None

    def _page(self, reference: str) -> BasePage:
        path = reference.removeprefix("page:")
        try:
            return self.by_path[path]
        except KeyError:
            raise ContentError(f"De pagina {path!r} bestaat niet.") from None

    def _block(self, value: Any) -> Any:
        """References such as "image:schouw" and "page:/contact/" become ids, at any depth."""
        if isinstance(value, dict):
            return {key: self._block(inner) for key, inner in value.items()}
        if isinstance(value, list):
            # As ListBlock writes it: without an id of its own an item cannot be translated.
            return [{"type": "item", "id": str(uuid.uuid4()), "value": self._block(inner)} for inner in value]
        if not isinstance(value, str):
            return value
        if value.startswith("image:"):
            return self._image(value).pk
        if value.startswith("page:"):
            return self._page(value).pk
        if value.startswith("contact:"):
            return self.registers["contactpersoon"][value.removeprefix("contact:")].pk
        return re.sub(
            r'<a href="page:([^"]+)">',
            lambda match: f'<a linktype="page" id="{self._page(match[1]).pk}">',
            value,
        )


def _page_model(name: str) -> type[BasePage]:
    for app in ("home", "wijken", "participatie"):
        try:
            return apps.get_model(app, name)
        except LookupError:
            continue
    raise ContentError(f"Een paginasoort {name!r} is er niet.")
