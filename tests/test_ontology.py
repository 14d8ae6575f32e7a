"""The ontology: its words, its header, its profile, and that it and the data do not clash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from inspect import get_annotations
from pathlib import Path
from unittest.mock import patch

import owlrl
import pyoxigraph
import pytest
from pyowl2_profiles import detect_profiles
from rdflib import OWL, RDF, RDFS, SKOS, VANN, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from vesoc import __version__
from vesoc.checks.axioms import Axioms
from vesoc.checks.contradictions import Contradiction
from vesoc.checks.contradictions import contradictions as contradicted
from vesoc.names import BASE, PREFIXES

ROOT = Path(__file__).resolve().parent.parent
NS = f"{BASE}ns#"
HEADER = URIRef(f"{BASE}ns")
VERSION = URIRef(f"{BASE}ns/{__version__}")
DCTERMS = Namespace(PREFIXES["dcterms"])
BIBO = Namespace(PREFIXES["bibo"])
SCHEMA = Namespace(PREFIXES["schema"])
XSD_STRING, XSD_INTEGER, XSD_DECIMAL, XSD_DATE = (
    URIRef(PREFIXES["xsd"] + name) for name in ("string", "integer", "decimal", "date")
)
RELEASED = Literal("2026-11-22", datatype=XSD_DATE)
PROPERTY_KINDS = {
    OWL.ObjectProperty: "object",
    OWL.DatatypeProperty: "data",
    OWL.AnnotationProperty: "annotation",
}
TURTLE = pyoxigraph.RdfFormat.TURTLE
BUILT_IN = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "xsd"))


def read(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


def data_files() -> list[Path]:
    """The files on agreements; the catalogue has terms of its own."""
    return sorted(path for path in (ROOT / "data" / "ttl").rglob("*.ttl") if path.stem != "metadata")


LIGHT = read(ROOT / "ontology" / "vesoc.ttl")
ALIGNMENTS = read(ROOT / "ontology" / "alignments.ttl")
AXIOMS = read(ROOT / "ontology" / "vesoc-axioms.ttl")


def terms(kind: URIRef) -> list[URIRef]:
    return sorted(t for t in LIGHT.subjects(RDF.type, kind) if isinstance(t, URIRef) and NS in t)


CLASSES = terms(OWL.Class)
PROPERTIES = sorted(term for kind in PROPERTY_KINDS for term in terms(kind))
TERMS = CLASSES + PROPERTIES


def short(term: Node) -> str:
    """The term as the documentation writes it: ours without a prefix, others with theirs."""
    text = str(term)
    prefix, namespace = max(((p, n) for p, n in PREFIXES.items() if text.startswith(n)), key=lambda pair: len(pair[1]))
    local = text.removeprefix(namespace)
    return local if namespace == NS else f"{prefix}:{local}"


# --- words ---------------------------------------------------------------------------------


def test_size() -> None:
    assert (len(CLASSES), len(PROPERTIES)) == (16, 58)
    kinds = [len(terms(kind)) for kind in PROPERTY_KINDS]
    assert kinds == [46, 10, 2]


@pytest.mark.parametrize("term", TERMS, ids=short)
@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition], ids=short)
def test_one_text_a_language(term: URIRef, predicate: URIRef) -> None:
    texts = [text for text in LIGHT.objects(term, predicate) if isinstance(text, Literal)]
    assert sorted(text.language or "" for text in texts) == ["en", "nl"]
    assert all(text == text.strip() and "  " not in text for text in map(str, texts))


@pytest.mark.parametrize("term", TERMS, ids=short)
def test_term_says_nothing_twice(term: URIRef) -> None:
    assert not list(LIGHT.objects(term, RDFS.comment))
    assert LIGHT.value(term, RDFS.isDefinedBy) == HEADER


def label(term: URIRef, language: str) -> str:
    return next(str(x) for x in LIGHT.objects(term, RDFS.label) if x.language == language)  # type: ignore[attr-defined]


@pytest.mark.parametrize("term", CLASSES, ids=short)
def test_class_name_is_its_english_label(term: URIRef) -> None:
    assert short(term) == label(term, "en").replace(" ", "")


@pytest.mark.parametrize("term", PROPERTIES, ids=short)
def test_property_label_starts_in_lower_case(term: URIRef) -> None:
    assert label(term, "nl")[0].islower()
    assert label(term, "en")[0].islower() or label(term, "en") == "SHA-256"


def test_no_two_terms_share_a_label() -> None:
    for kind in (CLASSES, PROPERTIES):
        for language in ("nl", "en"):
            assert len({label(term, language) for term in kind}) == len(kind)


# --- header and declarations ---------------------------------------------------------------


@pytest.mark.parametrize("predicate", [DCTERMS.title, DCTERMS.description], ids=short)
def test_header_speaks_both_languages(predicate: URIRef) -> None:
    assert sorted(str(x.language) for x in LIGHT.objects(HEADER, predicate)) == ["en", "nl"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (RDF.type, OWL.Ontology),
        (DCTERMS.license, URIRef("http://creativecommons.org/publicdomain/zero/1.0/")),
        (DCTERMS.created, RELEASED),
        (DCTERMS.issued, RELEASED),
        (OWL.versionIRI, VERSION),
        (OWL.versionInfo, Literal(__version__)),
        (VANN.preferredNamespacePrefix, Literal("vesoc")),
        (VANN.preferredNamespaceUri, Literal(NS)),
        (BIBO.status, URIRef("http://purl.org/ontology/bibo/status/published")),
    ],
)
def test_header_states(predicate: URIRef, value: Node) -> None:
    assert list(LIGHT.objects(HEADER, predicate)) == [value]


@pytest.mark.parametrize("predicate", [DCTERMS.creator, DCTERMS.publisher], ids=short)
def test_header_names_its_makers(predicate: URIRef) -> None:
    maker = LIGHT.value(HEADER, predicate)
    assert maker is not None
    assert LIGHT.value(maker, URIRef(PREFIXES["foaf"] + "name"))


def test_header_dates_and_citation_follow_the_version() -> None:
    issued, modified = (LIGHT.value(HEADER, DCTERMS[name]) for name in ("issued", "modified"))
    assert str(issued) <= str(modified)
    citations = list(LIGHT.objects(HEADER, DCTERMS.bibliographicCitation))
    assert len(citations) == 2
    assert all(str(VERSION) in str(citation) for citation in citations)


def used(graph: Graph) -> Iterator[URIRef]:
    """Every predicate and class of a graph, and what the ontology names as such."""
    naming = {RDF.type, RDFS.subClassOf, RDFS.subPropertyOf}
    naming |= {SCHEMA.domainIncludes, SCHEMA.rangeIncludes}
    for _, predicate, value in graph:
        if isinstance(predicate, URIRef):
            yield predicate
        if predicate in naming and isinstance(value, URIRef):
            yield value


def declared(graph: Graph) -> set[Node]:
    return {term for kind in (OWL.Class, *PROPERTY_KINDS) for term in graph.subjects(RDF.type, kind)}


def undeclared(path: Path) -> set[str]:
    own = declared(LIGHT) | (declared(ALIGNMENTS) if path.name == "alignments.ttl" else set())
    foreign = (term for term in used(read(path)) if not str(term).startswith(BUILT_IN))
    return {str(term) for term in foreign if term not in own}


@pytest.mark.parametrize("path", [*(ROOT / "ontology").glob("*.ttl"), *data_files()], ids=lambda path: str(path.name))
def test_every_used_term_is_declared(path: Path) -> None:
    assert undeclared(path) == set()


def test_no_term_is_declared_twice() -> None:
    for term in declared(LIGHT):
        kinds = set(LIGHT.objects(term, RDF.type)) - {OWL.FunctionalProperty}
        assert len(kinds) == 1, term


def test_alignments_never_map_classes_as_concepts() -> None:
    predicates = set(ALIGNMENTS.predicates())
    assert predicates == {RDF.type, RDFS.subClassOf, RDFS.seeAlso}
    assert set(ALIGNMENTS.subjects(RDFS.seeAlso)) <= set(TERMS)


def test_no_triple_stands_in_two_files() -> None:
    assert not set(LIGHT) & set(ALIGNMENTS)


# --- profiles ------------------------------------------------------------------------------


def profile(*names: str) -> dict[str, dict[str, int]]:
    """Per OWL 2 profile, what keeps the files out of it."""
    store = pyoxigraph.Store()
    for name in names:
        store.load(path=ROOT / "ontology" / name)
    found = detect_profiles(store, graph_iri=None)
    return {name: found[name]["violations_by_axiom_type"] for name in ("dl", "rl", "el", "ql")}


@cache
def functional() -> frozenset[Node]:
    return frozenset(LIGHT.subjects(RDF.type, OWL.FunctionalProperty))


def test_light_file_is_in_dl_and_rl() -> None:
    found = profile("vesoc.ttl")
    assert found["dl"] == found["rl"] == {}


def test_only_functional_properties_keep_the_light_file_from_el_and_ql() -> None:
    found = profile("vesoc.ttl")
    assert found["el"] == found["ql"] == {"owl:FunctionalProperty": len(functional())}


def test_alignments_keep_the_profile() -> None:
    found = profile("vesoc.ttl", "alignments.ttl")
    assert found["dl"] == found["rl"] == {}


def test_axioms_stay_in_dl() -> None:
    assert profile("vesoc.ttl", "vesoc-axioms.ttl")["dl"] == {}


# --- the axioms say what the light file says -----------------------------------------------


def named(node: Node) -> set[Node]:
    """The classes that a domain or range stands for; a restriction names none."""
    union = AXIOMS.value(node, OWL.unionOf)
    if union is not None:
        return set(Collection(AXIOMS, union))
    return set() if isinstance(node, BNode) else {node}


def stated(term: URIRef, predicate: URIRef) -> set[Node]:
    return {name for node in AXIOMS.objects(term, predicate) for name in named(node)}


@pytest.mark.parametrize("term", PROPERTIES, ids=short)
@pytest.mark.parametrize(
    ("axiom", "hint"),
    [(RDFS.domain, SCHEMA.domainIncludes), (RDFS.range, SCHEMA.rangeIncludes)],
    ids=["domain", "range"],
)
def test_axiom_follows_the_hint(term: URIRef, axiom: URIRef, hint: URIRef) -> None:
    annotation = (term, RDF.type, OWL.AnnotationProperty) in LIGHT
    hinted = set(LIGHT.objects(term, hint)) - {OWL.Thing}
    assert stated(term, axiom) == (set() if annotation else hinted)


# --- consistency ---------------------------------------------------------------------------


@cache
def without_bearing() -> frozenset[Node]:
    notes = frozenset(LIGHT.subjects(RDF.type, OWL.AnnotationProperty))
    return notes | {RDFS.label, RDFS.seeAlso, RDFS.isDefinedBy}


@cache
def without_axioms() -> frozenset[Node]:
    """The object properties of which the ontology says nothing but that they are: no rule looks at what they tie."""
    axioms = (t for t in LIGHT + AXIOMS if t[1] not in without_bearing() and t[2] != OWL.ObjectProperty)
    spoken_of = {node for start, predicate, end in axioms for node in (start, predicate, end)}
    return frozenset(LIGHT.subjects(RDF.type, OWL.ObjectProperty)) - spoken_of


def spell_out(graph: Graph) -> None:
    """Add that a union is disjoint with what is disjoint with each of its members.

    It follows from the axioms, but the RL rules draw no conclusion from a union.
    """
    apart = {name for members in graph.objects(None, OWL.members) for name in Collection(graph, members)}
    for union, members in list(graph.subject_objects(OWL.unionOf)):
        inside = Collection(graph, members)
        above = {up for name in inside for up in graph.transitive_objects(name, RDFS.subClassOf)}
        for name in apart - above:
            graph.add((union, OWL.disjointWith, name))


@cache
def background() -> tuple[Triple, ...]:
    graph = LIGHT + AXIOMS
    spell_out(graph)
    return tuple(t for t in graph if t[1] not in without_bearing())


PASSAGES = {URIRef(NS + "Evidence"), URIRef(PREFIXES["oa"] + "TextPositionSelector")}
Triple = tuple[Node, Node, Node]


def classes(data: Graph, node: Node) -> frozenset[Node]:
    return frozenset(data.objects(node, RDF.type))


def build(data: Graph, node: Node) -> Hashable:
    """How a node is made: how often it has which link from and to things of which classes."""
    outward = ((p, classes(data, o)) for p, o in data.predicate_objects(node))
    inward = ((classes(data, s), p) for s, p in data.subject_predicates(node))
    return frozenset(Counter((*outward, *inward)).items())


def spared(data: Graph) -> set[Node]:
    """All passages but one of each build."""
    passages = {node for kind in PASSAGES for node in data.subjects(RDF.type, kind)}
    chosen = {build(data, node): node for node in passages}
    return passages - set(chosen.values())


def telling(data: Graph) -> Iterator[Triple]:
    """The triples to reason about, without those that can add no contradiction.

    Annotations bear on nothing in OWL, nor does a property without axioms. Passages are over half of
    the rest: two of the same build clash with the axioms in the same way, so one speaks for all.
    """
    silent, idle = spared(data), without_bearing() | without_axioms()
    for start, predicate, end in data:
        counts = start not in silent and (end not in silent or predicate in functional())
        if counts and predicate not in idle:
            yield start, predicate, end


class Facts(Graph):
    """A graph that is asked millions of times whether it has a triple, for which rdflib begins a search each time."""

    def __init__(self) -> None:
        super().__init__("SimpleMemory")  # which is quicker, for it knows of no named graphs
        self._known: set[Triple] = set()

    def add(self, triple: Triple) -> Facts:  # type: ignore[override]
        self._known.add(triple)
        super().add(triple)
        return self

    def __contains__(self, triple: Triple) -> bool:  # type: ignore[override]
        return triple in self._known or (None in triple and super().__contains__(triple))


@contextmanager
def terms_at_hand() -> Iterator[None]:
    """The rules name the terms of these namespaces millions of times, and rdflib looks each of them up each time."""
    with ExitStack() as stack:
        for namespace in (OWL, RDF, RDFS):
            stack.enter_context(
                patch.multiple(namespace, **{name: namespace[name] for name in get_annotations(namespace)})
            )
        yield


def reasoned(data: Graph) -> tuple[list[str], Graph]:
    """The contradictions that the RL rules find, and the closure."""
    graph = Facts()
    for triple in (*background(), *telling(data)):
        graph.add(triple)
    rules = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=True, rdfs=False)
    with terms_at_hand():
        rules.closure()
    return list(rules.error_messages), graph


def merged(graph: Graph) -> list[str]:
    """Things with two names: ours stand for one thing each, so two names are a contradiction."""
    pairs = graph.subject_objects(OWL.sameAs)
    return [f"{one} = {other}" for one, other in pairs if one != other and not {type(one), type(other)} & {BNode}]


def datatypes(value: Literal) -> set[URIRef]:
    """The datatypes that a literal belongs to: every integer is a decimal as well."""
    own = RDF.langString if value.language else value.datatype or XSD_STRING
    return {own, XSD_DECIMAL} if own == XSD_INTEGER else {own}


def mistyped(data: Graph) -> list[str]:
    """Values outside the datatype of their property, which the RL rules at hand pass over."""
    return [
        f"{short(term)} {value!r}"
        for term in terms(OWL.DatatypeProperty)
        for value in data.objects(None, term)
        if not isinstance(value, Literal) or not stated(term, RDFS.range) <= datatypes(value)
    ]


def contradictions(data: Graph) -> list[str]:
    messages, graph = reasoned(data)
    return messages + merged(graph) + mistyped(data)


def test_ontology_and_data_do_not_clash() -> None:
    assert contradictions(read(*data_files())) == []


PREAMBLE = "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in PREFIXES.items())
SAMPLE = """
akk:a a vesoc:Agreement ; vesoc:agreedDuring per:p .
akk:b a vesoc:Agreement ; vesoc:buildsOn akk:a .
deel:a a vesoc:AgreementPart ; dcterms:isPartOf akk:a .
mtr:a a vesoc:Measure ; dcterms:isPartOf deel:a ; vesoc:hasStatedStatus status:beslist ;
  vesoc:hasActionKind actie:verlagen ; vesoc:concernsInstrument ins:a ; vesoc:makesChange wijz:a .
