"""Measures printing a wijkkrant of 16 pages, each time in a fresh process, against Chromium.

    python tools/bench_druk.py [--runs N]

WeasyPrint gets the articles: it measures, packs, reduces pictures and writes tagged pages. Chromium gets the
HTML that comes out of the packing, with its pictures, and only prints it: no crop marks, and its layout of
columns over pages is its own. Quote the ratios: the absolute numbers hold for one machine on one day.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
# Paragraphs in each article; 0 has every kind of block.
LENGTHS = (14, 7, 1, 1, 16, 6, 9, 1, 0, 11, 8, 5)
KB = 1024


def setup() -> None:
    """Django, without a database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()


def weasyprint() -> dict[str, float]:
    """Print it here; seconds, CPU seconds, megabytes at most, pages and kilobytes."""
    setup()
    from home.krant.druk import make
    from tests.krant_sample import krant

    edition = krant("nl", LENGTHS, vullingen=("handige-nummers", "sudoku", "kleurplaat"), pages=16)
    since, cpu = time.perf_counter(), time.process_time()
    druk = make(edition)
    return {
        "seconds": time.perf_counter() - since,
        "cpu": time.process_time() - cpu,
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB,
        "pages": druk.pages,
        "kB": len(druk.pdf) / KB,
    }


def composed() -> str:
    """The packed edition as one HTML document with its styles and pictures."""
    from home.krant.druk.composing import Plan
    from home.krant.druk.making import STYLES, Making
    from home.krant.druk.packing import stretch
    from tests.krant_sample import krant

    making = Making(krant("nl", LENGTHS, pages=16), for_press=False)
    forecast = stretch(making.packed())
    made = making.composer.compose(Plan(list(forecast.units), contents=forecast.contents), pictures=True)
    styles = STYLES.read_text().replace("url(fonts/", f"url({STYLES.parent.as_uri()}/fonts/")
    return made.html.replace("</head>", f"<style>{styles}\n{made.styles}</style></head>")


def chromium() -> dict[str, float]:
    """The same articles, packed here and printed by Chromium."""
    setup()
    from playwright.sync_api import sync_playwright

    html = composed()
    since = time.perf_counter()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("BROWSER_PATH") or None, args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.set_content(html)
        content = page.pdf(format="A4", prefer_css_page_size=True, print_background=True, tagged=True)
        browser.close()
    return {
        "seconds": time.perf_counter() - since,
        "MB": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KB,
        "pages": content.count(b"/Type /Page\n") + content.count(b"/Type /Page "),
        "kB": len(content) / KB,
    }


WORK = {"weasyprint": weasyprint, "chromium": chromium}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=WORK)
    chosen = parser.parse_args()
    if chosen.only:
        print(json.dumps(WORK[chosen.only]()))
        return 0
    for name in WORK:
        for _run in range(chosen.runs):
            done = subprocess.run(
                [sys.executable, __file__, "--only", name], capture_output=True, text=True, check=True
            )
            found = json.loads(done.stdout.splitlines()[-1])
            print(f"{name:12}", *(f"{key} {value:.1f}" for key, value in found.items()), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
