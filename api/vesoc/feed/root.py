"""The root of the feed: the event stream, its one view, and the way to each transaction by its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import Literal, NamedNode, Triple

from vesoc import void
from vesoc.feed.changes import Activity
from vesoc.feed.members import ACTIVITY, TIMESTAMP, VERSION_OF, timestamp
from vesoc.feed.pages import FEED, Page, Place
from vesoc.feed.shape import SHAPE
from vesoc.names import PREFIXES, term

_POLLING_SECONDS = 3600
_INTEGER = NamedNode(f"{PREFIXES['xsd']}integer")
_STREAM_TEXTS = {
    "dcterms:title": {
        "en": "Changes to the VESOC knowledge graph",
        "nl": "Wijzigingen aan de VESOC-kennisgraaf",
    },
    "dcterms:description": {
        "en": "One version of a resource for each time that a release of the data creates, changes or deletes it, "
        "made by comparing the releases. Unofficial open data.",
        "nl": "Eén versie van een ding voor elke keer dat een uitgave van de gegevens het aanmaakt, wijzigt of "
        "verwijdert, gemaakt door de uitgaven te vergelijken. Onofficiële open gegevens.",
    },
}
_VIEW_TEXTS = {
    "dcterms:description": {
        "en": "The whole history: there is no retention policy, so every version is kept. Only what a redaction "
        "takes out of all releases goes, and leaves a deletion or a last version without it.",
        "nl": "De hele geschiedenis: er is geen bewaarbeleid, dus elke versie blijft. Alleen wat een schrapping "
        "uit alle uitgaven haalt, verdwijnt, en laat een verwijdering na of een laatste versie zonder het geschrapte.",
    }
}


@dataclass(frozen=True)
class Entry:
    """The way into a transaction: its name and moment, and its first page."""

    name: str
    moment: datetime
    path: str


def root(entries: Sequence[Entry], place: Place, licences: Iterable[NamedNode]) -> Page:
    """The document at the address of the feed; the entries are the oldest first."""
    said = [(place.stream, term("dcterms:license"), licence) for licence in licences]
    said.append((place.stream, term("dcterms:source"), void.whole(place.base)))
    return Page(FEED, [*(Triple(*one) for one in said), *_stream(place), *_view(place), *_relations(entries, place)])


def _stream(place: Place) -> Iterator[Triple]:
    stream = place.stream
    yield Triple(stream, term("rdf:type"), term("ldes:EventStream"))
    yield from _texts(stream, _STREAM_TEXTS)
    yield Triple(stream, term("tree:view"), place.document())
    yield Triple(stream, term("tree:shape"), place.document(SHAPE))
    yield Triple(stream, term("ldes:timestampPath"), TIMESTAMP)
    yield Triple(stream, term("ldes:versionOfPath"), VERSION_OF)
    for activity in Activity:
        yield Triple(stream, term(f"ldes:version{activity}Path"), ACTIVITY)
        yield Triple(stream, term(f"ldes:version{activity}Object"), term(f"as:{activity}"))
    yield Triple(stream, term("ldes:pollingInterval"), Literal(str(_POLLING_SECONDS), datatype=_INTEGER))


def _view(place: Place) -> Iterator[Triple]:
    node, view = place.document(), place.document(f"{FEED}#view")
    for kind in ("tree:Node", "tree:RootNode"):
        yield Triple(node, term("rdf:type"), term(kind))
    yield Triple(node, term("tree:viewDescription"), view)
    yield Triple(view, term("rdf:type"), term("ldes:EventSource"))
    yield Triple(view, term("tree:rootNode"), node)
    yield from _texts(view, _VIEW_TEXTS)


def _texts(node: NamedNode, texts: dict[str, dict[str, str]]) -> Iterator[Triple]:
    for name, by_language in texts.items():
        for language, text in by_language.items():
            yield Triple(node, term(name), Literal(text, language=language))


def _relations(entries: Sequence[Entry], place: Place) -> Iterator[Triple]:
    """Each transaction from its moment until the next later one; the last has no end.

    The bounds of all of them are told as well where they hold. A client that wants members in order then waits for all
    pages: one that reads in several at once may else go on to a later page while an earlier one is on its way.
    """
    moments = sorted({entry.moment for entry in entries})
    for entry in entries:
        for bound in sorted({moments[0], entry.moment}):
            yield from _relation("GreaterThanOrEqualTo", entry, bound, place)
        later = [moment for moment in moments if moment > entry.moment]
        for bound in sorted({*later[:1], *later[-1:]}):
            yield from _relation("LessThan", entry, bound, place)


def _relation(kind: str, entry: Entry, bound: datetime, place: Place) -> Iterator[Triple]:
    relation = place.document(f"{FEED}#{entry.name}-{kind}-{bound:%Y%m%dT%H%M%S}")
    yield Triple(place.document(), term("tree:relation"), relation)
    yield Triple(relation, term("rdf:type"), term(f"tree:{kind}Relation"))
    yield Triple(relation, term("tree:node"), place.document(entry.path))
    yield Triple(relation, term("tree:path"), TIMESTAMP)
    yield Triple(relation, term("tree:value"), timestamp(bound))
