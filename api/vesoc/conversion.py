"""Terms and triples of the engine as those of rdflib, and a store of triples alone."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any
from warnings import catch_warnings, simplefilter

import pyoxigraph
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node


def as_graph(
    triples: Iterable[pyoxigraph.Triple | pyoxigraph.Quad], *, native: bool = False, kind: str = "default"
) -> Graph:
    """The triples in rdflib, each literal in its own lexical form, or `native`: as rdflib reads a file itself.

    `kind` is the store of rdflib; `SimpleMemory` is quicker, for it knows of no named graphs.
    """
    graph = Graph(kind, bind_namespaces="none")
    term = cache(partial(_term, native=native))
    with _unsaid():
        for triple in triples:
            graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph


def as_store(triples: Iterable[pyoxigraph.Triple | pyoxigraph.Quad]) -> pyoxigraph.Store:
    """The triples in one default graph, where a triple of two graphs counts once."""
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return store


def as_term(node: Node) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    """A term of rdflib as one of the engine, whose text is that of N-Triples."""
    if isinstance(node, BNode):
        return pyoxigraph.BlankNode(str(node))
    if not isinstance(node, Literal):
        return pyoxigraph.NamedNode(str(node))
    if node.language:
        return pyoxigraph.Literal(str(node), language=node.language)
    return pyoxigraph.Literal(str(node), datatype=pyoxigraph.NamedNode(str(node.datatype or XSD.string)))


def numbered(quads: Iterable[pyoxigraph.Quad], prefix: str) -> Iterator[pyoxigraph.Quad]:
    """The quads with their blank nodes named by a prefix and a number, in the order in which they appear."""
    names: dict[pyoxigraph.BlankNode, pyoxigraph.BlankNode] = {}

    def named(term: Any) -> Any:
        if not isinstance(term, pyoxigraph.BlankNode):
            return term
        return names.setdefault(term, pyoxigraph.BlankNode(f"{prefix}{len(names) + 1}"))

    for quad in quads:
        yield pyoxigraph.Quad(named(quad.subject), quad.predicate, named(quad.object), named(quad.graph_name))


@contextmanager
def _unsaid() -> Iterator[None]:
    """Keep rdflib from logging each literal that is none of its datatype: it is for a rule to tell of it."""
    with catch_warnings():
        simplefilter("ignore")
        logging.getLogger("rdflib.term").addFilter(_nothing)
        try:
            yield
        finally:
            logging.getLogger("rdflib.term").removeFilter(_nothing)


def _nothing(record: logging.LogRecord) -> bool:
    return False


def _term(term: Any, native: bool) -> Node:
    """A term of the engine as one of rdflib."""
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    # Left to itself, rdflib would mend "007" and no rule could see it.
    return Literal(term.value, datatype=None if native and datatype == XSD.string else datatype, normalize=native)
