"""The check of a loting in a real browser: the same answers as at home, and nothing is sent."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from participatie.sortition.publication.files import MANIFEST, OUTCOME
from participatie.sortition.publication.rules import Mode
from tests.browser.visit import Visitor, visitor
from tests.participatie.publication.publications import drawn, publication, write

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).resolve().parents[2] / "site/core/static/core/js/controle.js"
SMALL = publication()
RANKING = publication(mode=Mode.RANKING, dice=3)
# The keys of TEXTS in the script, and what may be filled in.
TEXTS = dict(re.findall(r"^  (\w+): \[(.*?)\]", SCRIPT.read_text(encoding="utf-8"), flags=re.MULTILINE))


def page_of(publication: Any, *, has_outcome: bool = True) -> str:
    """The HTML contract, with as its texts the key and everything that may be filled in."""
    names = {key: re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", key) for key in TEXTS}
    values = {key: re.sub(r'"(\w+)"', r"{\1}", inside) for key, inside in TEXTS.items()}
    texts = " ".join(f'data-{names[key]}="{key} {values[key]}"' for key in TEXTS)
    outcome = f'data-uitkomst="bestanden/{OUTCOME}"' if has_outcome else ""
    return f"""<!doctype html><html lang="nl"><meta charset="utf-8"><title>Controle</title>
        <link rel="icon" href="data:,"><main><h1>Controle</h1>
        <form data-controle="bestanden/{MANIFEST}" data-hash="{publication.manifest_hash}" {outcome} hidden>
        <label>Lotnummer <input name="lot"></label> <button>Controleer</button>
        <div role="status"><ul data-uitslag {texts}></ul></div></form></main>
        <script type="module" src="controle.js"></script></html>"""


class Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'; img-src 'self' data:")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def served(folder: Path, publication: Any, *, has_outcome: bool = True) -> Iterator[str]:
    """The address of a site with the page, the script and the files."""
    write(publication, folder / "bestanden", "7" * publication.rules.dice)
    (folder / "controle.js").write_bytes(SCRIPT.read_bytes())
    (folder / "index.html").write_text(page_of(publication, has_outcome=has_outcome), encoding="utf-8")

    class Here(Handler):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, directory=str(folder), **options)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Here)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def asked(someone: Visitor, ticket: str) -> list[str]:
    """The lines that are said about a ticket."""
    page: Page = someone.page
    page.get_by_label("Lotnummer").fill(ticket)
    page.get_by_role("button").click()
    lines = page.locator("[data-uitslag] li")
    expect(lines.first).not_to_have_text(re.compile("^bezig"))
    return lines.all_text_contents()


def test_every_ticket_hears_the_same_as_at_home(browser, tmp_path: Path) -> None:
    outcome = drawn(SMALL)
    with served(tmp_path, SMALL) as url, visitor(browser, url) as someone:
        requests: list[Any] = []
        someone.page.on("request", lambda request: requests.append(request))
        someone.goto("/")
        someone.check_accessible()
        for ticket in SMALL.fingerprints:
            lines = asked(someone, f" lot {int(ticket[2:])}")
            on = sum(ticket in tickets for tickets in SMALL.lists)
            place = f"{outcome.order.index(ticket) + 1}" if ticket in outcome.order else ""
            kind = "lotGeloot" if not place else "lotReserve" if int(place) <= 4 else "lotDaarna"
            assert lines == [
                f"goed : manifestGoed {SMALL.manifest_hash}",
                "goed : bestandenGoed 5",
                "goed : lijstenGoed 10, 3",
                "goed : uitkomstGoed ",
                f"handtekening 1000, {outcome.beacon_value}",
                f"getrokken {outcome.index}",
                f"lotLijsten {ticket}, {on}, 10",
                f"{kind} {ticket}{f', {place}' if place else ''}",
            ]
        assert asked(someone, "L-0099")[-1] == "fout : lotOnbekend L-0099"
        assert {request.method for request in requests} == {"GET"}
        assert not any(request.post_data or "?" in request.url for request in requests)
        someone.check_no_cookies()
    assert someone.trouble == []


def test_a_ranking_and_a_loting_before_its_draw(browser, tmp_path: Path) -> None:
    outcome = drawn(RANKING, "777")
    with served(tmp_path / "a", RANKING) as url, visitor(browser, url) as someone:
        someone.goto("/")
        lines = asked(someone, outcome.order[5])
        assert lines[-2:] == ["volgorde ", f"lotDaarna {outcome.order[5]}, 6"]
        assert asked(someone, outcome.drawn[0])[-1] == f"lotGeloot {outcome.drawn[0]}"
    assert someone.trouble == []
    with served(tmp_path / "b", SMALL, has_outcome=False) as url, visitor(browser, url) as early:
        early.goto("/")
        assert asked(early, "") == [
            f"goed : manifestGoed {SMALL.manifest_hash}",
            "goed : bestandenGoed 5",
            "goed : lijstenGoed 10, 3",
            "geenUitkomst ",
        ]
        ticket = SMALL.lists[0][0]
        on = sum(ticket in tickets for tickets in SMALL.lists)
        assert asked(early, ticket)[-2:] == [f"lotDoetMee {ticket}", f"lotLijsten {ticket}, {on}, 10"]
    assert early.trouble == []


def test_a_ranking_before_its_draw(browser, tmp_path: Path) -> None:
    with served(tmp_path, RANKING, has_outcome=False) as url, visitor(browser, url) as someone:
        someone.goto("/")
        for ticket in RANKING.fingerprints:
            assert asked(someone, ticket)[-2:] == ["geenUitkomst ", f"lotDoetMee {ticket}"]
        assert asked(someone, "L-0099")[-1] == "fout : lotOnbekend L-0099"
    assert someone.trouble == []


@pytest.mark.parametrize("name", [*SMALL.files, OUTCOME])
def test_changed_bytes_are_said(browser, tmp_path: Path, name: str) -> None:
    """Some of every file; each place is tried on the program for at home."""
    with served(tmp_path, SMALL) as url, visitor(browser, url) as someone:
        file = tmp_path / "bestanden" / name
        content = file.read_bytes()
        someone.goto("/")
        for at in range(3, len(content), len(content) // 6):
            file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            lines = asked(someone, "L-0001")
            said = {MANIFEST: "manifestFout", OUTCOME: "uitkomstFout|mislukt"}.get(
                name, f"bestandFout {name}"
            )
            assert any(re.match(f"fout : ({said})", line) for line in lines), lines


def test_a_browser_that_cannot_make_hashes(browser, tmp_path: Path) -> None:
    with served(tmp_path, SMALL) as url, visitor(browser, url) as someone:
        # As on an address without https.
        someone.page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
        someone.goto("/")
        assert asked(someone, "L-0001") == ["fout : onveilig "]


def test_files_that_are_not_there(browser, tmp_path: Path) -> None:
    with served(tmp_path, SMALL) as url, visitor(browser, url) as someone:
        someone.goto("/")
        (tmp_path / "bestanden" / "loten.csv").unlink()
        assert asked(someone, "L-0001")[-1] == "fout : mislukt "
