"""The pages of the front: things of every kind that the graph has, lists, views, and pages that tell of a problem."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from conftest import whole_graph

from vesoc import __version__
from vesoc.names import BASE
from vesoc.web import ROUTES

LANGUAGES = ("nl", "en")
PROBLEMS = {"/doc/maatregel/bestaat-niet": 404, "/er-is-hier-niets": 404, "/doc/akkoord/ahad?_mediatype=image/png": 406}
NO_PAGES = {
    "/.well-known/api-catalog",
    "/.well-known/void",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/preferences",
    "/search/suggest",
    "/sparql",
    "/graphs",
    "/graphs/{path:path}",
    "/dumps/{version}/{name:path}",
    "/ldes/{path:path}",
    "/id/dataset/ldes",
    "/ns/context.jsonld",
    "/ns/{version}",
    "/cite/{path:path}",
    "/profiles/{token}",
}
DATA = (".json", ".xml", ".txt", ".csv", ".{suffix}")
THINGS = {"/id/{path:path}", "/doc/{path:path}"}
ASKED = {
    "/dumps/{version}": [f"/dumps/{__version__}"],
    "/resource": ["/resource?uri=http://www.w3.org/2004/02/skos/core%23Concept"],
    "/search": ["/search", "/search?q=opleiding"],
    "/compare": ["/compare", "/compare?a=ahad&b=inim&subject=concept/thema/activering"],
    "/actors": ["/actors", "/actors?organisation=vdab"],
    "/queries/{name}": ["/queries/instrument-history", "/queries/how-is-the-money-spread-over-focus-points"],
}
READ = ["/doc/bron/ahad?section=ahad-6"]
SIZES = f"""
SELECT ?thing (COUNT(*) AS ?size) WHERE {{
  {{ ?thing ?out ?object }} UNION {{ ?subject ?in ?thing }}
  FILTER(STRSTARTS(STR(?thing), "{BASE}id/") && !CONTAINS(STR(?thing), "#"))
  FILTER EXISTS {{ ?thing a ?class }}
}} GROUP BY ?thing ORDER BY ?size ?thing
"""


@cache
def things() -> dict[str, list[str]]:
    """For each kind of thing the addresses of the pages of its things, the least known first."""
    found = defaultdict(list)
    for thing, _ in whole_graph().store.query(SIZES):
        kind, _, name = thing.value.removeprefix(f"{BASE}id/").partition("/")
        found[kind].append(f"/doc/{kind}/{name}")
    return dict(found)


def ordinary() -> list[str]:
    """A thing of each kind: the one in the middle, as regards how much is said of it."""
    return [pages[len(pages) // 2] for pages in things().values()]


def largest() -> list[str]:
    """The thing of each kind that most is said of."""
    return [pages[-1] for pages in things().values()]


def lists() -> list[str]:
    """The list of the things of each kind, and of the concepts of a scheme."""
    parents = {kind: pages[-1].rpartition("/")[0] for kind, pages in things().items()}
    return list(dict.fromkeys([*(f"/doc/{kind}" for kind in parents), *parents.values()]))


def views() -> list[str]:
    """All other pages, as the routes have them."""
    found = [path for path, _, methods in ROUTES if "GET" in methods and not path.endswith(DATA)]
    paths = [path for path in found if path not in NO_PAGES | THINGS]
    return [address for path in paths for address in ASKED.get(path, [path])]


def kinds() -> list[str]:
    """The address of a page of each kind."""
    return [*views(), *largest(), *READ, "/doc/maatregel", *PROBLEMS]


def every() -> list[str]:
    """The addresses of pages of each kind: ordinary ones, and the largest and the smallest."""
    smallest = [pages[0] for pages in things().values()]
    return list(dict.fromkeys([*kinds(), *ordinary(), *smallest, *lists()]))
