"""What a reader chooses for an overview: the values that are on offer, and those that the address gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from pyoxigraph import NamedNode

from vesoc import resource
from vesoc.catalogues import translation
from vesoc.errors import Problem
from vesoc.overviews.overview import Choice, Chosen, Overview
from vesoc.pages.view import View

_MOST_NAMED = 25


def options(choice: Choice, view: View) -> list[tuple[str, str]]:
    """The values that a choice offers with their labels, in the order of these."""
    if choice.fixed:
        say = translation(view.reader.language).gettext
        return [(value, say(label)) for value, (_, label) in choice.fixed.items()]
    if not choice.source:
        return []
    source = view.term(choice.source)
    things = {*view.subjects("rdf:type", source), *view.subjects("skos:inScheme", source)}
    space = f"{view.base}{choice.space}"
    named = [value for value in view.by_label(things) if value.iri and value.iri.startswith(space)]
    return [(value.iri.removeprefix(space), value.text) for value in named if value.iri]


def chosen(overview: Overview, given: Sequence[tuple[str, str]], view: View) -> Chosen:
    """What the parameters of an address choose.

    Problem 400 for a parameter that the overview does not have, or has twice, or two that must differ and do not; 404
    for a value that there is not.
    """
    known = {choice.name: choice for choice in overview.choices}
    names = [name for name, _ in given]
    for name in names:
        if name not in known:
            raise Problem(400, f"this overview has no parameter {name!r}; it has {', '.join(known) or 'none'}")
        if names.count(name) > 1:
            raise Problem(400, f"the parameter {name!r} stands in the address more than once")
    values = {name: value or known[name].default for name, value in given}
    values = {name: values.get(name, choice.default) for name, choice in known.items()}
    _require_distinct(overview, values)
    iris = {name: _iri(known[name], value, view) for name, value in values.items() if value}
    return Chosen({name: value for name, value in values.items() if value}, iris)


def _require_distinct(overview: Overview, values: Mapping[str, str]) -> None:
    compared = [values[name] for name in overview.distinct]
    if len(set(compared)) < len(compared):
        raise Problem(400, f"{' and '.join(overview.distinct)} must differ: both are {compared[0]!r}")


def _iri(choice: Choice, value: str, view: View) -> str:
    """The IRI of a value; Problem 404 where the choice has no such value."""
    if choice.fixed:
        if value not in choice.fixed:
            raise _unknown(choice, value, list(choice.fixed))
        return view.term(choice.fixed[value][0]).value
    iri = value if value.startswith(view.base) else f"{view.base}{choice.space}{value}"
    refuse = partial(_unknown, choice, value, [name for name, _ in options(choice, view)])
    if not resource.known(view.store, iri) or not _fits(choice, NamedNode(iri), view):
        raise refuse()
    return iri


def _fits(choice: Choice, node: NamedNode, view: View) -> bool:
    if not choice.source:
        return True
    source = view.term(choice.source)
    return source in (*view.values(node, "rdf:type"), *view.values(node, "skos:inScheme"))


def _unknown(choice: Choice, value: str, there_are: Sequence[str]) -> Problem:
    named = ", ".join(there_are[:_MOST_NAMED]) + (", …" if len(there_are) > _MOST_NAMED else "")
    ending = f"; there are {named}" if named else ""
    return Problem(404, f"there is no {value!r} for the parameter {choice.name!r}{ending}")