wijz:a a vesoc:InstrumentChange ; vesoc:valueBefore hvh:a ; vesoc:valueAfter hvh:b .
hvh:a a vesoc:Quantity ; vesoc:numericValue "32"^^xsd:decimal .
hvh:b a vesoc:Quantity ; vesoc:numericValue "16"^^xsd:decimal .
ins:a a skos:Concept , vesoc:Instrument ; skos:inScheme cs:instrument .
dg:a a skos:Concept , vesoc:TargetGroup ; skos:inScheme cs:doelgroep .
doel:a a vesoc:Goal . orgn:a a org:Organization . per:p a dcterms:PeriodOfTime .
bud:a a vesoc:BudgetLine ; vesoc:amount "10000000"^^xsd:decimal ; vesoc:funds mtr:a .
ond:a a vesoc:Signature ; vesoc:signs akk:a ; vesoc:signedBy pers:a ; vesoc:order 1 .
vind:a a vesoc:Evidence ; oa:hasSource bron:a . mtr:a vesoc:hasEvidence vind:a .
vind:b a vesoc:Evidence ; oa:hasSource bron:a . mtr:a vesoc:hasEvidence vind:b .
vind:c a vesoc:Evidence ; oa:hasSource bron:a . mtr:a vesoc:hasEvidence vind:c .
pers:a a foaf:Person . bron:a a vesoc:SourceDocument ; vesoc:isTextOf akk:a .
status:beslist a skos:Concept ; skos:inScheme cs:status .
status:voornemen a skos:Concept ; skos:inScheme cs:status .
actie:verlagen a skos:Concept ; skos:inScheme cs:actie .
cs:status a skos:ConceptScheme . cs:actie a skos:ConceptScheme .
"""

WRONG = {
    "a measure concerns an agreement": "mtr:a vesoc:concernsInstrument akk:a",
    "an organisation signs": "ond:a vesoc:signedBy orgn:a",
    "a budget line funds a goal": "bud:a vesoc:funds doel:a",
    "a signature has a target group": "ond:a vesoc:hasTargetGroup dg:a",
    "a target group is an instrument": "dg:a a vesoc:Instrument",
    "a measure has two strengths": "mtr:a vesoc:hasStatedStatus status:voornemen",
    "a status is used as a kind of action": "mtr:a vesoc:hasActionKind status:beslist",
    "a concept stands in two schemes": "actie:verlagen skos:inScheme cs:status",
    "an agreement builds on itself": "akk:a vesoc:buildsOn akk:a",
    "an older agreement executes a newer one": "akk:a vesoc:executes akk:b",
    "a part holds its agreement": "akk:a dcterms:isPartOf deel:a . deel:a dcterms:isPartOf akk:a",
    "nothing changes": "wijz:a vesoc:valueAfter hvh:a",
    "an amount is text": 'bud:b vesoc:amount "tien miljoen"',
    "a signature has two places": "ond:a vesoc:order 2",
    "one passage among its like funds a measure": "vind:b vesoc:funds mtr:a",
    "one passage among its like is a value": "wijz:a vesoc:valueAfter vind:b",
    "a document reports on its own text": "bron:a vesoc:reportsOn akk:a",
}


def sample(*extra: str) -> Graph:
    return Graph().parse(data=PREAMBLE + SAMPLE + "".join(f"{triple} ." for triple in extra))


def test_sample_is_consistent() -> None:
    assert contradictions(sample()) == []


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_one_wrong_triple_is_a_contradiction(wrong: str) -> None:
    # What contradicts a part contradicts the whole, so the sample speaks for all data.
    assert contradictions(sample(wrong))


@cache
def axioms() -> Axioms:
    files = (ROOT / "ontology" / name for name in ("vesoc.ttl", "vesoc-axioms.ttl"))
    return Axioms(quad for file in files for quad in pyoxigraph.parse(path=str(file), rename_blank_nodes=True))


def found(*extra: str) -> list[Contradiction]:
    """What the step of the validation finds, which is no reasoner but must find the same."""
    text = PREAMBLE + SAMPLE + "".join(f"{triple} ." for triple in extra)
    return list(contradicted(pyoxigraph.parse(text.encode(), format=TURTLE), axioms(), BASE))


def test_step_finds_the_sample_consistent() -> None:
    assert found() == []
    assert axioms().unjudged == []


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_step_blames_the_wrong_triple(wrong: str) -> None:
    added = {quad.triple for quad in pyoxigraph.parse(f"{PREAMBLE} {wrong} .".encode(), format=TURTLE)}
    contradictions = found(wrong)
    assert contradictions
    assert all({one.blamed.triple, one.against.triple} & added for one in contradictions)


# --- the documentation ---------------------------------------------------------------------


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading of the page on the model."""
    page = (ROOT / "docs" / "model.md").read_text()
    section = re.split(r"^## ", page, flags=re.MULTILINE)
    text = next(part for part in section if part.startswith(heading))
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def definition(term: URIRef) -> str:
    return next(str(x) for x in LIGHT.objects(term, SKOS.definition) if x.language == "en")  # type: ignore[attr-defined]


