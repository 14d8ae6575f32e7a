"""A measure in the fields of EU PolicyWatch, which analysts know; what the graph does not hold stays empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from vesoc.names import ROLES
from vesoc.pages.measures import agreement_of
from vesoc.pages.values import Passage, Statement, Value
from vesoc.pages.view import View

_ROLES = tuple(f"vesoc:{name}" for name in ROLES)
_SOCIAL_PARTNERS = ("sociale-partners", "vakbond", "werkgeversorganisatie")
_NATIONAL_LANGUAGE = "nl"


@dataclass(frozen=True)
class Role:
    """An organisation with what it is in a measure or agreement: the property that says it."""

    word: Value
    organisation: Value
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Fields:
    """The fields that need more than the other parts of the page: empty where the graph says nothing."""

    national_title: Value | None
    starts: list[Statement]
    ends: list[Statement]
    durability: list[Statement]
    agreement: Statement | None
    agreement_kind: list[Statement]
    part: Statement | None
    themes: list[Statement]
    instrument_kinds: list[Statement]
    groups: list[Statement]
    actors: list[Role]
    social_partners: list[Role]
    parties: list[Role]
    sources: list[Value]


def fields(view: View, node: NamedNode) -> Fields:
    """The measure in these fields."""
    own, agreement = view.passages_of(node), agreement_of(view, node)
    behind = view.passages_of(agreement) if agreement is not None else ()
    part = view.one(node, "dcterms:isPartOf")
    periods = view.values(node, "vesoc:appliesDuring")
    instruments = view.values(node, "vesoc:concernsInstrument")
    actors = _roles(view, node, _ROLES, own, view.claimed(node))
    return Fields(
        national_title=_national(view, node),
        starts=[Statement(view.value(day), own) for one in periods for day in view.values(one, "dcat:startDate")],
        ends=[Statement(view.value(day), own) for one in periods for day in view.values(one, "dcat:endDate")],
        durability=_statements(view, [node], "vesoc:hasDurability", own),
        agreement=Statement(view.link(agreement), behind) if agreement is not None else None,
        agreement_kind=_statements(view, [agreement], "dcterms:type", behind),
        part=Statement(view.link(part), own) if part is not None else None,
        themes=_statements(view, [node], "dcterms:subject", own),
        instrument_kinds=_kinds(view, instruments),
        groups=_statements(view, [node], "vesoc:hasTargetGroup", own),
        actors=actors,
        social_partners=_social_partners(view, actors),
        parties=_social_partners(view, _roles(view, agreement, ("vesoc:hasParty",), behind, {})),
        sources=list({passage.source.iri: passage.source for passage in own}.values()),
    )


def _national(view: View, node: NamedNode) -> Value | None:
    titles = [title for title in view.values(node, "dcterms:title") if isinstance(title, Literal)]
    return next((view.value(title) for title in titles if title.language == _NATIONAL_LANGUAGE), None)


def _statements(
    view: View, nodes: Iterable[NamedNode | None], name: str, marks: tuple[Passage, ...]
) -> list[Statement]:
    """The objects of a property of these nodes, each once."""
    found = {value.iri: value for node in nodes if node is not None for value in view.links(node, name)}
    return [Statement(value, marks) for value in found.values()]


def _kinds(view: View, instruments: Iterable[NamedNode]) -> list[Statement]:
    """The kinds of the instruments, each once, with the passages of the first instrument of that kind."""
    found = [one for node in instruments for one in _statements(view, [node], "dcterms:type", view.passages_of(node))]
    return list({one.value.iri: one for one in reversed(found)}.values())


def _roles(
    view: View, node: NamedNode | None, names: Iterable[str], own: tuple[Passage, ...], claimed: Mapping[Any, Any]
) -> list[Role]:
    return [
        Role(view.link(view.term(name)), view.link(who), claimed.get((view.term(name), who), own))
        for name in names
        for who in (view.values(node, name) if node is not None else ())
        if isinstance(who, NamedNode)
    ]


def _social_partners(view: View, roles: Iterable[Role]) -> list[Role]:
    """Those of employers' or workers' organisations."""
    kinds = {view.term(f"organisatiesoort:{kind}") for kind in _SOCIAL_PARTNERS}
    nodes = {role: NamedNode(role.organisation.iri) for role in roles if role.organisation.iri}
    return [role for role, node in nodes.items() if kinds & set(view.values(node, "dcterms:type"))]
