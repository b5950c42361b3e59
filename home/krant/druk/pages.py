"""An edition of the site as it goes to paper: its articles in one language, with the facts around them."""

from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _
from wagtail.models import Locale, Site
from wagtail.rich_text import expand_db_html

from core.models import SiteImage, SiteInstellingen
from core.page_index import own_address
from home.krant.articles import articles_on_paper, edition_page
from home.krant.druk.parts import (
    Block,
    Callout,
    Figure,
    Figures,
    Heading,
    Image,
    Krant,
    Link,
    Links,
    Picture,
    Question,
    Questions,
    Quote,
    Step,
    Steps,
    Stuk,
    Table,
    Text,
)
from home.models import ArtikelPage, Editie, EditiePage


def krant_of(editie: Editie, language: str = settings.LANGUAGE_CODE) -> Krant:
    """The edition to print: in the site's own language as it was last written, in another as it is published.

    An article that is not translated stands in it in the site's own language. Raises EditiePage.DoesNotExist
    while the edition has no page.
    """
    page = edition_page(editie)
    if page is None:
        raise EditiePage.DoesNotExist
    site = Site.objects.get(is_default_site=True)
    about = SiteInstellingen.for_site(site)
    with translation.override(language):
        shown = _in_language(page, language)
        articles = [_in_language(article, language) for article in articles_on_paper(editie)]
        above = shown.get_parent()
        return Krant(
            title=above.title if above else shown.title,
            edition=editie.naam,
            language=language,
            stukken=tuple(stuk_of(article) for article in articles),
            gemeente=about.gemeente_naam,
            phone=about.telefoon,
            address=_whole(own_address(page)),
            intro=shown.intro,
            announced=tuple(_key(article) for article in articles if article.op_voorkant),
            picture=_picture(shown.image, shown.image_alt),
            colofon=tuple(_colofon(editie)),
            vullingen=tuple(editie.vullingen),
            pages=editie.paginas,
            is_example=editie.is_voorbeeld,
        )


def stuk_of(article: ArtikelPage) -> Stuk:
    """One article to print, in the language it is written in."""
    return Stuk(
        key=_key(article),
        title=article.title,
        rubriek=str(article.get_rubriek_display()),
        intro=article.intro,
        byline=article.auteur,
        language=article.locale.language_code,
        blocks=tuple(block for child in article.body if (block := _block(child.block_type, child.value))),
        picture=_picture(article.lead_image, article.image_alt),
        address=_whole(own_address(article)),
    )


def _key(article: ArtikelPage) -> str:
    """The same in every language."""
    return str(article.translation_key)


def _in_language[T: (ArtikelPage, EditiePage)](page: T, language: str) -> T:
    """The published translation of a page; the page itself where there is none."""
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None or page.locale_id == locale.pk:
        return page
    translated: T | None = page.get_translation_or_none(locale)
    return translated if translated and translated.live else page


def _whole(address: str) -> str:
    return urljoin(settings.SITE_URL, address) if address else ""


def _picture(image: SiteImage | None, alt: str, caption: str = "") -> Picture | None:
    if image is None:
        return None

    def read() -> bytes:
        with image.file.open("rb") as file:
            return bytes(file.read())

    focus = 0.5, 0.5
    if image.focal_point_x is not None and image.focal_point_y is not None:
        focus = image.focal_point_x / image.width, image.focal_point_y / image.height
    return Picture(read, image.width, image.height, alt, caption, image.credit, focus)


def _html(value: Any) -> str:
    """Rich text as HTML with whole addresses; a link to a page that is gone is no link any more."""
    soup = BeautifulSoup(expand_db_html(value.source), "html.parser")
    for link in soup.find_all("a"):
        if link.get("href"):
            link["href"] = _whole(str(link["href"]))
        else:
            link.unwrap()
    return str(soup)


def _block(kind: str, value: Any) -> Block | None:
    """A block of the page as one of a printed article; None when there is nothing to print."""
    match kind:
        case "heading":
            return Heading(value)
        case "text":
            return Text(_html(value))
        case "image":
            picture = _picture(value["image"], value["alt"], value["caption"])
            return Image(picture) if picture else None
        case "quote":
            return Quote(value["text"], value["attribution"])
        case "callout":
            return Callout(value["kind"], value["title"], _html(value["text"]))
        case _:
            return _list(kind, value)


def _list(kind: str, value: Any) -> Block | None:
    match kind:
        case "steps":
            steps = [Step(step["title"], _html(step["text"])) for step in value["steps"]]
            return Steps(tuple(steps), value["title"])
        case "questions":
            items = [Question(item["question"], _html(item["answer"])) for item in value["items"]]
            return Questions(tuple(items))
        case "links":
            links = [Link(link["title"], _whole(link.href), link["text"]) for link in value["links"]]
            return Links(tuple(links), value["title"])
        case "table":
            rows = tuple(tuple(row) for row in value["rows"])
            return Table(value["caption"], tuple(value["header"]), rows, value["row_header"])
        case "figures":
            figures = [
                Figure(one["value"], one["label"], one["source"], one["date"]) for one in value["figures"]
            ]
            return Figures(tuple(figures), value["title"])
        case _:
            return None


def _colofon(editie: Editie) -> list[str]:
    """Who made it, how many there are, and when it is delivered."""
    lines = [_("Gemaakt door bewoners van %(wijk)s.") % {"wijk": editie.wijk.naam}]
    days = {
        "van": formats.date_format(editie.bezorgd_van, "j E Y"),
        "tot": formats.date_format(editie.bezorgd_tot, "j E Y"),
    }
    lines.append(_("Bezorgd van %(van)s tot en met %(tot)s.") % days)
    if editie.oplage:
        lines.append(
            _("Oplage: %(aantal)s, huis aan huis.")
            % {"aantal": formats.number_format(editie.oplage, force_grouping=True)}
        )
    lines.append(_("Hebt u een verhaal voor het volgende nummer? Kijk op de site, of bel ons."))
    return lines
