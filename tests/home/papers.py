"""Editions and articles of a wijkkrant, for tests of what readers see."""

from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings

from home.krant.articles import edition_page
from home.models import ArtikelPage, Drukwerk, Editie, EditiePage, Formaat, Rubriek, WijkkrantPage
from wijken.models import Wijk, WijkPage

PDF = b"%PDF-1.7\nEen krant.\n"


def krant_page(slug: str = "velsen-noord") -> WijkkrantPage:
    """The wijkkrant of a wijk; made, and published, where the demo has none."""
    wijk = Wijk.objects.get(slug=slug)
    found = WijkkrantPage.objects.filter(wijk=wijk, locale__language_code=settings.LANGUAGE_CODE).first()
    if found is None:
        found = WijkkrantPage(title=f"Wijkkrant {wijk.naam}", slug="wijkkrant", wijk=wijk)
        WijkPage.objects.get(wijk=wijk, locale__language_code=settings.LANGUAGE_CODE).add_child(
            instance=found
        )
        found.save_revision().publish()
    return found


def edition(*, jaar: int, slug: str = "velsen-noord", **facts: Any) -> EditiePage:
    """The published page of an edition of the spring of a year, that is not out unless `staat` says so."""
    above = krant_page(slug)
    editie = Editie(
        **{
            "wijk": above.wijk,
            "seizoen": Editie.Seizoen.VOORJAAR,
            "jaar": jaar,
            "kopij_tot": date(jaar, 2, 14),
            "bezorgd_van": date(jaar, 4, 6),
            "bezorgd_tot": date(jaar, 4, 11),
            **facts,
        }
    )
    editie.full_clean()
    editie.save()
    page = EditiePage(title=editie.naam, slug=f"{editie.seizoen}-{jaar}", editie=editie)
    above.add_child(instance=page)
    page.save_revision().publish()
    return page


def article(above: EditiePage, title: str, **fields: Any) -> ArtikelPage:
    """A published article."""
    page = ArtikelPage(**{"title": title, "rubriek": Rubriek.BUREN, "intro": f"Over {title}.", **fields})
    above.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def published() -> EditiePage:
    """The page of the demo's edition that is out."""
    page = edition_page(Editie.objects.get(seizoen=Editie.Seizoen.NAJAAR, jaar=2026))
    assert page
    return page


def bring_out(editie: Editie) -> None:
    editie.staat = Editie.Staat.UIT
    editie.save()


def printed(
    editie: Editie, *, taal: str = "nl", formaat: str = Formaat.A4, inhoud: bytes = PDF, nummer: int = 1
) -> Drukwerk:
    return Drukwerk.objects.create(
        editie=editie,
        taal=taal,
        formaat=formaat,
        nummer=nummer,
        paginas=4,
        vingerafdruk=sha256(inhoud).hexdigest(),
        inhoud=inhoud,
    )
