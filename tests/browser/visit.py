"""A visitor with a real browser, who notices everything that a page should not do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page
from pytest_playwright_axe.axe import MIN_AXE_PATH, WCAG_22AA_RULESET

WIDE = {"width": 1280, "height": 900}
# 1280 px at 400 % zoom.
NARROW = {"width": 320, "height": 640}
# Run as it is: there are no frames to combine, and that is what costs time.
AXE = MIN_AXE_PATH.read_text(encoding="utf-8")
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG_22AA_RULESET}}


class Visitor:
    """Opens pages in one context and keeps what went wrong in `trouble`."""

    def __init__(self, context: BrowserContext, site_url: str) -> None:
        self.context = context
        self.site_url = site_url
        self.trouble: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.trouble.append(f"{self.path}: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def _console(self, message: Any) -> None:
        # A refused style or script shows up here too.
        if message.type in ("error", "warning"):
            self.trouble.append(f"{self.path}: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.site_url, "data:", "blob:")):
            self.trouble.append(f"{self.path}: asks {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.trouble.append(f"{self.path}: {response.status} {response.url}")

    def goto(self, path: str) -> Page:
        self.page.goto(f"{self.site_url}{path}", wait_until="load")
        return self.page

    def at(self, size: dict[str, int]) -> None:
        self.page.set_viewport_size(size)  # type: ignore[arg-type]

    def check_accessible(self) -> None:
        """Axe with all rules of WCAG 2.2 A and AA and its best practices."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        result = self.page.evaluate("options => axe.run(document, options)", OPTIONS)
        width = self.page.viewport_size["width"] if self.page.viewport_size else "any"
        for violation in result["violations"]:
            where = [node["html"][:160] for node in violation["nodes"]][:3]
            self.trouble.append(
                f"{self.path} at {width} px: {violation['id']} ({violation['help']}): {where}"
            )

    def check_fits(self) -> None:
        """Nothing sticks out sideways, so nobody has to scroll in two directions."""
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        room = self.page.evaluate("document.documentElement.clientWidth")
        if wide > room:
            sticking_out = self.page.evaluate(
                """room => [...document.querySelectorAll("body *")]
                    .filter(element => element.getBoundingClientRect().right > room + 1)
                    .slice(0, 5).map(element => element.outerHTML.slice(0, 120))""",
                room,
            )
            self.trouble.append(f"{self.path}: {wide} px wide in a window of {room}: {sticking_out}")

    def check_no_cookies(self) -> None:
        if cookies := self.context.cookies():
            self.trouble.append(f"{self.path}: cookies {cookies}")

    def look_at(self, path: str) -> None:
        """Everything about one page: wide, narrow, and what it left behind."""
        self.at(WIDE)
        self.goto(path)
        self.check_accessible()
        self.at(NARROW)
        self.check_accessible()
        self.check_fits()
        self.check_no_cookies()


@contextmanager
def visitor(browser: Browser, site_url: str, **options: Any) -> Iterator[Visitor]:
    context = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **options})
    context.set_default_timeout(15_000)
    try:
        yield Visitor(context, site_url)
    finally:
        context.close()
