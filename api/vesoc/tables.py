"""Tables out of a store, for the modules that check it."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple, Variable

from vesoc.names import prefixes


def rows(store: Store, base: str, query: str, **values: NamedNode) -> list[dict[str, str]]:
    """The rows of a SELECT, each the texts of its bound variables; `values` fill variables beforehand."""
    substitutions: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {}
    substitutions |= {Variable(name): value for name, value in values.items()}
    results = store.query(query, prefixes=prefixes(base), substitutions=substitutions)
    assert isinstance(results, QuerySolutions)
    names = [variable.value for variable in results.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in results]
