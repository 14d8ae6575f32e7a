"""Where each statement of a Turtle document stands; the same reader takes TriG, N-Triples and N-Quads.

It is given what the engine has parsed and so trusts the syntax; where it meets what it does not know, such as the
triple terms of RDF 1.2, it stops. The engine itself gives IRIs and literals their form, so that both read alike.
Grammar: https://www.w3.org/TR/turtle/#sec-grammar, whose names of tokens stand in the patterns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from pyoxigraph import RdfFormat, parse

from vesoc.names import term

Position = tuple[int, int]

_TYPE, _FIRST, _REST, _NIL = (str(term(f"rdf:{name}")) for name in ("type", "first", "rest", "nil"))

_LETTERS = (  # PN_CHARS_BASE
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = rf"{_LETTERS}0-9_\-\u00b7\u0300-\u036f\u203f\u2040"  # PN_CHARS
_HEX = "[0-9A-Fa-f]"
_ESCAPE = rf"%{_HEX}{_HEX}|\\[_~.\-!$&'()*+,;=/?#@%]"  # PLX
# Groups that are repeated possessively hold only alternatives of a fixed length, or ones that cannot fail: of another
# that fails half-way, Python 3.11 before 3.11.5 forgets where it began.
_SPACE = r"(?:[ \t\r\n]|\#[^\r\n]*+)*+"
_IRI = rf"<(?:[^<>\s\\]|\\[uU]{_HEX})*+>"
_DOTTED = rf"(?:[{_CHARS}.]*[{_CHARS}])?"  # a full stop is not the last
_PREFIX = rf"(?:[{_LETTERS}]{_DOTTED})?:"
_LOCAL = rf"(?:[{_LETTERS}_0-9:]|{_ESCAPE})(?:\.*+[{_CHARS}:]++|\.*+(?:{_ESCAPE}))*"
_NAME = rf"{_PREFIX}(?:{_LOCAL})?"
_STRING = (
    r'"""(?:[^"\\]|\\.|"[^"\\]|"\\.|""[^"\\]|""\\.)*+"""'
    r"|'''(?:[^'\\]|\\.|'[^'\\]|'\\.|''[^'\\]|''\\.)*+'''"
    r'|"(?:[^"\\\r\n]|\\.)*+"'
    r"|'(?:[^'\\\r\n]|\\.)*+'"
)
_TOKEN = re.compile(
    rf"""(?P<space>[ \t\r\n]++|\#[^\r\n]*+)
    |(?P<prefix>(?:@prefix{_SPACE}|(?i:PREFIX)(?=[\s\#]){_SPACE})(?P<short>{_PREFIX}){_SPACE}(?P<long>{_IRI}))
    |(?P<base>(?:@base|(?i:BASE)){_SPACE}(?P<root>{_IRI}))
    |(?P<iri>{_IRI})
    |(?P<blank>_:[{_LETTERS}_0-9]{_DOTTED})
    |(?P<name>{_NAME})
    |(?P<literal>(?P<string>{_STRING})(?:{_SPACE}(?:(?P<tag>@[A-Za-z0-9\-]++)|\^\^{_SPACE}(?:{_IRI}|(?P<type>{_NAME})))?))
    |(?P<number>[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)|true|false)
    |(?P<a>a(?![{_CHARS}]))
    |(?P<graph>(?i:GRAPH)(?![{_CHARS}]))
    |(?P<mark>[\[\]();,.{{}}])""",
    re.VERBOSE | re.DOTALL,
)


class Statement(NamedTuple):
    """A triple, its terms spelt as in N-Triples, and where each stands: line and column from 1, in code points.

    A blank node has a label of this reader's own; the first and rest of a collection stand where its item does.
    """

    subject: str
    predicate: str
    object: str
    subject_at: Position
    predicate_at: Position
    object_at: Position


def statements(text: str, base: str | None = None) -> Iterator[Statement]:
    """The statements of a document, up to its end or to the first thing that is not known.

    They come in the engine's order, but for the first and rest of collections.
    `base` is the IRI that relative IRIs are resolved against. It raises nothing.
    """
    lines = _Lines(text)
    try:
        for (subject, first), (predicate, second), (value, third) in _Reader(_Spelling(base)).triples(text):
            yield Statement(subject, predicate, value, lines.at(first), lines.at(second), lines.at(third))
    except (_Stop, SyntaxError, ValueError):
        return


def mention(text: str, iri: str) -> Position | None:
    """The first place of an IRI in a document of another syntax: whole, or else as its last part is written there."""
    local = re.escape(re.split(r"[#/:]", iri.rstrip("#/:"))[-1])
    whole = rf"{re.escape(iri)}(?![\w#/?&=%-])"
    short = rf"(?<=[\"'>\s])[^\"'<>\s]*(?<![\w%-]){local}(?=[#/]?[\"'<\s])" if local else whole
    found = re.search(whole, text) or re.search(short, text)
    return _Lines(text).at(found.start()) if found else None


def spelt(literal_or_iri: str, base: str | None = None) -> str:
    """A literal or IRI of Turtle without prefixes, as N-Triples has it; SyntaxError if it is neither."""
    quad = next(iter(parse(f"<a:> <a:> {literal_or_iri} .".encode(), format=RdfFormat.TURTLE, base_iri=base)))
    return str(quad.object)


class _Stop(Exception):
    """What stands there is not known."""


_Placed = tuple[str, int]  # a term and where its token starts
_Triple = tuple[_Placed, _Placed, _Placed]


class _Lines:
    """Lines and columns of a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]

    def at(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class _Spelling:
    """The terms that tokens stand for, with the prefixes and the base that hold so far."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def prefix(self, token: re.Match[str]) -> None:
        self._prefixes[token["short"]] = self.iri(token["long"])[1:-1]
        self._known.clear()

    def root(self, token: re.Match[str]) -> None:
        self._base = self.iri(token["root"])[1:-1]
        self._known.clear()

    def iri(self, written: str) -> str:
        return self._once(written, lambda: spelt(written, self._base))

    def name(self, written: str) -> str:
        return self._once(written, lambda: self._full(written))

    def term(self, token: re.Match[str], kind: str | None) -> str:
        """What a token stands for; blank nodes keep their label behind a letter that the reader's own have not."""
        match kind:
            case "name":
                return self.name(token[0])
            case "literal" if token["type"]:
                return self.iri(f"{token['string']}^^{self.name(token['type'])}")
            case "blank":
                return f"_:w{token[0][2:]}"
            case "a":
                return _TYPE
        return self.iri(token[0])

    def _once(self, written: str, term: Callable[[], str]) -> str:
        if written not in self._known:
            self._known[written] = term()
        return self._known[written]

    def _full(self, name: str) -> str:
        short, colon, local = name.partition(":")
        if short + colon not in self._prefixes:
            raise _Stop
        unescaped = re.sub(r"\\(.)", r"\1", local)
        return f"<{self._prefixes[short + colon]}{unescaped}>"


@dataclass(eq=False)
class _Frame:
    """What is being said at one depth: at the top, in brackets or in a collection that opened at `start`.

    `told` is whether the predicate has its object, after which N-Quads names the graph; `items` are those of a
    collection, each as its node.
    """

    mark: str = ""
    start: int = 0
    subject: _Placed | None = None
    predicate: _Placed | None = None
    told: bool = False
    items: list[_Placed] = field(default_factory=list)

    def clear(self) -> None:
        """Start on the next subject."""
        self.subject = self.predicate = None
        self.told = False


class _Reader:
    """The grammar as a stack of frames, for a document may nest deeper than Python does."""

    def __init__(self, spelling: _Spelling) -> None:
        self._spelling = spelling
        self._frames = [_Frame()]
        self._labels = (f"_:n{number}" for number in count())

    def triples(self, text: str) -> Iterator[_Triple]:
        """The triples, each term with the offset of its token."""
        offset = 0
        while offset < len(text):
            token = _TOKEN.match(text, offset)
            if token is None:
                raise _Stop
            offset = token.end()
            match token.lastgroup:
                case "space" | "graph":
                    continue
                case "prefix":
                    self._spelling.prefix(token)
                case "base":
                    self._spelling.root(token)
                case "mark":
                    yield from self._mark(token[0], token.start())
                case kind:
                    term = self._spelling.term(token, kind)
                    yield from self._say(self._frames[-1], (term, token.start()))

    def _mark(self, mark: str, start: int) -> Iterator[_Triple]:
        if mark in "[(":
            yield from self._open(mark, start)
        elif mark in "])":
            yield from self._close(mark)
        elif mark == ";":
            self._frames[-1].predicate = None
        elif mark == ",":
            self._frames[-1].told = False
        else:
            self._frames[-1].clear()  # at the end of a statement, and around a graph, whose name looked like a subject

    def _say(self, frame: _Frame, term: _Placed) -> Iterator[_Triple]:
        if frame.mark == "(":
            yield from self._item(frame, term)
        elif frame.subject is None:
            frame.subject = term
        elif frame.predicate is None:
            frame.predicate, frame.told = term, False
        elif not frame.told:
            frame.told = True
            yield frame.subject, frame.predicate, term

    def _item(self, frame: _Frame, term: _Placed) -> Iterator[_Triple]:
        node = next(self._labels), term[1]
        yield node, (_FIRST, term[1]), term
        yield from self._link(frame, node)

    def _link(self, frame: _Frame, node: _Placed) -> Iterator[_Triple]:
        """Hang a node of a collection behind the one before it; the first stands for the collection itself."""
        frame.items.append(node)
        if len(frame.items) > 1:
            yield frame.items[-2], (_REST, node[1]), node
        else:
            yield from self._stand(self._frames[-2], (node[0], frame.start))

    def _open(self, mark: str, start: int) -> Iterator[_Triple]:
        around = self._frames[-1]
        if around.mark == "(":
            yield from self._link(around, (next(self._labels), start))
        self._frames.append(_Frame(mark, start, (next(self._labels), start) if mark == "[" else None))

    def _close(self, mark: str) -> Iterator[_Triple]:
        frame = self._frames.pop()
        if frame.mark + mark not in ("[]", "()"):
            raise _Stop
        if frame.items:
            nil = _NIL, frame.items[-1][1]
            yield frame.items[-1], (_REST, nil[1]), nil
        else:
            yield from self._stand(self._frames[-1], frame.subject or (_NIL, frame.start))

    def _stand(self, frame: _Frame, term: _Placed) -> Iterator[_Triple]:
        """Put what opened in a frame where it stands there: in a collection its node is made already."""
        if frame.mark == "(":
            yield frame.items[-1], (_FIRST, term[1]), term
        else:
            yield from self._say(frame, term)
