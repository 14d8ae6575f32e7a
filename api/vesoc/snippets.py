"""A query as others would send it: in a shell with curl, and in Python with nothing but its own library."""

from __future__ import annotations

import shlex

_ACCEPT = {"SELECT": "text/csv", "ASK": "application/sparql-results+json"}
_GRAPH = "text/turtle"
_PYTHON = """import json
from urllib.parse import urlencode
from urllib.request import Request, urlopen

QUERY = {query}
fields = {{"Accept": "{accept}"}}
with urlopen(Request("{endpoint}", urlencode({{"query": QUERY}}).encode(), fields)) as answer:
{reading}
"""
_READING = {
    "SELECT": """    for row in json.load(answer)["results"]["bindings"]:
        print({name: term["value"] for name, term in row.items()})""",
    "ASK": """    print(json.load(answer)["boolean"])""",
}
_WHOLE = """    print(answer.read().decode())"""


def curl(endpoint: str, query: str, kind: str) -> str:
    """A line for a shell; `kind` is SELECT, ASK, CONSTRUCT or DESCRIBE."""
    accept = shlex.quote(f"Accept: {_ACCEPT.get(kind, _GRAPH)}")
    return f"curl {shlex.quote(endpoint)} --header {accept} \\\n  --data-urlencode {shlex.quote(f'query={query}')}"


def python(endpoint: str, query: str, kind: str) -> str:
    """A program that prints the answer."""
    accept = "application/sparql-results+json" if kind in _READING else _GRAPH
    reading = _READING.get(kind, _WHOLE)
    text = _PYTHON.format(query=_literal(query), accept=accept, endpoint=endpoint, reading=reading)
    return text if "json." in reading else text.removeprefix("import json\n")


def _literal(text: str) -> str:
    """The text as Python writes it, over several lines where that is safe."""
    plain = "\\" not in text and '"""' not in text and not text.endswith('"')
    return f'"""{text}"""' if plain else repr(text)
