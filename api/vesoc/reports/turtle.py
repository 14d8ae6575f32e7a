"""A report in Turtle, as SHACL has it: a validation report with a result a finding, those of other steps as well.

Where a finding stands is told by the Pointers vocabulary of the W3C (`ptr:LineCharPointer`, a line and a character in a
document), for that is what the W3C's own reporting language EARL points with, and neither SHACL nor PROV has a term for
it; an `oa:TextPositionSelector` counts from the start of the text, not by lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from vesoc.checks.finding import Finding, Place, Texts
from vesoc.checks.outcome import Outcome, StepRun
from vesoc.checks.rule import Rule, used
from vesoc.formats import TURTLE
from vesoc.names import PREFIXES, term
from vesoc.reports.artifact import artifact
from vesoc.reports.options import PLAIN, Options
from vesoc.reports.wording import why
from vesoc.serialisation import written

Term = NamedNode | BlankNode | Literal
_POINTERS = "http://www.w3.org/2009/pointers#"
_EARL = "http://www.w3.org/ns/earl#"
_POINTER = NamedNode(f"{_EARL}pointer")
_REPORT = BlankNode("report")
_TYPE = term("rdf:type")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NODE = re.compile(r"_:\S+|[A-Za-z][A-Za-z0-9]*")  # as engines print a blank node
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def write(outcome: Outcome, language: str, options: Options = PLAIN) -> str:
    """The report in Turtle, in all languages; as SHACL says, it conforms when there is no result, however mild."""
    besides = {"ptr": _POINTERS, "earl": _EARL}
    return written(_triples(outcome, options), TURTLE, options.base, besides).decode()


def _triples(outcome: Outcome, options: Options) -> Iterator[Triple]:
    yield Triple(_REPORT, _TYPE, term("sh:ValidationReport"))
    yield Triple(_REPORT, term("sh:conforms"), Literal(not outcome.findings))
    yield from (Triple(_REPORT, term("rdfs:comment"), text) for text in _left_out(outcome.steps))
    for number, finding in enumerate(outcome.findings, 1):
        yield from _result(finding, number, options)
    yield from _components(outcome.findings, options.rules)


def _left_out(steps: Iterable[StepRun]) -> list[Literal]:
    return [
        Literal(f"{step.name} {text}: {why(step, language)}", language=language)
        for step in steps
        if step.left_out
        for language, text in (("nl", "is overgeslagen"), ("en", "was left out"))
    ]


def _result(finding: Finding, number: int, options: Options) -> Iterator[Triple]:
    result = BlankNode(f"result{number:05}")
    yield Triple(_REPORT, term("sh:result"), result)
    yield Triple(result, _TYPE, term("sh:ValidationResult"))
    yield Triple(result, term("sh:resultSeverity"), term(f"sh:{finding.severity}"))
    yield Triple(result, term("sh:sourceConstraintComponent"), NamedNode(_component(finding)))
    yield Triple(result, term("sh:focusNode"), _focus(finding, options))
    for name, found in (("resultPath", finding.path), ("sourceShape", finding.shape)):
        if found and not isinstance(node := _node(found), Literal):
            yield Triple(result, term(f"sh:{name}"), node)
    if finding.value:
        yield Triple(result, term("sh:value"), _value(finding.value))
    yield from (Triple(result, term("sh:resultMessage"), text) for text in _texts(finding.messages))
    if finding.place:
        yield from _pointer(result, finding.place, BlankNode(f"place{number:05}"), options.root)


def _component(finding: Finding) -> str:
    """The constraint component; for steps other than SHACL the rule, in the namespace of our shapes."""
    given = finding.component
    return given if given and isinstance(_node(given), NamedNode) else _rule_iri(finding.rule)


def _rule_iri(rule: str) -> str:
    return f"{PREFIXES['vs']}{quote(rule, safe='-._~')}"


def _components(findings: Iterable[Finding], known: Iterable[Rule]) -> Iterator[Triple]:
    """What the components of ours are called; each is the rule that its IRI leads to."""
    ours = {(finding.step, finding.rule) for finding in findings if _component(finding) == _rule_iri(finding.rule)}
    for rule in used(findings, known):
        if (rule.step, rule.code) in ours:
            component = NamedNode(_rule_iri(rule.code))
            yield Triple(component, term("dcterms:identifier"), Literal(rule.code))
            yield from (Triple(component, term("dcterms:title"), text) for text in _texts(rule.titles))


def _focus(finding: Finding, options: Options) -> Term:
    """The focus node: the thing where there is none, else the document, else the report, which is all there is."""
    if name := finding.focus or finding.thing:
        return _node(name)
    return _document(finding.place.file, options.root) if finding.place else _REPORT


def _pointer(result: BlankNode, place: Place, pointer: BlankNode, root: str) -> Iterator[Triple]:
    yield Triple(result, _POINTER, pointer)
    yield Triple(pointer, _TYPE, NamedNode(f"{_POINTERS}LineCharPointer"))
    yield Triple(pointer, NamedNode(f"{_POINTERS}reference"), _document(place.file, root))
    for name, number in (("lineNumber", place.line), ("charNumber", place.column)):
        yield Triple(pointer, NamedNode(_POINTERS + name), Literal(str(number), datatype=term("xsd:positiveInteger")))


def _document(file: str, root: str) -> NamedNode:
    found = artifact(file)
    return NamedNode(root + found.uri if found.within else found.uri)


def _node(name: str) -> Term:
    """An IRI, a blank node as engines print it, or else a text."""
    if _ABSOLUTE.match(name):
        try:
            return NamedNode(name)
        except ValueError:
            return Literal(name)
    if _NODE.fullmatch(name):
        return BlankNode(f"node{name.removeprefix('_:').encode().hex()}")
    return Literal(name)


def _value(text: str) -> Term:
    """A term as N-Triples write it; what is none is kept as a text."""
    if text.startswith("_:"):
        return _node(text)
    try:
        [quad] = parse(f"<urn:s> <urn:p> {text} .", format=RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError):
        return Literal(text)
    found = quad.object
    return found if isinstance(found, NamedNode | Literal) else Literal(text)


def _texts(texts: Texts) -> Iterator[Literal]:
    """Texts with their languages; texts of other people's shapes may have none."""
    for language, text in texts.items():
        known = _LANGUAGE.fullmatch(language)
        yield Literal(text, language=language) if known else Literal(text)
