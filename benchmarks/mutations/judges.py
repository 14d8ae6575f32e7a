"""The steps of `vesoc validate` as judges of a damaged graph: what each finds in it."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from benchmarks.mutations.trial import Findings, Judge
from vesoc.checks import pointers, shacl, skos, vocabulary
from vesoc.checks.material import Document, Material
from vesoc.checks.step import Step
from vesoc.names import BASE
from vesoc.places import Places
from vesoc.shapes import Shapes

_STEPS = (shacl.STEP, vocabulary.STEP, skos.STEP, pointers.STEP)
FIRST = shacl.STEP.name


def judges(
    found: Places, shapes: Shapes, sources: Path | None, names: tuple[str, ...] | None = None
) -> dict[str, Judge]:
    """The judges by name, `shacl` first; a step that cannot run here, for its texts are not here, is left out."""
    empty = Material((), BASE, shapes, found, sources=sources)
    able = [step for step in _STEPS if (names is None or step.name in names) and step.hindrance(empty) is None]
    return {step.name: _judge(step, empty) for step in able}


def _judge(step: Step, empty: Material) -> Judge:
    def findings(quads: list[Quad]) -> Findings:
        content = serialize(quads, format=RdfFormat.N_QUADS)
        assert content is not None
        document = Document("damaged", content, RdfFormat.N_QUADS, BASE)
        look = step.look(Material((document,), BASE, empty.shapes, empty.places, sources=empty.sources))
        return frozenset(
            (found.thing or "", found.value or "", f"{found.rule} {found.shape} {found.component} {found.path}")
            for found in look.findings
        )

    return findings
