"""The HTML of pages of every kind: valid, light, marked with its languages, without inline code or dead links."""

from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import PurePosixPath
from urllib.parse import parse_qs, unquote, urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import front
import html5lib
import httpx2
import pytest
import rdflib
from babel.messages.pofile import read_po
from conftest import whole_graph
from pyoxigraph import Literal

from vesoc.names import BASE

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}  # as browsers have it
MOST_BYTES = 100_000
MOST_PAGES = 40
HEAVY = ("/workbench",)
DATA = "application/ld+json"
INERT = (DATA, "application/json")
NO_PROSE = ("script", "code", "pre", "textarea")
WITHOUT_NETWORK = {"@vocab": "https://schema.org/"}
LITERALS = "SELECT DISTINCT ?text WHERE { ?s ?p ?text FILTER(LANG(?text) != '') }"


@dataclass(frozen=True)
class Document:
    """A page as it came."""

    address: str
    text: str

    @cached_property
    def root(self) -> Element:
        """Its tree; a ParseError where it is not what the standard asks for."""
        return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(self.text)

    @cached_property
    def ids(self) -> list[str]:
        """All identifiers in it."""
        return [one.attrib["id"] for one in self.elements() if "id" in one.attrib]

    def elements(self, *tags: str) -> Iterator[Element]:
        """Its elements, of these kinds where kinds are named."""
        return (one for one in self.root.iter() if isinstance(one.tag, str) and (not tags or one.tag in tags))

    def links(self) -> Iterator[str]:
        """Where it leads and what it loads, as addresses on its host."""
        for one in self.elements():
            for name in ("href", "src", "action", "formaction"):
                if name in one.attrib:
                    yield urljoin(self.address, one.attrib[name])

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each piece of text in its body, and the language that it is marked with."""
        body = self.root.find("body")
        return _texts(body, self.root.attrib["lang"]) if body is not None else iter(())


def _texts(element: Element, language: str) -> Iterator[tuple[str, str]]:
    own = element.attrib.get("lang", language)
    if element.tag in NO_PROSE:
        return
    yield (element.text or "").strip(), own
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child, own)
        yield (child.tail or "").strip(), own


Fetch = Callable[[str, str], Document]


@pytest.fixture(scope="module")
def fetch(front_server: httpx2.Client) -> Fetch:
    """A page in a language, fetched and read once."""

    @cache
    def fetched(path: str, language: str) -> Document:
        answer = front_server.get(path, headers={**HTML, "Accept-Language": language})
        assert answer.status_code == front.PROBLEMS.get(path, 200)
        assert answer.headers["Content-Type"].startswith("text/html")
        return Document(path, answer.text)

    return fetched


def seen() -> Iterator[tuple[str, str]]:
    """A page of each kind in both languages, and each other page of a kind in one of them, by turns."""
    for number, path in enumerate(front.every()):
        both = path in front.kinds()
        yield from ((path, one) for place, one in enumerate(front.LANGUAGES) if both or number % 2 == place)


pages = pytest.mark.parametrize(("path", "language"), list(seen()))


@pages
def test_page_is_valid(fetch: Fetch, path: str, language: str) -> None:
    document = fetch(path, language)
    assert document.root.attrib["lang"] == language
    assert [name for name, times in Counter(document.ids).items() if times > 1] == []
    assert len(list(document.elements("h1"))) == 1
    assert len(list(document.elements("main"))) == 1


@pages
def test_page_is_light(fetch: Fetch, path: str, language: str) -> None:
    assert path in HEAVY or len(fetch(path, language).text.encode()) < MOST_BYTES


@pages
def test_page_has_no_inline_code(fetch: Fetch, path: str, language: str) -> None:
    document = fetch(path, language)
    scripts = [one for one in document.elements("script") if "src" not in one.attrib and one.get("type") not in INERT]
    attributes = [name for one in document.elements() for name in one.attrib if name == "style" or name[:2] == "on"]
    assert [*scripts, *document.elements("style"), *attributes] == []
    assert [link for link in document.links() if link.startswith("javascript:")] == []


@pages
def test_page_points_into_itself_only_where_there_is_something(fetch: Fetch, path: str, language: str) -> None:
    document = fetch(path, language)
    for_attributes = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")
    named = [name for one in document.elements() for key in for_attributes for name in one.attrib.get(key, "").split()]
    own = [urldefrag(link) for link in document.links() if urldefrag(link).url in (document.address, "")]
    named += [unquote(link.fragment) for link in own if link.fragment]
    assert set(named) - set(document.ids) == set()


@pages
def test_page_marks_the_language_of_what_the_graph_says(fetch: Fetch, path: str, language: str) -> None:
    wrong = [
        (text, marked)
        for text, marked in fetch(path, language).texts()
        if text not in words(marked) and marked not in literals().get(text, {marked})
    ]
    assert wrong == []


@cache
def literals() -> dict[str, set[str]]:
    """Texts of the graph and the languages that it has them in."""
    found = defaultdict(set)
    for (text,) in whole_graph().store.query(LITERALS):
        assert isinstance(text, Literal)
        found[text.value.strip()].add(text.language)
    return dict(found)


@cache
def words(language: str) -> set[str]:
    """What pages say of their own in a language."""
    found: set[str] = set()
    for file in sorted((files("vesoc") / "locale" / "nl").iterdir(), key=str):
        if file.name.endswith(".po"):
            for message in read_po(io.BytesIO(file.read_bytes()), "nl"):
                text = message.id if language == "en" else message.string
                found.update([text] if isinstance(text, str) else text)
    return found


def test_pages_show_much_of_what_the_graph_says_in_dutch_on_english_pages(fetch: Fetch) -> None:
    marked = [text for path in front.largest() for text, language in fetch(path, "en").texts() if language == "nl"]
    assert len([text for text in marked if text in literals()]) >= len(front.largest())


@pytest.mark.filterwarnings("ignore:.* is deprecated, use Dataset:DeprecationWarning")  # RDFLib itself uses them
@pages
def test_data_in_page_is_data(fetch: Fetch, path: str, language: str) -> None:
    for script in fetch(path, language).elements("script"):
        if script.get("type") == DATA:
            held = json.loads(script.text or "")
            context = held["@context"]
            assert context == "https://schema.org" or isinstance(context, dict)
            held["@context"] = context if isinstance(context, dict) else WITHOUT_NETWORK
            assert len(rdflib.Graph().parse(data=json.dumps(held), format="json-ld")) > 0


@pytest.mark.parametrize("path", front.largest())
def test_page_of_a_thing_has_data(fetch: Fetch, path: str) -> None:
    assert [one for one in fetch(path, "nl").elements("script") if one.get("type") == DATA]


def test_links_lead_somewhere(fetch: Fetch, server: httpx2.Client) -> None:
    known = {page for found in front.things().values() for page in found}
    asked: dict[tuple[str, ...], str] = {}
    for path in front.kinds():
        for link in map(without_fragment, fetch(path, "nl").links()):
            if is_ours(link) and not thing(link) <= known and link not in asked.values():
                asked.setdefault((*shape(path), *shape(link)), link)
    assert len(asked) > 100
    dead = [link for link in asked.values() if server.head(link, headers=HTML).status_code >= 400]
    assert set(dead) - front.PROBLEMS.keys() == set()


def without_fragment(link: str) -> str:
    return urldefrag(link).url


def shape(link: str) -> tuple[str, ...]:
    """What links of one sort have in common: the beginning and the suffix of the path, and the names in the query."""
    address = urlsplit(link)
    first, second, *_ = [*address.path.split("/")[1:], ""]
    kind = second if first in ("doc", "cite") else ""
    return (first, kind, PurePosixPath(address.path).suffix, *sorted(parse_qs(address.query)))


def is_ours(link: str) -> bool:
    """Whether a link leads to this server."""
    address = urlsplit(link)
    return not address.scheme and not address.netloc and bool(address.path)


def thing(link: str) -> set[str]:
    """The address of the page that a link to a thing leads to, when it leads there and asks for nothing else."""
    path = unquote(urlsplit(link).path.replace(urlsplit(BASE).path, "/"))
    return {path.replace("/id/", "/doc/", 1)} if path.startswith(("/id/", "/doc/")) and "?" not in link else {link}


def test_links_into_other_pages_find_their_place(fetch: Fetch) -> None:
    places = defaultdict(set)
    for path in front.kinds():
        for link in fetch(path, "nl").links():
            address = urldefrag(link)
            if is_ours(link) and address.fragment and address.url != path:
                places[address.url].add(unquote(address.fragment))
    missing = {page: names - set(fetch(page, "nl").ids) for page, names in sorted(places.items())[:MOST_PAGES]}
    assert {page: names for page, names in missing.items() if names} == {}
