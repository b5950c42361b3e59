"""What the screen of the quotas is filled in with, and pools to look at there."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from participatie.draw.quota_actions import options_of
from participatie.models import Aanmelding, Kenmerkwaarde, Loting
from participatie.quotas import holding
from tests.desk import html
from tests.participatie.desk import at


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        name = facts.get("name") or ""
        if tag == "input" and (name.startswith(("min-", "max-")) or name == "gezien"):
            self.found[name] = facts.get("value") or ""


def fields_of(text: str) -> dict[str, str]:
    """The numbers on the screen, and what goes along with them unseen."""
    parser = _Fields()
    parser.feed(text)
    return parser.found


def opened(client: Client, loting: Loting) -> dict[str, str]:
    """What the screen would send when nobody changes anything."""
    return fields_of(html(client.get(at("chances", loting))))


def send(client: Client, loting: Loting, doen: str = "bewaren", **fields: Any) -> Any:
    return client.post(at("chances", loting), {**fields, **({"doen": doen} if doen else {})})


def field(loting: Loting, feature: str, answer: str, bound: str) -> str:
    """The name of the field: `bound` is min or max."""
    option = next(one for one in options_of(loting) if (one.kenmerk.code, one.code) == (feature, answer))
    return f"{bound}-{option.pk}"


def now(loting: Loting, feature: str, answer: str) -> tuple[int, int]:
    loting.refresh_from_db()
    option = next(one for one in options_of(loting) if (one.kenmerk.code, one.code) == (feature, answer))
    low, high = holding(loting).of(option).now
    return low, high


def take_part(loting: Loting, *answers: tuple[str, ...]) -> list[Aanmelding]:
    """People who take part, each with these codes of answers, in the order of the questions."""
    options: dict[int, dict[str, int]] = {}
    for option in options_of(loting):
        options.setdefault(option.kenmerk_id, {})[option.code] = option.pk
    start = Aanmelding.objects.count()
    made = Aanmelding.objects.bulk_create(
        Aanmelding(
            loting=loting,
            bonnummer=f"Q{start + number:08d}",
            kanaal="web",
            taal="nl",
            geschiktheid=Aanmelding.Geschiktheid.GESCHIKT,
            reden=Aanmelding.Reden.ADRES_KLOPT,
        )
        for number in range(len(answers))
    )
    Kenmerkwaarde.objects.bulk_create(
        Kenmerkwaarde(aanmelding=row, kenmerk_id=kenmerk, optie_id=codes[code])
        for row, given in zip(made, answers, strict=True)
        for (kenmerk, codes), code in zip(options.items(), given, strict=True)
        if code
    )
    return made
