"""The workbench beside its answers: what a query that fails is shown as, and what its page may do."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from starlette.types import ASGIApp, Receive, Scope, Send

from vesoc.errors import Problem

# What the libraries that draw charts (Plot) and graphs (Cytoscape) each put into the page as a style of its own; it is
# the same at every page and for every answer, so its digest lets in nothing else.
_STYLES = "'sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww=' 'sha256-pgvDUBa4IjFA2yuSJ2cqcyxmNYJMborsd0ORcRv9vw8='"
WORKBENCH_FIELDS = MappingProxyType(
    {
        "Content-Security-Policy": f"default-src 'self'; style-src 'self' {_STYLES}; "
        "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    }
)


class Told:
    """ASGI application: an answer, or in its place what `tell` makes of the problem with it."""

    def __init__(self, answer: ASGIApp, tell: Callable[[Problem], ASGIApp]) -> None:
        self._answer = answer
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a problem comes before the first byte."""
        try:
            await self._answer(scope, receive, send)
        except Problem as problem:
            await self._tell(problem)(scope, receive, send)


def excerpt(text: str, problem: Problem) -> dict[str, str] | None:
    """The line of the query that the problem is about: before the column and from it; None without a line."""
    line, column = problem.extra.get("line"), problem.extra.get("column")
    lines = text.split("\n")
    if not isinstance(line, int) or not isinstance(column, int) or line > len(lines):
        return None
    return {"before": lines[line - 1][: column - 1], "after": lines[line - 1][column - 1 :]}
