"""The files of the open data: their shape, how they are answered, and the page that describes them."""

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from tests.caches import empty_the_caches
from tests.html import Document, faults
from tests.opendata import NOON, NOORD, TODAY, WHY, acties, base, rows_of
from tests.plans import move, new_actie, new_plan, new_step
from wijken.models import Actie, Budget, Financiering, Mijlpaal, MonitorPage, Organisatie, Planning
from wijken.monitor.opendata.columns import TABLES, Column, Kind, Table
from wijken.monitor.opendata.files import LICENCE_URL, csv_file

MAX_QUERIES = 15
each_file = pytest.mark.parametrize("name", TABLES)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today():
    with time_machine.travel(NOON, tick=False):
        yield


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def as_cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return " | ".join(value)
    return "" if value is None else str(value)


# --- shapes -----------------------------------------------------------------------------------------


@pytest.mark.django_db
@each_file
@pytest.mark.parametrize("language", ["nl", "en"])
def test_csv_and_json_say_the_same(name: str, language: str, client: Client) -> None:
    response = client.get(f"{base(language)}{name}.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    lines = response.content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == ",".join(TABLES[name].header)
    assert lines[-1] == ""
    plain = [{key: as_cell(value) for key, value in row.items()} for row in rows_of(name, language)]
    assert [
        {key: cell.removeprefix("'") for key, cell in row.items()} for row in read_csv(response.content)
    ] == plain


AWKWARD = 'Zij zei: "ja, maar; nee"\r\nen toen\nniets | ’s avonds'


@pytest.mark.django_db
def test_quotes_newlines_commas_and_semicolons_come_back_from_csv(client: Client) -> None:
    step = new_step(new_actie(new_plan()), "2027", TODAY)
    move(step, "2028", TODAY, reden=AWKWARD)
    [row] = [
        row
        for row in read_csv(client.get(f"{base()}planning.csv").content)
        if row["stap_id"] == str(step.pk) and row["volgnummer"] == "2"
    ]
    assert row["reden"] == AWKWARD


@pytest.mark.django_db
def test_a_spreadsheet_runs_nothing_that_somebody_typed(client: Client) -> None:
    attack = '=HYPERLINK("https://example.org";"klik")'
    step = new_step(new_actie(new_plan(), naam="@SUM(A1)"), "2027", TODAY, naam=attack)
    move(step, "2028", TODAY, reden="Want\n+1;-2+3")
    rows = [
        row for row in read_csv(client.get(f"{base()}planning.csv").content) if row["stap_id"] == str(step.pk)
    ]
    assert {row["stap"] for row in rows} == {f"'{attack}"}
    assert {row["actie"] for row in rows} == {"'@SUM(A1)"}
    assert rows[1]["reden"] == "Want\n'+1;'-2+3"
    # A program reads what was written.
    assert {row["stap"] for row in rows_of("planning") if row["stap_id"] == step.pk} == {attack}


ONE_TEXT = Table("proef", "", "", (Column("tekst", Kind.TEXT, ""), Column("lijst", Kind.LIST, "")))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t\r=+-@;'\",")))
def test_any_text_comes_back_and_none_is_a_formula(text: str) -> None:
    [row] = read_csv(csv_file(ONE_TEXT, [{"tekst": text, "lijst": [text, text]}]))
    # An apostrophe comes before a sign that starts a formula, and nowhere else.
    assert re.sub(r"(^|[;\t\r\n])'(?=[=+\-@\t\r])", r"\1", row["tekst"]) == re.sub(
        r"(^|[;\t\r\n])'(?=[=+\-@\t\r])", r"\1", text
    )
    for cell in row.values():
        for part in re.split("[;\r\n\t]", cell):
            assert not part.startswith(("=", "+", "-", "@"))


def validator(language: str = "nl") -> Any:
    schema = json.loads(Client().get(f"{base(language)}schema.json").content)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.django_db
@each_file
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_file_keeps_to_the_schema(name: str, language: str, client: Client) -> None:
    content = json.loads(client.get(f"{base(language)}{name}.json").content)
    validator(language).validate(content)
    assert list(content) == ["meta", "rows"]
    meta = content["meta"]
    assert (meta["bestand"], meta["taal"], meta["wijk"]) == (name, language, NOORD)
    assert (meta["peildatum"], meta["licentie_webadres"]) == ("2026-11-22", LICENCE_URL)
    for address in ("webadres", "beschrijving_webadres", "schema_webadres"):
        assert client.get(meta[address].removeprefix("http://localhost")).status_code == 200, address
    assert [list(row) for row in content["rows"]] == [TABLES[name].header] * len(content["rows"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoil",
    [
        lambda row: row.pop("stand"),
        lambda row: row.update(extra=1),
        lambda row: row.update(stand="bijna"),
        lambda row: row.update(nummer="1"),
        lambda row: row.update(laatste_bericht_op="gisteren"),
        lambda row: row.update(trekkers="gemeente"),
    ],
)
def test_the_schema_refuses_what_is_wrong(spoil: Any, client: Client) -> None:
    content = json.loads(client.get(f"{base()}acties.json").content)
    spoil(content["rows"][0])
    with pytest.raises(ValidationError):
        validator().validate(content)


# --- answers ----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "kind", "disposition"),
    [
        *(
            (f"{name}.csv", "text/csv; charset=utf-8; header=present", "attachment")
            for name in ("acties", "planning", "geld", "indicatoren")
        ),
        ("acties.json", "application/json", "inline"),
        ("schema.json", "application/schema+json", "inline"),
    ],
)
def test_a_file_says_what_it_is(file: str, kind: str, disposition: str, client: Client) -> None:
    response = client.get(f"{base()}{file}")
    assert response.headers["Content-Type"] == kind
    name, _dot, extension = file.partition(".")
    assert response.headers["Content-Disposition"] == (
        f'{disposition}; filename="velsen-noord-{name}-2026-11-22.{extension}"'
    )
    assert response.headers["Content-Language"] == "nl"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert f'<{LICENCE_URL}>; rel="license"' in response.headers["Link"]
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.django_db
def test_a_file_is_fetched_again_only_when_it_changed(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    address = f"{base()}planning.csv"
    first = client.get(address)
    again = client.get(address)
    assert again.headers["X-Cache"] == "hit"
    assert again.content == first.content
    tag = first.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    with django_capture_on_commit_callbacks(execute=True):
        move(Mijlpaal.objects.source().filter(actie__in=acties())[0], "2031", TODAY, reden=WHY)
    changed = client.get(address, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert WHY in changed.content.decode()


@pytest.mark.django_db
def test_what_is_not_there(client: Client) -> None:
    here = base()
    for address in (
        f"{here}personen.csv",
        f"{here}schema.csv",
        f"{here}acties.xlsx",
        "/nl/nieuws/data/acties.csv",
        "/nl/wijken/velsen-noord/data/acties.csv",
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(f"{here}acties.csv").status_code == 405
    assert client.head(f"{here}acties.csv").status_code == 200
    MonitorPage.objects.get(wijk__slug=NOORD, locale__language_code="nl").unpublish()
    empty_the_caches()
    for file in ("", "acties.csv", "schema.json"):
        assert client.get(f"{here}{file}").status_code == 404, file


def queries_of(address: str) -> int:
    client = Client()
    # What Django keeps per process is no query of the file.
    client.get(address)
    empty_the_caches()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def many(plan: Any, *, number: int) -> None:
    """Actions with a step, two promises, a trekker and money."""
    locale = Mijlpaal.objects.source()[0].locale
    made = Actie.objects.bulk_create(
        Actie(actieplan=plan, nummer=n, naam=f"Actie {n}", kosten=1) for n in range(1, number + 1)
    )
    steps = Mijlpaal.objects.bulk_create(Mijlpaal(actie=one, naam="Stap", locale=locale) for one in made)
    Planning.objects.bulk_create(
        Planning(
            mijlpaal=one,
            volgnummer=n,
            periode=code,
            reden=WHY,
            vastgelegd_op=date(2026, n, 1),
            locale=locale,
        )
        for one in steps
        for n, code in ((1, "2026-Q1"), (2, "2026-Q3"))
    )
    budget = Budget.objects.source()[0]
    Financiering.objects.bulk_create(Financiering(actie=one, budget=budget, bedrag=1) for one in made)
    link: Any = Actie.trekkers.through
    trekker = Organisatie.objects.source()[0]
    link.objects.bulk_create(link(actie=one, organisatie=trekker) for one in made)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_two_thousand_actions_cost_as_many_queries_as_thirty_four(language: str) -> None:
    addresses: list[str] = [
        f"{base(language)}{name}.{extension}" for name in TABLES for extension in ("csv", "json")
    ]
    before = {address: queries_of(address) for address in addresses}
    assert max(before.values()) <= MAX_QUERIES, before
    many(new_plan(), number=2_000)
    assert {address: queries_of(address) for address in addresses} == before
    assert len(rows_of("acties", language)) == 2_034
    assert len(rows_of("planning", language)) >= 4_000


# --- the page that describes it ---------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_describes_every_column_of_every_file(language: str, client: Client) -> None:
    response = client.get(base(language))
    assert response.status_code == 200
    html = response.content.decode()
    document = Document(html)
    assert faults(html) == []
    assert not response.cookies
    described = [code.all_text for code in document.all("code") if code.parent and code.parent.tag == "dt"]
    assert described == [name for table in TABLES.values() for name in table.header]
    links = [link.attrs["href"] for link in document.all("a") if "/data/" in link.attrs.get("href", "")]
    alternates = {
        link.attrs["href"]: link.attrs["type"]
        for link in document.all("link")
        if link.attrs.get("rel") == "alternate" and "type" in link.attrs and "/data/" in link.attrs["href"]
    }
    assert len(alternates) == 2 * len(TABLES)
    assert {*alternates, f"{base(language)}schema.json"} <= set(links)
    for address, kind in alternates.items():
        assert client.get(address).headers["Content-Type"].startswith(kind)
    assert [link.attrs["href"] for link in document.all("link") if link.attrs.get("rel") == "license"] == [
        LICENCE_URL
    ]


def test_a_column_is_said_once_and_well() -> None:
    for table in TABLES.values():
        assert len(set(table.header)) == len(table.header)
        for column in table.columns:
            assert re.fullmatch(r"[a-z]+(_[a-z]+)*", column.name), column.name
            assert str(column.text)[0].islower(), column.name
            assert not str(column.text).endswith("."), column.name
            if column.choices:
                assert f"{column.name}_tekst" in table.header
