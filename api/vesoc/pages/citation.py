"""How to cite a thing of the graph: in words after APA, and as BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from pyoxigraph import NamedNode

from vesoc.formats import BIBTEX, CSL_JSON, RIS, Format
from vesoc.pages.values import Value
from vesoc.pages.view import View

# What TeX takes for commands, as it prints them.
_TEX = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Citation:
    """A thing as an entry of a data set, which has a version of a day and the digest of what it says."""

    iri: str
    path: str
    title: Value
    whole: str
    author: str
    version: str
    day: date
    digest: str
    language: str

    def written(self, form: Format, accessed: date | None = None) -> str:
        """The entry in BibTeX, RIS or CSL-JSON; `accessed` is the day on which the data was read."""
        return {BIBTEX: self.bibtex, RIS: self.ris, CSL_JSON: self.csl}[form](accessed)

    def bibtex(self, accessed: date | None = None) -> str:
        """The entry for BibTeX and BibLaTeX, in UTF-8."""
        fields = {
            "author": f"{{{tex(self.author)}}}",
            "title": f"{{{tex(self.title.text)}}}",
            "howpublished": f"{{{tex(self.whole)}}}, version {tex(self.version)}",
            "year": f"{self.day.year}",
            "month": _MONTHS[self.day.month - 1],
            "version": tex(self.version),
            "note": f"Data set, SHA-256 {self.digest}" if self.digest else "Data set",
            "url": self.iri,
            "urldate": accessed.isoformat() if accessed else "",
            "langid": {"nl": "dutch", "en": "english"}[self.language],
        }
        kept = {name: text if name == "month" else f"{{{text}}}" for name, text in fields.items() if text}
        lines = ",\n".join(f"  {name} = {text}" for name, text in kept.items())
        return f"@misc{{{self._key},\n{lines}\n}}\n"

    def ris(self, accessed: date | None = None) -> str:
        """The entry for reference managers: a tag, two spaces, a hyphen and a text a line."""
        fields = [
            ("TY", "DATA"),
            ("TI", self.title.text),
            ("T2", self.whole),
            ("AU", self.author),
            ("PY", f"{self.day.year}"),
            ("DA", f"{self.day:%Y/%m/%d}"),
            ("ET", self.version),
            ("N1", f"SHA-256 {self.digest}" if self.digest else ""),
            ("LA", self.language),
            ("UR", self.iri),
            ("Y2", f"{accessed:%Y/%m/%d}" if accessed else ""),
        ]
        lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in fields if text]
        return "\r\n".join([*lines, "ER  - ", ""])

    def csl(self, accessed: date | None = None) -> str:
        """The entry as the Citation Style Language has it in JSON."""
        entry = {
            "id": self.iri,
            "type": "dataset",
            "title": self.title.text,
            "container-title": self.whole,
            "author": [{"literal": self.author}],
            "issued": _parts(self.day),
            **({"accessed": _parts(accessed)} if accessed else {}),
            "version": self.version,
            **({"note": f"SHA-256 {self.digest}"} if self.digest else {}),
            "language": self.language,
            "URL": self.iri,
        }
        lines = (f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in entry.items())
        return "[{\n" + ",\n".join(lines) + "\n}]\n"

    @property
    def _key(self) -> str:
        """The name of the entry: the path of the thing, in letters that no dialect minds."""
        path = self.iri.split("/id/")[-1].removeprefix("https://")
        return re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-")


def tex(text: str) -> str:
    """The text so that TeX prints it as it is."""
    return "".join(_TEX.get(letter, letter) for letter in text)


def citation(view: View, node: NamedNode, digest: str) -> Citation | None:
    """How to cite a thing of ours; None for others', and where the graph does not say what data set it is of."""
    if not node.value.startswith(view.base):
        return None
    whole = NamedNode(f"{view.base}id/dataset/vesoc")
    version, changed = view.one(whole, "dcat:version"), view.one(whole, "dcterms:modified")
    publisher, name = view.one(whole, "dcterms:publisher"), view.text(whole, "dcterms:title")
    day = _day(changed.value) if changed else None
    if not (version and day and publisher and name):
        return None
    author = view.link(publisher).text
    path = f"/cite/{view.href(node.value).removeprefix('/doc/').removeprefix('/')}"
    language = view.reader.language
    return Citation(node.value, path, view.link(node), name.text, author, version.value, day, digest, language)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _parts(day: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]}
