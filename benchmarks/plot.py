"""The ratios of the cold queries as a drawing: one line a query, one dot a server, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Iterator

from benchmarks.figures import Figures
from benchmarks.goals import Found
from benchmarks.peers import TITLES

WIDTH, LEFT, RIGHT, TOP, STEP = 820, 190, 30, 64, 24
COLOURS = {"vesoc": "#b3001b", "ox": "#222222", "oxdisk": "#7a7a7a", "virtuoso": "#1b6ca8", "rdflib": "#d08c00"}
SIZES = {"20k": "20 thousand triples", "1m": "1 million triples", "10m": "10 million triples"}
TICKS = (0.1, 1, 10, 100, 1000)


def drawing(found: Found) -> str:
    """One panel a size, under each other."""
    panels = [(size, found["cold"][size]["figures"]["ratio"]) for size in SIZES if size in found.get("cold", {})]
    heights = [_height(ratios) for _, ratios in panels]
    parts = [
        f'<g transform="translate(0 {sum(heights[:number])})">{"".join(_panel(size, ratios))}</g>'
        for number, (size, ratios) in enumerate(panels)
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {sum(heights)}" font-family="sans-serif">'
    title = "<title>Time of a cold query over that of the Oxigraph server in memory</title>"
    return "\n".join([head, title, '<rect width="100%" height="100%" fill="#ffffff"/>', *parts, "</svg>", ""])


def _height(ratios: Figures) -> int:
    return TOP + STEP * len(_queries(ratios)) + 40


def _queries(ratios: Figures) -> list[str]:
    return list(ratios.get("vesoc", {}))


def _panel(size: str, ratios: Figures) -> Iterator[str]:
    queries = _queries(ratios)
    yield _text(20, 24, f"Cold p50 over the Oxigraph server's, {SIZES[size]}", 15, weight="bold")
    yield from _legend(list(ratios))
    yield from _scale(TOP, TOP + STEP * len(queries))
    for number, query in enumerate(queries):
        yield from _line(TOP + STEP * number + STEP // 2, query, ratios)


def _legend(names: list[str]) -> Iterator[str]:
    for number, name in enumerate(names):
        x = 26 + number * 160
        yield _dot(x, 44, name)
        yield _text(x + 10, 48, TITLES[name], 12)


def _scale(top: int, bottom: int) -> Iterator[str]:
    for tick in TICKS:
        colour = "#222222" if tick == 1 else "#d8d8d8"
        yield f'<line x1="{_x(tick)}" x2="{_x(tick)}" y1="{top}" y2="{bottom}" stroke="{colour}"/>'
        yield _text(_x(tick), bottom + 16, f"{tick:g} ×", 11, anchor="middle")


def _line(y: int, query: str, ratios: Figures) -> Iterator[str]:
    yield _text(LEFT - 12, y + 4, query, 12, anchor="end", weight="normal" if query.startswith("q") else "bold")
    # Ours last, so that no other dot lies over it.
    for name in sorted(ratios, key=lambda name: name == "vesoc"):
        if query in ratios[name]:
            yield _dot(_x(ratios[name][query]), y, name)


def _x(ratio: float) -> float:
    low, high = math.log10(TICKS[0]), math.log10(TICKS[-1])
    share = (math.log10(min(max(ratio, TICKS[0]), TICKS[-1])) - low) / (high - low)
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _dot(x: float, y: float, name: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="5" fill="{COLOURS[name]}" stroke="#ffffff"/>'


def _text(x: float, y: float, text: str, size: int, *, anchor: str = "start", weight: str = "normal") -> str:
    style = f'font-size="{size}" text-anchor="{anchor}" font-weight="{weight}"'
    return f'<text x="{x}" y="{y}" {style} fill="#222222">{text}</text>'
