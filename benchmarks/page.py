"""The measured part of docs/performance.md, and the same in short for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks import figures, goals, plot
from benchmarks.figures import Figures
from benchmarks.goals import GOALS, Found
from benchmarks.peers import TITLES

PAGE = Path("docs/performance.md")
PLOT = Path("docs/performance.svg")
START, END = "<!-- measured: start -->\n", "<!-- measured: end -->\n"

NAMES = {**TITLES, "raw": "pyoxigraph, no server", "ready": "our ready file", "ox store": "Oxigraph server, /store"}
ONCE = ("equality", "runaways", "asks")  # which take no rounds
ENDS = {"none": "not at all", "cut": "connection cut"}


def show(found: Found) -> None:
    """How far each goal was reached, one a line."""
    for goal in GOALS:
        value = goal.measured(found)
        if value is not None:
            print(f"{'ok  ' if goal.met(found) else 'MISS'} {value:8.3g} {_bound(goal):>10}  {goal.text}")


def write() -> None:
    """Put what build/bench holds between the two marks, and draw the plot."""
    found = figures.load()
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    after = rest.partition(END)[2]
    measured = "\n".join(_lines(found))
    PAGE.write_text(f"{before}{START}\n{measured}\n\n{END}{after}", "utf-8")
    PLOT.write_text(plot.drawing(found), "utf-8")


def _lines(found: Found) -> Iterator[str]:
    yield from _about(found)
    yield from _table("Goals", ("measure", "goal", "measured", ""), _goals(found))
    for size, run in sorted(found.get("cold", {}).items(), reverse=True):
        yield from _cold(f"Cold p50 in ms, {_words(size)}", run["figures"])
    for size, run in sorted(found.get("throughput", {}).items(), reverse=True):
        yield from _throughput(f"Eight clients, cold, {_words(size)}", run["figures"])
    for size, run in sorted(found.get("repeated", {}).items(), reverse=True):
        yield from _repeated(f"Eight clients, the same again, {_words(size)}", run["figures"])
    yield from _distance(found)
    for run in found.get("attack", {}).values():
        yield from _attack(run["figures"])
    for run in found.get("runaways", {}).values():
        yield from _runaways(run["figures"])
    for run in found.get("asks", {}).values():
        yield from _asks(run["figures"])
    for size, run in sorted(found.get("dump", {}).items(), reverse=True):
        yield from _dump(f"Everything, {_words(size)}", run["figures"])
    for size, run in sorted(found.get("start", {}).items(), reverse=True):
        yield from _start(f"Start and memory at rest, {_words(size)}", run["figures"])
    yield from _growth(found)


def _about(found: Found) -> Iterator[str]:
    """All runs of one page should come from one machine; the last one speaks for them."""
    runs = sorted((run for sizes in found.values() for run in sizes.values()), key=lambda run: run["date"])
    if not runs:
        return
    last = runs[-1]
    versions = ", ".join(f"{name} {version}" for name, version in last["versions"].items())
    rounds = sorted(
        {run["rounds"] for section, sizes in found.items() for run in sizes.values() if section not in ONCE}
    )
    machine = f"{last['processor']}, {last['memory']}, {last['system']}"
    text = f"Measured on {last['date']}. {machine}. {versions}."
    if rounds:
        text += f" {rounds[0]} to {rounds[-1]} rounds." if rounds[1:] else f" {rounds[0]} rounds."
    yield from textwrap.wrap(text, 120)
    if any(run["quick"] for run in runs):
        yield "**Some of these figures come from a quick run with fewer rounds.**"


def _goals(found: Found) -> Iterator[tuple[str, ...]]:
    for goal in GOALS:
        value, met = goal.measured(found), goal.met(found)
        yield goal.text, _bound(goal), _number(value), {None: "not measured", True: "met", False: "**missed**"}[met]


def _bound(goal: goals.Goal) -> str:
    return f"{'≥' if goal.least else '≤'} {_number(goal.bound)}"


def _cold(title: str, run: Figures) -> Iterator[str]:
    names = list(next(iter(run["p50"].values())))
    rows = [
        (query, *(_number(times.get(name)) for name in names), _number(run["raw"][query]), *_beside_ox(run, query))
        for query, times in run["p50"].items()
    ]
    means = (_number(run["ratio"].get(name, {}).get("geometric mean")) for name in names)
    rows.append(("geometric mean over ox", *means, "", "", "", ""))
    added = (NAMES["raw"], "ours over ox", "vesoc, first of all", "ox, first of all")
    yield from _table(title, ("query", *map(_named, names), *added), rows)


def _beside_ox(run: Figures, query: str) -> tuple[str, str, str]:
    """The ratio, and what the first request of all took, ours and ox's."""
    first = run.get("first", {}).get(query, {})
    ratio = run["ratio"].get("vesoc", {}).get(query)
    return _number(ratio), _number(first.get("vesoc")), _number(first.get("ox"))


