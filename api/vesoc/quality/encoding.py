"""An assessment as bytes, in each of the forms that programs read."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Encoding:
    """An assessment in one form, and the SHA-256 of it."""

    body: bytes
    digest: str


class Encodings:
    """An assessment and its encodings, each made once and beside the event loop; `document` is its address."""

    def __init__(self, assessment: Assessment, document: str) -> None:
        self.assessment = assessment
        self._document = document
        self._made: dict[tuple[str, str], Encoding] = {}
        self._making = asyncio.Lock()

    async def get(self, suffix: str, language: str) -> Encoding:
        """The assessment in the form of that suffix; the language is that of the text in a table."""
        key = (suffix, language if suffix == formats.CSV.suffix else "")
        async with self._making:
            if key not in self._made:
                self._made[key] = await asyncio.to_thread(self._encoding, *key)
            return self._made[key]

    def _encoding(self, suffix: str, language: str) -> Encoding:
        body = encoded(self.assessment, suffix, language, self._document)
        return Encoding(body, hashlib.sha256(body).hexdigest())
