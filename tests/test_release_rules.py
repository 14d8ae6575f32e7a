"""The rules of a release: what a change of terms, shapes or data weighs, and what is asked before one is made."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
import small
from conftest import ROOT
from pyoxigraph import Quad, RdfFormat, Store, Triple, parse
from typer.testing import CliRunner, Result

from vesoc import __version__, dataset, graphs, publisher
from vesoc.canonical import canonical
from vesoc.cli import app
from vesoc.errors import VesocError
from vesoc.names import BASE, PREFIXES, short
from vesoc.places import Places
from vesoc.releases import content
from vesoc.versions.comparison import Comparison, compare
from vesoc.versions.edition import Edition, Finder
from vesoc.versions.last import last
from vesoc.versions.number import Number, number
from vesoc.versions.weight import KINDS, Weight

sys.path.append(str(ROOT / ".ci"))
from release import __main__ as release_main
from release import artefacts, changelog, checks, context
from release.__main__ import CHECKS, carry_out, main
from release.step import Broken, Order

TODAY = date(2031, 6, 2)
DAY = "2031-06-01"
METADATA = """\
PREFIX dataset: <https://w3id.org/vesoc-kg/id/dataset/>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

dataset:vesoc
    a dcat:Dataset ;
    dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> ;
    dcterms:modified "{day}"^^xsd:date ;
    dcat:version "{version}" ;
.
"""
LEAFLET = """
vesoc:Leaflet a owl:Class ; rdfs:isDefinedBy <https://w3id.org/vesoc-kg/ns> ;
    rdfs:label "Leaflet"@en , "Blad"@nl ; skos:definition "A printed sheet."@en , "Een bedrukt blad."@nl .
"""
HEADER = """\
#+ question: Wat is dit?
#+ question-en: What is this?
#+ for: iedereen
#+ for-en: everyone
#+ tags: proef
"""
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
    """The invented graph with our ontology and shapes, and what is told of it as a whole."""
    folder = small.root(tmp_path_factory.mktemp("release") / "root")
    ontology = folder / "ontology/vesoc.ttl"
    without_sources = re.sub(r"\n    dcterms:source\n(?:        bron:\w+ [,;]\n)+", "\n", ontology.read_text("utf-8"))
    ontology.write_text(canonical(without_sources + LEAFLET), encoding="utf-8")
    (folder / "data/ttl/metadata.ttl").write_text(METADATA.format(day=DAY, version="1.0.0"), encoding="utf-8")
    notation = f"<{PREFIXES['thema']}werken> <{PREFIXES['skos']}notation> 'W' ."
    (folder / "data/ttl/proef/codes.ttl").write_text(canonical(notation), encoding="utf-8")
    (folder / "queries/what-is-this.rq").write_text(HEADER + small.QUERY.partition("\n")[2], encoding="utf-8")
    for path in folder.glob("shapes/*.ttl"):
        path.write_text(canonical(path.read_text("utf-8")), encoding="utf-8")
    return folder


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


# --- which editions are compared --------------------------------------------------------------------------------------


def git(root: Path, *arguments: str) -> str:
    who = {f"GIT_{role}_{what}": "test@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "-C", str(root), "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, env=os.environ | who, capture_output=True, text=True, check=True).stdout


def commit(root: Path, tag: str | None = None) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "x")
    if tag:
        git(root, "tag", tag)


def export(root: Path, releases: Path) -> None:
    found = Places(root)
    data = dataset.build_own(graphs.own_files(found), BASE, "http://127.0.0.1:8000/")
    publisher.release(data, content.heading(found, BASE), releases)


@pytest.fixture(scope="module")
def repository(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of git with the invented graph, whose version is 1.0.0 and released as tag and as folder."""
    folder = tmp_path_factory.mktemp("repository") / "vesoc"
    shutil.copytree(root, folder)
    (folder / "api/vesoc").mkdir(parents=True)
    shutil.copy(ROOT / "api/vesoc/__init__.py", folder / "api/vesoc")
    (folder / "docs").mkdir()
    (folder / ".gitignore").write_text("build/\n__pycache__/\n", encoding="utf-8")
    say(folder, __version__, "1.0.0", DAY)
    git(folder, "init", "--quiet")
    commit(folder, "v1.0.0")
    export(folder, folder.parent / "releases")
    return folder


