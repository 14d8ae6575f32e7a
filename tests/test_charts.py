"""Charts: well-formed, named and described, true to their values, without styles or scripts of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from vesoc.charts.bars import Bar, Names, Piece, bars, single
from vesoc.charts.lines import lines
from vesoc.charts.rows import Columns, for_rows
from vesoc.charts.scale import Scale, steps, years
from vesoc.charts.svg import shortened
from vesoc.charts.timeline import Lane, Period, timeline
from vesoc.pages.values import Value

SVG = "{http://www.w3.org/2000/svg}"
XSD = "http://www.w3.org/2001/XMLSchema#"
STYLE = Path(__file__).parent.parent / "api" / "vesoc" / "static" / "style.css"
NAMES = Names("test", "A <title> & more", "What it shows")
ROWS = [
    Bar("first & last", [Piece(30, "thirty", 0, "/doc/x?a=1&b=2"), Piece(10, "ten", 1)], mark=50),
    Bar("<b>second</b>", [Piece(20, "twenty", 0)]),
]
LANES = [
    Lane("one", [Period("both", date(2020, 1, 1), date(2020, 12, 31)), Period("open", date(2021, 6, 1), None, 1)]),
    Lane("two", [Period("until", None, date(2022, 5, 1)), Period("day", date(2021, 3, 3), date(2021, 3, 3))]),
]
CHARTS = {
    "bars": bars(NAMES, ROWS, ["A", "B"]),
    "nothing": bars(NAMES, []),
    "lines": lines(NAMES, [("a", 1), ("b", 5), ("c", 0)]),
    "timeline": timeline(NAMES, LANES, ["A", "B"], [date(2020, 7, 1)]),
}


def drawn(chart: Markup) -> ET.Element:
    return ET.fromstring(str(chart))


def rectangles(chart: Markup) -> list[tuple[float, float]]:
    """Place and length of the pieces of bars, without the legend."""
    found = [one for one in drawn(chart).iter(f"{SVG}rect") if one.find(f"{SVG}title") is not None]
    return [(float(one.attrib["x"]), float(one.attrib["width"])) for one in found]


@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_named_and_described(name: str) -> None:
    root = drawn(CHARTS[name])
    texts = {one.attrib["id"]: one.text for one in root if "id" in one.attrib}
    assert [texts[part] for part in root.attrib["aria-labelledby"].split()] == [NAMES.title, NAMES.description]
    assert root.attrib["viewBox"] == f"0 0 {root.attrib['width']} {root.attrib['height']}"


@pytest.mark.parametrize("name", CHARTS)
def test_chart_has_no_styles_or_scripts_and_only_classes_that_the_style_sheet_has(name: str) -> None:
    css = STYLE.read_text(encoding="utf-8")
    for one in drawn(CHARTS[name]).iter():
        assert one.tag.removeprefix(SVG) not in ("script", "style", "foreignObject", "image")
        assert not {"style", *(key for key in one.attrib if key.startswith("on"))} & set(one.attrib)
        plain = [word for word in one.attrib.get("class", "").split() if word not in ("series-8", "bar")]
        assert all(f".{word}" in css for word in plain), plain


@pytest.mark.parametrize("name", CHARTS)
def test_each_fill_is_a_pattern_of_the_same_chart(name: str) -> None:
    root = drawn(CHARTS[name])
    patterns = {f"url(#{one.attrib['id']})" for one in root.iter(f"{SVG}pattern")}
    assert {one.attrib["fill"] for one in root.iter() if "fill" in one.attrib} <= patterns


def test_chart_with_links_is_a_group_and_one_without_an_image() -> None:
    assert drawn(CHARTS["bars"]).attrib["role"] == "group"
    assert [one.attrib["href"] for one in drawn(CHARTS["bars"]).iter(f"{SVG}a")] == ["/doc/x?a=1&b=2"]
    assert drawn(CHARTS["lines"]).attrib["role"] == "img"


def test_bars_are_as_long_as_their_values_and_follow_each_other() -> None:
    (first, thirty), (second, ten), (third, twenty) = rectangles(CHARTS["bars"])
    assert thirty / ten == pytest.approx(3, rel=0.01)
    assert twenty / ten == pytest.approx(2, rel=0.01)
    assert (first, second, third) == pytest.approx((0, thirty, 0), abs=0.2)


def test_mark_stands_at_its_value() -> None:
    [mark] = [one for one in drawn(CHARTS["bars"]).iter(f"{SVG}line") if one.attrib["class"] == "mark"]
    assert float(mark.attrib["x1"]) == pytest.approx(50 * rectangles(CHARTS["bars"])[0][1] / 30, abs=0.2)


def test_periods_stand_at_their_days_and_open_ones_have_an_arrow() -> None:
    root = drawn(CHARTS["timeline"])
    [whole, half, *_] = [float(one.attrib["width"]) for one in root.iter(f"{SVG}rect") if "rx" in one.attrib]
    ticks = [float(one.attrib["x1"]) for one in root.iter(f"{SVG}line") if one.attrib["class"] == "grid"]
    assert whole == pytest.approx(ticks[1] - ticks[0], abs=0.2)
    assert half < whole
    assert len([one for one in root.iter(f"{SVG}path") if one.attrib.get("class") == "open"]) == 2


def test_labels_stay_within_the_drawing() -> None:
    long = "a very long label that is much too long for any chart " * 5
    root = drawn(timeline(NAMES, [Lane("x", [Period(long, date(2020, 1, 1), date(2030, 1, 1))])]))
    assert all(len(one.text or "") < len(long) for one in root.iter(f"{SVG}text"))
    assert shortened("short", 100) == "short"
    assert shortened("a long label", 40) == "a lon…"


def test_steps_are_round_and_reach_the_highest_value() -> None:
    assert steps(121) == [0, 25, 50, 75, 100, 125]
    assert steps(0) == [0, 1]
    for high in (1, 7, 99, 189, 1_234_567, 0.3):
        found = steps(high)
        assert found[0] == 0
        assert found[-2] < high <= found[-1] * 1.000001
        assert len(found) <= 8


def test_scale_leads_from_end_to_end() -> None:
    assert [Scale(0, 10, 100, 200).at(value) for value in (0, 5, 10)] == [100, 150, 200]
    assert Scale(3, 3, 0, 100).at(3) == 0


def test_years_hold_all_days() -> None:
    assert years(date(2020, 5, 1), date(2021, 1, 1)) == [date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)]
    many = years(date(1950, 1, 1), date(2030, 1, 1))
    assert many[-1] > date(2030, 1, 1)
    assert len(many) < 20


def test_small_bar_of_a_cell_is_for_the_eye_only() -> None:
    root = drawn(single(5, 10))
    assert root.attrib["aria-hidden"] == "true"
    assert [float(one.attrib["width"]) for one in root.iter("rect")] == [50]


def value(text: str, datatype: str = "") -> Value:
    return Value(text, datatype=f"{XSD}{datatype}" if datatype else None)


TABLE = [
    [value("2020-01-01", "date"), value("akkoord"), value("beslist"), value("3", "integer"), value("1000", "decimal")],
    [value("2021-01-01", "date"), value("akkoord"), value("lopend"), value("6", "integer"), value("500", "decimal")],
]
COLUMNS = ("agreed", "title", "status", "number", "amount")


def test_table_gives_bars_of_its_first_numbers_or_of_those_that_are_named() -> None:
    plain = for_rows("bar", NAMES, Columns(COLUMNS), TABLE)
    money = for_rows("bar", NAMES, Columns(COLUMNS, ["amount"]), TABLE)
    assert plain
    assert money
    (_, three), (_, six) = rectangles(plain)
    (_, thousand), (_, half) = rectangles(money)
    assert (six / three, thousand / half) == (pytest.approx(2, rel=0.01), pytest.approx(2, rel=0.01))
    labels = [one.text for one in drawn(plain).iter(f"{SVG}text") if one.attrib["class"] == "name"]
    assert labels == ["beslist", "lopend"]  # what is the same in all rows tells nothing


def test_table_gives_a_line_or_a_time_line_where_the_query_asks_for_it() -> None:
    for kind, tag in (("line", "polyline"), ("timeline", "path")):
        chart = for_rows(kind, NAMES, Columns(COLUMNS), TABLE)
        assert chart
        assert list(drawn(chart).iter(f"{SVG}{tag}"))


@pytest.mark.parametrize("kind", ["bar", "line", "timeline"])
def test_table_with_nothing_to_draw_gives_no_chart(kind: str) -> None:
    assert for_rows(kind, NAMES, Columns(["a"]), []) is None
    assert for_rows(kind, NAMES, Columns(["a"]), [[value("word")]]) is None
    negative = [[value("word"), value("-1", "integer")], [value("other"), value("2", "integer")]]
    assert for_rows(kind, NAMES, Columns(["a", "b"]), negative) is None