def listed(term: URIRef, predicate: URIRef) -> str:
    return ", ".join(sorted(short(value) for value in LIGHT.objects(term, predicate))) or "–"


def labels(term: URIRef) -> str:
    return f"{label(term, 'nl')} / {label(term, 'en')}"


def class_row(term: URIRef) -> list[str]:
    above = listed(term, RDFS.subClassOf)
    return [f"`{short(term)}`", labels(term), definition(term), above]


def kind(term: URIRef) -> str:
    name = next(name for rdf, name in PROPERTY_KINDS.items() if (term, RDF.type, rdf) in LIGHT)
    return f"{name}, functional" if term in functional() else name


def property_row(term: URIRef) -> list[str]:
    ends = [listed(term, SCHEMA.domainIncludes), listed(term, SCHEMA.rangeIncludes)]
    above = listed(term, RDFS.subPropertyOf)
    return [f"`{short(term)}`", kind(term), labels(term), *ends, definition(term), above]


def test_documented_classes_are_the_ontology_s() -> None:
    assert rows("Classes") == [class_row(term) for term in CLASSES]


def test_documented_properties_are_the_ontology_s() -> None:
    assert rows("Properties") == [property_row(term) for term in PROPERTIES]


LISTED = {row[0].strip("`"): row[2] for row in rows("Schemes")}
GROWING = {"doelgroep", "indicator", "instrument"}