def _throughput(title: str, run: Figures) -> Iterator[str]:
    rows = [
        (mix, _named(name), *(_number(server[key]) for key in ("rate", "p50", "p99", "errors")), _number(rate))
        for mix, figures_of_mix in run.items()
        for name, server in figures_of_mix["servers"].items()
        for rate in [figures_of_mix["rate"][name]]
    ]
    yield from _table(title, ("mix", "server", "requests/s", "p50 ms", "p99 ms", "errors", "our rate over it"), rows)


def _repeated(title: str, run: Figures) -> Iterator[str]:
    rows = [
        (kind, *(_number(found["rate"][name]) for name in ("vesoc", "ox")), _number(found["ratio"]))
        for kind, found in run.items()
        if "rate" in found
    ]
    rows += [(kind, found["missing"], "", "") for kind, found in run.items() if "missing" in found]
    yield from _table(title, ("requests", "vesoc, a second", "ox, a second", "ratio"), rows)


def _distance(found: Found) -> Iterator[str]:
    kinds = (("cold", "throughput"), ("the same again", "repeated"))
    rows = [
        (f"{kind}, {title}", *_apart(run["distance"], "near"), *_apart(run["distance"], "far"))
        for kind, section in kinds
        for title, run in found.get(section, {}).get("20k", {}).get("figures", {}).items()
        if run.get("distance")
    ]
    heads = ("requests", "rounds, near", "over ox, near", "rounds, far", "over ox, far")
    if rows:
        yield from _table("Our rate over ox's, by how far the processors are from each other", heads, rows)


def _apart(found: Figures, which: str) -> tuple[str, str]:
    rounds = found.get(which, {})
    return _number(rounds.get("rounds", 0)), _number(rounds.get("ratio"))


def _attack(run: Figures) -> Iterator[str]:
    rows = [
        (_named(name), when, *(_number(server[when][share]) for share in ("p50", "p95", "p99")))
        for name, server in run["servers"].items()
        for when in ("alone", "attacked")
    ]
    yield from _table("A cheap query beside twenty runaways, ms", ("server", "", "p50", "p95", "p99"), rows)
    after = [
        (_named(name), _number(server["served"]), _number(server["errors"]), _number(server["burning"]))
        for name, server in run["servers"].items()
    ]
    heads = ("server", f"asked in {run['seconds']:.0f} s", "errors", "processors busy afterwards")
    yield from _table("The same: how many, and what is left", heads, after)


def _runaways(run: Figures) -> Iterator[str]:
    rows = [(kind, *_end(ours), *_end(run["ox"].get(kind))) for kind, ours in run["vesoc"].items()]
    heads = ("runaway", "vesoc: end", "s", "lives", "ox: end", "s", "lives")
    yield from _table(f"One runaway, limit {run['limit']} s", heads, rows)


def _end(found: Figures | None) -> tuple[str, str, str]:
    if found is None:
        return "", "", ""
    return ENDS.get(found["end"], str(found["end"])), _number(found["seconds"]), "yes" if found["alive"] else "**no**"


def _asks(run: Figures) -> Iterator[str]:
    rows = [
        (
            _named(name),
            *(_number(found[key]) for key in ("seconds", "rate", "errors")),
            "yes" if found["alive"] else "**no**",
        )
        for name, found in run.items()
    ]
    yield from _table("ASKs at full rate with a time limit", ("server", "s", "a second", "errors", "lives"), rows)


def _dump(title: str, run: Figures) -> Iterator[str]:
    heads = ("way", "MB/s of text", "first byte ms", "web process grew by, MiB of RSS", "all processes, MiB of PSS")
    rows = [
        (_named(name), *(_number(found.get(key)) for key in ("rate", "first byte", "web rss", "tree pss")))
        for name, found in run.items()
        if isinstance(found, dict)
    ]
    yield from _table(title, heads, rows)


def _start(title: str, run: Figures) -> Iterator[str]:
    rows = [
        (
            _named(name),
            *(_number(found.get(key)) for key in ("seconds", "memory", "peak", "with pages")),
            _number(run["seconds ratio"][name]),
        )
        for name, found in run["servers"].items()
    ]
    heads = ("server", "first answer after s", "MiB at rest", "MiB at most", "MiB with pages", "our seconds over its")
    yield from _table(title, heads, rows)


def _growth(found: Found) -> Iterator[str]:
    exponents = goals.exponents(found)
    if not exponents:
        return
    queries = next(iter(exponents.values()))
    rows = [(query, *(_number(exponents[name].get(query), 2) for name in exponents)) for query in queries]
    yield from _table("Growth exponent, 20 thousand to 1 million", ("query", *map(_named, exponents)), rows)


def _table(title: str, heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    heads = list(heads)
    yield from ("", f"### {title}", "", _row(heads), _row(["---"] + ["--:"] * (len(heads) - 1)))
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _named(name: str) -> str:
    return NAMES.get(name, name)


def _words(size: str) -> str:
    return {"20k": "20 thousand triples", "1m": "1 million triples", "10m": "10 million triples"}[size]


def _number(value: float | None, digits: int = 3) -> str:
    """Three digits that count, and no more zeros than needed."""
    if value is None:
        return ""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{float(f'{value:.{digits}g}'):g}"
