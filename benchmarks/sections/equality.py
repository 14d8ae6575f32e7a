"""Whether every answer equals that of the Oxigraph server, asked the first time and asked again."""

from __future__ import annotations

from collections.abc import Hashable

from benchmarks import mix, peers
from benchmarks.answers import comparable
from benchmarks.figures import Figures
from benchmarks.mix import Query
from benchmarks.peers import Server
from benchmarks.rig import Rig, say

DEVIATIONS = {
    ("rdflib", "q09"): "RDF/XML, labelled as SPARQL results",
    ("virtuoso", "q09"): "adds the triples that point to the thing",
}


def measure(rig: Rig) -> Figures:
    """The unequal answers of each server, told apart from the deviations that are known."""
    names = [*rig.names, *(["ox"] if "ox" not in rig.names else [])]
    queries = mix.queries() if rig.data.triples < 2_000_000 else mix.all_but_the_dump()
    with peers.all_running(rig, names) as servers:
        found = [_unequal(query, servers) for query in queries]
    differing = [difference for part in found for difference in part]
    return {
        "queries": len(queries),
        "unequal": [text for known, text in differing if not known],
        "known": [text for known, text in differing if known],
    }


def _unequal(query: Query, servers: dict[str, Server]) -> list[tuple[bool, str]]:
    """Deviations of ours are never known."""
    found = []
    for time in ("first", "again"):
        strict, lenient = (_ask(query, servers["ox"], lenient=lenient) for lenient in (False, True))
        for name, server in servers.items():
            answer = _ask(query, server, lenient=name not in {"vesoc", "ox"})
            if answer != (strict if name in {"vesoc", "ox"} else lenient):
                known = DEVIATIONS.get((name, query.short))
                found.append((known is not None, f"{name} {query.name} ({time}): {known or _told(answer)}"))
                say("  unequal:", found[-1][1])
    return found


def _ask(query: Query, server: Server, *, lenient: bool) -> Hashable:
    connection = server.connect(900)
    try:
        return comparable(connection.get(server.target(query.fixed()), query.accept), lenient=lenient)
    finally:
        connection.close()


def _told(answer: Hashable) -> str:
    return answer if isinstance(answer, str) else "another answer"
