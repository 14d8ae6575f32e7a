"""Quality issues of concept schemes, as qSKOS names them: what each asks, and the query that finds who breaks it.

A concept at the top of its scheme is no orphan, for a code list is flat on purpose. The conditions that SKOS itself
sets (SKOS Reference: S9, S13, S14, S27, S46) are violations, the others warnings.
"""

from __future__ import annotations

from dataclasses import dataclass

NAMED_BY_TEXTS = "cs:doelgroep, cs:indicator, cs:instrument"  # schemes that name what the texts speak of
# Codes of ours that nothing uses, for a list may be complete beyond what the texts happen to need.
UNUSED = frozenset(
    {
        "actie:stopzetten",  # the counterpart of introducing
        "eenheid:cheque",  # a unit that a quantity may have; none in the graph has
        "eenheid:euro",  # what a changed amount is counted in; budget lines are in euro by definition
        "eenheid:maand",  # completes the units of time
        "instrumentsoort:vervroegde-uittreding",  # completes the categories of the European LMP database
        "kenmerk:aantal-uren",  # what a change may alter; no change in the graph does
        "kenmerk:bedrag",  # the same
        "kenmerk:looptijd",  # the same
        "kenmerk:scholingsniveau",  # what a criterion may test; no criterion in the graph does
        "organisatiesoort:redactie",  # the kind of the editors of the graph
        "vergelijking:gelijk",  # completes the comparisons
    }
)
SKOS_TERMS = (
    "skos:Collection, skos:Concept, skos:ConceptScheme, skos:OrderedCollection, skos:altLabel, skos:broadMatch, "
    "skos:broader, skos:broaderTransitive, skos:changeNote, skos:closeMatch, skos:definition, skos:editorialNote, "
    "skos:exactMatch, skos:example, skos:hasTopConcept, skos:hiddenLabel, skos:historyNote, skos:inScheme, "
    "skos:mappingRelation, skos:member, skos:memberList, skos:narrowMatch, skos:narrower, skos:narrowerTransitive, "
    "skos:notation, skos:note, skos:prefLabel, skos:related, skos:relatedMatch, skos:scopeNote, "
    "skos:semanticRelation, skos:topConceptOf"
)
USED = "SELECT DISTINCT ?used { ?used a skos:Concept . ?thing ?use ?used FILTER(!STRSTARTS(STR(?use), STR(skos:))) }"

_LABELS = "skos:prefLabel|skos:altLabel|skos:hiddenLabel"
_KEY = 'CONCAT(LCASE(STR({0})), "@", LANG({0}))'
_TEXTS = "skos:prefLabel skos:altLabel skos:hiddenLabel skos:definition skos:scopeNote"
_KINDS = "FILTER(?class IN (skos:Concept, skos:ConceptScheme))"
_UP = "(skos:broader|^skos:narrower)"
_TIES = "skos:broader|^skos:broader|skos:narrower|^skos:narrower|skos:related|^skos:related"
_TOP = "(skos:topConceptOf|^skos:hasTopConcept)"
_ALIKE = "(skos:exactMatch|^skos:exactMatch)"
_MAPPINGS = "skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch|skos:relatedMatch"
_MAPPED = "VALUES ?path { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch }"


@dataclass(frozen=True)
class Issue:
    """A quality issue: its code, what is wrong in Dutch and English, and the pattern that binds `?culprit`.

    `?path` and `?value` are the statement to mend where the pattern binds them. `rule` is the rule of our shapes that
    tells the same; `ours` is for an issue that has a meaning in our graph only; `integrity` is a condition of SKOS.
    """

    code: str
    nl: str
    en: str
    pattern: str
    rule: str | None = None
    ours: bool = False
    integrity: bool = False

    @property
    def query(self) -> str:
        """Who has the issue, each statement once."""
        return f"SELECT DISTINCT ?culprit ?path ?value {{ {self.pattern} }}"