def test_documented_schemes_are_the_files() -> None:
    files = {path.stem for path in (ROOT / "data" / "ttl" / "begrippen").glob("*.ttl")}
    assert files | GROWING == set(LISTED)


@pytest.mark.parametrize("scheme", sorted(set(LISTED) - GROWING))
def test_documented_concepts_are_the_file_s(scheme: str) -> None:
    graph = read(ROOT / "data" / "ttl" / "begrippen" / f"{scheme}.ttl")
    slugs = [str(concept).rpartition("/")[2] for concept in graph.subjects(RDF.type, SKOS.Concept)]
    assert LISTED[scheme] == ", ".join(sorted(slugs))


EDGE = re.compile(r"^ +(\w+) -\.?->\|([\w:]+)\| (\w+)$", re.MULTILINE)


def drawn() -> list[tuple[str, str, str]]:
    """The arrows of the picture between things of ours."""
    return EDGE.findall((ROOT / "docs" / "model.md").read_text())


def ends(name: str, predicate: URIRef) -> set[str]:
    """The local names at one end of a property; empty for what may be anything."""
    found = set(LIGHT.objects(URIRef(NS + name), predicate)) - {OWL.Thing}
    return {short(term).rpartition(":")[2] for term in found}


def test_picture_has_every_class() -> None:
    arrows = drawn()
    shown = {name for start, _, end in arrows for name in (start, end)}
    assert {short(term) for term in CLASSES} <= shown


@pytest.mark.parametrize("arrow", [arrow for arrow in drawn() if ":" not in arrow[1]], ids="".join)
def test_picture_follows_the_ontology(arrow: tuple[str, str, str]) -> None:
    start, name, end = arrow
    assert URIRef(NS + name) in PROPERTIES
    assert start in (ends(name, SCHEMA.domainIncludes) or {start})
    assert end in (ends(name, SCHEMA.rangeIncludes) or {end})
