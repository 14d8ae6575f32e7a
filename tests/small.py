"""The invented graph of the shapes' tests as a folder of its own, for tests that change files."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import ROOT

from vesoc.canonical import canonical

QUERY = "#+ question: x\nPREFIX ins: <https://w3id.org/vesoc-kg/id/instrument/>\nSELECT * { ins:proefcheque ?p ?o }\n"


def root(folder: Path) -> Path:
    """A root with our ontology and shapes, the invented graph in one file, and a query that names a thing of it."""
    for part in ("ontology", "shapes"):
        shutil.copytree(ROOT / part, folder / part)
    (folder / "data" / "ttl" / "proef").mkdir(parents=True)
    (folder / "queries").mkdir()
    (folder / "queries" / "what-is-this.rq").write_text(QUERY, encoding="utf-8")
    text = (ROOT / "tests" / "shapes" / "base.ttl").read_text(encoding="utf-8")
    (folder / "data" / "ttl" / "proef" / "akkoord.ttl").write_text(canonical(text), encoding="utf-8")
    return folder