def say(root: Path, before: str, version: str, day: str) -> None:
    """Have all that tells a version say this one."""
    for name in ("ontology/vesoc.ttl", "ontology/vesoc-axioms.ttl", "api/vesoc/__init__.py"):
        text = (root / name).read_text(encoding="utf-8").replace(before, version)
        text = re.sub(r'(dcterms:modified ")[^"]*', rf"\g<1>{day}", text)
        text = re.sub(rf'"{re.escape(version)} \([-0-9]*\)', f'"{version} ({day})', text)
        (root / name).write_text(text, encoding="utf-8")
    (root / "data/ttl/metadata.ttl").write_text(METADATA.format(day=day, version=version), encoding="utf-8")
    entry = (
        f"# Changelog\n\n## {version} ({day})\n\n- **Data**: more.\n\n# kept\n\n## 0.1.0 (2030-01-01)\n\nThe first.\n"
    )
    (root / "docs/changelog.md").write_text(entry, encoding="utf-8")


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who makes a tag, as git asks it."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "test")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "test@example.org")


@pytest.fixture
def next_one(repository: Path, tmp_path: Path, identity: None) -> Path:
    """A copy of the repository in which version 1.1.0 is ready: one thing more, said everywhere, committed."""
    folder = tmp_path / "vesoc"
    shutil.copytree(repository, folder)
    shutil.copytree(repository.parent / "releases", tmp_path / "releases")
    say(folder, "1.0.0", "1.1.0", "2031-06-02")
    with (folder / "data/ttl/proef/akkoord.ttl").open("a", encoding="utf-8") as file:
        file.write(f"<{PREFIXES['pers']}eva-vierde> a <{PREFIXES['foaf']}Person> ; <{PREFIXES['foaf']}name> 'Eva' .\n")
    commit(folder)
    return folder


def test_release_folder_revision_and_files_are_the_same_edition(repository: Path) -> None:
    finder = Finder(repository, repository.parent / "releases", BASE)
    by_release, by_tag, by_folder = (finder.find(name) for name in ("1.0.0", "v1.0.0", str(repository)))
    for one in (by_tag, by_folder):
        found = compare(by_release, one)
        assert (found.differences, found.axioms, one.version) == ((), True, "1.0.0")


def test_release_without_its_tag_has_no_axioms(repository: Path, tmp_path: Path) -> None:
    assert Finder(tmp_path, repository.parent / "releases", BASE).find("1.0.0").axioms is None


def test_name_that_stands_for_nothing_is_refused(repository: Path) -> None:
    for name, why in (
        ("9.9.9", r"9\.9\.9: no release, .* no revision of .*, and no file"),
        (str(repository / "docs"), "no"),
    ):
        with pytest.raises(VesocError, match=why):
            Finder(repository, None, BASE).find(name)


def test_last_release_is_the_latest_by_number_and_its_folder_before_its_tag(repository: Path, tmp_path: Path) -> None:
    releases = repository.parent / "releases"
    assert (last(repository, releases), last(repository, None), last(tmp_path, None)) == ("1.0.0", "v1.0.0", None)
    folder = tmp_path / "tagged"
    shutil.copytree(repository, folder)
    for tag in ("v1.9.0", "v1.10.0", "vintage"):
        git(folder, "tag", tag)
    assert last(folder, releases) == "v1.10.0"


# --- the command ------------------------------------------------------------------------------------------------------


def weigh(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["weigh", *map(str, arguments)])


