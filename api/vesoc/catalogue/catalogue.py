"""The catalogue as one graph, and its four documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Store, Triple

from vesoc import formats, places
from vesoc.catalogue import agents, editorial, resources
from vesoc.catalogue.scope import Scope
from vesoc.names import term
from vesoc.rdf import Writer
from vesoc.releases.publication import Publication

STEM = "catalog"
# What the catalogue says itself of those whose description is computed, or where it stands in another place.
_COMPUTED = frozenset(
    map(term, ("dcterms:description", "dcterms:issued", "dcterms:modified", "dcterms:publisher", "dcat:version"))
)
_ON_DISTRIBUTIONS = frozenset(map(term, ("dcterms:license", "dcterms:rights")))
_OF_PERIOD = ("rdf:type", "rdfs:label", "dcat:startDate", "dcat:endDate")
_TIME = "http://www.w3.org/2006/time#"


def write(publication: Publication) -> None:
    """Write the catalogue in each format into the folder: the same bytes for the same data, releases and settings."""
    data, graph = publication.dataset, triples(publication)
    writer = Writer(data.store, data.base, publication.settings.address)
    for form in formats.TRIPLES:
        (publication.folder / f"{STEM}.{form.suffix}").write_bytes(writer.write(graph, form))


def triples(publication: Publication) -> list[Triple]:
    """All that the catalogue says, sorted; VesocError where there is no release, or a setting does not fit."""
    chosen = publication.settings
    written = editorial.read(places.find(chosen.root), chosen.base)
    scope = Scope(chosen, publication.archive, publication.folder, written)
    return sorted(set(_reached(scope, publication.dataset.store)), key=str)


def _computed(scope: Scope) -> Iterator[Triple]:
    yield from resources.catalogue(scope)
    yield from resources.rights(scope)
    yield from agents.triples(scope)
    for kind, nodes in (
        (resources.dataset, scope.datasets),
        (resources.series, scope.series),
        (resources.service, scope.services),
    ):
        for node in nodes:
            yield from kind(scope, node)


def _reached(scope: Scope, store: Store) -> Iterator[Triple]:
    """What is said of the catalogue, of all that this speaks of, and so on: no more, and nothing without it."""
    computed = editorial.Editorial(_computed(scope))
    waiting, seen = [scope.catalogue], {scope.catalogue}
    while waiting:
        node = waiting.pop()
        for triple in (*computed.of(node), *_written(scope, node, computed.of(node)), *_period(store, node)):
            yield triple
            if isinstance(triple.object, NamedNode) and triple.object not in seen:
                seen.add(triple.object)
                waiting.append(triple.object)


def _written(scope: Scope, node: NamedNode, computed: Iterable[Triple]) -> list[Triple]:
    """What people wrote of a node, without what is computed of it."""
    left_out = _COMPUTED if list(computed) else frozenset()
    if scope.editorial.is_a(node, "dcat:Dataset"):
        left_out = left_out | _ON_DISTRIBUTIONS
    return [triple for triple in scope.editorial.of(node) if triple.predicate not in left_out]


def _period(store: Store, node: NamedNode) -> list[Triple]:
    """A period of the data that a dataset is about."""
    kind = term("dcterms:PeriodOfTime")
    if next(store.quads_for_pattern(node, term("rdf:type"), kind, None), None) is None:
        return []
    quads = [quad for name in _OF_PERIOD for quad in store.quads_for_pattern(node, term(name), None, None)]
    return [quad.triple for quad in quads if not _of_time(quad.triple)]


def _of_time(triple: Triple) -> bool:
    return isinstance(triple.object, NamedNode) and triple.object.value.startswith(_TIME)
