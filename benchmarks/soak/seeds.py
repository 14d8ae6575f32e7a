"""Requests and queries that are in order, for the fuzzer to damage: all routes, all ways to ask, much of SPARQL."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import brotli
import zstandard

from benchmarks.soak.syntax import SYNTAX

Fields = list[tuple[bytes, bytes]]

TYPES = (
    *("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"),
    *("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples", "application/n-quads"),
    *("application/trig", "text/html", "application/json", "application/xml", "text/plain", "*/*", "text/*"),
    *("application/sparql-query", "image/png", "application/*", "application/problem+json"),
)
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": partial(gzip.compress, mtime=0),  # the same bytes each time
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "identity": bytes,
}
GRAPHS = ("https://w3id.org/vesoc-kg/id/graaf/ontology/vesoc", "urn:nothing", "graaf", "http://[", "", "urn:a b")
PATHS = (
    *("/", "/sparql", "/sparql/", "/graphs", "/graphs?default", "/graphs/ontology/vesoc", "/workbench", "/queries"),
    *("/id/akkoord/ahad", "/id/akkoord", "/id/", "/doc/akkoord/ahad", "/doc/akkoord/ahad.ttl", "/doc/akkoord.jsonld"),
    *("/doc/akkoord/ahad.nq", "/doc/organisatie/vdab?lang=en", "/doc/organisatie/vdab?_mediatype=ttl", "/doc/x/y.html"),
    *("/ns", "/ns?_mediatype=application/rdf%2Bxml", "/ns/1.0.0", "/ns/0", "/dumps/latest/vesoc.nq.gz", "/docs"),
    *("/dumps/latest/nothing", "/.well-known/void", "/health/live", "/health/ready", "/openapi.json", "/nowhere", "*"),
    *(
        "/static/",
        "/static/../web.py",
        "/queries/nothing",
        "/queries/how-large-is-each-scheme.csv",
        "/static/style.css",
    ),
    *("/queries/what-must-this-organisation-do.json?organisation=https://w3id.org/vesoc-kg/id/organisatie/vdab",),
    *("/queries/which-promises-hold-on-this-day?day=2026-01-01&lang=en", "/queries/how-large-is-each-scheme.rq"),
)
_HOST = (b"Host", b"127.0.0.1")
_CLOSE = (b"Connection", b"close")


@dataclass(frozen=True)
class Draft:
    """A request before it is written down."""

    method: bytes
    target: bytes
    fields: Fields = field(default_factory=list)
    body: bytes = b""
    version: bytes = b"HTTP/1.1"

    def rendered(self) -> bytes:
        """As it goes over the wire."""
        lines = [b" ".join((self.method, self.target, self.version)), *(b": ".join(pair) for pair in self.fields)]
        return b"\r\n".join([*lines, b"", b""]) + self.body

    def having(self, *fields: tuple[bytes, bytes]) -> Draft:
        """With these fields instead of their like."""
        names = {name.lower() for name, _ in fields}
        return replace(self, fields=[pair for pair in self.fields if pair[0].lower() not in names] + list(fields))

    def closing(self) -> Draft:
        """The last one of its connection."""
        return self.having(_CLOSE)


@cache
def queries() -> tuple[str, ...]:
    """Our own queries, those of the benchmarks, and those that go through the grammar."""
    files = [*sorted(Path("queries").glob("*.rq")), *sorted(Path("benchmarks/queries").glob("*.rq"))]
    return (*(file.read_text(encoding="utf-8") for file in files), *SYNTAX * 3)


def query(random: Random) -> str:
    """A query that is in order."""
    return random.choice(queries())


def asking(random: Random, text: str) -> Draft:
    """A request with that query, in one of the ways there are, with or without a dataset and wishes."""
    data = [("query", text), *_dataset(random)]
    encoded = urlencode(data, errors="surrogatepass").encode()
    way = random.random()
    if way < 0.35 and len(encoded) < 15_000:
        return _get(b"/sparql?" + encoded, random)
    if way < 0.4 and len(encoded) < 15_000:
        return _get(b"/workbench?" + encoded, random)
    if way < 0.7:
        return posted(random, b"/sparql", b"application/x-www-form-urlencoded", encoded)
    target = b"/sparql" + (b"?" + urlencode(data[1:]).encode() if data[1:] else b"")
    return posted(random, target, b"application/sparql-query", text.encode("utf-8", "surrogatepass"))


def visiting(random: Random) -> Draft:
    """A request to one of the routes."""
    draft = _get(random.choice(PATHS).encode(), random)
    return replace(draft, method=random.choice((b"GET", b"GET", b"GET", b"HEAD", b"OPTIONS", b"POST")))


def anything(random: Random) -> Draft:
    """A request that is in order."""
    return asking(random, query(random)) if random.random() < 0.5 else visiting(random)


def posted(random: Random, target: bytes, media_type: bytes, body: bytes) -> Draft:
    """A POST, its body packed now and then."""
    fields = [(b"Content-Type", media_type)]
    if random.random() < 0.3:
        coding = random.choice(list(CODINGS))
        body = CODINGS[coding](body)
        fields.append((b"Content-Encoding", coding.encode()))
    fields.append((b"Content-Length", str(len(body)).encode()))
    return Draft(b"POST", target, [_HOST, *wishes(random), *fields], body)


def wishes(random: Random) -> Fields:
    """What a client may say of the answer that it would like."""
    fields: Fields = []
    if random.random() < 0.7:
        fields.append((b"Accept", accept(random).encode()))
    if random.random() < 0.5:
        coding = random.choice(("gzip", "br", "zstd", "identity", "gzip;q=0.5, br", "*", "*;q=0", "deflate, gzip"))
        fields.append((b"Accept-Encoding", coding.encode()))
    if random.random() < 0.2:
        fields.append((b"Accept-Language", random.choice((b"en", b"nl-BE, en;q=0.5", b"fr", b"*"))))
    if random.random() < 0.1:
        fields.append((b"If-None-Match", random.choice((b"*", b'"x"', b'W/"y", "z"'))))
    if random.random() < 0.05:
        fields.append((b"Origin", b"http://elsewhere.example"))
    return fields


def accept(random: Random) -> str:
    """A list of media types, some with a weight."""
    chosen = random.choices(TYPES, k=random.randint(1, 4))
    return ", ".join(f"{name};q={random.random():.2f}" if random.random() < 0.4 else name for name in chosen)


def _get(target: bytes, random: Random) -> Draft:
    method = b"HEAD" if random.random() < 0.1 else b"GET"
    return Draft(method, target, [_HOST, *wishes(random)])


def _dataset(random: Random) -> list[tuple[str, str]]:
    if random.random() < 0.8:
        return []
    names = ("default-graph-uri", "named-graph-uri")
    return [(random.choice(names), random.choice(GRAPHS)) for _ in range(random.randint(1, 4))]
