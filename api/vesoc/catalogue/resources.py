"""What is computed of the catalogue itself, its datasets, series and services, and the record of each."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Triple

from vesoc.catalogue import agents, distributions
from vesoc.catalogue.scope import Scope, moment, said, texts, typed

# Where each service answers, and where it is described.
_ENDPOINTS = MappingProxyType(
    {"sparql": ("sparql", "sparql"), "ldes-dienst": ("ldes", "ldes"), "linked-data": ("", "openapi.json")}
)
_PROFILE = NamedNode("https://data.vlaanderen.be/doc/applicatieprofiel/DCAT-AP-VL/erkendestandaard/2022-04-21")
_COMPLETED = NamedNode("http://purl.org/adms/status/Completed")
_STEWARD = MappingProxyType({"nl": "Beheerd door {}.", "en": "Stewarded by {}."})
_CLOSED = MappingProxyType(
    {
        "nl": "Niet om te oogsten: op deze server is nog niet ingesteld wie uitgeeft, op welk adres, en wie antwoordt.",
        "en": "Not for harvest: it is not yet set on this server who publishes, at which address, and who answers.",
    }
)


def catalogue(scope: Scope) -> Iterator[Triple]:
    """The catalogue, with a record for each of its resources."""
    node = scope.catalogue
    yield from _known(scope, node)
    yield from said(node, "foaf:homepage", scope.at(""))
    yield from typed(scope.at(""), ("foaf:Document",))
    yield from said(node, "dcterms:issued", moment(scope.first))
    yield from said(node, "dcterms:modified", moment(scope.latest.moment))
    yield from _stewarded(scope, node, dict(_CLOSED) if scope.settings.missing() else {})
    for resource in (*scope.datasets, *scope.series, *scope.services):
        yield from _record(scope, resource)


def rights(scope: Scope) -> Iterator[Triple]:
    """The rights in the data, with who stewards it."""
    return _stewarded(scope, scope.node("rechten"))


def dataset(scope: Scope, node: NamedNode) -> Iterator[Triple]:
    """A dataset and its distributions; it begins with the first of them and changes with the last."""
    offered = distributions.of(scope, node)
    yield from _known(scope, node)
    yield from _stewarded(scope, node)
    yield from _landing(scope, node)
    yield from said(node, "dcat:version", Literal(scope.latest.version))
    if offered:
        yield from said(node, "dcterms:issued", moment(min(one.issued for one in offered)))
        yield from said(node, "dcterms:modified", moment(max(one.modified for one in offered)))
    yield from distributions.triples(scope, node)


def series(scope: Scope, node: NamedNode) -> Iterator[Triple]:
    """A series of datasets."""
    identifier = NamedNode(f"{node.value}#identificator")
    yield from _known(scope, node)
    yield from _stewarded(scope, node)
    yield from said(node, "dcterms:issued", moment(scope.first))
    yield from said(node, "dcterms:modified", moment(scope.latest.moment))
    yield from said(node, "adms:identifier", identifier)
    yield from typed(identifier, ("adms:Identifier",))
    yield from said(identifier, "skos:notation", Literal(node.value))


def service(scope: Scope, node: NamedNode) -> Iterator[Triple]:
    """A service: where it answers, and where that is described."""
    endpoint, description = _ENDPOINTS[scope.name(node)]
    yield from _known(scope, node)
    yield from _stewarded(scope, node)
    yield from _landing(scope, node)
    yield from said(node, "dcat:endpointURL", scope.at(endpoint))
    yield from said(node, "dcat:endpointDescription", scope.at(description))


def _known(scope: Scope, node: NamedNode) -> Iterator[Triple]:
    yield from said(node, "dcterms:identifier", Literal(node.value))
    yield from agents.responsible(scope, node)


def _stewarded(scope: Scope, node: NamedNode, more: dict[str, str] | None = None) -> Iterator[Triple]:
    """The description that people wrote, with who stewards the data and what there is `more` to say."""
    names, written = agents.names(scope), scope.editorial.texts(node, "dcterms:description")
    told = {lang: f"{text} {_STEWARD[lang].format(names[lang])}" for lang, text in written.items()}
    return texts(
        node,
        "dcterms:description",
        {lang: f"{text} {(more or {}).get(lang, '')}".strip() for lang, text in told.items()},
    )


def _landing(scope: Scope, node: NamedNode) -> Iterator[Triple]:
    page = scope.at(f"doc/dataset/{scope.name(node)}.html")
    yield from said(node, "dcat:landingPage", page)
    yield from typed(page, ("foaf:Document",))


def _record(scope: Scope, resource: NamedNode) -> Iterator[Triple]:
    """The record of a resource, which every release renews."""
    node = NamedNode(f"{resource.value}#record")
    yield from said(scope.catalogue, "dcat:record", node)
    yield from typed(node, ("dcat:CatalogRecord",))
    yield from said(node, "dcterms:identifier", Literal(node.value))
    yield from texts(node, "dcterms:title", scope.editorial.texts(resource, "dcterms:title"))
    yield from said(node, "foaf:primaryTopic", resource)
    yield from said(node, "dcterms:issued", moment(scope.first))
    yield from said(node, "dcterms:modified", moment(scope.latest.moment))
    yield from said(node, "dcterms:language", *distributions.LANGUAGES)
    yield from said(node, "dcterms:conformsTo", _PROFILE)
    yield from said(node, "adms:status", _COMPLETED)
