"""Where the files are: the one rule by which the graph's own folders are found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vesoc.errors import VesocError

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Places:
    """The folders of the graph under one root."""

    root: Path

    @property
    def ontology(self) -> Path:
        """Ontology, alignments and axioms."""
        return self.root / "ontology"

    @property
    def axioms(self) -> Path:
        """The axioms, which are kept out of what is served."""
        return self.ontology / "vesoc-axioms.ttl"

    @property
    def data(self) -> Path:
        """One file or folder per named graph."""
        return self.root / "data" / "ttl"

    @property
    def shapes(self) -> Path:
        """SHACL shapes."""
        return self.root / "shapes"

    @property
    def queries(self) -> Path:
        """The library of queries."""
        return self.root / "queries"


def foreign(name: str) -> bool:
    """Whether a file or folder of this name is no part of the graph: hidden, or a lock or copy that an editor keeps."""
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))


def find(root: Path | None = None) -> Places:
    """The places under `root` if given, else those of the installed package, else those of the checkout around it."""
    candidates = [root] if root else [_PACKAGE / "graph", _PACKAGE.parent.parent]
    for candidate in candidates:
        if (candidate / "ontology" / "vesoc.ttl").is_file():
            return Places(candidate.resolve())
    looked = ", ".join(str(candidate / "ontology" / "vesoc.ttl") for candidate in candidates)
    raise VesocError(f"no graph found (looked for {looked}); set VESOC_ROOT to the folder that holds ontology/")
