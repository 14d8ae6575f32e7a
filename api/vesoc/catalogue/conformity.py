"""Whether our catalogue may be harvested: what must be set first, and what the SHACL shapes find in it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import parse

from vesoc.catalogue.catalogue import STEM
from vesoc.formats import N_TRIPLES
from vesoc.settings import Settings
from vesoc.shapes import Shapes
from vesoc.validation import Finding, Report, check

# Our own: DCAT-AP 3.0.1, and what the profile of Flanders of 12 February 2026 and its harvesters ask beside it.
_SHAPES = ("quality/dcat-ap.ttl", "catalogue/dcat-ap-vl.ttl")
_UNSET = MappingProxyType(
    {
        "nl": "{} is niet ingesteld: stel het in voor iemand de catalogus oogst.",
        "en": "{} is not set: set it before anyone harvests the catalogue.",
    }
)


def shapes(paths: Iterable[Path] = ()) -> Shapes:
    """Our shapes for catalogues, and those in other files and folders beside them."""
    with as_file(files("vesoc")) as package:
        return Shapes(*(package / name for name in _SHAPES), *paths)


def conformity(folder: Path, used: Shapes) -> Report:
    """What the shapes find in the catalogue in that folder."""
    return check(list(parse(path=folder / f"{STEM}.{N_TRIPLES.suffix}")), used)


def unset(chosen: Settings) -> Report:
    """What is still to be set before anyone may harvest, a violation each."""
    return Report(tuple(_finding(chosen, name) for name in chosen.missing()), {})


def _finding(chosen: Settings, name: str) -> Finding:
    return Finding(
        rule=name,
        severity="Violation",
        focus=f"{chosen.base}id/dataset/catalogus",
        path=None,
        value=None,
        messages={language: text.format(name) for language, text in _UNSET.items()},
        shape=name,
        component="",
    )
