"""Handlers for those who browse: the ontology, the first page, VoID."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp

from vesoc import addresses, cataloguing, context, formats, links
from vesoc.formats import JSON_LD, TURTLE
from vesoc.jsonld.layouts import CONTEXT
from vesoc.names import PREFIXES
from vesoc.negotiation import field


async def ontology(request: Request) -> ASGIApp:
    """The ontology, or one version of it."""
    settings = context.settings(request)
    path, form = context.form(request, request.url.path.strip("/"))
    told = links.field(_links(path, settings.address, settings.base))
    headers = {"Content-Location": f"/{addresses.uri(path)}.{form.suffix}", "Link": told}
    version = path.removeprefix("ns").removeprefix("/") or None
    return context.relay(request, "ontology", form, headers, suffix=form.suffix, version=version)


async def jsonld_context(request: Request) -> ASGIApp:
    """The context of our JSON-LD."""
    return context.relay(request, "context", JSON_LD, suffix=JSON_LD.suffix)


def _links(path: str, address: str, base: str) -> list[links.Link]:
    return [
        links.Link(address + path, "canonical"),
        links.Link(base + path, "cite-as"),
        links.Link(f"{PREFIXES['owl']}Ontology", "type"),
        *([links.Link("/ns", "latest-version")] if path != "ns" else []),
        *(links.Link(f"/{path}.{form.suffix}", "describedby", form.types[0]) for form in (TURTLE, JSON_LD)),
        *(links.Link(f"/{path}.{form.suffix}", "alternate", form.types[0]) for form in formats.RESOURCES),
        links.Link("/ns/context.jsonld", CONTEXT, JSON_LD.types[0]),
    ]


async def home(request: Request) -> ASGIApp:
    """The first page; the catalogue for those who ask for RDF."""
    if context.pool(request).own and (form := cataloguing.asked(request)):
        return await cataloguing.document(request, form)
    own = context.pool(request).own
    return context.relay(request, "home", formats.HTML, {"Link": links.field(_ways_in(own))})


def _ways_in(own: bool) -> list[links.Link]:
    """What describes the server to programs; the data of others has no catalogue."""
    return [
        links.Link("/.well-known/api-catalog", "api-catalog", formats.LINKSET.types[0]),
        links.Link("/.well-known/void", "describedby", TURTLE.types[0]),
        *([links.Link("/catalog.ttl", "describedby", TURTLE.types[0])] if own else []),
        links.Link("/sparql", "service-desc", TURTLE.types[0]),
        links.Link("/openapi.json", "service-desc", formats.JSON.types[0]),
        links.Link("/docs", "service-doc", formats.HTML.types[0]),
    ]


async def void(request: Request) -> ASGIApp:
    """VoID of the dataset."""
    form = formats.choose(field(request, "accept"), formats.TRIPLES)
    return context.relay(request, "void", form, suffix=form.suffix)
