"""The invented graph as something that is released: its version, a term of its own, and queries that are in form."""

from __future__ import annotations

import re
from pathlib import Path

import small

from vesoc.canonical import canonical
from vesoc.names import PREFIXES

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


def released(place: Path) -> Path:
    """The invented graph with our ontology and shapes in a folder, and what is told of it as a whole."""
    folder = small.root(place)
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
