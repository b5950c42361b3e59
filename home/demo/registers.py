"""Builds the registers and snippets of the demo from dictionaries. Call each function once per row."""

from datetime import date
from typing import Any

from wagtail.models import Site

from core.models import SiteInstellingen
from home.models import Synoniemen
from wijken.addresses import cbs_file
from wijken.models import (
    Aandachtsgebied,
    Aanplakplaats,
    Buurt,
    Contactpersoon,
    Organisatie,
    Plek,
    Postcodegebied,
    Stuurgroep,
    StuurgroepOverleg,
    Thema,
    Voorzittersgesprek,
    Werkplan,
    Werkplanpunt,
    Wijk,
    Wijkcijfer,
    Wijkplatform,
    Wijkraadpleging,
    Wijkteam,
    WijkteamLid,
)

Row = dict[str, Any]


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def build_settings(row: Row, site: Site) -> SiteInstellingen:
    settings = SiteInstellingen.for_site(site)
    for name, value in row.items():
        setattr(settings, name, value)
    settings.full_clean()
    settings.save()
    return settings


def build_thema(row: Row, *, order: int = 0) -> Thema:
    return Thema.objects.create(slug=row["key"], naam=row["naam"], uitleg=row.get("uitleg", ""), order=order)


def build_organisatie(row: Row) -> Organisatie:
    return Organisatie.objects.create(
        naam=row["naam"],
        kind=Organisatie.Kind(row["kind"]),
        omschrijving=row.get("omschrijving", ""),
        url=row.get("url", ""),
    )


def build_team(row: Row, organisaties: dict[str, Organisatie]) -> Wijkteam:
    team = Wijkteam.objects.create(nummer=row["nummer"], naam=row["naam"], slug=row["slug"])
    for order, key in enumerate(row.get("leden", [])):
        WijkteamLid.objects.create(wijkteam=team, organisatie=organisaties[key], sort_order=order)
    return team


def build_wijk(row: Row, team: Wijkteam) -> Wijk:
    """A wijk with its buurten, postcodes and figures. ValidationError when its boundary is none."""
    wijk = Wijk(
        slug=row["slug"],
        naam=row["naam"],
        kern=row["kern"],
        order=row.get("order", 0),
        wijkteam=team,
        boundary=row.get("boundary", []),
    )
    wijk.full_clean()
    wijk.save()
    Buurt.objects.bulk_create(
        Buurt(wijk=wijk, code=buurt["code"], naam=buurt["naam"]) for buurt in row.get("buurten", [])
    )
    Postcodegebied.objects.bulk_create(Postcodegebied(wijk=wijk, pc4=pc4) for pc4 in row.get("postcodes", []))
    for cijfer in row.get("cijfers", []):
        Wijkcijfer.objects.create(
            wijk=wijk,
            soort=Wijkcijfer.Soort(cijfer["soort"]),
            waarde=cijfer["waarde"],
            is_ongeveer=cijfer.get("is_ongeveer", False),
            peildatum=date.fromisoformat(cijfer["peildatum"]),
            bron=cijfer["bron"],
            bron_url=cijfer.get("bron_url", ""),
        )
    return wijk


def build_adressen(data: Row) -> None:
    """The table of addresses: per buurt its postcodes with their house numbers."""
    cbs_file.store(
        {
            cbs_file.Adres(postcode, nummer, code)
            for code, postcodes in data["adressen"].items()
            for postcode, nummers in postcodes.items()
            for nummer in nummers
        },
        name="Voorbeeld",
        on=date.fromisoformat(data["peildatum"]),
    )


def build_platform(row: Row, wijk: Wijk) -> Wijkplatform:
    platform = Wijkplatform(
        wijk=wijk,
        status=Wijkplatform.Status(row["status"]),
        since=day(row.get("since")),
        until=day(row.get("until")),
    )
    platform.full_clean()
    platform.save()
    return platform


def build_raadpleging(row: Row, platform: Wijkplatform, *, today: date) -> Wijkraadpleging:
    on = date.fromisoformat(row["date"])
    raadpleging = Wijkraadpleging(
        wijkplatform=platform,
        date=on,
        held=row.get("held", on < today),
        plek=row.get("plek", ""),
        wijkplan_offered_on=day(row.get("wijkplan_offered_on")),
        response_on=day(row.get("response_on")),
    )
    raadpleging.full_clean()
    raadpleging.save()
    return raadpleging


def build_werkplan(row: Row, team: Wijkteam) -> Werkplan:
    plan = Werkplan.objects.create(
        wijkteam=team, jaar=row["jaar"], vastgesteld_op=day(row.get("vastgesteld_op"))
    )
    for order, punt in enumerate(row.get("punten", [])):
        Werkplanpunt.objects.create(
            werkplan=plan,
            order=order,
            titel=punt["titel"],
            toelichting=punt.get("toelichting", ""),
            status=Werkplanpunt.Status(punt["status"]),
        )
    return plan


def build_plek(row: Row, wijk: Wijk) -> Plek:
    return Plek.objects.create(
        wijk=wijk,
        naam=row["naam"],
        toegankelijkheid=row.get("toegankelijkheid", ""),
        lat=row.get("lat"),
        lon=row.get("lon"),
    )


def build_aanplakplaats(row: Row, wijk: Wijk) -> Aanplakplaats:
    return Aanplakplaats.objects.create(
        wijk=wijk,
        naam=row["naam"],
        adres=row["adres"],
        regels=row.get("regels", ""),
        lat=row.get("lat"),
        lon=row.get("lon"),
        is_example=row.get("voorbeeld", False),
    )


def build_aandachtsgebied(
    row: Row, wijk: Wijk, themas: dict[str, Thema], *, order: int = 0
) -> Aandachtsgebied:
    gebied = Aandachtsgebied.objects.create(
        wijk=wijk, naam=row["naam"], toelichting=row.get("toelichting", ""), order=order
    )
    gebied.themas.set(themas[key] for key in row.get("themas", []))
    return gebied


def build_contactpersoon(
    row: Row,
    organisaties: dict[str, Organisatie],
    wijken: dict[str, Wijk],
    themas: dict[str, Thema],
    *,
    order: int = 0,
) -> Contactpersoon:
    contact = Contactpersoon.objects.create(
        functie=row["functie"],
        role=Contactpersoon.Role(row["role"]),
        waarvoor=row["waarvoor"],
        organisatie=organisaties[row["organisatie"]],
        hours=row.get("hours", ""),
        bereikbaar=row.get("bereikbaar", ""),
        telefoon=row.get("telefoon", ""),
        order=order,
        review_on=day(row.get("review_on")),
    )
    contact.wijken.set(wijken[slug] for slug in row.get("wijken", []))
    contact.themas.set(themas[key] for key in row.get("themas", []))
    return contact


def build_stuurgroep(row: Row) -> Stuurgroep:
    stuurgroep = Stuurgroep.objects.create(naam=row["naam"])
    for overleg in row.get("overleggen", []):
        StuurgroepOverleg.objects.create(
            stuurgroep=stuurgroep, date=date.fromisoformat(overleg["date"]), held=overleg.get("held", False)
        )
    return stuurgroep


def build_gesprek(row: Row, platform: Wijkplatform | None) -> Voorzittersgesprek:
    return Voorzittersgesprek.objects.create(
        wijkplatform=platform, date=date.fromisoformat(row["date"]), held=row.get("held", False)
    )


def build_synoniemen(row: Row) -> Synoniemen:
    return Synoniemen.objects.create(language=row["language"], terms=", ".join(row["terms"]))
