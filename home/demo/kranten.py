"""Builds the wijkkranten of the demo: editions, their pages, and what residents sent in for them."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from core.receipts import new_number
from home.demo.content import ContentError
from home.demo.pages import TreeBuilder
from home.krant.articles import edition_page
from home.models import ArtikelPage, Editie, EditiePage, Editiestap, Kopij, WijkkrantPage
from wijken.models import Wijk

Row = dict[str, Any]


def build_edities(rows: list[Row], wijken: dict[str, Wijk], *, today: date) -> dict[str, Editie]:
    """The register rows, by code. One that is being made lies around today."""
    made = [
        _build_editie(row, wijken[krant["wijk"]], today=today) for krant in rows for row in krant["edities"]
    ]
    return {editie.code: editie for editie in made}


def _build_editie(row: Row, wijk: Wijk, *, today: date) -> Editie:
    days = {name: _day(row, name, today) for name in ("kopij_tot", "bezorgd_van", "bezorgd_tot")}
    delivered = days["bezorgd_van"]
    editie = Editie(
        wijk=wijk,
        seizoen=Editie.Seizoen.VOORJAAR if delivered.month <= 6 else Editie.Seizoen.NAJAAR,
        jaar=delivered.year,
        paginas=row["paginas"],
        oplage=row.get("oplage"),
        is_voorbeeld=True,
        vullingen=row.get("vullingen", []),
        **days,
    )
    editie.full_clean()
    editie.save()
    row["editie"] = editie.code
    return editie


def _day(row: Row, name: str, today: date) -> date:
    """A day in the data, or so many days from today."""
    if name in row:
        return date.fromisoformat(row[name])
    return today + timedelta(days=row[f"{name}_over_dagen"])


def page_rows(rows: list[Row], known: dict[str, Editie]) -> dict[str, list[Row]]:
    """The pages of what is out, by wijk, as TreeBuilder takes them."""
    return {
        krant["wijk"]: [
            {
                **krant["page"],
                "type": "WijkkrantPage",
                "slug": "wijkkrant",
                "wijk": krant["wijk"],
                "children": [
                    _edition_row(row, known[row["editie"]])
                    for row in krant["edities"]
                    if row["staat"] == Editie.Staat.UIT
                ],
            }
        ]
        for krant in rows
    }


def _edition_row(row: Row, editie: Editie) -> Row:
    return {
        **row["page"],
        "type": "EditiePage",
        "title": editie.naam,
        "slug": f"{editie.seizoen}-{editie.jaar}",
        "editie": editie.code,
        "published_on": row["bezorgd_van"],
        "children": [
            {**article, "type": "ArtikelPage", "published_on": row["bezorgd_van"]}
            for article in row["artikelen"]
        ],
    }


def finish(rows: list[Row], known: dict[str, Editie], builder: TreeBuilder) -> None:
    """What comes after the pages: editions that are out, drafts of one being made, and kopij."""
    for krant in rows:
        page = WijkkrantPage.objects.get(wijk__slug=krant["wijk"], locale__language_code="nl")
        for row in krant["edities"]:
            editie = known[row["editie"]]
            if row["staat"] == Editie.Staat.UIT:
                _bring_out(editie)
            else:
                _draft(row, editie, page, builder)
            for order, sent in enumerate(row.get("kopij", [])):
                _send_in(sent, editie, order=order)


def _bring_out(editie: Editie) -> None:
    """It went its way, on days that lie behind us."""
    days = {
        Editie.Staat.REDACTIE: editie.kopij_tot,
        Editie.Staat.OPMAAK: editie.kopij_tot + timedelta(days=21),
        Editie.Staat.UIT: editie.bezorgd_van,
    }
    for naar, day in days.items():
        op = timezone.make_aware(datetime.combine(day, time(10)))
        Editiestap.objects.create(editie=editie, van=editie.staat, naar=naar, op=op)
        editie.staat = naar
    editie.save(update_fields=["staat"])


def _draft(row: Row, editie: Editie, parent: WijkkrantPage, builder: TreeBuilder) -> None:
    """The pages of an edition in the making: written, and not to be seen yet."""
    page = EditiePage(
        title=editie.naam,
        slug=f"{editie.seizoen}-{editie.jaar}",
        editie=editie,
        live=False,
        **builder.own_fields({**row["page"], "type": "EditiePage"}),
    )
    parent.add_child(instance=page)
    page.save_revision()
    for article in row["artikelen"]:
        draft = ArtikelPage(
            title=article["title"],
            slug=article["slug"],
            live=False,
            **builder.own_fields({**article, "type": "ArtikelPage"}),
        )
        page.add_child(instance=draft)
        draft.body = builder.blocks(article["body"])
        revision = draft.save_revision()
        if article["staat"] == "ingestuurd" and (workflow := draft.get_workflow()):
            workflow.start(revision.as_object(), None)
        elif article["staat"] not in ("concept", "ingestuurd"):
            raise ContentError(f"{article['slug']}: de staat {article['staat']!r} is er niet.")


def _send_in(row: Row, editie: Editie, *, order: int) -> None:
    moment = timezone.now() - timedelta(days=2 * order, hours=order)
    page = edition_page(editie)
    article = ArtikelPage.objects.child_of(page).filter(slug=row["artikel"]).first() if page else None
    Kopij.objects.create(
        wijk=editie.wijk,
        editie=None if row["staat"] == Kopij.Staat.LATER else editie,
        bonnummer=new_number(),
        ontvangen_op=moment,
        taal=row["taal"],
        titel=row["titel"],
        tekst=row["tekst"],
        naam=row["naam"],
        ondertekening=row.get("ondertekening", ""),
        mail=row["mail"],
        staat=row["staat"],
        artikel_key=article.translation_key if article else None,
        antwoord=row["antwoord"],
        behandeld_op=None if row["staat"] == Kopij.Staat.NIEUW else moment + timedelta(days=1),
    )