def test_weigh_tells_the_least_version(next_one: Path) -> None:
    done = weigh("--root", next_one, "--releases", next_one.parent / "releases")
    assert done.exit_code == 0
    assert "minor  thing added (1): a concept" in done.output
    assert "    pers:eva-vierde\n" in done.output
    assert done.output.endswith("1.0.0 -> the files: 1 minor\nleast version: 1.1.0\n")


@pytest.mark.parametrize(("version", "code"), [("1.0.1", 1), ("1.1.0", 0), ("2.0.0", 0)])
def test_weigh_fails_on_too_low_a_version(next_one: Path, version: str, code: int) -> None:
    done = weigh("v1.0.0", "HEAD", "--root", next_one, "--for", version, "--json")
    told = json.loads(done.output)
    assert (done.exit_code, told["least"], told["version"], told["axioms"]) == (code, "1.1.0", version, True)
    assert [(one["weight"], one["about"]) for one in told["differences"]] == [
        ("minor", f"{PREFIXES['pers']}eva-vierde")
    ]


def test_weigh_of_what_did_not_change_is_fine(repository: Path) -> None:
    done = weigh("--root", repository)
    assert (done.exit_code, done.output) == (0, "v1.0.0 -> the files: nothing differs\nleast version: 1.0.1\n")


def test_weigh_needs_a_release(root: Path) -> None:
    done = weigh("--root", root)
    assert isinstance(done.exception, VesocError)
    assert "there is no release yet" in str(done.exception)


# --- what is asked before a release is made ---------------------------------------------------------------------------


def order(root: Path, version: str = "1.1.0") -> Order:
    return Order(root, version, root / "build/release", root.parent / "releases", TODAY)


