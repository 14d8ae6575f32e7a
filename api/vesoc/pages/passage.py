"""The page of a passage: the chapter around it with its words marked, or its place where the text cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from pyoxigraph import NamedNode

from vesoc import resource
from vesoc.holdings import Pointer, Volume
from vesoc.pages.kind import Kind
from vesoc.pages.reading import compared, facts, reading
from vesoc.pages.strip import chapter_link, strip
from vesoc.pages.values import Value
from vesoc.pages.view import View, heading

_PAGES = "/doc/"


def _sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    found = view.holdings.place(node.value) if view.holdings else None
    path = view.one(node, "vesoc:sectionPath")
    item = view.one(node, "vesoc:bulletNumber")
    shared = {
        "heading": path.value.split(" > ")[-1].strip("[]. ,:") if path else "",
        "headings": heading(path.value).split(" > ") if path else [],
        "item": item.value if item else None,
        "facts": facts(view, node),
        "compared": compared(view, node),
        "kind_of_passage": view.linked(node, "dcterms:type"),
        "back": _back(view),
    }
    return {**shared, **(_place(view, *found) if found else {"volume": None})}


def _place(view: View, volume: Volume, pointer: Pointer) -> dict[str, Any]:
    chapter = volume.chapter_at(pointer.start)
    place = volume.pointers.index(pointer)
    following = volume.pointers[place + 1] if place + 1 < len(volume.pointers) else None
    return {
        "volume": volume,
        "pointer": pointer,
        "place": place + 1,
        "unchanged": volume.unchanged(pointer),
        "source": view.link(NamedNode(volume.iri)),
        "chapter": chapter_link(view, volume, chapter),
        "reading": reading(view, volume, chapter, pointer),
        "strip": strip(view, volume, pointer),
        "before": _step(view, volume.pointers[place - 1]) if place else None,
        "after": _step(view, following) if following else None,
    }


def _step(view: View, pointer: Pointer) -> str:
    return f"{view.href(pointer.iri)}#passage"


def _back(view: View) -> Value | None:
    """The page that the reader says to come from, where it is one about a thing that the graph knows."""
    asked = parse_qs(urlsplit(view.reader.here).query).get("from", [""])[-1]
    path, _, _ = asked.partition("?")
    if not path.startswith(_PAGES):
        return None
    iri = f"{view.base}id/{unquote(path.removeprefix(_PAGES))}"
    if not resource.known(view.store, iri):
        return None
    title = view.link(NamedNode(iri))
    return Value(title.text, view.href(iri), title.language)


PASSAGE = Kind(
    "things/passage.html",
    _sections,
    elsewhere=(
        "oa:hasSource",
        "oa:hasSelector",
        "vesoc:sectionPath",
        "vesoc:bulletNumber",
        "vesoc:sha256",
        "dcterms:type",
    ),
    quiet=("vesoc:hasEvidence", "vesoc:comparedWith"),
)
