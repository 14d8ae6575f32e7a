"""The library of queries: files that hold a question, its parameters and the SPARQL that answers it.

A file begins with lines `#+ key: value`: `question` (nl), `question-en`, `for` (nl), `for-en`, `tags`, and optionally
`param` (once each), `chart` and `may-be-empty`. A parameter is a variable that the query fills by `VALUES ?name { … }`;
what stands there is its default, UNDEF for any value. Its header line is `#+ param: name | type | where values come
from`, where the type is iri, text, integer or date and the last part the class whose instances, or the scheme whose
concepts, may be given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vesoc.errors import VesocError

CHOICES = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing WHERE {{ ?thing skos:inScheme|a <{source}> FILTER(ISIRI(?thing)) }}
ORDER BY ?thing"""
CHARTS = ("bar", "line", "timeline")
_ANY = "UNDEF"
_KEYS = ("question", "question-en", "for", "for-en", "tags", "param", "chart", "may-be-empty")
_REQUIRED = ("question", "question-en", "for", "for-en", "tags")
_HEADER = re.compile(r"#\+ (?P<key>[a-z-]+): (?P<value>.+)")
_IRI = re.compile(r'[^<>"{}|^`\\\x00-\x20]+')
_PLAIN = re.compile(r'<([^>]*)>|"([^"]*)"(?:\^\^\S+)?')
_LITERALS = {"integer": re.compile(r"-?\d+"), "date": re.compile(r"\d{4}-\d\d-\d\d")}


class QueryError(VesocError):
    """A query file, name or parameter that does not fit."""


class UnknownQuery(QueryError):
    """A name that no query has."""


@dataclass(frozen=True)
class Parameter:
    """A value that may be chosen: its type, its default as the query has it, and where values come from."""

    name: str
    type: str
    default: str
    source: str

    @property
    def plain(self) -> str:
        """The default without the marks of SPARQL; nothing where it is any value."""
        if self.default == _ANY:
            return ""
        found = _PLAIN.fullmatch(self.default)
        return next(part for part in found.groups() if part is not None) if found else self.default

    def term(self, value: str) -> str:
        """The value as SPARQL writes it; QueryError where it is not of the type."""
        if not value and self.default == _ANY:
            return _ANY
        if self.type == "iri":
            if not _IRI.fullmatch(value):
                raise QueryError(f"parameter {self.name}: {value!r} is no IRI")
            return f"<{value}>"
        if self.type == "text":
            escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
            return f'"{escaped}"'
        if not _LITERALS[self.type].fullmatch(value):
            raise QueryError(f"parameter {self.name}: {value!r} is no {self.type}")
        return value if self.type == "integer" else f'"{value}"^^<http://www.w3.org/2001/XMLSchema#date>'


@dataclass(frozen=True)
class NamedQuery:
    """One query of the library."""

    name: str
    text: str
    headers: Mapping[str, str] = field(repr=False)
    parameters: tuple[Parameter, ...] = ()

    @property
    def tags(self) -> list[str]:
        """What the query is about."""
        return [tag.strip() for tag in self.headers["tags"].split(",")]

    def question(self, language: str) -> str:
        """The question that the query answers, in nl or en."""
        return self.headers["question" if language == "nl" else "question-en"]

    def audience(self, language: str) -> str:
        """Who asks it, in nl or en."""
        return self.headers["for" if language == "nl" else "for-en"]

    def document(self) -> dict[str, object]:
        """What a program wants to know of the query."""
        parameters = [{"name": p.name, "type": p.type, "default": p.plain} for p in self.parameters]
        questions = {language: self.question(language) for language in ("nl", "en")}
        return {"name": self.name, "question": questions, "tags": self.tags, "parameters": parameters}

    def filled(self, values: Mapping[str, str]) -> str:
        """The SPARQL with `values` for the parameters; QueryError for one that the query does not have."""
        known = {parameter.name: parameter for parameter in self.parameters}
        text = self.text
        for name, value in values.items():
            if name not in known:
                raise QueryError(f"query {self.name} has no parameter {name!r}; it has {', '.join(known) or 'none'}")
            term = known[name].term(value)
            text = _values(name).sub(lambda found, term=term: f"{found[1]}{term}{found[3]}", text)  # type: ignore[misc]
        return text


class Library:
    """The queries of a folder, by name."""

    def __init__(self, folder: Path | None = None) -> None:
        self._queries = {path.stem: read(path) for path in sorted(folder.glob("*.rq"))} if folder else {}

    def __iter__(self) -> Iterator[NamedQuery]:
        return iter(self._queries.values())

    def get(self, name: str) -> NamedQuery:
        """The query of that name; UnknownQuery tells those there are."""
        if name not in self._queries:
            raise UnknownQuery(f"there is no query {name!r}; there are {', '.join(self._queries) or 'none'}")
        return self._queries[name]


def bare(text: str) -> str:
    """A query without its header."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n"


def read(path: Path) -> NamedQuery:
    """A query file; QueryError with file and line where its header does not fit."""
    text = path.read_text(encoding="utf-8")
    headers: dict[str, str] = {}
    parameters = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#+"):
            continue
        found = _HEADER.fullmatch(line)
        if not found or found["key"] not in _KEYS:
            raise QueryError(f"{path}:{number}: a header is '#+ key: value', with a key out of {', '.join(_KEYS)}")
        if found["key"] == "param":
            parameters.append(_parameter(path, number, found["value"], text))
        else:
            headers[found["key"]] = found["value"]
    if missing := [key for key in _REQUIRED if key not in headers]:
        raise QueryError(f"{path}: the header lacks {', '.join(missing)}")
    return NamedQuery(path.stem, text, headers, tuple(parameters))


def _parameter(path: Path, number: int, value: str, text: str) -> Parameter:
    parts = [part.strip() for part in value.split("|")]
    if len(parts) != 3 or parts[1] not in ("iri", "text", *_LITERALS):
        raise QueryError(
            f"{path}:{number}: a parameter is 'name | iri, text, integer or date | where values come from'"
        )
    default = _values(parts[0]).search(text)
    if default is None:
        raise QueryError(f"{path}:{number}: the query has no VALUES ?{parts[0]} {{ … }}")
    return Parameter(parts[0], parts[1], default[2].strip(), parts[2])


def _values(name: str) -> re.Pattern[str]:
    return re.compile(rf"(VALUES \?{re.escape(name)} \{{ )([^}}]*?)( \}})")
