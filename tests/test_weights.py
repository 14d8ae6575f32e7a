"""What a change of terms, shapes or data weighs, and the least version that it asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from pyoxigraph import Quad, RdfFormat, Store, Triple, parse
from released import released

from vesoc.errors import VesocError
from vesoc.names import BASE, PREFIXES, short
from vesoc.versions.comparison import Comparison, compare
from vesoc.versions.edition import Edition, Finder
from vesoc.versions.number import Number, number
from vesoc.versions.weight import KINDS, Weight

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())

# --- what each change weighs ------------------------------------------------------------------------------------------

GONE = "DELETE { %s ?p ?o } WHERE { %s ?p ?o }"


def gone(name: str) -> str:
    return GONE % (name, name)


def withdrawn(name: str, to: str = "") -> str:
    """An update that leaves a tombstone of a thing."""
    leads = f"; dcterms:isReplacedBy {to} " if to else ""
    return f"{gone(name)} ; INSERT DATA {{ {name} owl:deprecated true {leads}}}"


def moved(name: str, to: str) -> str:
    """An update that gives a thing another name wherever it stands."""
    return f"""DELETE {{ {name} ?p ?o }} INSERT {{ {to} ?p ?o }} WHERE {{ {name} ?p ?o }} ;
        DELETE {{ ?s {name} ?o }} INSERT {{ ?s {to} ?o }} WHERE {{ ?s {name} ?o }} ;
        DELETE {{ ?s ?p {name} }} INSERT {{ ?s ?p {to} }} WHERE {{ ?s ?p {name} }}"""


def renamed(name: str, to: str) -> str:
    """An update that gives a thing another name, and leaves a tombstone."""
    return f"{moved(name, to)} ; {withdrawn(name, to)}"


def other(subject: str, prop: str, value: str) -> str:
    """An update that gives a property other values."""
    return f"DELETE {{ {subject} {prop} ?o }} INSERT {{ {subject} {prop} {value} }} WHERE {{ {subject} {prop} ?o }}"


def lists(subject: str, prop: str, members: str) -> str:
    return f"DELETE {{ {subject} {prop} ?l }} INSERT {{ {subject} {prop} {members} }} WHERE {{ {subject} {prop} ?l }}"


def added(statement: str) -> str:
    return f"INSERT DATA {{ {statement} }}"


def removed(statement: str) -> str:
    return f"DELETE DATA {{ {statement} }}"


NEW_CLASS = "vesoc:Clause a owl:Class ; rdfs:label 'Clause'@en ."
CASES = [
    # terms: their names
    ("term goes", "ontology", gone("vesoc:order"), ["major name removed vesoc:order"]),
    ("term loses its class", "ontology", removed("vesoc:Goal a owl:Class"), ["major name removed vesoc:Goal"]),
    ("term is withdrawn", "ontology", withdrawn("vesoc:order"), ["major term gone vesoc:order"]),
    (
        "term leads nowhere",
        "ontology",
        withdrawn("vesoc:order", "vesoc:rank"),
        ["major name misled vesoc:order"],
    ),
    (
        "term is renamed",
        "ontology+axioms+shapes+data",
        " ;; ".join([renamed("vesoc:order", "vesoc:rank"), *[moved("vesoc:order", "vesoc:rank")] * 3]),
        ["minor name withdrawn vesoc:order"],
    ),
    (
        "term is deprecated",
        "ontology",
        added("vesoc:order owl:deprecated true ; dcterms:isReplacedBy vesoc:amount"),
        ["minor name deprecated vesoc:order"],
    ),
    ("term is added", "ontology", added(NEW_CLASS), ["minor term added vesoc:Clause"]),
    (
        "term of others is used",
        "ontology",
        added("schema:url a owl:DatatypeProperty"),
        ["minor reused term added schema:url"],
    ),
    ("used term of others goes", "ontology", gone("foaf:name"), ["major reused term dropped foaf:name"]),
    (
        "unused term of others goes",
        "ontology",
        gone("vann:preferredNamespacePrefix"),
        ["patch unused term dropped vann:preferredNamespacePrefix"],
    ),
    # terms: what they mean
    (
        "property of things becomes one of texts",
        "ontology",
        other("vesoc:consults", "a", "owl:DatatypeProperty"),
        ["major term of another kind vesoc:consults"],
    ),
    (
        "replacement is of another kind",
        "ontology",
        renamed("vesoc:Leaflet", "vesoc:leaflet") + " ; " + other("vesoc:leaflet", "a", "owl:ObjectProperty"),
        ["major term of another kind vesoc:leaflet", "minor name withdrawn vesoc:Leaflet"],
    ),
    (
        "at most one value",
        "ontology",
        added("vesoc:consults a owl:FunctionalProperty"),
        ["major functional changed vesoc:consults"],
    ),
    (
        "several values",
        "ontology",
        removed("vesoc:order a owl:FunctionalProperty"),
        ["major functional changed vesoc:order"],
    ),
    (
        "existing class comes above",
        "ontology",
        added("vesoc:Goal rdfs:subClassOf skos:Concept"),
        ["major broader term gained vesoc:Goal"],
    ),
    (
        "new class comes above",
        "ontology",
        added(f"{NEW_CLASS} vesoc:Goal rdfs:subClassOf vesoc:Clause"),
        ["minor new broader term vesoc:Goal", "minor term added vesoc:Clause"],
    ),
    (
        "class of others comes above",
        "ontology",
        added("vesoc:Goal rdfs:subClassOf schema:Thing"),
        ["minor new broader term vesoc:Goal"],
    ),
    (
        "class goes from above",
        "ontology",
        removed("vesoc:Indicator rdfs:subClassOf skos:Concept"),
        ["major broader term lost vesoc:Indicator"],
    ),
    (
        "class between two",
        "ontology",
        f"{other('vesoc:replaces', 'rdfs:subPropertyOf', 'vesoc:continues')}",
        ["major broader term gained vesoc:replaces"],
    ),
    (
        "new property between two",
        "ontology",
        added("vesoc:supersedes a owl:ObjectProperty ; rdfs:subPropertyOf vesoc:buildsOn .")
        + " ; "
        + other("vesoc:replaces", "rdfs:subPropertyOf", "vesoc:supersedes"),
        ["minor new broader term vesoc:replaces", "minor term added vesoc:supersedes"],
    ),
    (
        "domain leaves out a class",
        "ontology",
        removed("vesoc:replaces schema:domainIncludes vesoc:Measure"),
        ["major hint narrowed vesoc:replaces"],
    ),
    (
        "domain takes in a class",
        "ontology",
        added("vesoc:replaces schema:domainIncludes vesoc:Goal"),
        ["minor hint widened vesoc:replaces"],
    ),
    (
        "domain takes in the class above",
        "ontology",
        other("vesoc:hasTargetGroup", "schema:rangeIncludes", "skos:Concept"),
        ["minor hint widened vesoc:hasTargetGroup"],
    ),
    (
        "range leaves out all but a class below",
        "ontology",
        other("vesoc:hasVerdict", "schema:rangeIncludes", "vesoc:Indicator"),
        ["major hint narrowed vesoc:hasVerdict"],
    ),
    (
        "first domain",
        "ontology",
        added("dcterms:subject schema:domainIncludes vesoc:Measure"),
        ["major hint narrowed dcterms:subject"],
    ),
    (
        "no range any more",
        "ontology",
        removed("vesoc:order schema:rangeIncludes xsd:integer"),
        ["minor hint widened vesoc:order"],
    ),
    (
        "other datatype",
        "ontology",
        other("vesoc:order", "schema:rangeIncludes", "xsd:string"),
        ["major hint narrowed vesoc:order"],
    ),
    ("see also", "ontology", added("vesoc:Goal rdfs:seeAlso schema:Thing"), ["minor alignment added vesoc:Goal"]),
    (
        "see no more",
        "ontology",
        removed("vesoc:Claim rdfs:seeAlso schema:Claim"),
        ["patch wording changed vesoc:Claim"],
    ),
    (
        "definition in other words",
        "ontology",
        other("vesoc:Goal", "skos:definition", "'Other words.'@en"),
        ["patch wording changed vesoc:Goal"],
    ),
    (
        "licence of the ontology",
        "ontology",
        other("<https://w3id.org/vesoc-kg/ns>", "dcterms:license", "<http://example.org/licence>"),
        ["major licence changed https://w3id.org/vesoc-kg/ns"],
    ),
    (
        "namespace",
        "ontology",
        other("<https://w3id.org/vesoc-kg/ns>", "vann:preferredNamespaceUri", "'http://example.org/'"),
        ["major namespace changed https://w3id.org/vesoc-kg/ns"],
    ),
    ("version", "ontology", other("<https://w3id.org/vesoc-kg/ns>", "owl:versionInfo", "'9.0.0'"), []),
    # axioms
    (
        "disjoint with a class of others",
        "axioms",
        added("vesoc:Goal owl:disjointWith skos:Collection"),
        ["major axiom gained vesoc:Goal"],
    ),
    (
        "equivalent to nothing",
        "axioms",
        added("vesoc:Goal owl:equivalentClass owl:Nothing"),
        ["major axiom gained vesoc:Goal"],
    ),
    (
        "chain of properties",
        "axioms",
        added("vesoc:consults owl:propertyChainAxiom (vesoc:signs vesoc:signs)"),
        ["major axiom gained vesoc:consults"],
    ),
    ("key", "axioms", added("vesoc:Goal owl:hasKey (vesoc:order)"), ["major axiom gained vesoc:Goal"]),
    (
        "complement",
        "axioms",
        added("vesoc:Goal owl:complementOf vesoc:Indicator"),
        ["major axiom gained vesoc:Goal"],
    ),
    (
        "axiom of a class without a name",
        "axioms",
        added("[] a owl:Class ; owl:unionOf (vesoc:Goal vesoc:Indicator) ; rdfs:subClassOf skos:Concept"),
        ["major axiom gained skos:Concept"],
    ),
    (
        "disjoint classes",
        "axioms",
        added("vesoc:replaces owl:propertyDisjointWith vesoc:signs"),
        ["major axiom gained vesoc:replaces"],
    ),
    (
        "disjoint no more",
        "axioms",
        "DELETE { ?a owl:members ?l } WHERE { ?a owl:members ?l . ?l rdf:rest/rdf:rest/rdf:rest rdf:nil }",
        ["minor axiom lost vesoc:Indicator", "minor axiom lost vesoc:Indicator", "minor axiom lost vesoc:Instrument"],
    ),
    (
        "disjoint with one more, which is new",
        "ontology+axioms",
        f"{added(NEW_CLASS)} ;; DELETE {{ ?l rdf:rest rdf:nil }} INSERT {{ ?l rdf:rest [ rdf:first vesoc:Clause ; "
        "rdf:rest rdf:nil ] } WHERE { ?a owl:members/rdf:rest/rdf:rest ?l . ?l rdf:rest rdf:nil }",
        [
            *(f"minor axiom with new term vesoc:{name}" for name in ("Indicator", "Instrument", "TargetGroup")),
            "minor term added vesoc:Clause",
        ],
    ),
    (
        "restriction",
        "axioms",
        added("vesoc:Goal rdfs:subClassOf [ a owl:Restriction ; owl:onProperty vesoc:signs ; owl:hasValue 1 ]"),
        ["major axiom gained vesoc:Goal"],
    ),
    (
        "restriction no more",
        "axioms",
        "DELETE { vesoc:Evidence rdfs:subClassOf ?r } WHERE { vesoc:Evidence rdfs:subClassOf ?r }",
        ["minor axiom lost vesoc:Evidence"],
    ),
    (
        "asymmetric no more",
        "axioms",
        removed("vesoc:buildsOn a owl:AsymmetricProperty"),
        ["minor axiom lost vesoc:buildsOn"],
    ),
    ("transitive", "axioms", added("vesoc:signs a owl:TransitiveProperty"), ["major axiom gained vesoc:signs"]),
    ("inverse", "axioms", added("vesoc:signs owl:inverseOf vesoc:order"), ["major axiom gained vesoc:order"]),
    (
        "second domain",
        "axioms",
        added("vesoc:consults rdfs:domain vesoc:Goal"),
        ["major hint narrowed vesoc:consults"],
    ),
    (
        "union grows",
        "axioms",
        "DELETE { ?l rdf:rest rdf:nil } INSERT { ?l rdf:rest [ rdf:first vesoc:Goal ; rdf:rest rdf:nil ] } "
        "WHERE { vesoc:basedOn rdfs:domain/owl:unionOf/rdf:rest ?l }",
        ["minor hint widened vesoc:basedOn"],
    ),
    (
        "union shrinks",
        "axioms",
        "DELETE { ?u owl:unionOf ?l } INSERT { ?u owl:unionOf ?rest } "
        "WHERE { vesoc:basedOn rdfs:domain ?u . ?u owl:unionOf ?l . ?l rdf:rest ?rest }",
        ["major hint narrowed vesoc:basedOn"],
    ),
    # shapes
    (
        "new shape",
        "shapes",
        added("vs:new a sh:PropertyShape ; sh:targetClass vesoc:Goal ; sh:path dcterms:subject ; sh:minCount 1"),
        ["major constraint stricter vs:new"],
    ),
    (
        "new remark",
        "shapes",
        added("vs:new a sh:NodeShape ; sh:severity sh:Warning ; sh:targetClass vesoc:Goal ; sh:nodeKind sh:IRI"),
        ["minor remark changed vs:new"],
    ),
    ("new part of shapes", "shapes", added("vs:new a sh:NodeShape ; sh:nodeKind sh:IRI"), []),
    (
        "new shape of a new class",
        "ontology+shapes",
        f"{added(NEW_CLASS)} ;; {added('vs:new a sh:NodeShape ; sh:targetClass vesoc:Clause ; sh:nodeKind sh:IRI')}",
        ["minor constraint of new terms vs:new", "minor term added vesoc:Clause"],
    ),
    (
        "shape goes",
        "shapes",
        gone("vs:Measure-evaluateBy-count"),
        ["minor constraint looser vs:Measure-evaluateBy-count"],
    ),
    (
        "shape is turned off",
        "shapes",
        added("vs:Measure-evaluateBy-count sh:deactivated true"),
        ["minor constraint looser vs:Measure-evaluateBy-count"],
    ),
    (
        "more at least",
        "shapes",
        other("vs:Measure-hasActionKind-count", "sh:minCount", "2"),
        ["major constraint stricter vs:Measure-hasActionKind-count"],
    ),
    (
        "none at least",
        "shapes",
        other("vs:Measure-hasActionKind-count", "sh:minCount", "0"),
        ["minor constraint looser vs:Measure-hasActionKind-count"],
    ),
    (
        "fewer at most",
        "shapes",
        other("vs:Measure-evaluateBy-count", "sh:maxCount", "0"),
        ["major constraint stricter vs:Measure-evaluateBy-count"],
    ),
    (
        "more at most",
        "shapes",
        other("vs:Measure-evaluateBy-count", "sh:maxCount", "3"),
        ["minor constraint looser vs:Measure-evaluateBy-count"],
    ),
    (
        "class below",
        "shapes",
        other("vs:evaluateBy-class", "sh:class", "vesoc:Goal"),
        ["major constraint stricter vs:evaluateBy-class"],
    ),
    (
        "class above",
        "shapes",
        other("vs:concernsInstrument-class", "sh:class", "skos:Concept"),
        ["minor constraint looser vs:concernsInstrument-class"],
    ),
    (
        "more kinds of nodes",
        "shapes",
        other("vs:recordedAs-iri", "sh:nodeKind", "sh:BlankNodeOrIRI"),
        ["minor constraint looser vs:recordedAs-iri"],
    ),
    (
        "other kind of nodes",
        "shapes",
        other("vs:recordedAs-iri", "sh:nodeKind", "sh:Literal"),
        ["major constraint stricter vs:recordedAs-iri"],
    ),
    (
        "remark is stricter",
        "shapes",
        other("vs:amount-in-euro", "sh:minInclusive", "200000.0"),
        ["minor remark changed vs:amount-in-euro"],
    ),
    (
        "same number",
        "shapes",
        other("vs:amount-in-euro", "sh:minInclusive", "100000e0"),
        [],
    ),
    (
        "remark becomes a violation",
        "shapes",
        other("vs:amount-in-euro", "sh:severity", "sh:Violation"),
        ["major constraint stricter vs:amount-in-euro"],
    ),
    (
        "violation becomes a remark",
        "shapes",
        other("vs:evaluateBy-class", "sh:severity", "sh:Info"),
        ["minor constraint looser vs:evaluateBy-class"],
    ),
    (
        "one choice fewer",
        "shapes",
        "DELETE { ?s sh:or ?l } INSERT { ?s sh:or ?rest } WHERE { ?s sh:or ?l . ?l rdf:rest ?rest }",
        ["major constraint stricter vs:claimed-value-datatype"],
    ),
    (
        "one choice more",
        "shapes",
        "DELETE { ?l rdf:rest rdf:nil } INSERT { ?l rdf:rest [ rdf:first vs:in-actie ; rdf:rest rdf:nil ] } "
        "WHERE { ?s sh:or/rdf:rest+ ?l . ?l rdf:rest rdf:nil }",
        ["minor constraint looser vs:claimed-value-datatype"],
    ),
    (
        "pattern",
        "shapes",
        other("vs:Measure-iri-pattern", "sh:pattern", "'^https:'"),
        ["major constraint replaced vs:Measure-iri-pattern"],
    ),
    (
        "pattern that an editor vouches for",
        "shapes",
        other("vs:Measure-iri-pattern", "sh:pattern", "'^https:'")
        + " ; "
        + added("vs:Measure-iri-pattern vs:compatibleWith '1.0.0'"),
        ["minor constraint vouched for vs:Measure-iri-pattern", "patch shape wording changed vs:Measure-iri-pattern"],
    ),
    (
        "pattern that was vouched for earlier",
        "shapes",
        other("vs:Measure-iri-pattern", "sh:pattern", "'^https:'")
        + " ; "
        + added("vs:Measure-iri-pattern vs:compatibleWith '0.9.0'"),
        ["major constraint replaced vs:Measure-iri-pattern", "patch shape wording changed vs:Measure-iri-pattern"],
    ),
    (
        "query",
        "shapes",
        other("vs:lineage-points-back-query", "sh:select", "'SELECT $this {}'"),
        ["major constraint replaced vs:lineage-points-back"],
    ),
    (
        "query that an editor vouches for",
        "shapes",
        other("vs:lineage-points-back-query", "sh:select", "'SELECT $this {}'")
        + " ; "
        + added("vs:lineage-points-back-query vs:compatibleWith '1.0.0'"),
        [
            "minor constraint vouched for vs:lineage-points-back",
            "patch shape wording changed vs:lineage-points-back-query",
        ],
    ),
    (
        "query in other lines",
        "shapes",
        "DELETE { ?q sh:select ?t } INSERT { ?q sh:select ?u } "
        "WHERE { ?q sh:select ?t BIND (REPLACE(?t, ' ', '\\n  ') AS ?u) FILTER (?q = vs:lineage-points-back-query) }",
        [],
    ),
    (
        "one target more",
        "shapes",
        added("vs:Measure-evaluateBy-count sh:targetClass vesoc:Goal"),
        ["major constraint stricter vs:Measure-evaluateBy-count"],
    ),
    (
        "one target fewer",
        "shapes",
        removed("vs:evaluateBy-class sh:targetSubjectsOf vesoc:evaluateBy"),
        ["minor constraint looser vs:evaluateBy-class"],
    ),
    (
        "target below one that is there",
        "shapes",
        added("vs:Concept-inScheme-count sh:targetClass vesoc:Instrument"),
        [],
    ),
    (
        "other path",
        "shapes",
        other("vs:evaluateBy-class", "sh:path", "vesoc:appliesDuring"),
        ["major constraint replaced vs:evaluateBy-class"],
    ),
    (
        "prefix",
        "shapes",
        other("vs:prefix-skos", "sh:namespace", "'http://example.org/'^^xsd:anyURI"),
        ["major constraint replaced vs:prefix-skos"],
    ),
    (
        "message",
        "shapes",
        other("vs:evaluateBy-class", "sh:message", "'Otherwise.'@en"),
        ["patch shape wording changed vs:evaluateBy-class"],
    ),
    (
        "flags come",
        "shapes",
        added("vs:Measure-iri-pattern sh:flags 'i'"),
        ["major constraint replaced vs:Measure-iri-pattern"],
    ),
    (
        "second choice beside one",
        "shapes",
        added("vs:claimed-value-datatype sh:or ([ sh:datatype xsd:string ])"),
        ["major constraint stricter vs:claimed-value-datatype"],
    ),
    (
        "new shape of the things of itself",
        "shapes",
        added("vs:new a sh:NodeShape , rdfs:Class ; sh:nodeKind sh:IRI"),
        ["major constraint stricter vs:new"],
    ),
    (
        "new shape with a target of another sort",
        "shapes",
        added("vs:new a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ] ; sh:nodeKind sh:IRI"),
        ["major constraint stricter vs:new"],
    ),
    (
        "shape that does not say that it is one",
        "shapes",
        added("vs:new sh:targetClass vesoc:Goal ; sh:nodeKind sh:IRI"),
        ["major constraint stricter vs:new"],
    ),
    (
        "parameter that nobody knows",
        "shapes",
        added("vs:evaluateBy-class sh:unheardOf 1"),
        ["major constraint replaced vs:evaluateBy-class"],
    ),
    # data
    ("thing goes", "data", gone("ond:vorig-ada-derde"), ["major name removed ond:vorig-ada-derde"]),
    ("thing is withdrawn", "data", withdrawn("ond:vorig-ada-derde"), ["minor name withdrawn ond:vorig-ada-derde"]),
    (
        "thing leads nowhere",
        "data",
        withdrawn("ond:vorig-ada-derde", "ond:nowhere"),
        ["major name misled ond:vorig-ada-derde"],
    ),
    (
        "thing is renamed",
        "data",
        renamed("ins:proefverlof", "ins:verlof"),
        ["minor name withdrawn ins:proefverlof"],
    ),
    (
        "thing is renamed with what hangs on it",
        "data",
        renamed("vind:proef-1", "vind:proef-2")
        + " ; "
        + renamed(
            "<https://w3id.org/vesoc-kg/id/vindplaats/proef-1#bereik>",
            "<https://w3id.org/vesoc-kg/id/vindplaats/proef-2#bereik>",
        )
        + " ; "
        + gone("<https://w3id.org/vesoc-kg/id/vindplaats/proef-1#bereik>"),
        ["minor name withdrawn vind:proef-1"],
    ),
    (
        "part of a thing goes",
        "data",
        gone("<https://w3id.org/vesoc-kg/id/vindplaats/proef-1#bereik>"),
        ["major name removed https://w3id.org/vesoc-kg/id/vindplaats/proef-1#bereik"],
    ),
    (
        "thing is deprecated",
        "data",
        added("ins:proefverlof owl:deprecated true"),
        ["minor name deprecated ins:proefverlof"],
    ),
    ("thing is added", "data", added("pers:eva a foaf:Person ; foaf:name 'Eva'"), ["minor thing added pers:eva"]),
    (
        "thing with a part is added",
        "data",
        added("vind:x a vesoc:Evidence . <https://w3id.org/vesoc-kg/id/vindplaats/x#bereik> a oa:TextPositionSelector"),
        ["minor thing added vind:x"],
    ),
    (
        "thing becomes another",
        "data",
        other("pers:ada-derde", "a", "schema:Person"),
        ["major class lost pers:ada-derde"],
    ),
    (
        "thing gets a class",
        "data",
        added("pers:ada-derde a schema:Person"),
        ["minor class gained pers:ada-derde"],
    ),
    ("notation goes", "data", removed("thema:werken skos:notation 'W'"), ["major notation lost thema:werken"]),
    (
        "scheme",
        "data",
        other("thema:werken", "skos:inScheme", "cs:actie"),
        ["major scheme left thema:werken"],
    ),
    (
        "place in the tree",
        "data",
        added("thema:werken skos:broader thema:leren"),
        ["minor place in tree changed thema:werken"],
    ),
    (
        "property that a class never had",
        "data",
        added("pers:ada-derde schema:url 'x'"),
        ["minor property taken up schema:url", "patch value changed pers:ada-derde"],
    ),
    (
        "property that a class has no more",
        "data",
        "DELETE { ?s vesoc:evaluateBy ?o } WHERE { ?s vesoc:evaluateBy ?o }",
        ["minor property given up vesoc:evaluateBy", "patch value changed mtr:proef-1-1-1a"],
    ),
    (
        "other value",
        "data",
        other("bud:proef-01", "vesoc:amount", "1100000.0"),
        ["patch value changed bud:proef-01"],
    ),
    (
        "licence of the data",
        "data",
        other("dataset:vesoc", "dcterms:license", "<http://example.org/licence>"),
        ["major licence changed dataset:vesoc"],
    ),
    ("moment of the data", "data", other("dataset:vesoc", "dcterms:modified", "'2031-07-01'"), []),
    ("nothing", "data", "", []),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(tmp_path_factory.mktemp("weights") / "root")


@pytest.fixture(scope="module")
def former(root: Path) -> Edition:
    return Finder(root, None, BASE).own(root, "former")


def changed(edition: Edition, part: str, update: str) -> Edition:
    """An edition with one part changed, or several parts, each by an update of its own."""
    for name, one in zip(part.split("+"), update.split(" ;; "), strict=True):
        store = Store()
        store.bulk_extend(Quad(*triple) for triple in getattr(edition, name))
        before = len(store)
        store.update(PROLOGUE + one)
        triples = frozenset(quad.triple for quad in store)
        assert (not one) or triples != getattr(edition, name) or before != len(store), "the update changes nothing"
        edition = replace(edition, **{name: triples})
    return replace(edition, name="new")


def told(found: Comparison) -> list[str]:
    """The differences, each as a line of weight, kind and prefixed name."""
    return sorted(f"{one.kind.weight.word} {one.kind.name} {short(one.about)}" for one in found.differences)


@pytest.mark.parametrize(("part", "update", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_change_weighs(part: str, update: str, expected: list[str], former: Edition) -> None:
    assert told(compare(former, changed(former, part, update))) == sorted(expected)


REVERSED = [
    ("ontology", withdrawn("vesoc:order"), ["minor name restored vesoc:order"]),
    ("ontology", added("vesoc:order owl:deprecated true"), ["minor name restored vesoc:order"]),
    ("axioms", added("vesoc:consults a owl:TransitiveProperty"), ["major entailment lost vesoc:consults"]),
    ("axioms", added("vesoc:consults owl:inverseOf vesoc:order"), ["major entailment lost vesoc:consults"]),
    ("data", withdrawn("ond:vorig-ada-derde"), ["minor name restored ond:vorig-ada-derde"]),
    ("data", added("ond:gone owl:deprecated true"), ["major name removed ond:gone"]),
    (
        "shapes",
        added("vs:Measure-evaluateBy-count sh:deactivated true"),
        ["major constraint stricter vs:Measure-evaluateBy-count"],
    ),
    ("shapes", added("vs:in-actie sh:deactivated false"), ["patch shape wording changed vs:in-actie"]),
    ("shapes", added("vs:in-actie sh:uniqueLang false"), []),
]


@pytest.mark.parametrize(("part", "update", "expected"), REVERSED)
def test_change_that_is_taken_back_weighs(part: str, update: str, expected: list[str], former: Edition) -> None:
    found = told(compare(changed(former, part, update), former))
    assert [line for line in found if "a term" not in line] == sorted(expected)


QUERY = "vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal ; sh:sparql {} ."
USED = "vs:b a sh:NodeShape ; {} . vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal ; {} ."
SHAPES = [
    (
        "used shape is in force again",
        USED.format("sh:nodeKind sh:IRI ; sh:deactivated true", "sh:node vs:b"),
        USED.format("sh:nodeKind sh:IRI", "sh:node vs:b"),
        ["major constraint stricter vs:b"],
    ),
    (
        "query is in force again",
        QUERY.format("vs:q") + "vs:q sh:select 'SELECT $this {}' ; sh:deactivated true .",
        QUERY.format("vs:q") + "vs:q sh:select 'SELECT $this {}' .",
        ["major constraint stricter vs:a"],
    ),
    (
        "closed shape allows a property less",
        "vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal ; sh:closed true ; sh:property vs:b , vs:c .",
        "vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal ; sh:closed true ; sh:property vs:b .",
        ["major constraint replaced vs:a"],
    ),
    (
        "open shape asks a property less",
        "vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal ; sh:property vs:b , vs:c .",
        "vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal ; sh:property vs:b .",
        ["minor constraint looser vs:a"],
    ),
    (
        "flags go",
        "vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal ; sh:pattern 'a' ; sh:flags 'i' .",
        "vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal ; sh:pattern 'a' .",
        ["major constraint replaced vs:a"],
    ),
    (
        "pattern goes with its flags",
        "vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal ; sh:pattern 'a' ; sh:flags 'i' .",
        "vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal .",
        ["minor constraint looser vs:a"],
    ),
    *(
        (
            f"shape that must not hold asks less, by {name}",
            USED.format("sh:minCount 2", name),
            USED.format("sh:minCount 1", name),
            ["major constraint replaced vs:b"],
        )
        for name in (
            "sh:not vs:b",
            "sh:xone (vs:b vs:c)",
            "sh:qualifiedValueShape vs:b",
            "sh:and ([ sh:not [ sh:property vs:b ] ])",
        )
    ),
    (
        "shape that must hold asks less",
        USED.format("sh:minCount 2", "sh:node vs:b"),
        USED.format("sh:minCount 1", "sh:node vs:b"),
        ["minor constraint looser vs:b"],
    ),
    (
        "remark that others ask is stricter",
        USED.format("sh:severity sh:Warning ; sh:minCount 1", "sh:node vs:b"),
        USED.format("sh:severity sh:Warning ; sh:minCount 2", "sh:node vs:b"),
        ["major constraint stricter vs:b"],
    ),
    (
        "part of a remark is stricter",
        "vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal ; sh:severity sh:Info ; sh:property [ sh:minCount 1 ] .",
        "vs:a a sh:NodeShape ; sh:targetClass vesoc:Goal ; sh:severity sh:Info ; sh:property [ sh:minCount 2 ] .",
        ["major constraint stricter vs:a"],
    ),
    (
        "namespace without a name",
        "<x:x> sh:declare [ sh:prefix 'a' ; sh:namespace 'x:a' ] .",
        "<x:x> sh:declare [ sh:prefix 'a' ; sh:namespace 'x:b' ] .",
        ["major constraint replaced x:x", "patch shape wording changed x:x"],
    ),
    (
        "comment of a query takes in its next line",
        QUERY.format("[ sh:select 'SELECT $this { # all\\n ?s ?p ?o }' ]"),
        QUERY.format("[ sh:select 'SELECT $this { # all ?s ?p ?o }' ]"),
        ["major constraint replaced vs:a"],
    ),
    (
        "comment of a query goes",
        QUERY.format("""[ sh:select 'SELECT $this { # "all\\n <x:y#z>  ?p   "a  b" }' ]"""),
        QUERY.format("""[ sh:select 'SELECT $this { <x:y#z> ?p "a  b" }' ]"""),
        [],
    ),
    (
        "space in a text of a query",
        QUERY.format("""[ sh:select 'SELECT $this { ?s ?p "a  b" }' ]"""),
        QUERY.format("""[ sh:select 'SELECT $this { ?s ?p "a b" }' ]"""),
        ["major constraint replaced vs:a"],
    ),
    (
        "exceptions in another order",
        "vs:a a sh:NodeShape ; sh:closed true ; sh:ignoredProperties (rdf:type rdfs:label) .",
        "vs:a a sh:NodeShape ; sh:closed true ; sh:ignoredProperties (rdfs:label rdf:type) .",
        [],
    ),
    (
        "shape becomes a class",
        "vs:a a sh:NodeShape ; sh:nodeKind sh:IRI .",
        "vs:a a sh:NodeShape , rdfs:Class ; sh:nodeKind sh:IRI .",
        ["major constraint stricter vs:a"],
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), [one[1:] for one in SHAPES], ids=[one[0] for one in SHAPES])
def test_change_of_shapes_weighs(before: str, after: str, expected: list[str]) -> None:
    old, new = (
        Edition("x", BASE, frozenset(), None, turtle(shapes), frozenset(), frozenset()) for shapes in (before, after)
    )
    assert told(compare(old, new)) == expected


def turtle(text: str) -> frozenset[Triple]:
    return frozenset(quad.triple for quad in parse(PROLOGUE + text, format=RdfFormat.TURTLE))


@pytest.mark.parametrize(("before", "after", "found"), [("1", "2", ["patch value changed x:a"]), ("1", "1", [])])
def test_what_is_said_by_way_of_a_blank_node_weighs(before: str, after: str, found: list[str]) -> None:
    old, new = (
        Edition("x", BASE, frozenset(), None, frozenset(), turtle(f"<x:a> <x:p> [ <x:q> ( {one} ) ] ."), frozenset())
        for one in (before, after)
    )
    assert told(compare(old, new)) == found


def test_named_graphs_weigh(former: Edition) -> None:
    other_graphs = replace(former, graphs=frozenset({f"{BASE}id/graaf/ontologie", f"{BASE}id/graaf/nieuw"}))
    expected = ["major graph gone graaf:afstemming", "major graph gone graaf:proef", "minor graph added graaf:nieuw"]
    assert told(compare(former, other_graphs)) == expected


def test_tombstone_that_leads_on_by_way_of_another_is_no_dead_end(former: Edition) -> None:
    first = changed(former, "data", renamed("ins:proefverlof", "ins:verlof"))
    second = changed(first, "data", renamed("ins:verlof", "ins:vrij") + " ; " + added(
        "ins:proefverlof owl:deprecated true ; dcterms:isReplacedBy ins:verlof"
    ) + " ; " + removed("ins:proefverlof dcterms:isReplacedBy ins:vrij"))  # fmt: skip
    assert told(compare(first, second)) == ["minor name withdrawn ins:verlof"]


def test_two_names_that_were_withdrawn_one_after_the_other_both_lead_on(former: Edition) -> None:
    update = f"{withdrawn('ond:vorig-ada-derde', 'ond:proef-mila-test')} ; {withdrawn('ond:proef-mila-test')}"
    expected = ["minor name withdrawn ond:proef-mila-test", "minor name withdrawn ond:vorig-ada-derde"]
    assert told(compare(former, changed(former, "data", update))) == expected


def test_tombstone_whose_goal_goes_leads_nowhere(former: Edition) -> None:
    first = changed(former, "data", withdrawn("ond:vorig-ada-derde", "ond:proef-mila-test"))
    expected = ["major name misled ond:vorig-ada-derde", "major name removed ond:proef-mila-test"]
    assert told(compare(first, changed(first, "data", gone("ond:proef-mila-test")))) == expected


def test_axioms_of_one_side_only_are_left_out(former: Edition) -> None:
    found = compare(replace(former, axioms=None), former)
    assert (found.axioms, found.differences, found.weight) == (False, (), Weight.PATCH)


def test_every_kind_is_shown() -> None:
    shown = {line for _, _, _, lines in CASES for line in lines} | {line for _, _, lines in REVERSED for line in lines}
    shown |= {"major graph gone x", "minor graph added x"}
    assert {f"{one.weight.word} {one.name}" for one in KINDS} == {line.rpartition(" ")[0] for line in shown}


def test_kinds_are_documented_with_their_weights() -> None:
    text = (ROOT / "docs/contributing.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([a-z ]+) \| (major|minor|patch) \|", text, re.MULTILINE))
    assert rows == {one.name: one.weight.word for one in KINDS}


# --- version numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "after"), [(Weight.MAJOR, "2.0.0"), (Weight.MINOR, "1.3.0"), (Weight.PATCH, "1.2.10")]
)
def test_least_version_raises_the_part_that_the_weight_asks(weight: Weight, after: str) -> None:
    assert str(number("1.2.9").after(weight)) == after
    assert number(after) > number("1.2.9")


def test_versions_are_in_the_order_of_their_numbers() -> None:
    assert number("1.10.0") > number("1.9.12") > number("1.9.2") == Number(1, 9, 2)


@pytest.mark.parametrize("text", ["1.0", "v1.0.0", "1.0.0-rc.1", "01.0.0", "1.0.0 ", "1.0.0.0", "", "latest"])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(VesocError, match="is no version; write three numbers"):
        number(text)
