"""One SPARQL query: text in, the bytes of its answer out, in the format that the client likes best."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, NamedTuple

from pyoxigraph import NamedNode, QueryBoolean, QueryTriples, Store

from vesoc import complaints, federation, formats, markup
from vesoc.errors import Problem
from vesoc.remote.results import Triples
from vesoc.reply import Reply
from vesoc.settings import Settings

_PROLOGUE = re.compile(
    r"(?>\s|\#[^\n\r]*|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*\s*:\s*<[^>]*>|PREFIX:\s*<[^>]*>|VERSION\s*(?:'[^']*'|\"[^\"]*\"))*+"
    r"(SELECT|ASK|CONSTRUCT|DESCRIBE)",
    re.IGNORECASE,
)
OFFERS: Mapping[str | None, tuple[formats.Format, ...]] = MappingProxyType(
    {
        "SELECT": formats.TABLES,
        "ASK": formats.BOOLEANS,
        "CONSTRUCT": formats.GRAPHS,
        "DESCRIBE": formats.GRAPHS,
    }
)  # by the kind of a query
_PASSING = ("NOW", "RAND", "UUID", "SERVICE")  # the engine asks for no space around a word
_UNKNOWN_FUNCTION = re.compile(r"The custom function <([^>]*)> is not supported")


class Query(NamedTuple):
    """A query as the SPARQL 1.1 Protocol sends it."""

    text: str
    accept: str | None = None
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()

    @property
    def kind(self) -> str | None:
        """SELECT, ASK, CONSTRUCT or DESCRIBE, by the word after the prologue; None where none of them stands there."""
        found = _PROLOGUE.match(self.text)
        return found[1].upper() if found else None

    @property
    def repeatable(self) -> bool:
        """Whether the same data gives the same answer: no function of time or chance, and no other endpoint."""
        text = self.text.upper()
        return not any(word in text for word in _PASSING)


def answer(store: Store, query: Query, settings: Settings, reply: Reply, *, own: bool = False) -> None:
    """Run the query and send its answer; Problem 400, 403 or 406 before the first byte."""
    with run(store, query, settings, own=own) as results:
        chosen = formats.choose(query.accept, _offers(results))
        reply.start({"status": 200, "type": chosen.media_type, "suffix": chosen.suffix})
        results.serialize(markup.safe(reply, chosen), format=chosen.engine)


@contextmanager
def run(store: Store, query: Query, settings: Settings, *, own: bool = False) -> Iterator[Any]:
    """The results of the query, as the engine gives them; Problem 400 or 403, also while they are read.

    An engine elsewhere is asked what people ask; for `own` queries of pages, the store may have what it needs.
    """
    federation.require_allowed(query.text, settings.service_hosts, confined=settings.sparql_url is None)
    try:
        yield _results(store.query if own else getattr(store, "ask", store.query), query, settings.base)
    except SyntaxError as error:
        raise complaints.of_syntax(query.text, str(error)) from None
    except (RuntimeError, ValueError, OSError) as error:
        raise complaints.of_evaluation(str(error)) from None


def _results(ask: Callable[..., Any], query: Query, base: str) -> Any:
    """The results; a function that the engine does not know is an error in its expression (SPARQL 1.1, 17.6)."""
    unknown: dict[NamedNode, Any] = {}
    while True:
        try:
            return ask(query.text, base_iri=base, custom_functions=unknown, **_dataset(query))
        except RuntimeError as error:
            found = _UNKNOWN_FUNCTION.search(str(error))
            if not found or NamedNode(found[1]) in unknown:
                raise
            unknown[NamedNode(found[1])] = _nothing


def _nothing(*_: object) -> None:
    return None


def _dataset(query: Query) -> dict[str, Any]:
    """The dataset arguments, which override FROM and FROM NAMED when there is one of them."""
    if not query.default_graphs and not query.named_graphs:
        return {}
    return {
        "default_graph": _graphs(query.default_graphs),
        "named_graphs": _graphs(query.named_graphs),
    }


def _graphs(iris: Sequence[str]) -> list[NamedNode]:
    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise Problem(400, f"a graph argument is no absolute IRI: {error}") from None


def _offers(results: Any) -> tuple[formats.Format, ...]:
    if isinstance(results, (QueryTriples, Triples)):
        return formats.GRAPHS
    return formats.BOOLEANS if isinstance(results, QueryBoolean) else formats.TABLES
