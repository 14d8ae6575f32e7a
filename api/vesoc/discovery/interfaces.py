"""The interfaces of a server and what describes each: an API catalogue (RFC 9727) as a link set (RFC 9264)."""

from __future__ import annotations

import json
from typing import Any

from vesoc.formats import HTML, JSON, LINKSET, TURTLE, Format

PATH = "/.well-known/api-catalog"
PROFILE = "https://www.rfc-editor.org/info/rfc9727"
MEDIA_TYPE = f'{LINKSET.types[0]}; profile="{PROFILE}"'
Targets = dict[str, tuple[tuple[str, Format], ...]]
_OF_DATA: dict[str, Targets] = {
    "sparql": {
        "service-desc": (("sparql", TURTLE), ("openapi.json", JSON)),
        "service-doc": (("workbench", HTML), ("docs", HTML)),
        "service-meta": ((".well-known/void", TURTLE),),
        "status": (("health/ready", JSON),),
    },
    "search": {
        "service-desc": (("opensearch.xml", Format("xml", ("application/opensearchdescription+xml",))),),
        "service-doc": (("docs", HTML),),
    },
    "dumps": {"service-desc": (("openapi.json", JSON),), "service-meta": ((".well-known/void", TURTLE),)},
}
_OF_OWN: dict[str, Targets] = {
    "catalog": {"service-desc": (("openapi.json", JSON),), "service-doc": (("docs", HTML),)},
    "ldes": {"service-desc": (("openapi.json", JSON),), "service-meta": (("catalog.ttl", TURTLE),)},
}


def linkset(address: str, own: bool) -> bytes:
    """The document of a server at `address`; `own` is whether it serves our own data and not that of others."""
    apis = {**_OF_DATA, **(_OF_OWN if own else {})}
    items = [{"href": address + path} for path in apis]
    contexts = [
        {"anchor": address + PATH.lstrip("/"), "item": items, "profile": [{"href": PROFILE}]},
        *({"anchor": address + path, **_relations(address, told)} for path, told in apis.items()),
    ]
    return json.dumps({"linkset": contexts}, indent=2).encode()


def _relations(address: str, told: Targets) -> dict[str, list[dict[str, Any]]]:
    return {
        relation: [{"href": address + path, "type": form.types[0]} for path, form in targets]
        for relation, targets in told.items()
    }
