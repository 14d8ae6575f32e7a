"""The queries of the library as a list for people: by topic, in their language, and those that have some words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from vesoc.library import NamedQuery
from vesoc.words import LANGUAGES

_ = str  # marks texts for the catalogue
_LONGEST = 200  # characters of a question that are read
# What a query is about is its first tag; the order is that of the page.
TOPICS = MappingProxyType(
    {
        "measure": _("Measures"),
        "instrument": _("Instruments"),
        "target group": _("Target groups"),
        "goal": _("Goals and figures"),
        "budget": _("Budget"),
        "actor": _("Organisations, persons and roles"),
        "lineage": _("From one agreement to the next"),
        "claim": _("Claims and other sources"),
        "evidence": _("Passages in the texts"),
        "vocabulary": _("Vocabulary"),
    }
)


def topics(found: list[NamedQuery], chosen: str) -> list[dict[str, Any]]:
    """The queries by topic, each with name, question and audience in the language."""
    grouped = {topic: [query for query in found if query.tags[0] == topic] for topic in TOPICS}
    grouped[""] = [query for query in found if query.tags[0] not in TOPICS]
    return [
        {"id": topic.replace(" ", "-"), "title": TOPICS.get(topic, _("Other")), "queries": _lines(group, chosen)}
        for topic, group in grouped.items()
        if group
    ]


def _lines(group: list[NamedQuery], chosen: str) -> list[dict[str, str]]:
    lines = [{"name": q.name, "question": q.question(chosen), "audience": q.audience(chosen)} for q in group]
    return sorted(lines, key=lambda line: line["question"].casefold())


def holding(queries: Iterable[NamedQuery], asked: str) -> list[NamedQuery]:
    """The queries that have all words that are asked for, in either language or their tags, whatever their accents."""
    words = _bare(asked[:_LONGEST]).split()
    texts = ((query, _words(query)) for query in queries)
    return [query for query, whole in texts if all(word in whole for word in words)]


def _words(query: NamedQuery) -> str:
    """All words of a query."""
    texts = [*(text for code in LANGUAGES for text in (query.question(code), query.audience(code))), *query.tags]
    return _bare(" ".join(texts))


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