ISSUES = (
    Issue(
        "language-tag",
        "Een label of omschrijving heeft geen taal, of een andere dan Nederlands of Engels.",
        "A label or description has no language, or another one than Dutch or English.",
        f"""VALUES ?path {{ {_TEXTS} }} ?culprit a ?class ; ?path ?value . {_KINDS}
        FILTER(LANG(?value) NOT IN ("nl", "en"))""",
        rule="R02",
    ),
    Issue(
        "language-coverage",
        "Wat in de ene taal gezegd wordt, ontbreekt in de andere.",
        "What is said in one language is missing in the other.",
        f"""VALUES ?path {{ skos:prefLabel skos:definition skos:scopeNote }} VALUES ?language {{ "nl" "en" }}
        ?culprit a ?class ; ?path ?value . {_KINDS}
        FILTER NOT EXISTS {{ ?culprit ?path ?text FILTER(LANG(?text) = ?language) }}""",
        rule="R02",
    ),
    Issue(
        "undocumented-concept",
        "Het concept heeft geen definitie.",
        "The concept has no definition.",
        "?culprit a skos:Concept . FILTER NOT EXISTS { ?culprit skos:definition ?text }",
    ),
    Issue(
        "overlapping-labels",
        "Een ander concept van het schema heeft hetzelfde label.",
        "Another concept of the scheme has the same label.",
        f"""{{ SELECT ?scheme ?key WHERE {{
          ?concept skos:inScheme ?scheme ; {_LABELS} ?label BIND({_KEY.format("?label")} AS ?key)
        }} GROUP BY ?scheme ?key HAVING(COUNT(DISTINCT ?concept) > 1) }}
        ?culprit skos:inScheme ?scheme ; ?path ?value FILTER({_KEY.format("?value")} = ?key)
        FILTER(?path IN (skos:prefLabel, skos:altLabel, skos:hiddenLabel))""",
        rule="R03",
    ),
    Issue(
        "missing-label",
        "Het concept of schema heeft geen naam.",
        "The concept or scheme has no preferred label.",
        f"?culprit a ?class . {_KINDS} FILTER NOT EXISTS {{ ?culprit skos:prefLabel ?label }}",
        rule="R02",
    ),
    Issue(
        "untidy-label",
        "Een label is leeg, heeft spaties aan een eind, of tekens die niemand ziet.",
        "A label is empty, has spaces at an end, or characters that nobody sees.",
        "VALUES ?path { skos:prefLabel skos:altLabel skos:hiddenLabel } ?culprit ?path ?value . "
        'FILTER(REGEX(STR(?value), "^\\\\s|\\\\s$|^$|[\\\\p{C}]"))',
        rule="R26",
    ),
    Issue(
        "orphan-concept",
        "Het concept hangt nergens aan vast: geen top van een schema, niets ruimers, engers of verwants.",
        "The concept is tied to nothing: no top of a scheme, nothing broader, narrower or related.",
        f"""?culprit a skos:Concept . FILTER NOT EXISTS {{ ?culprit {_TOP} ?scheme }}
        FILTER NOT EXISTS {{ ?culprit {_TIES} ?concept }}""",
        rule="R05",
    ),
    Issue(
        "disconnected-cluster",
        "Van dit concept leidt geen weg naar de top van een schema.",
        "No way leads from this concept to the top of a scheme.",
        f"""?culprit a skos:Concept . FILTER NOT EXISTS {{ ?culprit ({_TIES})*/{_TOP} ?scheme }}""",
    ),
    Issue(
        "cyclic-hierarchy",
        "Het concept is ruimer dan zichzelf.",
        "The concept is broader than itself.",
        f"?culprit a skos:Concept ; {_UP}+ ?culprit . OPTIONAL {{ BIND(skos:broader AS ?path) ?culprit ?path ?value }}",
        rule="R06",
    ),
    Issue(
        "hierarchical-redundancy",
        "Dat dit ruimer is, volgt al uit de stappen ertussen.",
        "That this is broader follows already from the steps between.",
        f"""?culprit {_UP} ?value . ?culprit {_UP}/{_UP}+ ?value .
        OPTIONAL {{ ?culprit ?path ?value FILTER(?path = skos:broader) }}""",
    ),
    Issue(
        "valueless-relation",
        "Verwant met een concept onder hetzelfde ruimere: dat zegt niets meer.",
        "Related to a concept under the same broader one: that says nothing more.",
        f"""?culprit skos:related|^skos:related ?value ; {_UP} ?parent . ?value {_UP} ?parent .
        OPTIONAL {{ ?culprit ?path ?value FILTER(?path = skos:related) }}""",
    ),
    Issue(
        "solely-transitive",
        "skos:broaderTransitive volgt uit skos:broader, en wordt niet zelf geschreven.",
        "skos:broaderTransitive follows from skos:broader, and is not written itself.",
        f"""?culprit skos:broaderTransitive|^skos:narrowerTransitive ?value .
        FILTER NOT EXISTS {{ ?culprit {_UP}+ ?value }}
        OPTIONAL {{ ?culprit ?path ?value FILTER(?path = skos:broaderTransitive) }}""",
    ),
    Issue(
        "no-top-concept",
        "Het schema heeft geen concept aan de top.",
        "The scheme has no top concept.",
        f"?culprit a skos:ConceptScheme . FILTER NOT EXISTS {{ ?concept {_TOP} ?culprit }}",
    ),
    Issue(
        "top-with-broader",
        "Een concept aan de top van zijn schema heeft niets ruimers.",
        "A concept at the top of its scheme has nothing broader.",
        f"?culprit {_TOP} ?scheme ; {_UP} ?value . OPTIONAL {{ ?culprit ?path ?value FILTER(?path = skos:broader) }}",
        rule="R05",
    ),
    Issue(
        "no-in-link",
        "Niets gebruikt dit concept.",
        "Nothing uses this concept.",
        f"""?culprit a skos:Concept . FILTER(?culprit NOT IN ({", ".join(sorted(UNUSED))}))
        MINUS {{ {{ {USED} }} ?used {_UP}* ?culprit }}""",
        rule="R27",
        ours=True,
    ),
    Issue(
        "no-out-link",
        "Het concept heeft geen vindplaats en geen tegenhanger elders.",
        "The concept has no passage and no counterpart elsewhere.",
        f"""?culprit skos:inScheme ?scheme . FILTER(?scheme IN ({NAMED_BY_TEXTS}))
        FILTER NOT EXISTS {{ ?culprit vesoc:hasEvidence/oa:hasSource ?document }}
        FILTER NOT EXISTS {{ ?culprit {_MAPPINGS} ?elsewhere }}""",
        ours=True,
    ),
    Issue(
        "broken-link",
        "Een IRI van ons die niets beschrijft.",
        "An IRI of ours that nothing describes.",
        """{ ?thing ?property ?culprit . FILTER(?property NOT IN (owl:versionIRI, owl:priorVersion, void:vocabulary)) }
        UNION { ?culprit ?property ?thing } UNION { ?thing ?culprit ?object }
        FILTER(ISIRI(?culprit) && STRSTARTS(STR(?culprit), STR(<>)))
        FILTER(!STRSTARTS(STR(?culprit), STR(<id/graaf/>)))
        FILTER NOT EXISTS { ?culprit a ?class } FILTER NOT EXISTS { ?culprit owl:deprecated ?withdrawn }""",
        rule="R15",
        ours=True,
    ),
    Issue(
        "broken-link-to-others",
        "Een verwijzing naar elders heeft niet de vorm van de IRI's daar.",
        "A link to elsewhere has not the form of the IRIs there.",
        f"""?culprit a skos:Concept ; {_MAPPINGS}|rdfs:seeAlso ?value .
        FILTER(!ISIRI(?value) || !REGEX(STR(?value), "^http://(eurovoc.europa.eu/\\\\d+|qudt.org/vocab/unit/\\\\w+)$"))
        ?culprit ?path ?value""",
        ours=True,
    ),
    Issue(
        "undefined-skos-term",
        "SKOS heeft deze term niet.",
        "SKOS has no such term.",
        f"""{{ ?thing ?culprit ?object }} UNION {{ ?thing ?property ?culprit }} FILTER(ISIRI(?culprit))
        FILTER(STRSTARTS(STR(?culprit), STR(skos:)) && ?culprit NOT IN (skos:, {SKOS_TERMS}))""",
        rule="unknown-term",
    ),
    Issue(
        "relation-clash",
        "Verwant en ruimer sluiten elkaar uit (SKOS S27).",
        "Related and broader exclude each other (SKOS S27).",
        f"""?culprit skos:related|^skos:related ?value . ?culprit {_UP}+ ?value .
        OPTIONAL {{ ?culprit ?path ?value FILTER(?path = skos:related) }}""",
        integrity=True,
    ),
    Issue(
        "mapping-clash",
        "Hetzelfde als iets, en toch ruimer, enger of verwant (SKOS S46).",
        "The same as something, and yet broader, narrower or related (SKOS S46).",
        f"""?culprit {_ALIKE}+ ?value .
        ?culprit skos:broadMatch|^skos:broadMatch|skos:narrowMatch|^skos:narrowMatch|skos:relatedMatch ?value .
        OPTIONAL {{ ?culprit ?path ?value FILTER(?path IN (skos:broadMatch, skos:narrowMatch, skos:relatedMatch)) }}""",
        integrity=True,
    ),
    Issue(
        "mapping-misuse",
        "Een tegenhanger staat in een ander schema, en alleen een concept heeft er een.",
        "A mapping leads to another scheme, and only a concept has one.",
        f"""{_MAPPED} ?culprit ?path ?value .
        OPTIONAL {{ ?culprit skos:inScheme ?scheme }} OPTIONAL {{ ?value skos:inScheme ?same }}
        FILTER(!BOUND(?scheme) || (BOUND(?same) && ?same = ?scheme))""",
    ),
    Issue(
        "mapped-together",
        "Twee concepten van een schema zijn hetzelfde als één concept elders.",
        "Two concepts of a scheme are the same as one concept elsewhere.",
        f"""?culprit skos:inScheme ?scheme ; {_ALIKE}+ ?other . ?other skos:inScheme ?scheme .
        FILTER(?culprit != ?other)
        OPTIONAL {{ ?culprit ?path ?value FILTER(?path = skos:exactMatch) }}""",
    ),
    Issue(
        "two-preferred-labels",
        "Een concept heeft per taal één naam (SKOS S14).",
        "A concept has one preferred label a language (SKOS S14).",
        """VALUES ?path { skos:prefLabel } ?culprit ?path ?value , ?two .
        FILTER(LANG(?value) = LANG(?two) && STR(?value) > STR(?two))""",
        rule="R02",
        integrity=True,
    ),
    Issue(
        "label-of-two-kinds",
        "Een tekst is voor een concept maar één soort label (SKOS S13).",
        "A text is only one kind of label to a concept (SKOS S13).",
        """?culprit ?one ?value ; ?path ?value . VALUES (?one ?path) {
          (skos:prefLabel skos:altLabel) (skos:prefLabel skos:hiddenLabel) (skos:altLabel skos:hiddenLabel)
        }""",
        rule="R04",
        integrity=True,
    ),
    Issue(
        "ambiguous-notation",
        "Een notatie hoort in een schema bij één concept, en een concept heeft er één.",
        "In a scheme a notation belongs to one concept, and a concept has one.",
        """VALUES ?path { skos:notation }
        ?culprit skos:inScheme ?scheme ; ?path ?value . ?other skos:inScheme ?scheme ; skos:notation ?two .
        FILTER((?culprit = ?other && ?value != ?two) || (?culprit != ?other && ?value = ?two))""",
    ),
    Issue(
        "scheme-is-concept",
        "Niets is zowel concept als schema (SKOS S9).",
        "Nothing is both a concept and a scheme (SKOS S9).",
        "VALUES (?path ?value) { (rdf:type skos:ConceptScheme) } ?culprit a skos:Concept ; ?path ?value .",
        integrity=True,
    ),
)
