"""Time and weight of the pages: on the server cold and warm, and in Chromium, where there is one.

python -m benchmarks.pages           measure, print the table, write build/bench/pages.json
python -m benchmarks.pages --page    measure nothing, fill docs/performance.md from build/bench/pages.json
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import figures
from benchmarks.connection import Connection
from benchmarks.rig import FOLDER

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))  # they know the pages and the browser

import browser
import front
from conftest import running

FILE = FOLDER / "pages.json"
PAGE = Path("docs/performance.md")
START, END = "<!-- pages: start -->\n", "<!-- pages: end -->\n"
ROUNDS, OTHERS = 15, 4
GOAL_MS, GOAL_KB = 50, 100
NO_LIMIT = ("/workbench", "/read")
HEADS = ("page", "first, ms", "anew, ms", "warm, ms", "p95, ms", "HTML, kB", "all, kB", "LCP, ms", "CLS")
OBSERVE = """
window.figures = {lcp: 0, cls: 0};
new PerformanceObserver(list => list.getEntries().forEach(entry => { figures.lcp = entry.startTime; }))
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(entry => { figures.cls += entry.value; }))
  .observe({type: "layout-shift", buffered: true});
"""
PAINTED = "() => window.figures.lcp > 0"
FETCHED = "performance.getEntriesByType('resource').reduce((sum, one) => sum + one.decodedBodySize, 0)"


@dataclass
class Measured:
    """Of one kind of page: ms on the server, the first after the start, made anew, and out of the cache; bytes; paint.

    `anew` is the median of pages of that kind which nobody asked for yet, in a server that made one before, `lcp` the
    largest contentful paint in ms, `cls` the layout shift, `loaded` the bytes of all else that is loaded.
    """

    page: str
    first: float
    anew: float
    warm: float
    p95: float
    size: int
    loaded: int | None = None
    lcp: float | None = None
    cls: float | None = None


def kinds() -> list[list[str]]:
    """The largest page of each kind, and some others of its kind, where there are others."""
    return [*([page] for page in [*front.views(), "/doc/maatregel"]), *(_some(all) for all in front.things().values())]


def _some(pages: list[str]) -> list[str]:
    return [pages[-1], *pages[-2 : -2 - OTHERS : -1]]


def on_the_server(connection: Connection, page: str, *others: str) -> Measured:
    """Asked for once, then in the other language, and others of its kind, then again and again."""
    first, size = _asked(connection, page)
    anew = [_asked(connection, page, "en")[0], *(_asked(connection, other)[0] for other in others)]
    times = [_asked(connection, page)[0] for _ in range(ROUNDS)]
    return Measured(page, first, figures.median(anew), figures.median(times), figures.percentile(times, 0.95), size)


def _asked(connection: Connection, page: str, language: str = "nl") -> tuple[float, int]:
    answer = connection.get(page, "text/html", keep=False, Accept_Language=language)
    if answer.status != 200:
        raise SystemExit(f"{page}: status {answer.status}")
    return answer.seconds * 1000, answer.size


def in_the_browser(program: str, address: str, found: list[Measured]) -> None:
    """Adds what the browser sees, each page with an empty cache."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(browser.FLAGS))
        for one in found:
            context = chromium.new_context(base_url=address, locale="nl-BE", viewport={"width": 1280, "height": 900})
            context.add_init_script(OBSERVE)
            tab = context.new_page()
            tab.goto(one.page, wait_until="networkidle")
            tab.wait_for_function(PAINTED)
            seen = tab.evaluate("window.figures")
            one.lcp, one.cls, one.loaded = seen["lcp"], seen["cls"], tab.evaluate(FETCHED)
            context.close()
        chromium.close()


def measure() -> list[Measured]:
    """All kinds of pages of a server that has just started."""
    with running("--no-validate") as client:
        connection = Connection(client.base_url.port or 80)
        found = [on_the_server(connection, *pages) for pages in kinds()]
        if program := browser.program():
            in_the_browser(program, str(client.base_url), found)
    return found


def table(found: Iterable[Measured]) -> Iterator[str]:
    """The figures as a table of Markdown, the slowest to make first."""
    yield f"| {' | '.join(HEADS)} |"
    yield f"| --- |{' --: |' * (len(HEADS) - 1)}"
    for one in sorted(found, key=lambda one: -one.anew):
        loaded = _number(one.loaded / 1000 if one.loaded is not None else None)
        times = map(_number, (one.first, one.anew, one.warm, one.p95, one.size / 1000))
        yield f"| `{one.page}` | {' | '.join(times)} | {loaded} | {_number(one.lcp)} | {_number(one.cls, 3)} |"


def _number(value: float | None, digits: int = 1) -> str:
    return "" if value is None else f"{value:.{digits}f}" if digits > 1 or value < 100 else f"{value:.0f}"


def told(found: list[Measured]) -> str:
    """How far the goals are reached, in a sentence."""
    slow = [one.page for one in found if one.warm > GOAL_MS]
    slow_anew = [one.page for one in found if one.anew > GOAL_MS]
    heavy = [one.page for one in found if one.size > GOAL_KB * 1000 and not one.page.startswith(NO_LIMIT)]
    goals = ((f"{GOAL_MS} ms when warm", slow), (f"{GOAL_MS} ms when made anew", slow_anew), (f"{GOAL_KB} kB", heavy))
    said = (f"{name}: {', '.join(f'`{page}`' for page in bad) or 'none'}" for name, bad in goals)
    return f"{len(found)} kinds of pages. Over {'; over '.join(said)}."


def write() -> None:
    """Put what was measured between the two marks of the page on performance."""
    saved = json.loads(FILE.read_text())
    found = [Measured(**one) for one in saved["pages"]]
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    about = f"Measured on {saved['date']}. {saved['processor']}. {saved['browser']}. {told(found)}"
    lines = [*textwrap.wrap(about, 120), "", *table(found)]
    PAGE.write_text(f"{before}{START}\n{chr(10).join(lines)}\n\n{END}{rest.partition(END)[2]}", "utf-8")


def main() -> None:
    """Measure, or fill the page."""
    if sys.argv[1:] == ["--page"]:
        write()
        return
    found = measure()
    FOLDER.mkdir(parents=True, exist_ok=True)
    about = {**figures.machine(), "browser": browser.version()}
    FILE.write_text(json.dumps({**about, "pages": [asdict(one) for one in found]}, indent=2) + "\n")
    print(*table(found), told(found), sep="\n")


if __name__ == "__main__":
    main()
