"""Each step of the validation finds a fault of each of its rules, and none in the graph itself."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from vesoc import graphs, places
from vesoc.checks import form, known, owl, pointers, queries, skos, syntax, vocabulary
from vesoc.checks.axioms import Axioms
from vesoc.checks.contradictions import contradictions
from vesoc.checks.finding import Finding, Place
from vesoc.checks.material import Document, Material, read
from vesoc.checks.step import Step
from vesoc.names import BASE, PREFIXES
from vesoc.places import Places
from vesoc.shapes import Shapes

ROOT = Path(__file__).resolve().parent.parent
STEPS = (form.STEP, vocabulary.STEP, owl.STEP, skos.STEP, pointers.STEP, queries.STEP)
PREAMBLE = "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in PREFIXES.items())
CONTENT = "Kansen\n● Er komt € 5 en raad.\n● Het gaat slecht.\n"


def document(turtle: str, name: str = "planted.ttl") -> Document:
    return Document(name, (PREAMBLE + turtle).encode(), RdfFormat.TURTLE, f"file:///{name}")


@cache
def whole() -> Material:
    found = places.find(ROOT)
    return Material(read(graphs.own_files(found), BASE), BASE, Shapes(found.shapes), found)


@cache
def ontology() -> tuple[Document, ...]:
    return tuple(document for document in whole().documents if "/ontology/" in document.iri)


def own(*documents: Document) -> Material:
    """Our ontology with documents of our own."""
    return replace(whole(), documents=(*ontology(), *documents))


def given(*documents: Document) -> Material:
    """Documents of others, beside our graph."""
    return replace(whole(), documents=documents, places=None, context=whole().quads)


def expand(name: str) -> str:
    prefix, local = name.split(":")
    return PREFIXES[prefix] + local


def found(step: Step, material: Material) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.thing) for finding in step.look(material).findings]


def only(step: Step, material: Material) -> Finding:
    [finding] = step.look(material).findings
    assert finding.step == step.name
    assert set(finding.messages) == {"nl", "en"}
    assert not any(
        re.search(r"\{\w+(!r)?\}", text) for texts in (finding.messages, finding.remedy) for text in texts.values()
    )
    return finding


# --- all of them ---------------------------------------------------------------------------


def test_graph_is_sound(sources: Path) -> None:
    material = replace(whole(), sources=sources)
    assert material.quads
    print()
    for step in STEPS:
        assert step.hindrance(material) is None
        started, used = time.perf_counter(), time.process_time()
        look = step.look(material)
        seconds = time.perf_counter() - started, time.process_time() - used
        print(f"{step.name:12}{look.looked_at:>8} {look.what:16}{seconds[0]:6.2f} s, {seconds[1]:5.2f} s of processor")
        assert look.findings == ()
        assert look.looked_at > 0


def test_each_rule_has_its_words_and_a_severity() -> None:
    rules = [rule for step in STEPS for rule in step.rules]
    assert len({rule.code for rule in rules}) == len(rules)
    assert all(set(rule.titles) == {"nl", "en"} for rule in rules)
    assert all(rule.step in {step.name for step in STEPS} for rule in rules)


# --- form ----------------------------------------------------------------------------------


def test_form_names_the_first_difference() -> None:
    text = f"PREFIX vesoc: <{PREFIXES['vesoc']}>\n\nvesoc:a\n    vesoc:p 1 ;\n    vesoc:p 2 ;\n.\n"
    untidy = Document("a.ttl", text.encode(), RdfFormat.TURTLE, "file:///a.ttl")
    finding = only(form.STEP, given(untidy))
    assert (finding.rule, finding.place) == ("not-canonical", Place("a.ttl", 4, 12))
    assert "vesoc format a.ttl" in finding.remedy["en"]


@pytest.mark.parametrize(("text", "place"), [("\n", Place("a.ttl", 1, 1)), ("vesoc:b", None)])
def test_form_of_a_file_with_one_line_too_many(text: str, place: Place | None) -> None:
    tidy = f"PREFIX vesoc: <{PREFIXES['vesoc']}>\n\nvesoc:a\n    vesoc:p 1 ;\n.\n"
    content = text + tidy if place else tidy.rstrip("\n")
    finding = only(form.STEP, given(Document("a.ttl", content.encode(), RdfFormat.TURTLE, "file:///a.ttl")))
    assert finding.place == (place or Place("a.ttl", 5, 2))


def test_form_leaves_what_is_no_turtle() -> None:
    other = Document("a.nt", b"<http://a/a> <http://a/b> <http://a/c> .", RdfFormat.N_TRIPLES, "file:///a.nt")
    broken = Document("a.ttl", b"<http://a/a> <http://a/b>", RdfFormat.TURTLE, "file:///a.ttl")
    assert form.STEP.look(given(other, broken)).findings == ()
    assert not form.STEP.by_default


# --- vocabulary ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Use:
    """What is written of `mtr:a`, and what must be told of it."""

    turtle: str
    rule: str
    path: str
    near: str


USES = {
    "a property of ours": Use("vesoc:hasEvidense vind:a", "unknown-term", "vesoc:hasEvidense", "vesoc:hasEvidence"),
    "a class of ours": Use("a vesoc:Mesure", "unknown-term", "rdf:type", "vesoc:Measure"),
    "a term of another": Use('skos:preflabel "a"@nl', "unknown-term", "skos:preflabel", "skos:prefLabel"),
    "a datatype": Use('dcterms:date "1"^^xsd:integr', "unknown-term", "dcterms:date", "xsd:integer"),
    "a concept": Use("vesoc:hasStatedStatus status:beslit", "unknown-term", "vesoc:hasStatedStatus", "status:beslist"),
    "another scheme": Use(
        "<https://www.w3.org/2004/02/skos/core#note> 1",
        "near-namespace",
        "https://www.w3.org/2004/02/skos/core#note",
        PREFIXES["skos"],
    ),
    "no mark": Use("a <http://www.w3.org/ns/orgOrganization>", "near-namespace", "rdf:type", PREFIXES["org"]),
    "another mark": Use("a <http://www.w3.org/ns/org/Organization>", "near-namespace", "rdf:type", PREFIXES["org"]),
    "an older place": Use(
        "<http://www.w3.org/2008/05/skos#note> 1",
        "near-namespace",
        "http://www.w3.org/2008/05/skos#note",
        PREFIXES["skos"],
    ),
    "schema.org without s": Use(
        "<http://schema.org/name> 1", "near-namespace", "http://schema.org/name", "https://schema.org/"
    ),
    "our things without s": Use(
        "vesoc:basedOn <http://w3id.org/vesoc-kg/id/maatregel/b>", "near-namespace", "vesoc:basedOn", PREFIXES["mtr"]
    ),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_vocabulary_tells_what_was_meant(use: Use) -> None:
    finding = only(vocabulary.STEP, given(document(f"mtr:a {use.turtle} .")))
    path = use.path if "//" in use.path else expand(use.path)
    assert (finding.rule, finding.thing, finding.path) == (use.rule, expand("mtr:a"), path)
    assert finding.expected["nl"].split(", ")[0] == use.near
    assert finding.severity == ("Violation" if use.rule == "unknown-term" else "Warning")


def test_vocabulary_names_each_use_of_an_unknown_term_and_each_namespace_once() -> None:
    wrong = "mtr:a vesoc:wrong 1 ; <http://schema.org/name> 1 . mtr:b vesoc:wrong 1 ; <http://schema.org/text> 1 ."
    rules = [rule for rule, _ in found(vocabulary.STEP, given(document(wrong)))]
    assert sorted(rules) == ["near-namespace", "unknown-term", "unknown-term"]


def test_vocabulary_knows_what_a_withdrawn_term_gave_way_to() -> None:
    withdrawn = "vesoc:old a owl:ObjectProperty ; owl:deprecated true ; dcterms:isReplacedBy vesoc:funds ."
    finding = only(vocabulary.STEP, own(document(f"{withdrawn} mtr:a vesoc:old mtr:b .")))
    assert (finding.rule, finding.severity, finding.thing) == ("deprecated-term", "Warning", expand("mtr:a"))
    assert finding.expected["en"] == "vesoc:funds"


@pytest.mark.parametrize(
    "turtle",
    [
        "mtr:a <http://example.org/ns#any> 1 .",
        "mtr:a a <http://www.w3.org/ns/organization#Any> .",
        "mtr:a rdf:_12 1 ; dcat:inSeries mtr:b .",
        "mtr:a dcterms:isPartOf akk:any .",
        "mtr:a rdfs:seeAlso <http://www.w3.org/ns/org> .",
    ],
)
def test_vocabulary_judges_no_more_than_it_knows(turtle: str) -> None:
    assert found(vocabulary.STEP, given(document(turtle))) == []


def test_others_cannot_declare_a_term_of_ours() -> None:
    declared = document("vesoc:mine a owl:ObjectProperty . mtr:a vesoc:mine mtr:b .")
    assert ("unknown-term", expand("mtr:a")) in found(vocabulary.STEP, given(declared))
    assert found(vocabulary.STEP, own(declared)) == []


def test_all_terms_of_the_vocabularies_of_others_are_known(vocabularies: Path) -> None:
    from pyoxigraph import NamedNode, parse

    kinds = {"Class", "Property", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Datatype"}
    judged, terms = known.Terms((), f"{BASE}ns#"), set[str]()
    for file in sorted((vocabularies / "ontologies").glob("*.nq")):
        for quad in parse(path=str(file)):
            typed = quad.predicate.value.endswith("#type") and isinstance(quad.object, NamedNode)
            if typed and quad.object.value.rpartition("#")[2] in kinds and isinstance(quad.subject, NamedNode):  # type: ignore[union-attr]
                terms.add(quad.subject.value)
    assert len(terms) > 1000
    assert {term for term in terms if judged.space(term)} == set()


# --- owl -----------------------------------------------------------------------------------

CLASHES = {
    "disjoint-classes": ("mtr:a vesoc:concernsInstrument akk:a . akk:a a vesoc:Agreement .", "mtr:a"),
    "functional-property": ("mtr:a vesoc:hasDurability duurzaamheid:a , duurzaamheid:b .", "mtr:a"),
    "irreflexive-property": ("akk:a vesoc:buildsOn akk:a .", "akk:a"),
    "asymmetric-property": ("akk:a vesoc:buildsOn akk:b . akk:b vesoc:executes akk:a .", "akk:b"),
    "disjoint-properties": ("bron:a vesoc:isTextOf akk:a ; vesoc:reportsOn akk:a .", "bron:a"),
    "datatype": ('bud:a vesoc:amount "tien miljoen" .', "bud:a"),
    "literal-for-thing": ('mtr:a dcterms:subject "loopbaan" .', "mtr:a"),
    "same-thing": ("mtr:a owl:sameAs mtr:b .", "mtr:a"),
    "profile-dl": ("vesoc:p a owl:ObjectProperty , owl:DatatypeProperty .", "vesoc:p"),
    "profile-rl": (
        "vesoc:A a owl:Class ; rdfs:subClassOf [ a owl:Class ; owl:unionOf ( vesoc:Goal vesoc:Claim ) ] .",
        "",
    ),
    "axiom-not-tested": ("vesoc:p a owl:ObjectProperty ; owl:inverseOf vesoc:funds .", "owl:inverseOf"),
}


def in_ontology(turtle: str) -> Document:
    iri = (ROOT / "ontology" / "planted.ttl").as_uri()
    return replace(document(turtle), iri=iri)


@pytest.mark.parametrize("rule", CLASHES)
def test_owl_finds(rule: str) -> None:
    turtle, thing = CLASHES[rule]
    findings = found(owl.STEP, own(in_ontology(turtle) if rule.startswith("profile") else document(turtle)))
    assert (rule, expand(thing)) in findings if thing else rule in {code for code, _ in findings}


def test_each_rule_of_owl_has_its_fault() -> None:
    assert set(CLASHES) == {rule.code for rule in owl.RULES}


@pytest.mark.parametrize(
    "value", ['"1O"^^xsd:decimal', '"10"', '"10"^^xsd:double', '"10"@nl', "bud:b", '""^^xsd:integer']
)
def test_owl_wants_a_value_of_the_datatype(value: str) -> None:
    assert found(owl.STEP, own(document(f"bud:a vesoc:amount {value} ."))) == [("datatype", expand("bud:a"))]


@pytest.mark.parametrize(
    "turtle",
    [
        'bud:a vesoc:amount "10"^^xsd:integer .',
        "mtr:a vesoc:hasDurability duurzaamheid:a , [] .",
        "mtr:a a vesoc:Measure . mtr:a owl:sameAs <http://example.org/a> .",
        'ond:a vesoc:order 1 , "01"^^xsd:integer .',
        "akk:a vesoc:buildsOn akk:b . akk:b vesoc:buildsOn akk:c .",
        "mtr:a vesoc:hasDurability <http://example.org/a> , <http://example.org/b> .",
    ],
)
def test_owl_finds_nothing_in(turtle: str) -> None:
    assert found(owl.STEP, own(document(turtle))) == []


def clashes(axioms: str, data: str) -> list[str]:
    """The rules that data of others breaks under axioms of others."""
    said = f"PREFIX : <http://example.org/> {axioms}", f"PREFIX : <http://example.org/> {data}"
    quads = [document(text).quads for text in said]
    return [one.rule for one in contradictions(quads[1], Axioms(quads[0]), BASE)]


@pytest.mark.parametrize(
    ("datatype", "value", "rules"),
    [
        ("[ a rdfs:Datatype ; owl:unionOf ( xsd:date xsd:gYear ) ]", '"2020"^^xsd:gYear', []),
        ("[ a rdfs:Datatype ; owl:unionOf ( xsd:date xsd:gYear ) ]", "2020", ["datatype"]),
        ("[ a rdfs:Datatype ; owl:unionOf ( xsd:date [ owl:oneOf ( 1 ) ] ) ]", "1", []),
        ("xsd:int", '"5"^^xsd:byte', []),
        ("xsd:nonNegativeInteger", '"5"^^xsd:unsignedShort', []),
        ("xsd:integer", '"-5"^^xsd:negativeInteger', []),
        ("xsd:integer", '"five"^^xsd:negativeInteger', ["datatype"]),
        ("xsd:byte", '"5"^^xsd:int', ["datatype"]),
        ("xsd:string", '"nl"^^xsd:language', []),
        ("xsd:date , rdfs:Literal", "5", ["datatype"]),
    ],
)
def test_owl_knows_which_datatypes_are_part_of_others(datatype: str, value: str, rules: list[str]) -> None:
    assert clashes(f":p a owl:DatatypeProperty ; rdfs:range {datatype} .", f":a :p {value} .") == rules


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        (':b , :c , "x"', []),
        ("mtr:a , :b", []),
        ("mtr:a , :b , mtr:b", ["functional-property"]),
        ('1 , 1.0 , "01"^^xsd:byte', []),
        ('"sNaN"^^xsd:integer , "NaN"^^xsd:decimal', ["functional-property"]),
    ],
)
def test_owl_takes_only_things_of_ours_for_different_by_name(values: str, rules: list[str]) -> None:
    assert clashes(":p a owl:FunctionalProperty .", f":a :p {values} .") == rules


def test_owl_leaves_a_union_with_a_class_without_a_name() -> None:
    union = "[ owl:unionOf ( :A [ owl:onProperty :p ; owl:someValuesFrom :A ] ) ]"
    axioms = f":p rdfs:domain {union} . :A owl:disjointWith :B ."
    assert clashes(axioms, ":b a :B ; :p :c .") == []
    assert clashes(axioms.replace(union, "[ owl:unionOf ( :A ) ]"), ":b a :B ; :p :c .") == ["disjoint-classes"]


# --- syntax --------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["<<( mtr:a rdf:type vesoc:Measure )>>", '"مرحبا"@ar--rtl'])
def test_statement_of_rdf_12_is_a_finding(value: str) -> None:
    finding = only(syntax.STEP, given(document(f"mtr:a vesoc:p 1 ; vesoc:q {value} , {value} .")))
    assert (finding.rule, finding.path) == ("rdf-12", expand("vesoc:q"))
    assert found(syntax.STEP, given(document("mtr:a vesoc:p 1 , 'x'@nl ."))) == []


def test_owl_blames_the_documents_of_others_and_not_our_graph() -> None:
    kind = known.NamedNode(expand("vesoc:Measure"))
    measure = next(quad.subject for quad in whole().quads if quad.object == kind and "/id/" in str(quad.subject))
    finding = only(owl.STEP, given(document(f"{measure} a vesoc:Goal .")))
    assert (finding.rule, f"<{finding.thing}>") == ("disjoint-classes", str(measure))
    assert finding.value == f"<{expand('vesoc:Goal')}>"


def test_owl_blames_the_documents_of_others_where_our_graph_follows_from_a_property() -> None:
    quads = (
        *own().quads,
        *document("mtr:a vesoc:concernsInstrument ins:a . mtr:b vesoc:concernsInstrument akk:a .").quads,
    )
    clash = document("akk:a a vesoc:Agreement .", "ours.ttl").quads
    beside = replace(given(document("ins:a a vesoc:Measure .")), context=(*quads, *clash))
    finding = only(owl.STEP, beside)
    assert (finding.thing, finding.value) == (expand("ins:a"), f"<{expand('vesoc:Measure')}>")
    assert finding.message("en").startswith("This makes ins:a a vesoc:Measure, but it is a vesoc:Instrument")


# --- skos ----------------------------------------------------------------------------------


def test_skos_tells_of_the_documents_alone() -> None:
    labels = 'skos:prefLabel "zeggen"@nl , "spreken"@nl , "speak"@en ; skos:definition "Iets."@nl , "Something."@en'
    turtle = f"actie:zeggen a skos:Concept ; skos:inScheme cs:actie ; skos:topConceptOf cs:actie ; {labels} ."
    faulty = document("actie:stil a skos:Concept ; skos:inScheme cs:actie ; skos:topConceptOf cs:actie .").quads
    beside = replace(given(document(turtle)), context=(*whole().quads, *faulty))
    finding = only(skos.STEP, beside)
    assert (finding.rule, finding.severity) == ("two-preferred-labels", "Violation")
    assert (finding.thing, finding.path) == (expand("actie:zeggen"), expand("skos:prefLabel"))
    assert finding.value == '"zeggen"@nl'


def test_skos_asks_of_others_nothing_that_is_ours() -> None:
    texts = 'skos:prefLabel "a"@nl , "a"@en ; skos:definition "a"@nl , "a"@en'
    scheme = "<http://example.org/s> a skos:ConceptScheme ; skos:prefLabel 's'@nl , 's'@en ."
    concept = f"<http://example.org/a> a skos:Concept ; skos:topConceptOf <http://example.org/s> ; {texts} ."
    assert found(skos.STEP, given(document(scheme + concept))) == []


# --- evidence ------------------------------------------------------------------------------


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Pointer:
    """A graph that points to the two items of a text, and how it is wrong about the first."""

    start: int = 9
    end: int = 29
    sha256: str = digest(CONTENT[9:29])
    path: str = "Kansen"
    number: str = "1"
    length: int = len(CONTENT)
    source: str = digest(CONTENT)
    second: bool = True

    def turtle(self) -> str:
        second = f"""mtr:a vesoc:hasEvidence vind:b . vind:b oa:hasSource bron:t ; vesoc:sectionPath "Kansen" ;
          oa:hasSelector <urn:x:b> ; vesoc:sha256 "{digest(CONTENT[32:48])}" . <urn:x:b> oa:start 32 ; oa:end 48 ."""
        return f"""bron:t a vesoc:SourceDocument ; vesoc:sha256 "{self.source}" ; vesoc:characterCount {self.length} .
        deel:t-1 vesoc:hasEvidence vind:kop . vind:kop oa:hasSource bron:t ; dcterms:type passagesoort:kop ;
          vesoc:sectionPath "Kansen" ; vesoc:sha256 "{digest("Kansen")}" ; oa:hasSelector <urn:x:kop> .
        <urn:x:kop> oa:start 0 ; oa:end 6 .
        mtr:a a vesoc:Measure ; vesoc:hasEvidence vind:a . vind:a oa:hasSource bron:t ; oa:hasSelector <urn:x:a> ;
          vesoc:sectionPath "{self.path}" ; vesoc:sha256 "{self.sha256}" ; vesoc:bulletNumber "{self.number}" .
        <urn:x:a> oa:start {self.start} ; oa:end {self.end} . {second if self.second else ""}"""


WRONG = {
    "pointer-range": (Pointer(end=99), "vind:a", "oa:hasSelector"),
    "pointer-digest": (Pointer(sha256=digest("x")), "vind:a", "vesoc:sha256"),
    "pointer-item": (Pointer(end=48, sha256=digest(CONTENT[9:48])), "vind:a", "oa:hasSelector"),
    "pointer-number": (Pointer(number="2"), "vind:a", "vesoc:bulletNumber"),
    "pointer-path": (Pointer(path="[tekst]"), "vind:a", "vesoc:sectionPath"),
    "pointer-heading": (Pointer(path="Kansen > Plichten"), "vind:a", "vesoc:sectionPath"),
    "text-length": (Pointer(length=50), "bron:t", "vesoc:characterCount"),
    "text-missing": (Pointer(source=digest("x")), "bron:t", "vesoc:sha256"),
    "item-left-out": (Pointer(second=False), "bron:t", None),
}


def with_text(pointer: Pointer, folder: Path) -> Material:
    (folder / "t.txt").write_bytes(CONTENT.encode())
    return replace(given(document(pointer.turtle())), sources=folder, context=())


def test_pointers_that_hold(tmp_path: Path) -> None:
    look = pointers.STEP.look(with_text(Pointer(), tmp_path))
    assert (look.findings, look.looked_at) == ((), 3)


@pytest.mark.parametrize("rule", WRONG)
def test_pointers_find(rule: str, tmp_path: Path) -> None:
    pointer, thing, path = WRONG[rule]
    findings = pointers.STEP.look(with_text(pointer, tmp_path)).findings
    assert (rule, expand(thing), path and expand(path)) in {(f.rule, f.thing, f.path) for f in findings}
    assert len(findings) == (2 if rule == "pointer-heading" else 1)


def test_a_wrong_digest_comes_with_the_right_one(tmp_path: Path) -> None:
    finding = only(pointers.STEP, with_text(WRONG["pointer-digest"][0], tmp_path))
    assert (finding.value, finding.expected["nl"]) == (f'"{digest("x")}"', digest(CONTENT[9:29]))


def test_each_rule_on_pointers_has_its_fault() -> None:
    assert set(WRONG) == {rule.code for rule in pointers.RULES}


def test_pointers_need_the_texts(tmp_path: Path) -> None:
    assert "VESOC_SOURCES" in str(pointers.STEP.hindrance(whole()))
    assert "VESOC_SOURCES" in str(pointers.STEP.hindrance(replace(whole(), sources=tmp_path / "none")))


# --- queries -------------------------------------------------------------------------------

HEADER = "#+ question: v\n#+ question-en: q\n#+ for: w\n#+ for-en: w\n#+ tags: t\n"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
ASKED = {
    "query-unreadable": (HEADER + "SELECT * {", 6),
    "query-empty": (HEADER + "SELECT * { <http://a/a> <http://a/b> ?c }", 1),
    "query-slow": (HEADER + ENDLESS, 1),
    "query-term": (
        HEADER
        + f"PREFIX vesoc: <{PREFIXES['vesoc']}>\nSELECT * {{ ?a a ?b # vesoc:no\n  OPTIONAL {{ ?a vesoc:no ?b }} }}",
        8,
    ),
}


def asking(folder: Path, text: str) -> Material:
    (folder / "queries").mkdir()
    (folder / "queries" / "q.rq").write_text(text, encoding="utf-8")
    return replace(own(), places=Places(folder))


@pytest.mark.parametrize("rule", ASKED)
def test_queries_find(rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "SECONDS", 2.0)
    text, line = ASKED[rule]
    finding = only(queries.STEP, asking(tmp_path, text))
    assert finding.place is not None
    assert (finding.rule, Path(finding.place.file).name, finding.place.line) == (rule, "q.rq", line)


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "#+ may-be-empty: yes\nSELECT * { <http://a/a> <http://a/b> ?c }",
        HEADER + "ASK { ?a ?b ?c }",
        HEADER + f"PREFIX v: <{BASE}ns#>\nSELECT * {{ ?a a ?b FILTER(STR(?b) != 'v:no') FILTER(1 < 2) }}",
    ],
)
def test_queries_find_nothing_in(text: str, tmp_path: Path) -> None:
    assert found(queries.STEP, asking(tmp_path, text)) == []


def test_a_header_that_does_not_fit_is_found_at_its_line(tmp_path: Path) -> None:
    finding = only(queries.STEP, asking(tmp_path, HEADER + "#+ colour: red\nASK { ?a ?b ?c }"))
    assert finding.rule == "query-unreadable"
    assert finding.place is not None
    assert finding.place.line == 6


def test_each_rule_on_queries_has_its_fault() -> None:
    assert set(ASKED) == {rule.code for rule in queries.RULES}


def test_queries_are_ours() -> None:
    assert queries.STEP.hindrance(given()) is not None


def all_rules(steps: Iterable[Step]) -> set[str]:
    return {rule.code for step in steps for rule in step.rules}


def test_no_rule_is_forgotten() -> None:
    planted = {"not-canonical", "deprecated-term", *(use.rule for use in USES.values())}
    assert all_rules(STEPS) - all_rules([skos.STEP]) == planted | set(CLASHES) | set(WRONG) | set(ASKED)
