"""An assessment as bytes, in each of the forms that programs read."""

from __future__ import annotations

import json

from vesoc import formats
from vesoc.quality import dqv, report
from vesoc.quality.assessment import Assessment

FORMS = (formats.TURTLE, formats.JSON, formats.JSON_LD, formats.RDF_XML, formats.N_TRIPLES, formats.CSV)


def encoded(assessment: Assessment, suffix: str, language: str, document: str | None = None) -> bytes:
    """The assessment in the form of that suffix; in RDF it is the document at that address."""
    if suffix == "json":
        return json.dumps(assessment.document(), ensure_ascii=False, indent=2).encode() + b"\n"
    if suffix == "csv":
        return report.table(assessment, language).encode()
    form = formats.by_suffix(suffix, formats.TRIPLES)
    assert form
    return dqv.written(assessment, form, document)
