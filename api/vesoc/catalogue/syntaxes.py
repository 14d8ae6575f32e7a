"""The four documents of a graph of IRIs and literals, each so that a harvester that looks at its beginning knows it.

Turtle begins with `@prefix`, RDF/XML with `<?xml`, JSON-LD with `{`. The engine writes the table of prefixes in an
order of its own; here all is sorted, so that the bytes are those of the graph alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import Literal, NamedNode, Triple

from vesoc.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from vesoc.names import PREFIXES, term
from vesoc.serialisation import lines

_RDF_TYPE = term("rdf:type")
_STRING = term("xsd:string")
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def written(triples: Iterable[Triple], form: Format) -> bytes:
    """The graph in one of the formats for triples."""
    return _WRITERS[form](sorted(set(triples), key=_place))


def _place(triple: Triple) -> tuple[str, bool, str, str]:
    """The class of a thing stands first."""
    return str(triple.subject), triple.predicate != _RDF_TYPE, str(triple.predicate), str(triple.object)


def _by_subject(triples: list[Triple]) -> Iterator[tuple[str, list[Triple]]]:
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        assert isinstance(subject, NamedNode)
        yield subject.value, list(group)


def _short(iri: str) -> tuple[str, str] | None:
    """Prefix and local name of an IRI; None where none fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(local := iri[len(namespace) :]):
            return prefix, local
    return None


def _used(triples: Iterable[Triple]) -> list[tuple[str, str]]:
    """The prefixes that the graph uses, with their namespaces, sorted."""
    iris = {iri for triple in triples for iri in _iris(triple)}
    return sorted({(found[0], PREFIXES[found[0]]) for iri in iris if (found := _short(iri))})


def _iris(triple: Triple) -> Iterator[str]:
    for node in (triple.subject, triple.predicate, triple.object):
        if isinstance(node, NamedNode):
            yield node.value
        elif isinstance(node, Literal) and not node.language:
            yield node.datatype.value


def _turtle(triples: list[Triple]) -> bytes:
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in _used(triples))
    blocks = (_block(subject, group) for subject, group in _by_subject(triples))
    return "\n".join((head, *blocks)).encode()


def _block(subject: str, triples: list[Triple]) -> str:
    told = []
    for predicate, group in groupby(triples, key=lambda triple: triple.predicate):
        verb = "a" if predicate == _RDF_TYPE else _iri(predicate.value)
        told.append(f"    {verb} {' , '.join(_object(triple.object) for triple in group)}")
    inner = " ;\n".join(told)
    return f"{_iri(subject)}\n{inner} .\n"


def _iri(iri: str) -> str:
    found = _short(iri)
    return ":".join(found) if found else f"<{iri}>"


def _object(node: Any) -> str:
    if isinstance(node, NamedNode):
        return _iri(node.value)
    if node.language or node.datatype == _STRING:
        return str(node)
    return f"{Literal(node.value)}^^{_iri(node.datatype.value)}"


def _xml(triples: list[Triple]) -> bytes:
    names = "".join(f"\n    xmlns:{prefix}={quoteattr(namespace)}" for prefix, namespace in _used([*triples, _RDF]))
    things = (_element(subject, group) for subject, group in _by_subject(triples))
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF{names}>\n{"".join(things)}</rdf:RDF>\n'.encode()


_RDF = Triple(_RDF_TYPE, _RDF_TYPE, _RDF_TYPE)  # for the prefix that every RDF/XML document uses


def _element(subject: str, triples: list[Triple]) -> str:
    inner = "".join(_property(triple) for triple in triples)
    return f"  <rdf:Description rdf:about={quoteattr(subject)}>\n{inner}  </rdf:Description>\n"


def _property(triple: Triple) -> str:
    node, name = triple.object, ":".join(_short(triple.predicate.value) or ())
    if isinstance(node, NamedNode):
        return f"    <{name} rdf:resource={quoteattr(node.value)}/>\n"
    assert isinstance(node, Literal)
    plain = "" if node.datatype == _STRING else f" rdf:datatype={quoteattr(node.datatype.value)}"
    told = f" xml:lang={quoteattr(node.language)}" if node.language else plain
    return f"    <{name}{told}>{escape(node.value)}</{name}>\n"


def _json(triples: list[Triple]) -> bytes:
    graph = [_thing(subject, group) for subject, group in _by_subject(triples)]
    document = {"@context": dict(_used(triples)), "@graph": graph}
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


def _thing(subject: str, triples: list[Triple]) -> dict[str, Any]:
    told: dict[str, Any] = {"@id": subject}
    for predicate, group in groupby(triples, key=lambda triple: triple.predicate):
        if predicate == _RDF_TYPE:
            told["@type"] = [_compact(iri) for triple in group for iri in _objects(triple)]
        else:
            told[_compact(predicate.value)] = [_value(triple.object) for triple in group]
    return told


def _objects(triple: Triple) -> list[str]:
    return [triple.object.value] if isinstance(triple.object, NamedNode) else []


def _compact(iri: str) -> str:
    found = _short(iri)
    return ":".join(found) if found else iri


def _value(node: Any) -> dict[str, str]:
    if isinstance(node, NamedNode):
        return {"@id": node.value}
    if node.language:
        return {"@value": node.value, "@language": node.language}
    own = {} if node.datatype == _STRING else {"@type": _compact(node.datatype.value)}
    return {"@value": node.value, **own}


_WRITERS = MappingProxyType({TURTLE: _turtle, N_TRIPLES: lines, RDF_XML: _xml, JSON_LD: _json})
