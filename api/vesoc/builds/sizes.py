"""The sizes of data as JSON has them: `Counts` out, the same in again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from vesoc.statistics import Counts, Partitions, Use


def document(counts: Counts) -> dict[str, Any]:
    """The counts; `links` are rows of where they lead, by what, and how many there are."""
    return {**asdict(counts), "links": [[*link, number] for link, number in counts.links.items()]}


def from_document(told: Mapping[str, Any]) -> Counts:
    """The counts that `document()` gave; KeyError, TypeError or ValueError where it did not."""
    made: dict[str, Any] = {
        "whole": _partitions(told["whole"]),
        "parts": {graph: _partitions(part) for graph, part in told["parts"].items()},
        "links": {(space, predicate): number for space, predicate, number in told["links"]},
        "roots": tuple(told["roots"]),
        "examples": tuple(told["examples"]),
    }
    return Counts(**{field.name: made.get(field.name, told[field.name]) for field in fields(Counts)})


def _partitions(told: Mapping[str, Any]) -> Partitions:
    return Partitions(told["classes"], {iri: Use(**use) for iri, use in told["properties"].items()})
