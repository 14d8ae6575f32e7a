"""Whether datasets keep to DCAT-AP: what the SHACL shapes find, each finding with the dataset that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import as_file, files
from pathlib import Path

from vesoc.quality.catalogue import Catalogue, Node
from vesoc.shapes import Shapes
from vesoc.validation import Finding, check


def shapes(paths: Iterable[Path] = ()) -> Shapes:
    """The shapes in those files or folders; ours of DCAT-AP 3.0.1 where there are none."""
    given = list(paths)
    if given:
        return Shapes(*given)
    with as_file(files("vesoc") / "quality" / "dcat-ap.ttl") as path:
        return Shapes(path)


def violations(catalogue: Catalogue, used: Shapes) -> Mapping[str, list[Finding]]:
    """The violations by focus node; warnings and remarks do not count."""
    found: dict[str, list[Finding]] = {}
    for finding in check(catalogue.quads, used).findings:
        if finding.severity == "Violation":
            found.setdefault(finding.focus, []).append(finding)
    return found


def of(parts: Iterable[Node], found: Mapping[str, list[Finding]]) -> list[Finding]:
    """The violations of those nodes."""
    return [finding for part in sorted(parts, key=str) for finding in found.get(part.value, [])]


def told(finding: Finding) -> Mapping[str, str]:
    """What a finding says, by language; a shape that says nothing is told by its property and constraint."""
    said = {language: f"{finding.focus}: {text}" for language, text in finding.messages.items()}
    constraint = finding.component.rpartition("#")[2].removesuffix("ConstraintComponent")
    return said or {"": f"{finding.focus}: {finding.path or ''} {constraint}"}