def test_checks_tell_what_they_found(next_one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quick = [step for step in CHECKS if step.run is not checks.validation]
    assert carry_out(order(next_one), quick) == 0
    told, complaints = capsys.readouterr()
    assert complaints == ""
    assert re.fullmatch(
        r"1/6 repository: commit [0-9a-f]+ is clean, v1\.1\.0 is free\n"
        r"2/6 version: 1\.1\.0 is later than 1\.0\.0\n"
        r"3/6 changelog: docs/changelog\.md has 1\.1\.0 of 2031-06-02\n"
        r"4/6 one version everywhere: 8 places say 1\.1\.0 or 2031-06-02, and the notes of the ontology both\n"
        r"5/6 moment of the data: \S+/releases takes data of 2031-06-02\n"
        r"6/6 weight of the changes: minor  thing added \(1\).*these changes ask for 1\.1\.0 at least\n",
        told,
        re.DOTALL,
    )
    assert not (next_one / "build").exists()


def rewrite(root: Path, name: str, before: str, after: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert before in text
    (root / name).write_text(text.replace(before, after), encoding="utf-8")
    commit(root)


Damage = Callable[[Path], object]
LOG, ONTOLOGY, AXIOMS = "docs/changelog.md", "ontology/vesoc.ttl", "ontology/vesoc-axioms.ttl"
BROKEN: list[tuple[str, str, Damage, str]] = [
    ("1.1.0", "repository", lambda root: (root / "new").touch(), "1 files differ from commit .*new.*commit or remove"),
    ("1.1.0", "repository", lambda root: git(root, "tag", "v1.1.0"), "tag v1.1.0 is there already: give a later"),
    (
        "1.1.0",
        "repository",
        lambda root: (git(root, "config", "status.showUntrackedFiles", "no"), (root / "new").touch()),
        "1 files differ from commit",
    ),
    (
        "1.1.0",
        "repository",
        lambda root: ((root / ".git/info/exclude").write_text("x.ttl"), (root / "data/ttl/x.ttl").touch()),
        "data/ttl/x.ttl",
    ),
    ("1.0.0", "repository", lambda root: None, "tag v1.0.0 is there already"),
    ("0.9.0", "version", lambda root: None, "0.9.0 is not later than the last release, 1.0.0"),
    ("1.2.0", "changelog", lambda root: None, r"has no entry of 1\.2\.0: write one under ## 1.2.0 \(YYYY-MM-DD\)"),
    ("1.1.0", "changelog", lambda root: rewrite(root, LOG, "0.1.0", "1.1.0"), "has several entries of 1.1.0"),
    ("1.1.0", "changelog", lambda root: rewrite(root, LOG, "2031-06-02", "soon"), "1.1.0 has no day .*YYYY-MM-DD"),
    ("1.1.0", "changelog", lambda root: rewrite(root, LOG, " (2031-06-02)", ""), r"1.1.0 has no day \(''\)"),
    ("1.1.0", "changelog", lambda root: rewrite(root, LOG, "2031-06-02", "2031-06-03"), "which has not come: date it"),
    (
        "1.1.0",
        "changelog",
        lambda root: rewrite(root, LOG, "\n- **Data**: more.\n\n# kept\n", ""),
        "the entry of 1.1.0 is empty: say what users notice",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, "api/vesoc/__init__.py", "1.1.0", "1.0.0"),
        "__init__.py says __version__ 1.0.0, not 1.1.0: write the same",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, "data/ttl/metadata.ttl", "1.1.0", "1.0.9"),
        "metadata.ttl says dcat:version 1.0.9, not 1.1.0",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, "data/ttl/metadata.ttl", "2031-06-02", "2031-06-01"),
        "metadata.ttl says dcterms:modified 2031-06-01, not 2031-06-02",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, ONTOLOGY, 'versionInfo "1.1.0"', 'versionInfo "1.0.0"'),
        "vesoc.ttl says owl:versionInfo 1.0.0, not 1.1.0",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, ONTOLOGY, "ns/1.1.0> ;", "ns/1.0.0> ;"),
        "says owl:versionIRI https://w3id.org/vesoc-kg/ns/1.0.0, not",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, ONTOLOGY, 'modified "2031-06-02"', 'modified "2031-06-01"'),
        "vesoc.ttl says dcterms:modified 2031-06-01, not 2031-06-02",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, AXIOMS, "1.1.0", "1.0.0"),
        "vesoc-axioms.ttl says owl:versionInfo 1.0.0, not 1.1.0; .*axioms.ttl says owl:versionIRI",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, ONTOLOGY, "1.1.0 (2031-06-02): de", "1.0.0 (2031-06-01): de"),
        r"vesoc.ttl has no skos:changeNote in nl with “1.1.0 \(2031-06-02\)”: write",
    ),
    (
        "1.1.0",
        "one version everywhere",
        lambda root: rewrite(root, ONTOLOGY, "version 1.1.0.", "version 1.0.0."),
        "has no dcterms:bibliographicCitation in en with",
    ),
    (
        "1.1.0",
        "moment of the data",
        lambda root: (say(root, "1.1.0", "1.1.0", DAY), commit(root)),
        "release 1.0.0 is of 2031-06-01 00:00Z, this data of 2031-06-01 00:00Z: write a later dcterms:modified",
    ),
    (
        "1.1.0",
        "weight of the changes",
        lambda root: rewrite(root, ONTOLOGY, "vesoc:Leaflet\n    a owl:Class ;", "vesoc:Leaflet"),
        "major  name removed .*vesoc:Leaflet.*these changes ask for 2.0.0 at least: give that version, or take back",
    ),
]


