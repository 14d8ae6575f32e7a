"""The step `queries`: every query of the library can be read, ends in time, has an answer, and names what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Thread

from pyoxigraph import QueryBoolean, Store

from vesoc import complaints, library
from vesoc.checks.finding import Finding, Place, Texts
from vesoc.checks.material import Material, shown
from vesoc.checks.rule import Rule
from vesoc.checks.step import Look, Step
from vesoc.checks.vocabulary import Judge
from vesoc.checks.wording import filled, same
from vesoc.library import NamedQuery, QueryError

SECONDS = 10.0  # that a query may take
_ABSENT = "the library of queries belongs to our own graph"
_UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
_NAME = re.compile(
    r"""<(?P<iri>[^<>"{}|^`\\\s]*)>|\#[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
    r"""|(?<![\w?$:.-])(?P<prefix>[A-Za-z][\w-]*):(?P<local>\w[\w-]*)"""
)
_PREFIX = re.compile(r"^\s*PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_LINE = re.compile(r":(\d+): ")

_WRONG = {"nl": "De vraag kan niet gelezen worden: {reason}.", "en": "The query cannot be read: {reason}."}
_SLOW = {"nl": "De vraag is na {seconds} seconden niet klaar.", "en": "The query is not done after {seconds} seconds."}
_EMPTY = {"nl": "De vraag geeft geen enkele rij.", "en": "The query gives no row at all."}
_ALLOW = {
    "nl": "Verbeter de vraag, of zet `#+ may-be-empty:` met de reden in haar hoofding.",
    "en": "Correct the query, or put `#+ may-be-empty:` with the reason into its header.",
}
_UNKNOWN = {
    "nl": "De vraag noemt {term}, en die term bestaat niet.",
    "en": "The query names {term}, which does not exist.",
}
_CORRECT = {"nl": "Verbeter de naam.", "en": "Correct the name."}


@dataclass(frozen=True)
class _File:
    """A query file, with what it takes to try it."""

    path: Path
    store: Store
    judge: Judge

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def finding(self, rule: str, messages: Texts, at: tuple[int, int] = (1, 1), **told: Texts) -> Finding:
        """A finding about this file, at a line and column."""
        place = Place(shown(self.path), *at)
        found = Finding(STEP.name, rule, "Violation", messages, self.path.resolve().as_uri(), place=place)
        return replace(found, expected=told.get("expected", {}), remedy=told.get("remedy", {}))

    def findings(self) -> Iterator[Finding]:
        """What is wrong with it."""
        try:
            query = library.read(self.path)
            yield from self._unknown()
            yield from self._tried(query)
        except QueryError as error:
            found = _LINE.search(str(error))
            reason = str(error).partition(": ")[2]
            yield self.finding("query-unreadable", filled(_WRONG, reason=reason), (int(found[1]) if found else 1, 1))
        except (SyntaxError, ValueError) as error:
            problem = complaints.of_syntax(self.text, str(error))
            at = int(problem.extra.get("line", 1)), int(problem.extra.get("column", 1))
            yield self.finding("query-unreadable", filled(_WRONG, reason=problem.detail), at)

    def _tried(self, query: NamedQuery) -> Iterator[Finding]:
        answered = _answered(self.store, query.text)
        if answered is None:
            yield self.finding("query-slow", filled(_SLOW, seconds=SECONDS))
        elif not answered and "may-be-empty" not in query.headers:
            yield self.finding("query-empty", _EMPTY, remedy=_ALLOW)

    def _unknown(self) -> Iterator[Finding]:
        prefixes = dict(_PREFIX.findall(self.text))
        for found in _NAME.finditer(self.text):
            iri = found["iri"] or prefixes.get(found["prefix"] or "", "") + (found["local"] or "")
            if found["iri"] is None and found["prefix"] is None:
                continue
            near = self.judge.unknown(iri)
            if near is not None:
                messages = filled(_UNKNOWN, term=self.judge.names([iri]))
                expected = same(self.judge.names(near))
                yield self.finding(
                    "query-term", messages, self._place(found.start()), expected=expected, remedy=_CORRECT
                )

    def _place(self, position: int) -> tuple[int, int]:
        before = self.text[:position]
        return before.count("\n") + 1, position - before.rfind("\n")


def look(material: Material) -> Look:
    """Try each query on a store as the server has it."""
    assert material.places is not None
    store, judge = Store(), Judge(material)
    store.bulk_extend(material.quads)
    store.update(_UNION)
    files = [_File(path, store, judge) for path in sorted(material.places.queries.glob("*.rq"))]
    return Look(tuple(finding for file in files for finding in file.findings()), len(files), "queries")


def _answered(store: Store, text: str) -> bool | None:
    """Whether a query has an answer; None where it is not done in time. SyntaxError where it is no SPARQL."""
    outcome: list[bool | Exception] = []

    def ask() -> None:
        try:
            results = store.query(text)
            outcome.append(isinstance(results, QueryBoolean) or next(iter(results), None) is not None)
        except Exception as error:
            outcome.append(error.with_traceback(None))  # which would keep the results

    # The engine cannot be stopped; a thread of this kind does not keep the command from ending.
    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(SECONDS)
    if outcome and isinstance(outcome[0], Exception):
        raise outcome[0]
    return bool(outcome[0]) if outcome else None


_TITLES = {
    "query-unreadable": ("Elke vraag kan gelezen worden", "Each query can be read"),
    "query-slow": ("Elke vraag is op tijd klaar", "Each query is done in time"),
    "query-empty": ("Elke vraag heeft een antwoord", "Each query has an answer"),
    "query-term": ("Elke term in een vraag bestaat", "Each term in a query exists"),
}
RULES = tuple(Rule("queries", code, {"nl": nl, "en": en}) for code, (nl, en) in _TITLES.items())
STEP = Step(
    "queries",
    "every query of the library runs and has an answer",
    look,
    lambda material: None if material.own else _ABSENT,
    by_default=False,
    rules=RULES,
)
