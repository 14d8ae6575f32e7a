"""The page of the ontology: each term with its place, and what the shapes ask of it in words, as the shapes have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import html5lib
import httpx2
import pytest
from conftest import ROOT, whole_graph
from rdflib import DCTERMS, OWL, RDF, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection

from vesoc.names import BASE, PREFIXES
from vesoc.pages.constraints import Constraints

SPACES = re.compile(r"\s+")
VS = f"{BASE}shapes#"
MOST_BYTES = 100_000
SHORT = 12  # letters of a text that may be the same in two languages by chance
BESIDE = {RDF.type, DCTERMS.isPartOf, SH.message, SH.path, SH.severity, SH.sparql}
TARGETS = {SH.targetClass: "thing", SH.targetSubjectsOf: "thing", SH.targetObjectsOf: "value"}
# What stands on the page for a constraint, of which %s is the value; numbers of one are written as words.
WORDS = {
    "class": ("of the class %s", "van de klasse %s"),
    "datatype": ("of the datatype %s", "van het datatype %s"),
    "disjoint": ("other than that of %s", "anders dan die van %s"),
    "hasValue": ("with the value %s", "met de waarde %s"),
    "lessThan": ("less than that of %s", "minder dan die van %s"),
    "lessThanOrEquals": ("not more than that of %s", "niet meer dan die van %s"),
    "nodeKind": ("an IRI", "een IRI"),
    "node": ("a concept of the scheme %s", "een begrip uit het schema %s"),
    "pattern": ("of the form %s", "van de vorm %s"),
}
NUMBERS = {
    (1, 1): ("exactly one", "precies één"),
    (1, None): ("at least one", "minstens één"),
    (None, 1): ("one at most", "hoogstens één"),
    (None, 0): ("never", "nooit"),
    (2, None): ("at least 2, each in another language", "minstens 2, elk in een andere taal"),
}
LANGUAGES = {"en": 0, "nl": 1}


@cache
def shapes() -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


def text_of(element: Any) -> str:
    return SPACES.sub(" ", "".join(element.itertext())).strip()


class Page:
    """The page in one language, with the entries of its terms."""

    def __init__(self, answer: httpx2.Response) -> None:
        assert answer.status_code == 200, answer.text[:300]
        self.html = answer.text
        self.root = html5lib.parse(answer.text, namespaceHTMLElements=False)
        self.text = text_of(self.root.find("body"))
        self.ids = [one.attrib["id"] for one in self.root.iter() if "id" in one.attrib]
        self.links = [one.attrib["href"] for one in self.root.iter("a") if "href" in one.attrib]
        self.entries = dict(self._entries())

    def _entries(self) -> Iterator[tuple[str, list[str]]]:
        """The lines of the entry of each term."""
        for section in self.root.iter("section"):
            if "id" in section.attrib:
                head = [text_of(one) for one in section.iter("dt")]
                yield section.attrib["id"], head + [text_of(one) for one in section.iter("dd")]
        for listed in (one for one in self.root.iter("dl") if one.get("class") == "terms"):
            name = ""
            lines: dict[str, list[str]] = {}
            for child in listed:
                name = child.attrib["id"] if child.tag == "dt" else name
                lines.setdefault(name, []).append(text_of(child))
            yield from lines.items()


Read = Callable[[str], Page]


@pytest.fixture(scope="module")
def read(server: httpx2.Client) -> Read:
    @cache
    def fetched(language: str) -> Page:
        return Page(server.get("/ns", headers={"Accept": "text/html", "Accept-Language": language}))

    return fetched


def short(iri: Any) -> str:
    """A term as the page names it."""
    if str(iri).startswith(f"{BASE}ns#"):
        return str(iri).removeprefix(f"{BASE}ns#")
    prefix, space = max(((p, s) for p, s in PREFIXES.items() if str(iri).startswith(s)), key=lambda pair: len(pair[1]))
    return f"{prefix}:{str(iri).removeprefix(space)}"


def label(iri: Any, language: str) -> str:
    query = "SELECT ?l { ?t skos:prefLabel ?l FILTER(LANG(?l) = ?language) }"
    found: Any = whole_graph().store.query(
        query.replace("?t", f"<{iri}>").replace("?language", f'"{language}"'), prefixes=PREFIXES
    )
    return str(next(iter(found))[0].value)


def phrases(shape: Any, language: str) -> Iterator[str]:
    """What the page has to say for each constraint of a shape."""
    place, graph = LANGUAGES[language], shapes()
    said = {predicate: value for predicate, value in graph.predicate_objects(shape) if predicate not in BESIDE}
    counts = [said.get(SH.minCount), said.get(SH.maxCount)]
    if any(count is not None for count in counts):
        least, most = (None if count is None else int(str(count)) for count in counts)
        yield NUMBERS[least, most][place]
        assert (least == 2) == (SH.uniqueLang in said)
    for predicate, value in said.items():
        name = str(predicate).removeprefix(str(SH))
        if name in WORDS:
            yield WORDS[name][place].replace("%s", shown(name, value, language))
        elif name == "or":
            for member in Collection(graph, value):
                yield from phrases(member, language)
        elif name == "minInclusive":
            amount = f"{int(str(value)):,}".replace(",", "." if language == "nl" else ",")
            yield f"{('not less than', 'niet minder dan')[place]} {amount}"
        else:
            assert name in {"minCount", "maxCount", "uniqueLang", *(str(t).removeprefix(str(SH)) for t in TARGETS)}


def shown(name: str, value: Any, language: str) -> str:
    if name == "node":
        return label(shapes().value(shapes().value(value, SH.property), SH.hasValue), language)
    if name == "hasValue":
        return label(value, language)
    return str(value).removeprefix("^").removesuffix("$") if name == "pattern" else short(value)


def asked() -> list[tuple[str, URIRef]]:
    """Each shape with the term in whose entry it has to be told: its class, or the property that it is about."""
    graph = shapes()
    return sorted(
        (short(graph.value(shape, SH.path) if target == SH.targetSubjectsOf else aim), shape)
        for target in TARGETS
        for shape, aim in graph.subject_objects(target)
    )


def line_of(page: Page, term: str, shape: URIRef) -> list[str]:
    """The lines of an entry that may tell of a shape: those of its property, or of the thing itself."""
    path = shapes().value(shape, SH.path)
    lines = page.entries[term]
    if path is not None and short(path) != term:
        return [line for line in lines if re.search(rf"(^|\s){re.escape(short(path))}: ", line)]
    return lines


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("term", "shape"), asked(), ids=lambda value: str(value).removeprefix(VS))
def test_shape_is_told_in_words_with_its_rule(read: Read, term: str, shape: URIRef, language: str) -> None:
    page = read(language)
    wanted = list(phrases(shape, language))
    assert wanted
    code = str(shapes().value(shape, DCTERMS.isPartOf)).removeprefix(VS)
    telling = [line for line in line_of(page, term, shape) if all(phrase in line for phrase in wanted)]
    assert telling, (wanted, page.entries[term])
    assert code == "R01" or any(re.search(rf" {code}\b", line) for line in telling)
    if shapes().value(shape, SH.severity) == SH.Info:
        assert any(("a remark only", "alleen een opmerking")[LANGUAGES[language]] in line for line in telling)
    elif shapes().value(shape, SH.severity) == SH.Warning:
        assert any(("a warning only", "alleen een waarschuwing")[LANGUAGES[language]] in line for line in telling)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_have_their_title_and_what_they_say_of_the_whole_graph(read: Read, language: str) -> None:
    graph, page = shapes(), read(language)
    codes = sorted(str(rule).removeprefix(VS) for rule in graph.subjects(RDF.type, URIRef(f"{VS}Rule")))
    assert len(codes) > 20
    assert [one for one in page.ids if re.fullmatch(r"R\d\d", one)] == codes
    for rule in codes:
        titles = [text for text in graph.objects(URIRef(VS + rule), DCTERMS.title) if language_of(text) == language]
        assert f"{rule} {titles[0]}" in page.text
    queries = list(graph.subjects(SH.sparql))
    assert len(queries) > 40
    for shape in queries:
        [message] = [str(text)[4:] for text in graph.objects(shape, SH.message) if language_of(text) == language]
        assert SPACES.sub(" ", message) in page.text


def language_of(text: Any) -> str | None:
    return text.language if isinstance(text, Literal) else None


def own_terms() -> set[str]:
    kinds = "owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty"
    query = f"SELECT DISTINCT ?term {{ VALUES ?kind {{ {kinds} }} ?term a ?kind }}"
    found: Any = whole_graph().store.query(query, prefixes=PREFIXES)
    names = (row[0].value for row in found)
    return {name.partition("#")[2] for name in names if name.startswith(f"{BASE}ns#")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_and_every_link_within_the_page_has_its_place(read: Read, language: str) -> None:
    page = read(language)
    assert own_terms() <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    within = {unquote(link.removeprefix("#")) for link in page.links if link.startswith("#")}
    assert len(within) > 100
    assert within <= set(page.ids)
    contents = {"picture", "classes", "properties", "reused", "rules", "changes"}
    assert contents <= within


@cache
def ontology() -> Graph:
    graph = Graph(bind_namespaces="none")
    for name in ("vesoc.ttl", "alignments.ttl"):
        graph.parse(ROOT / "ontology" / name)
    return graph


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_in_the_language_of_its_reader(read: Read, language: str) -> None:
    page = read(language)
    texts = [text for graph in (ontology(), shapes()) for text in graph.objects() if isinstance(text, Literal)]
    own = {str(text) for text in texts if text.language == language}
    others = {str(text) for text in texts if text.language not in (None, language) and len(text) > SHORT} - own
    assert {text for text in others if SPACES.sub(" ", text) in page.text} == set()
    header = URIRef(f"{BASE}ns")
    for text in ontology().objects(predicate=SKOS.definition):
        assert language_of(text) != language or SPACES.sub(" ", str(text)) in page.text
    for predicate in (DCTERMS.description, SKOS.changeNote):
        [said] = [text for text in ontology().objects(header, predicate) if language_of(text) == language]
        assert str(said) in page.text


def test_page_is_light_in_both_languages(read: Read) -> None:
    assert all(len(read(language).html.encode()) < MOST_BYTES for language in LANGUAGES)


@pytest.mark.parametrize("term", sorted(own_terms()))
def test_use_is_what_the_query_behind_it_counts(read: Read, term: str) -> None:
    page = read("en")
    [section] = [one for one in page.root.iter("section") if one.get("id") == term]
    [link] = [one for one in section.iter("a") if one.attrib["href"].startswith("/workbench")]
    query = parse_qs(urlsplit(link.attrib["href"]).query)["query"][0]
    counted: Any = whole_graph().store.query(query)
    number = int(next(iter(counted))[0].value)
    assert link.text == (f"{number} time" if number == 1 else f"{number} times")
    assert f"<{BASE}ns#{term}>" in query


def test_alignments_are_told_as_they_are(read: Read) -> None:
    page = read("en")
    alignments = Graph().parse(ROOT / "ontology" / "alignments.ttl")
    names = {"seeAlso": "Compare", "subClassOf": "Narrower than"}
    stated = [(s, p, o) for s, p, o in alignments if p != RDF.type]
    assert len(stated) > 20
    for subject, predicate, other in stated:
        [section] = [one for one in page.root.iter("section") if one.get("id") == short(subject)]
        assert short(other) in rows_of(section)[names[str(predicate).rpartition("#")[2]]]


def rows_of(section: Any) -> dict[str, list[str]]:
    """What stands beside each word of an entry."""
    found: dict[str, list[str]] = {}
    word = ""
    for one in (child for listed in section.iter("dl") for child in listed):
        word = text_of(one) if one.tag == "dt" else word
        found.setdefault(word, []).extend(text_of(one).split(", ") if one.tag == "dd" else [])
    return found


def test_picture_has_a_line_for_each_property_between_classes(read: Read) -> None:
    [svg] = re.findall(r'<svg class="arcs".*?</svg>', read("en").html, re.DOTALL)
    shown = SPACES.sub(" ", re.sub("<[^>]*>", " ", svg))
    graph = ontology()
    left_out = {
        PREFIXES[p] + n for p, n in (("owl", "Thing"), ("rdfs", "Resource"), ("rdf", "Property"), ("rdf", "langString"))
    }
    edges = {
        (short(start), short(end))
        for term in graph.subjects(RDF.type, OWL.ObjectProperty)
        for start in graph.objects(term, URIRef(f"{PREFIXES['schema']}domainIncludes"))
        for end in graph.objects(term, URIRef(f"{PREFIXES['schema']}rangeIncludes"))
        if str(end) not in left_out and str(start) not in left_out
    }
    assert len(edges) > 30
    assert len(re.findall(r"<path d=", svg)) == len(edges) + 1  # and the head of the arrow
    assert {name for edge in edges for name in edge} <= set(shown.split())


def test_shapes_of_others_are_read_as_well(tmp_path: Path) -> None:
    """What has no words of its own is told by its message; without shapes nothing is asked."""
    (tmp_path / "x.ttl").write_text("""
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <http://example.org/>
ex:shape a sh:PropertyShape ; sh:targetClass ex:Thing ; sh:path ex:p ; sh:minLength 3 ; sh:minCount 2 ; sh:maxCount 4 ;
  sh:message "too short"@en , "te kort"@nl .
""")
    [limit] = Constraints(tmp_path).of_classes["http://example.org/Thing"]
    counted, other = limit.constraints
    assert (counted.kind, counted.values) == ("count", (2, 4, False))
    assert (other.kind, dict(other.values[0])) == ("message", {"en": "too short", "nl": "te kort"})
    none = Constraints(None)
    assert (dict(none.of_classes), dict(none.of_properties), none.rules) == ({}, {}, ())
