"""What the kinds of things are called: by the words of the site, or as the ontology calls their class."""

from __future__ import annotations

from types import MappingProxyType

from pyoxigraph import NamedNode

from vesoc.catalogues import translation
from vesoc.labels import Labels
from vesoc.search.facets import KIND
from vesoc.words import KINDS


def _kind(singular: str, plural: str) -> tuple[str, str]:
    """Marks two words for the catalogues."""
    return singular, plural


_SORTS = MappingProxyType(
    {
        "Agreement": KINDS["akkoord"],
        "AgreementPart": KINDS["deel"],
        "BudgetLine": KINDS["budgetlijn"],
        "BudgetTotal": KINDS["budgettotaal"],
        "Claim": KINDS["bewering"],
        "EligibilityCriterion": KINDS["voorwaarde"],
        "Goal": KINDS["doelstelling"],
        "Indicator": KINDS["indicator"],
        "Instrument": KINDS["instrument"],
        "InstrumentChange": KINDS["wijziging"],
        "Measure": KINDS["maatregel"],
        "Signature": KINDS["ondertekening"],
        "SourceDocument": KINDS["bron"],
        "TargetGroup": KINDS["doelgroep"],
        "dcterms:PeriodOfTime": KINDS["periode"],
        "foaf:Person": KINDS["persoon"],
        "org:Membership": KINDS["functie"],
        "org:Organization": KINDS["organisatie"],
        "owl:AnnotationProperty": _kind("property for annotations", "properties for annotations"),
        "owl:Class": _kind("class", "classes"),
        "owl:DatatypeProperty": _kind("property with a literal", "properties with a literal"),
        "owl:ObjectProperty": _kind("property with a thing", "properties with a thing"),
        "owl:Ontology": _kind("ontology", "ontologies"),
        "sh:SPARQLExecutable": _kind("question with an answer", "questions with an answer"),
        "skos:Concept": KINDS["concept"],
        "skos:ConceptScheme": KINDS["conceptscheme"],
    }
)


def word(kind: str, labels: Labels, base: str, language: str, many: bool = False) -> str:
    """A kind, as the facet of that name has it, in a word."""
    if kind in _SORTS:
        return translation(language).ngettext(*_SORTS[kind], 2 if many else 1)
    return labels.of(NamedNode(KIND.iri(kind, base)))
