"""What a worker answers to those who look things up: documents about things, lists of them, and where else to look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from pyoxigraph import NamedNode, Store, Triple

from vesoc import addresses, links, profiles, replies, resource, standing
from vesoc.candidates import Candidates
from vesoc.errors import Problem
from vesoc.formats import CSV, HTML, LINKSET
from vesoc.links import Facts, Link
from vesoc.names import PREFIXES, term
from vesoc.pages.book import Pages
from vesoc.profiles import ALTERNATES, LABELLED, SCHEMA, Profile
from vesoc.rdf import Writer
from vesoc.reader import Reader
from vesoc.reply import Reply
from vesoc.schemaorg import Entries
from vesoc.settings import Settings
from vesoc.worker import Operation

_CLASSES = 4  # of a thing, that links tell
_ABOUT_PAGE = f"{PREFIXES['schema']}AboutPage"
_NOT_OF_THING = ("canonical", "describes", "profile")  # links that a document has and its thing has not


class Documents:
    """Documents about the things of one store."""

    def __init__(self, store: Store, pages: Pages, writer: Writer, settings: Settings) -> None:
        self._store = store
        self._writer = writer
        self._pages = pages
        self._base = settings.base
        self._server = settings.address.rstrip("/")
        self._entries = Entries(store, settings)
        self._candidates = Candidates(store, settings.base)

    def warm(self) -> None:
        """Read the names that are told where nothing is found."""
        self._candidates.warm()

    def operations(self) -> Mapping[str, Operation]:
        """The operations by name."""
        return {
            "thing": self.thing,
            "resource": self.resource,
            "listing": self.listing,
            "outside": self.outside,
            "profile": self.profile,
        }

    def thing(self, request: dict[str, Any], reply: Reply) -> None:
        """Where the document about a thing is, or that about what has taken its place."""
        iri = next((iri for iri in self._iris(request) if resource.known(self._store, iri)), None)
        if iri is None:
            reply.start({"status": 303, "location": f"/doc/{request['path']}"})
        elif not self._moved(iri, "/id/", reply):
            profile = profiles.get(request["profile"])
            found = self._links(request, iri, profile)
            told = links.field(link for link in found if link.relation not in _NOT_OF_THING)
            reply.start({"status": 303, "location": f"/doc/{request['path']}", "links": told, **self._content(profile)})

    def resource(self, request: dict[str, Any], reply: Reply) -> None:
        """The document about a thing: 301 where it has another name, 410 where it was withdrawn, 404 where none is."""
        iri = self._known(request)
        if not self._moved(iri, "/doc/", reply):
            self._document(request, reply, iri)

    def outside(self, request: dict[str, Any], reply: Reply) -> None:
        """What the graph says of a thing that others have named, and what points to it."""
        iri = request["iri"]
        if resource.named_node(iri) is None or not resource.mentioned(self._store, iri):
            raise Problem(404, f"the graph does not speak of {iri}")
        self._document({**request, "inverse": "1", "uri": iri}, reply, iri)

    def listing(self, request: dict[str, Any], reply: Reply) -> None:
        """The things of one kind, by the first segments of their path: a page, a table, or type and labels in RDF."""
        iri = f"{self._base}id/{unquote(request['path'])}".rstrip("/")
        things = resource.listed(self._store, f"{iri}/") if resource.named_node(iri) else []
        if not things:
            raise self._unknown(request, [iri])
        form = replies.form(request)
        shown, header = (things, {}) if form is CSV else self._page(request, things, form.suffix)
        header = {"total": len(things), **header}
        if form is HTML:
            reader = Reader.from_document(request["reader"])
            body = self._pages.listing(f"{iri}/", things, reader, request["page"] or 1, {"lang": request["lang"]})
            replies.send(request, reply, form, body, **header)
        elif form is CSV:
            replies.send(request, reply, form, resource.table(self._store, shown), **header)
        else:
            triples = resource.outlines(self._store, shown)
            replies.write(request, reply, self._writer, triples, **header)

    def profile(self, request: dict[str, Any], reply: Reply) -> None:
        """What a profile is."""
        triples = profiles.described(profiles.get(request["token"]), self._base)
        replies.write(request, reply, self._writer, triples)

    def _page(self, request: dict[str, Any], things: list[NamedNode], suffix: str) -> tuple[list[NamedNode], Any]:
        """One page of the things, and the links to the others."""
        last = resource.pages(len(things), resource.LISTED)
        page = _checked(request["page"], last)
        start = (page - 1) * resource.LISTED
        address = addresses.with_query(f"{request['address']}.{suffix}", {"lang": request["lang"]})
        others = links.of_pages(links.pages(address, page, last))
        return things[start : start + resource.LISTED], {"links": links.field(others)} if others else {}

    def _document(self, request: dict[str, Any], reply: Reply, iri: str) -> None:
        form, profile = replies.form(request), profiles.get(request["profile"])
        found = self._links(request, iri, profile)
        if form is LINKSET:
            replies.send(request, reply, form, links.linkset(found, self._server + request["address"]))
            return
        paging = self._paging(request, iri, form.suffix)
        header = {"links": links.field([*paging, *found]), **self._content(profile)}
        if form is HTML:
            replies.send(request, reply, form, self._html(request, iri, profile), **header)
        else:
            replies.write(request, reply, self._writer, self._triples(request, iri, profile), **header)

    def _html(self, request: dict[str, Any], iri: str, profile: Profile) -> bytes:
        reader = Reader.from_document(request["reader"])
        if profile is ALTERNATES:
            return self._pages.alternates(iri, profiles.offers(request["address"]), reader)
        if request["property"]:
            query = {"uri": request.get("uri", ""), "lang": request["lang"], "property": request["property"]}
            return self._pages.incoming(iri, query, request["page"] or 1, reader)
        return self._pages.resource(iri, reader)

    def _triples(self, request: dict[str, Any], iri: str, profile: Profile) -> list[Triple]:
        if profile is SCHEMA:
            return self._entries.triples(iri)
        if profile is ALTERNATES:
            return profiles.alternates(self._server + request["address"], self._base)
        triples = resource.outgoing(self._store, iri)
        if request["inverse"]:
            start = ((request["page"] or 1) - 1) * resource.POINTING
            found = sorted(resource.pointing(self._store, iri, request["property"]), key=str)
            triples += found[start : start + resource.POINTING]
        if profile is LABELLED:
            triples += resource.outlines(self._store, resource.mentions(triples))
        return list(dict.fromkeys(triples))

    def _paging(self, request: dict[str, Any], iri: str, suffix: str) -> list[Link]:
        """Links to the other pages of what points to the thing; Problem 404 for a page that is not there."""
        by, inverse, page = request["property"], request["inverse"], request["page"]
        on_page = suffix == HTML.suffix
        if not (by if on_page else inverse):
            _checked(page, 1)
            return []
        size = resource.LISTED if on_page else resource.POINTING
        total = len(resource.pointing(self._store, iri, by))
        last = resource.pages(total, size)
        if by and not total:
            raise Problem(404, f"nothing points to {iri} by {by}")
        query = {"property": by, "inverse": "" if on_page else inverse, "lang": request["lang"]}
        address = profiles.address(request["address"], profiles.get(request["profile"]), replies.form(request))
        return links.of_pages(links.pages(addresses.with_query(address, query), _checked(page, last), last))

    def _links(self, request: dict[str, Any], iri: str, profile: Profile) -> list[Link]:
        address = request["address"]
        return links.of_document(address, self._server + address, self._facts(request, iri), profile, self._base)

    def _facts(self, request: dict[str, Any], iri: str) -> Facts:
        own = self._values(iri, "rdf:type")[:_CLASSES]
        schema = [f"{PREFIXES['schema']}{name}" for name in self._entries.classes(iri)]
        page = [_ABOUT_PAGE] if request["suffix"] == HTML.suffix else []
        dataset = f"{self._base}id/dataset/vesoc"
        return Facts(
            iri,
            tuple(dict.fromkeys((*page, *schema, *own))),
            self._licence(iri, dataset),
            addresses.of(dataset, self._base) if resource.known(self._store, dataset) else None,
            tuple(addresses.of(successor, self._base) for successor in standing.of(self._store, iri).successors),
            tuple(addresses.of(predecessor, self._base) for predecessor in standing.predecessors(self._store, iri)),
        )

    def _licence(self, iri: str, dataset: str) -> str | None:
        """The licence of the graph that speaks of the thing, else of the dataset."""
        quads = self._store.quads_for_pattern(NamedNode(iri), None, None, None)
        graphs = sorted({quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)})
        found = (self._values(source, "dcterms:license") for source in (*graphs, dataset))
        return next((values[0] for values in found if values), None)

    def _content(self, profile: Profile) -> dict[str, str]:
        return {"profile": profile.field(self._base)}

    def _moved(self, iri: str, start: str, reply: Reply) -> bool:
        """Whether the thing has another name, which is told then; Problem 410 where it was withdrawn."""
        found = standing.of(self._store, iri)
        if found.gone:
            told = standing.tombstone(self._store, iri)
            raise Problem(410, f"{iri} was withdrawn", extra={"tombstone": told})
        if found.renamed:
            place = addresses.of(found.successors[0], self._base)
            reply.start({"status": 301, "location": re.sub("^/doc/", start, place)})
        return found.renamed

    def _known(self, request: dict[str, Any]) -> str:
        iris = self._iris(request)
        for iri in iris:
            if resource.known(self._store, iri):
                return iri
        raise self._unknown(request, iris)

    def _iris(self, request: dict[str, Any]) -> list[str]:
        """The IRIs that a thing may have which is asked for by that path."""
        iris = [f"{self._base}id/{path}" for path in addresses.spellings(request["path"])]
        return [iri for iri in iris if resource.named_node(iri)]

    def _unknown(self, request: dict[str, Any], iris: list[str]) -> Problem:
        view = self._pages.view(Reader.from_document(request["reader"]))
        near = [
            {"iri": iri, "href": view.href(iri), "label": view.labels.of(NamedNode(iri)), "kind": kind}
            for iri, kind in self._candidates.near(request["path"])
        ]
        name = iris[-1] if iris else f"{self._base}id/{request['path']}"
        return Problem(404, f"the graph says nothing of {name}", extra={"candidates": near})

    def _values(self, iri: str, name: str) -> list[str]:
        quads = self._store.quads_for_pattern(NamedNode(iri), term(name), None, None)
        return sorted({quad.object.value for quad in quads if isinstance(quad.object, NamedNode)})


def _checked(page: int | None, last: int) -> int:
    """The number of the page; Problem 404 where there are fewer."""
    if page is not None and page > last:
        raise Problem(404, f"there is no page {page}; the last is {last}")
    return page or 1
