"""A Chromium for the tests, pages that tell what goes wrong in them, and axe."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2
import pytest
from conftest import START_SECONDS, wait_until_published

if TYPE_CHECKING:  # most runs of a few tests need no browser
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# axe reads the same few colours thousands of times on a page, and spends a quarter of its time on that.
KNOW_COLOURS = """() => {
  const colour = axe.commons.color.Color.prototype;
  const parse = colour.parseString;
  const known = new Map();
  colour.parseString = function (text) {
    if (known.has(text)) return Object.assign(this, known.get(text));
    parse.call(this, text);
    known.set(text, {r: this.r, g: this.g, b: this.b, alpha: this.alpha});
    return this;
  };
}"""
RUN_AXE = "options => axe.run(document, options).then(found => found.violations)"
LOCALES = {"nl": "nl-BE", "en": "en-GB"}
PATIENCE = 30_000  # ms; on a machine that does much else
DESKTOP, PHONE = (1280, 900), (320, 640)

Open = Callable[..., "Page"]
Visit = Callable[[str, str], "Visitor"]


def program() -> str | None:
    """The path of a browser that is installed here."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def version() -> str:
    """What the browser calls itself; "no browser" where there is none."""
    if not (path := program()):
        return "no browser"
    return subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module: while it lives, this thread has an event loop that nobody else may run."""
    path = program()
    if not path:
        pytest.skip(f"no browser is installed here: none of {', '.join(NAMES)}")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


class Watch:
    """What goes wrong in a page: complaints on the console, errors in scripts, failed requests, other hosts."""

    def __init__(self, page: Page, host: str) -> None:
        self.troubles: list[str] = []
        self._host = host
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._add(f"error in a script: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _add(self, trouble: str) -> None:
        self.troubles.append(trouble)

    def _console(self, message: ConsoleMessage) -> None:
        status = "Failed to load resource: the server responded"  # told by _response, unless it is the page itself
        if message.type in ("error", "warning") and not message.text.startswith(status):
            self._add(f"console: {message.text} ({message.location.get('url')})")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != self._host:
            self._add(f"request to another host: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # by a click that leads elsewhere, or a newer suggestion
            self._add(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self._add(f"status {response.status}: {response.url}")


@dataclass(frozen=True)
class Visitor:
    """A tab of the browser, and what goes wrong in it."""

    page: Page
    watch: Watch


def visiting(
    chromium: Browser,
    server: httpx2.Client,
    language: str,
    *,
    dark: bool = False,
    size: tuple[int, int] = DESKTOP,
    scripts: bool = True,
    **options: Any,
) -> Visitor:
    """A visitor of the server who has not been there before."""
    context = chromium.new_context(
        base_url=str(server.base_url),
        locale=LOCALES[language],
        color_scheme="dark" if dark else "light",
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=scripts,
        **options,
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    return Visitor(page, Watch(page, server.base_url.netloc.decode()))


@pytest.fixture(scope="session")
def front_server(server: httpx2.Client) -> httpx2.Client:
    """The server once it can search and has made its documents as well, which takes it some seconds more."""
    wait_until_published(server)
    until = time.monotonic() + START_SECONDS
    while server.get("/search?q=akkoord").status_code != httpx2.codes.OK:
        assert time.monotonic() < until, "the server cannot search"
        time.sleep(0.2)
    return server


@pytest.fixture
def tab(chromium: Browser, front_server: httpx2.Client) -> Iterator[Open]:
    """Gives tabs, `tab(language, dark=…, size=…, scripts=…)`; in the end nothing may have gone wrong in any of them."""
    visitors: list[Visitor] = []

    def open_tab(language: str = "nl", **options: Any) -> Page:
        visitors.append(visiting(chromium, front_server, language, **options))
        return visitors[-1].page

    yield open_tab
    for visitor in visitors:
        visitor.page.context.close()
    assert [trouble for visitor in visitors for trouble in visitor.watch.troubles] == []


@pytest.fixture(scope="module")
def visit(chromium: Browser, front_server: httpx2.Client) -> Iterator[Visit]:
    """Goes to a page in a language, in the same tab for all pages of that language."""
    import front

    visitors = {language: visiting(chromium, front_server, language) for language in front.LANGUAGES}

    def go(path: str, language: str) -> Visitor:
        visitor = visitors[language]
        visitor.watch.troubles.clear()
        resize(visitor.page, DESKTOP)
        visitor.page.emulate_media(color_scheme="light")
        response = visitor.page.goto(path)
        assert response
        assert response.status == front.PROBLEMS.get(path, 200)
        return visitor

    yield go
    for visitor in visitors.values():
        visitor.page.context.close()


def resize(page: Page, size: tuple[int, int]) -> None:
    """Give a page another width and height."""
    page.set_viewport_size({"width": size[0], "height": size[1]})


def axe(page: Page, *rules: str) -> list[str]:
    """What axe finds: rule, element, and what is wrong with it; only some rules, where they are named."""
    from axe_playwright_python.base import AXE_SCRIPT

    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": RULES}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(KNOW_COLOURS)
    found = page.evaluate(RUN_AXE, {"runOnly": only, "resultTypes": ["violations"]})
    return [f"{rule['id']}: {_told(node)}" for rule in found for node in rule["nodes"]]


def _told(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return f"{' '.join(map(str, node['target']))} – {'; '.join(check['message'] for check in checks)}"