@pytest.mark.parametrize("case", BROKEN, ids=[f"{one[1]}: {one[3]}" for one in BROKEN])
def test_rule_that_does_not_hold_stops_the_release(
    case: tuple[str, str, Damage, str], next_one: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version, step, damage, message = case
    if version == "0.9.0":
        git(next_one, "tag", "--delete", "v1.0.0")
    damage(next_one)
    assert carry_out(order(next_one, version), CHECKS) == 1
    told = capsys.readouterr().err
    assert re.search(rf"^\d/7 {step}: ", told)
    assert re.search(message, told, re.DOTALL)


@pytest.mark.parametrize(
    ("version", "damage", "message"),
    [
        ("next", lambda root: None, "'next' is no version; write three numbers, as in 1.2.0"),
        ("1.1.0", lambda root: shutil.rmtree(root / ".git"), "git rev-parse: .*not a git repository"),
        ("1.1.0", lambda root: (root / LOG).unlink(), "differ"),
        ("1.1.0", lambda root: shutil.rmtree(root.parent / "releases"), "releases: no such folder of releases"),
        (
            "1.1.0",
            lambda root: (git(root, "tag", "--delete", "v1.0.0"), shutil.rmtree(root.parent / "releases/1.0.0")),
            "no tag and no folder tells of a release before: .*FIRST=1",
        ),
        (
            "1.1.0",
            lambda root: (root / ".git/shallow").write_text(git(root, "rev-parse", "HEAD")),
            "this clone is shallow.*--unshallow",
        ),
    ],
)
def test_release_that_cannot_run_says_why(
    version: str, damage: Damage, message: str, next_one: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(next_one)
    assert carry_out(order(next_one, version), CHECKS) == (1 if message == "differ" else 2)
    assert re.search(message, capsys.readouterr().err, re.DOTALL)


def test_release_is_not_begun_where_git_knows_nobody(next_one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(next_one, "config", "user.useConfigOnly", "true")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for what in ("NAME", "EMAIL"):
        monkeypatch.delenv(f"GIT_COMMITTER_{what}")
    with pytest.raises(VesocError, match="git var"):
        checks.state(order(next_one))


def test_first_release_is_said_to_be_the_first(next_one: Path) -> None:
    first = replace(order(next_one), first=True)
    with pytest.raises(Broken, match=r"there is 1\.0\.0: leave FIRST out"):
        checks.later(first)
    git(next_one, "tag", "--delete", "v1.0.0")
    shutil.rmtree(next_one.parent / "releases/1.0.0")
    assert checks.later(first) == "1.1.0 is the first release"


def test_data_that_an_earlier_run_released_is_no_hindrance(next_one: Path) -> None:
    export(next_one, next_one.parent / "releases")
    again = order(next_one)
    assert checks.later(again) == "1.1.0 is later than 1.0.0"
    assert checks.moment(again).endswith("has this data as 1.1.0 already")
    assert "ask for 1.1.0 at least" in checks.weight(again)
    rewrite(next_one, "data/ttl/proef/akkoord.ttl", "'Eva'", "'Eve'")
    with pytest.raises(Broken, match=r"release 1\.1\.0 of other data"):
        checks.moment(again)


def test_tag_is_put_on_the_commit_that_was_checked(next_one: Path) -> None:
    found = order(next_one)
    checks.state(found)
    commit(next_one)
    with pytest.raises(Broken, match="HEAD is no longer"):
        artefacts.tag(found)
    assert git(next_one, "tag", "--list", "v1.1.0") == ""


def test_artefacts_of_an_earlier_run_stay_where_they_are_the_same(tmp_path: Path) -> None:
    for name, text in (("made", "a"), ("there", "a"), ("other", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text(text)
    with pytest.raises(Broken, match="remove it, or give another folder by OUT"):
        artefacts._place(tmp_path / "made", tmp_path / "other")
    artefacts._place(tmp_path / "made", tmp_path / "there")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "there"]


def test_folder_of_releases_is_meant_from_where_the_command_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given, _ = release_main._read(["1.1.0", "--root", "elsewhere", "--releases", "x"])
    assert given.releases == tmp_path / "x"


def test_graph_that_breaks_its_rules_stops_the_release(next_one: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(next_one, "data/ttl/proef/akkoord.ttl", "'Eva' .", "'Eva")
    shutil.copytree(
        ROOT / "api", next_one / "api", dirs_exist_ok=True, ignore=shutil.ignore_patterns("vendor", "__py*")
    )
    [validation] = [step for step in CHECKS if step.run is checks.validation]
    assert carry_out(order(next_one), [validation]) == 1
    assert "mend what vesoc validate tells" in capsys.readouterr().err


# --- what is made -----------------------------------------------------------------------------------------------------


def test_changelog_is_read_by_its_headings() -> None:
    found = changelog.entries((ROOT / LOG).read_text(encoding="utf-8"))
    assert found[0].version == __version__
    assert found[0].text.startswith("The first version.") or len(found) > 1
    assert [one.version for one in changelog.entries("## 2.0.0\n\nx\n\n### y\n\n## 1.0.0 (d)\nz")] == ["2.0.0", "1.0.0"]


def test_context_is_what_docker_is_sent() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    paths = [
        "LICENSE", "README.md", "api/vesoc/web.py", "api/vesoc/__pycache__/web.pyc", "api/vesoc/static/vendor/x.js",
        "tests/conftest.py", "docs/use.md", ".ci/run", ".ci/requirements.lock", "data/ttl/a/b.ttl", "database",
    ]  # fmt: skip
    expected = ["LICENSE", "README.md", "api/vesoc/web.py", ".ci/requirements.lock", "data/ttl/a/b.ttl"]
    assert context.sent(paths, ignore) == expected


@pytest.mark.parametrize(
    ("pattern", "ignored"),
    [
        ("*", {"a", "b.txt", "b/c.txt", "b/d/e.txt"}),
        ("*.txt", {"b.txt"}),
        ("**/*.txt", {"b.txt", "b/c.txt", "b/d/e.txt"}),
        ("b", {"b/c.txt", "b/d/e.txt"}),
        ("b/*\n!b/d", {"b/c.txt"}),
        ("b/**\n!b/c.txt", {"b/d/e.txt"}),
        ("?", {"a", "b/c.txt", "b/d/e.txt"}),
        ("# a\n\n/a", {"a"}),
    ],
)
def test_last_pattern_that_fits_decides(pattern: str, ignored: set[str]) -> None:
    paths = ["a", "b.txt", "b/c.txt", "b/d/e.txt"]
    assert {path for path in paths if path not in context.sent(paths, pattern)} == ignored


@pytest.fixture(scope="module")
def whole(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository from which a wheel can be built, with version 1.1.0 ready."""
    folder = tmp_path_factory.mktemp("whole") / "vesoc"
    shutil.copytree(repository, folder)
    shutil.copytree(repository.parent / "releases", folder.parent / "releases")
    skipped = shutil.ignore_patterns("vendor", "__pycache__", "*.po")
    shutil.copytree(ROOT / "api", folder / "api", dirs_exist_ok=True, ignore=skipped)
    (folder / ".ci").mkdir()
    for name in (".ci/requirements.lock", ".ci/requirements-dev.lock", ".dockerignore", "Dockerfile", "LICENSE",
                 "README.md", "hatch_build.py", "pyproject.toml", "web-assets.json"):  # fmt: skip
        shutil.copy(ROOT / name, folder / name)
    today = datetime.now(UTC).date()
    say(folder, __version__, "1.1.0", str(today))
    say(folder, "1.0.0", "1.1.0", str(today))
    metadata = folder.parent / "releases/1.0.0/manifest.json"
    metadata.write_text(re.sub(r'"2031-', '"2020-', metadata.read_text(encoding="utf-8")), encoding="utf-8")
    commit(folder)
    return folder


@pytest.mark.usefixtures("identity")
def test_release_is_made(whole: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VESOC_SKIP_ASSETS", "1")
    monkeypatch.delenv("VESOC_SOURCES", raising=False)  # which has not the texts of an invented graph
    releases = whole.parent / "releases"
    arguments = ["1.1.0", "--root", str(whole), "--releases", str(releases)]
    before = {path for path in whole.parent.rglob("*") if ".git/" not in str(path)}
    assert main([*arguments, "--dry-run"]) == 0, capsys.readouterr().err
    made = {path for path in whole.parent.rglob("*") if ".git/" not in str(path)} - before
    assert [path for path in made if "__pycache__" not in str(path)] == []
    assert "nothing was made: without DRY_RUN=1" in capsys.readouterr().out
    monkeypatch.setattr("release.__main__.CHECKS", CHECKS[:1])  # the dry run has made the others
    assert main(arguments) == 0, capsys.readouterr().err
    folder = whole / "build/release/1.1.0"
    names = ["SHA256SUMS", "vesoc-1.1.0-context.tar.gz", "vesoc-1.1.0-py3-none-any.whl"]
    assert sorted(path.name for path in folder.iterdir()) == names
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert sums == {name: sha256((folder / name).read_bytes()).hexdigest() for name in names[1:]}
    assert (releases / "1.1.0/manifest.json").is_file()
    assert git(whole, "cat-file", "-t", "v1.1.0") == "tag\n"
    day = datetime.now(UTC).date()
    message = git(whole, "for-each-ref", "--format=%(contents)", "refs/tags/v1.1.0")
    assert message.strip() == f"vesoc 1.1.0 ({day})\n\n- **Data**: more.\n\n# kept"
    assert (
        f"nothing was pushed: git push origin v1.1.0, then publish {folder} and {releases}" in capsys.readouterr().out
    )
    assert git(whole, "status", "--porcelain") == ""
    git(whole, "tag", "--delete", "v1.1.0")
    assert main(arguments) == 0, capsys.readouterr().err  # as after a run that was cut off before the tag
    assert "release 1.1.0 is there already" in capsys.readouterr().out
    (whole / "README.md").write_text("not of the commit", encoding="utf-8")
    again = [artefacts.context.archive(whole, "HEAD", 1_000_000_000) for _ in range(2)]
    assert again[0] == again[1] != (folder / names[1]).read_bytes()
    assert again[0][4:8] == bytes(4), "gzip tells no time"
    with tarfile.open(fileobj=BytesIO(again[0])) as archive:
        told = archive.extractfile("README.md")
        assert told
        assert told.read() == (ROOT / "README.md").read_bytes()
    _require_buildable(folder / names[1], folder / names[2])


def _require_buildable(packed: Path, wheel: Path) -> None:
    """The context holds all that the Dockerfile copies, and its wheel is the one beside it."""
    moment = int(git(packed.parents[2], "log", "-1", "--format=%ct"))
    unpacked = packed.parent / "unpacked"
    with tarfile.open(packed) as archive:
        assert {one.mtime for one in archive} == {moment}
        assert [one.name for one in archive] == sorted(one.name for one in archive)
        assert {one.uid for one in archive} == {0}
        archive.extractall(unpacked, filter="data")
    assert (unpacked / ".ci/requirements.lock").is_file()
    assert not (unpacked / "docs").exists()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(unpacked / "dist")]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(moment)}
    subprocess.run(command, cwd=unpacked, env=environment, capture_output=True, check=True)
    [built] = (unpacked / "dist").iterdir()
    with zipfile.ZipFile(built) as one, zipfile.ZipFile(BytesIO(wheel.read_bytes())) as other_one:
        assert sorted(one.namelist()) == sorted(other_one.namelist())
        assert "vesoc/graph/data/ttl/metadata.ttl" in one.namelist()
    assert built.read_bytes() == wheel.read_bytes()


def test_make_passes_on_what_is_asked() -> None:
    command = ["make", "--dry-run", "--assume-old=check", "release", "VERSION=1.2.3", "DRY_RUN=1", "FIRST=1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "-m release 1.2.3 --dry-run --first" in done.stdout, done.stderr
    refused = subprocess.run(["make", "--dry-run", "release"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (refused.returncode, "VERSION" in refused.stderr) == (2, True)
