"""Outcomes of checks as tests of reports need them: from real findings, and from texts that break careless writers."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from test_shapes import BAD, report, shapes

from vesoc.checks import shacl
from vesoc.checks.finding import Finding, Place
from vesoc.checks.outcome import Allowance, Outcome, StepRun
from vesoc.checks.rule import Rule, declared
from vesoc.reports.options import Options

THING = "https://w3id.org/vesoc-kg/id/budgetlijn/proef"
LONG = "Eén €uro 😀 " * 2000
NASTY = (
    "a \"quote\", a 'quote' and a \\backslash\\",
    "two\nlines\r\nand\rthree",
    "]]> <![CDATA[ &amp; <b>bold</b> <!-- -->",
    "control \x00\x07\x1b[31m characters \ufffe and \u2028 lines",
    "::error file=x::not an error\n::stop-commands::x\n##[error]nor this",
    "100%0A %25, a: b; c=d {0} {placeholder} [a link](1)",
    "😀 e\u0301 \U0001f1e7\U0001f1ea",
    LONG,
)
FILES = ("data/ttl/a.ttl", "a b/é,:=%😀.ttl", "-", "/tmp/elsewhere.ttl", "https://example.org/data.ttl?a=b#c", "=x.ttl")
ODD = ("http://[::1]:80/x.ttl", "http://[x/y", "https://example.org:x/", "https://e.org/a[1]%zz.ttl", "notes:x.ttl")


def _nasty(number: int, text: str) -> Finding:
    place = Place(FILES[number % len(FILES)], number + 1, 2 * number + 1) if number % 4 else None
    literal = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '"@nl'
    return Finding(
        step=("shacl", "syntax")[number % 2],
        rule=("R22", "no code/of ours")[number % 2],
        severity=("Violation", "Warning", "Info")[number % 3],
        messages={"nl": f"NL {text}", "en": f"EN {text}"},
        thing=(THING, None, "nb1f2c3", "_:b0", "http://example.org/a b")[number % 5],
        path=("https://w3id.org/vesoc-kg/ns#amount", None, "n77")[number % 3],
        value=(literal, "_:b7", text, None)[number % 4],
        shape=("https://w3id.org/vesoc-kg/shapes#x", "n12", None)[number % 3],
        place=place,
        label={"nl": text},
        expected={"en": text},
        remedy={"nl": text, "en": text},
    )


def _bare() -> list[Finding]:
    """Findings of which little is known, as those of other people's shapes."""
    return [
        Finding("shacl", "x", "Violation", {}, focus="n0", component="n1"),
        Finding("shacl", "x", "Info", {"None": "no language"}, focus="a text as focus node"),
        Finding("queries", "no-answer", "Warning", {"en": "nothing"}),
    ]


def _sorted(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))


@cache
def options() -> Options:
    """With the rules of our shapes, and one of another step that nothing breaks."""
    return Options(rules=(*declared(shapes()), Rule("owl", "owl-profile", {"en": "In OWL 2 DL", "nl": "In OWL 2 DL"})))


@cache
def real() -> Outcome:
    """What the shapes find when all that can be wrong in the invented graph is wrong; half of it has a place."""
    found = report(*(Path(path).read_text(encoding="utf-8") for path in BAD))
    findings = list(shacl.findings(found, shapes()))
    assert len(findings) > 150
    placed = [_moved(finding, number) if number % 2 else finding for number, finding in enumerate(findings)]
    steps = (
        StepRun("syntax", 3, "documents", 0.25),
        StepRun("shacl", 1234, "triples", 2.5),
        StepRun("owl", 9, "terms"),
    )
    return Outcome(_sorted(placed), steps=steps)


def _moved(finding: Finding, line: int) -> Finding:
    values = {name: getattr(finding, name) for name in finding.__dataclass_fields__}
    return Finding(**{**values, "place": Place("data/ttl/proef.ttl", line, 5)})


@cache
def nasty() -> Outcome:
    """Findings with texts and names that break careless writers; some are excused, a step is left out."""
    findings = [_nasty(number, NASTY[number % len(NASTY)]) for number in range(60)] + _bare()
    excused = tuple(
        (finding, Allowance(text, date(2031, 12, 31))) for finding, text in zip(findings, NASTY, strict=False)
    )
    steps = (StepRun("shacl", 1, "triples", 1.5), StepRun("skos", left_out="]]> <no> concepts\n::error::x"))
    return Outcome(_sorted(findings), excused, steps)


def outcomes() -> dict[str, Outcome]:
    """All outcomes by name."""
    only_excused = Outcome(
        (), ((_nasty(0, "x"), Allowance("known", date(2031, 1, 1))),), (StepRun("shacl", 1, "triples"),)
    )
    return {"real": real(), "nasty": nasty(), "empty": Outcome(()), "excused": only_excused}
