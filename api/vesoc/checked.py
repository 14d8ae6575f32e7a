"""What a worker answers to those who have a document validated against our shapes, beside our graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from vesoc import formats, replies
from vesoc.checks.finding import SEVERITIES
from vesoc.errors import Problem, VesocError
from vesoc.formats import HTML, JSON, Format
from vesoc.graphs import METADATA, graph_iri
from vesoc.places import Places
from vesoc.reader import Reader
from vesoc.reply import Reply
from vesoc.settings import Settings
from vesoc.templating import render
from vesoc.worker import Operation

if TYPE_CHECKING:  # the engine imports what validates when it has nothing else to do
    from vesoc.checks.finding import Finding
    from vesoc.checks.material import Material
    from vesoc.checks.outcome import Outcome
    from vesoc.shapes import Shapes
    from vesoc.validation import Surroundings

TEXT = Format("txt", ("text/plain",), charset=True)
SARIF = Format("sarif", ("application/sarif+json",))
JUNIT = Format("junit", ("application/xml", "text/xml"))
FORMS = (JSON, formats.TURTLE, formats.JSON_LD, formats.RDF_XML, TEXT, formats.N_TRIPLES, SARIF, JUNIT, HTML)

_WRITERS = {JSON: "json", TEXT: "text", SARIF: "sarif", JUNIT: "junit"}
_BREAK = re.compile(r"\r\n|\n|\r")  # what parsers count as the end of a line
_MOST = 200  # findings on a page
_ECHO = 100_000  # characters of a text that the page gives back
_LINE = 200  # characters of a line that a finding shows


@dataclass(frozen=True)
class Row:
    """A finding as a page shows it: where, the line that stands there, and what is to be said of it."""

    severity: str
    rule: str
    message: str
    about: str
    place: tuple[int, int] | None
    line: str
    facts: list[tuple[str, str]]


class Checked:
    """Reports on documents of others; `found` is where our shapes are, None where other people's data is served."""

    def __init__(self, store: Store, settings: Settings, found: Places | None) -> None:
        self._store = store
        self._settings = settings
        self._found = found

    def operations(self) -> Mapping[str, Operation]:
        """The operation by name."""
        return {"validate": self.validate}

    def chores(self) -> list[Callable[[], object]]:
        """What the first validation would have to read."""
        return [self._warm] if self._found else []

    def validate(self, request: dict[str, Any], reply: Reply) -> None:
        """The report on a document: `text`, its `syntax` by suffix, its `name`, whether it was `typed`, and `steps`."""
        from vesoc.checks import run
        from vesoc.checks.bounds import bounded
        from vesoc.reports.options import Options

        material = self._material(request)
        whole = _outcome(material, request["steps"])
        outcome = bounded(whole)
        options = Options(base=self._settings.base, rules=run.rules(material), whole=True, anchor=request["name"])
        reader, form = Reader.from_document(request["reader"]), formats.by_suffix(request["suffix"], FORMS)
        assert form
        if form is HTML:
            replies.send(request, reply, form, self._page(request, whole, outcome.findings[:_MOST], reader))
        else:
            replies.send(request, reply, form, _written(outcome, form, reader.language, options))

    def _material(self, request: dict[str, Any]) -> Material:
        from vesoc.checks.material import Document, Material

        if self._found is None:
            raise Problem(404, "this server has other people's data, and no shapes")
        syntax = formats.by_suffix(request["syntax"], formats.GRAPHS)
        assert syntax
        assert isinstance(syntax.engine, RdfFormat)
        base = f"{self._settings.address}validate"  # of relative IRIs
        document = Document(request["name"], request["text"].encode(), syntax.engine, base)
        context, around = self._context, self._surroundings
        return Material((document,), self._settings.base, self._shapes, context=context, surroundings=around)

    @cached_property
    def _shapes(self) -> Shapes:
        from vesoc.shapes import Shapes

        assert self._found
        return Shapes(self._found.shapes)

    @cached_property
    def _context(self) -> tuple[Quad, ...]:
        # The default graph says again what the others say.
        apart = (NamedNode(graph_iri(METADATA, self._settings.base)), DefaultGraph())
        return tuple(quad for quad in self._store if quad.graph_name not in apart)

    @cached_property
    def _surroundings(self) -> Surroundings:
        from vesoc.validation import Surroundings

        return Surroundings(self._context, self._shapes)

    def _warm(self) -> None:
        from vesoc.checks import run  # noqa: F401

        self._surroundings, self._shapes.core  # noqa: B018

    def _page(self, request: dict[str, Any], outcome: Outcome, shown: tuple[Finding, ...], reader: Reader) -> bytes:
        """The page with some findings of an outcome, whose numbers it tells."""
        lines = _BREAK.split(request["text"])
        rows = [_row(finding, lines, reader.language, self._settings.base) for finding in shown]
        counts = {severity: outcome.count(severity) for severity in SEVERITIES}
        report = {"rows": rows, "counts": counts, "fails": outcome.fails(), "more": len(outcome.findings) - len(rows)}
        echo = request["text"] if request["typed"] and len(request["text"]) <= _ECHO else ""
        values = {"syntaxes": formats.GRAPHS, "text": echo, "syntax": request["syntax"], "name": request["name"]}
        values["address"] = self._settings.address
        return render("validate.html", reader, report=report, steps=outcome.steps, **values).encode()


def _outcome(material: Material, steps: list[str]) -> Outcome:
    """What is found; Problem 400 where the rules cannot be run on what somebody hands in."""
    from vesoc.checks import run
    from vesoc.checks.policy import Policy

    names = _steps(material, steps)
    try:
        return run.check(material, names, Policy(), split=False)
    except VesocError as error:
        raise Problem(400, str(error)) from error


def _steps(material: Material, asked: list[str]) -> tuple[str, ...]:
    from vesoc.checks import run

    try:
        return run.names(material, asked, ())
    except VesocError as error:
        raise Problem(400, str(error)) from None


def _written(outcome: Outcome, form: Format, language: str, options: Any) -> bytes:
    from vesoc.reports import forms

    if form in _WRITERS:
        return forms.form(_WRITERS[form]).write(outcome, language, options).encode()
    text = forms.form("turtle").write(outcome, language, options).encode()
    if form is formats.TURTLE:
        return text
    assert isinstance(form.engine, RdfFormat)
    written = pyoxigraph.serialize(pyoxigraph.parse(text, format=RdfFormat.TURTLE), format=form.engine)
    assert isinstance(written, bytes)
    return written


def _row(finding: Finding, lines: list[str], language: str, base: str) -> Row:
    from vesoc.reports.wording import facts, subject

    place = finding.place
    line = lines[place.line - 1].strip()[:_LINE] if place and place.line <= len(lines) else ""
    return Row(
        finding.severity,
        finding.rule,
        finding.message(language),
        subject(finding, language, base),
        (place.line, place.column) if place else None,
        line,
        facts(finding, language, base),
    )
