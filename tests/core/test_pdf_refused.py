"""When no PDF can or may be made: what is said, what is logged, and what is never left behind."""

import io
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from core import pdf
from core.pdf import making
from core.styleguide import samples
from tests.pdfs import Pdf, needs_pango

FORM = "/styleguide/formulier.pdf"
NAME = "Xenofoon"
WITHOUT_PANGO = """
import cffi

def dlopen(self, *names):
    raise OSError("cannot load library")

cffi.FFI.dlopen = dlopen
import django
django.setup()
from core import pdf
for _ in range(2):
    try:
        pdf.make("pdf/base.html", {"site_settings": {}}, language="nl", title="Proef")
    except pdf.PdfNotAvailable as error:
        print("niet:", error)
"""


def printed(body: str, title: str = "Proef") -> bytes:
    # Not loaded at the top: that needs Pango.
    from core.pdf.printer import print_html

    return print_html(f'<html lang="nl"><title>{title}</title><body>{body}</body></html>')


def test_without_pango_it_says_so_and_prints_no_manual() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", WITHOUT_PANGO],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    said = "niet: Pango is not on this machine: see docs/productie.md."
    assert done.stdout.splitlines() == [said, said]
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "language"), [(FORM, "nl"), (f"{FORM}?richting=rtl", "ar")])
def test_a_visitor_hears_whom_to_call(address: str, language: str, client: Client, monkeypatch) -> None:
    def missing() -> None:
        raise pdf.PdfNotAvailable("no Pango")

    monkeypatch.setattr(making, "_printer", missing)
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 503
    assert "no-store" in response["Cache-Control"]
    assert f'<html lang="{language}"' in page
    assert "14 0255" in page
    sentence = "Wij kunnen dit bestand nu niet maken. Bel ons, dan sturen wij het u op papier."
    with translation.override(language):
        assert translation.gettext(sentence) in page
    assert "no Pango" not in page


@needs_pango()
@pytest.mark.django_db
def test_a_visitor_gets_it_under_its_own_name(client: Client) -> None:
    response = client.get(FORM)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="formulier.pdf"'
    assert len(Pdf(response.content)) == 1
    assert len(Pdf(client.get("/styleguide/brieven.pdf?richting=rtl").content)) == 2


@needs_pango()
@pytest.mark.parametrize("title", ["", "  "])
def test_it_has_a_title(title: str) -> None:
    context = {**samples("nl")["site"]}
    with pytest.raises(pdf.PdfError, match="title"):
        pdf.make("pdf/base.html", context, language="nl", title=title)


@needs_pango()
@pytest.mark.parametrize("address", ["https://www.example.nl/a.png", "file:///etc/hostname"])
@pytest.mark.parametrize(
    "body",
    [
        '<img alt="Foto" src="{}">',
        '<link rel="stylesheet" href="{}">',
        '<p style="background: url({})">a</p>',
    ],
)
def test_nothing_is_fetched(body: str, address: str) -> None:
    with pytest.raises(pdf.PdfError):
        printed(body.format(address))


@needs_pango()
def test_a_picture_has_a_text() -> None:
    picture = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"
    assert printed(f'<img alt="Foto" src="{picture}">')
    with pytest.raises(pdf.PdfError, match="alt"):
        printed(f'<img src="{picture}">')


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that reaches the log of the site. `caplog` hears more: also what is kept from it."""
    root = logging.getLogger()
    level, heard = root.level, io.StringIO()
    handler = logging.StreamHandler(heard)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield heard
    root.removeHandler(handler)
    root.setLevel(level)


@needs_pango()
def test_nobody_is_in_the_log_or_on_the_disk(
    tmp_path: Path, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.text import fonts

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    # What is thrown away afterwards was there for a while.
    monkeypatch.setattr(fonts, "rmtree", lambda *arguments, **options: None)
    # A letter that no font here has, and a sheet that is wrong: both are complained about.
    assert printed(f"<style>p {{ {NAME}: 1 }}</style><p>{NAME} \ue123</p>", title=NAME)
    assert "characters of a pdf without a glyph: 1" in log.getvalue().splitlines()
    assert NAME not in log.getvalue()
    written = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert len(written) == 4
    assert all(content.startswith(b"\0\1\0\0") and NAME.encode() not in content for content in written)


@needs_pango()
def test_what_went_wrong_says_nothing_about_who_it_was_for() -> None:
    with pytest.raises(pdf.PdfError) as caught:
        printed(f'<p>{NAME}</p><img src="data:image/png;base64,{NAME}" alt="{NAME}">')
    assert NAME not in str(caught.value)
