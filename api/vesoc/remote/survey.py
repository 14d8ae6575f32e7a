"""A look at what an engine holds: which graphs, how much, and what it takes for the default graph."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import BlankNode

from vesoc.builds.manifest import Manifest
from vesoc.errors import VesocError
from vesoc.remote import results, stand
from vesoc.remote.client import SOLUTIONS, Client
from vesoc.remote.extent import Extent
from vesoc.remote.stand import Stand

_GRAPHS = "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
_DEFAULT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
# Graphs that Virtuoso keeps for itself, by how their names begin.
_VIRTUOSO = ("http://www.openlinksw.com/schemas/", "http://localuriqaserver/")
_KEPT_APART = (
    *_VIRTUOSO,
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/ns/ldp#",
    "virtrdf-",
    "urn:rules.skos",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
    "facets",
    "b3s",
    "b3sifp",
)


def look_up(client: Client, base: str) -> Stand | None:
    """What the engine says of its data; None where it says nothing."""
    found = results.rows(client.whole([("query", stand.query(base))], SOLUTIONS))
    return stand.read(found[0]["told"].value) if found else None


def survey(client: Client, base: str, told: Stand | None) -> Extent:
    """Count what is there; VesocError where it is not what the stand says."""
    found = _graphs(client)
    [row] = results.rows(client.whole([("query", _DEFAULT)], SOLUTIONS))
    default = int(row["n"].value)
    if told:
        return _expected(told.manifest, found, default)
    if stand.graph(base).value in found:
        raise VesocError("the stand of the engine cannot be read; push the data anew")
    ours = {iri: n for iri, n in found.items() if not _apart(iri, found)}
    if not ours and not default:
        raise VesocError("the engine holds nothing yet; fill it by vesoc push")
    if len(found) == len(ours):
        return Extent(found, default, union=False, plain=True, bare=True)
    return Extent(ours, sum(ours.values()), union=True, plain=False, bare=False)


def _graphs(client: Client) -> dict[str, int]:
    rows = results.rows(client.whole([("query", _GRAPHS)], SOLUTIONS))
    # Without data the engine may give one group without a graph.
    return {row["graph"].value: int(row["n"].value) for row in rows if row["graph"] and _named(row["graph"])}


def _named(node: object) -> bool:
    return not isinstance(node, BlankNode)


def _apart(iri: str, found: Mapping[str, int]) -> bool:
    return iri.startswith(_KEPT_APART) and any(each.startswith(_VIRTUOSO) for each in found)


def _expected(manifest: Manifest, found: Mapping[str, int], default: int) -> Extent:
    ours = {iri: n for iri, n in manifest.graphs.items() if iri and n}
    for iri, number in ours.items():
        if found.get(iri) != number:
            held = found.get(iri, 0)
            raise VesocError(f"the engine holds {held} triples of the graph {iri}, its stand says {number}; push anew")
    whole = manifest.graphs.get("", 0)
    union = whole == sum(ours.values()) and bool(ours)
    if default != whole and not union and whole:
        raise VesocError(f"the engine holds {default} triples in its default graph, its stand says {whole}; push anew")
    plain = default == whole
    return Extent(ours, whole, union, plain, bare=set(found) == set(ours))
