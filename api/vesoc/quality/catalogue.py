"""A catalogue as RDF has it: its datasets, their distributions, and what belongs to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from vesoc.names import term

Node = NamedNode | BlankNode

_TYPE = term("rdf:type")
_DATASET = term("dcat:Dataset")
# Datasets in the eyes of DCAT that the portal does not score.
_GROUPS = (term("dcat:DatasetSeries"), term("dcat:Catalog"))
# What has a life of its own, so that its faults are not those of a dataset that points to it.
_APART = (_DATASET, *_GROUPS, term("dcat:CatalogRecord"))
_HYDRA = "http://www.w3.org/ns/hydra/core#"
_NEXT = (NamedNode(f"{_HYDRA}next"), NamedNode(f"{_HYDRA}nextPage"))
ADDRESSES = ("dcat:accessURL", "dcat:downloadURL")


class Catalogue:
    """What a catalogue says, whatever named graph says it. `address` is where it was read."""

    def __init__(self, address: str, quads: Iterable[Quad]) -> None:
        self.address = address
        self.quads = list(quads)  # with the datatypes as they stand: the store turns each kind of integer into one
        self.store = Store()
        self.store.extend(self.quads)

    @cached_property
    def datasets(self) -> list[Node]:
        """The datasets that are described here, by name; series and catalogues are none."""
        named = {node for node in self._all("dcat:dataset") if self._described(node)}
        typed = self._subjects(_TYPE, _DATASET)
        return sorted((typed | named) - {node for group in _GROUPS for node in self._subjects(_TYPE, group)}, key=str)

    def distributions(self, dataset: Node) -> list[Node]:
        """The distributions of a dataset, by name."""
        return [value for value in self.values(dataset, "dcat:distribution") if not isinstance(value, Literal)]

    def values(self, node: Node, name: str) -> list[Node | Literal]:
        """What a node has for a property, without empty texts, sorted."""
        quads = self.store.quads_for_pattern(node, term(name), None, None)
        found = {quad.object for quad in quads if not isinstance(quad.object, Literal) or quad.object.value.strip()}
        return sorted(found, key=str)  # type: ignore[arg-type]  # no triples: RDF 1.1

    def title(self, node: Node) -> dict[str, str]:
        """The titles of a node by language; that without a language has the key ""."""
        titles = (value for value in self.values(node, "dcterms:title") if isinstance(value, Literal))
        return {title.language or "": title.value for title in titles}

    def addresses(self) -> list[str]:
        """Every address that distributions of datasets give, once."""
        given = (
            value.value
            for dataset in self.datasets
            for distribution in self.distributions(dataset)
            for name in ADDRESSES
            for value in self.values(distribution, name)
        )
        return list(dict.fromkeys(given))

    def parts(self, dataset: Node) -> set[Node]:
        """The dataset and what hangs on it: distributions, agents, places, concepts; no other dataset."""
        found: set[Node] = {dataset}
        waiting = [dataset]
        while waiting:
            for value in self._pointed(waiting.pop()):
                if value not in found and not self._apart(value):
                    found.add(value)
                    waiting.append(value)
        return found

    def following(self) -> list[str]:
        """The addresses of the pages after this one, where the catalogue is paged (Hydra)."""
        quads = (quad for name in _NEXT for quad in self.store.quads_for_pattern(None, name, None, None))
        return sorted({quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal)})

    def _pointed(self, node: Node) -> Iterator[Node]:
        for quad in self.store.quads_for_pattern(node, None, None, None):
            if isinstance(quad.object, NamedNode | BlankNode) and quad.predicate != _TYPE:
                yield quad.object

    def _apart(self, node: Node) -> bool:
        return any(self._is(node, group) for group in _APART)

    def _is(self, node: Node, group: NamedNode) -> bool:
        return next(self.store.quads_for_pattern(node, _TYPE, group, None), None) is not None

    def _described(self, node: Node) -> bool:
        return next(self.store.quads_for_pattern(node, None, None, None), None) is not None

    def _subjects(self, predicate: NamedNode, value: NamedNode) -> set[Node]:
        quads = self.store.quads_for_pattern(None, predicate, value, None)
        return {quad.subject for quad in quads if isinstance(quad.subject, NamedNode | BlankNode)}

    def _all(self, name: str) -> Iterator[Node]:
        for quad in self.store.quads_for_pattern(None, term(name), None, None):
            if isinstance(quad.object, NamedNode | BlankNode):
                yield quad.object
