"""What a client is told whose connection is given up: before there is a request, or in the midst of one."""

from __future__ import annotations

import httptools

from vesoc.cache import Fields
from vesoc.errors import Problem


def cause(error: httptools.HttpParserError) -> Problem:
    """Our own refusal, where the parser met one in a call of ours."""
    if isinstance(error.__context__, Problem):
        return error.__context__
    return Problem(400, "this is not a well-formed HTTP request")


def head(problem: Problem, name: str, size: int, defaults: Fields) -> bytes:
    """Status line and fields of a refusal whose body has `size` bytes; the connection ends with it."""
    fields = {
        **{key.decode("latin-1"): value.decode("latin-1") for key, value in defaults},
        "content-type": "application/problem+json",
        "content-length": str(size),
        "connection": "close",
        "x-request-id": name,
        **problem.headers,
    }
    lines = [f"HTTP/1.1 {problem.status} {problem.title}", *(f"{key}: {value}" for key, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")
