"""SVG piece by piece: elements with attributes, and a drawing with its name and description."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

LETTER = 6.6  # width of a letter of a label, about, in the units of a drawing
_LONG = 900  # one that is wider is not made smaller than it can be read
PATTERNS = 9  # ways in which an area is filled; beyond these they come again

_STROKES = (
    None,
    "M0 8L8 0",
    "M0 4H8",
    "M0 0L8 8M0 8L8 0",
    "M4 0V8",
    "M2 2h1.5v1.5h-1.5zM6 6h1.5v1.5h-1.5z",
    "M0 0L8 8",
    "M0 4H8M4 0V8",
    "M0 2H8M0 6H8",
)

Attributes = dict[str, str | float]


def piece(within: Element, tag: str, attributes: Attributes, text: str | None = None) -> Element:
    """A new element within another; numbers are rounded to tenths."""
    made = SubElement(within, tag, {name: _written(value) for name, value in attributes.items()})
    made.text = text
    return made


def drawing(name: str, title: str, description: str, width: float, linked: bool = False) -> Element:
    """An empty drawing with its title and description.

    `name` is that of no other drawing on the page. One with links in it is a group to screen readers, for what is in an
    image they do not reach.
    """
    made = Element(
        "svg", {"class": "chart chart-long" if width > _LONG else "chart", "role": "group" if linked else "img"}
    )
    made.set("xmlns", "http://www.w3.org/2000/svg")
    made.set("id", f"chart-{name}")
    made.set("width", _written(width))
    for part, text in (("title", title), ("desc", description)):
        piece(made, part, {"id": f"chart-{name}-{part}"}, text)
    made.set("aria-labelledby", f"chart-{name}-title chart-{name}-desc")
    return made


def finished(made: Element, height: float) -> Markup:
    """The drawing as it stands in a page."""
    made.set("height", _written(height))
    made.set("viewBox", f"0 0 {made.get('width')} {_written(height)}")
    return Markup(tostring(made, encoding="unicode", short_empty_elements=True))


def patterns(made: Element, name: str, number: int) -> None:
    """The patterns of so many series, which tell them apart where colours do not."""
    within = piece(made, "defs", {})
    for series in range(min(number, PATTERNS)):
        size: Attributes = {"width": 8, "height": 8, "patternUnits": "userSpaceOnUse"}
        pattern = piece(within, "pattern", {"id": f"fill-{name}-{series}", "class": f"series-{series}", **size})
        piece(pattern, "rect", {"class": "ground", "width": 8, "height": 8})
        if stroke := _STROKES[series]:
            piece(pattern, "path", {"class": "strokes", "d": stroke})


def fill(name: str, series: int) -> str:
    """The value of `fill` for a series."""
    return f"url(#fill-{name}-{series % PATTERNS})"


def shortened(text: str, width: float) -> str:
    """The text cut to a width."""
    most = max(int(width / LETTER), 4)
    return text if len(text) <= most else f"{text[: most - 1].rstrip(' ,;:(')}…"


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 1):g}"
