"""What the graph says of one thing, for a terminal: with the file and line that say so, and the names that are near."""

from __future__ import annotations

import difflib

from vesoc import formats, resource
from vesoc.candidates import Candidates
from vesoc.dataset import Dataset
from vesoc.errors import VesocError
from vesoc.formats import JSON_LD, RDF_XML, Format
from vesoc.names import prefixes
from vesoc.rdf import Writer
from vesoc.whereabouts import Whereabouts

_NO_COMMENTS = (JSON_LD, RDF_XML)


def described(data: Dataset, name: str, suffix: str, whereabouts: Whereabouts | None) -> tuple[bytes, list[str], bool]:
    """What is said of a thing in a format, the places that say so, and whether these are comments in it already.

    VesocError for a name or format that is unknown, and for a thing of which nothing is said.
    """
    form = formats.by_suffix(suffix, formats.GRAPHS)
    if form is None:
        offers = ", ".join(offer.suffix for offer in formats.GRAPHS)
        raise VesocError(f"unknown format {suffix!r}; there are {offers}")
    iri = expanded(name, data.base)
    if resource.named_node(iri) is None or not resource.known(data.store, iri):
        raise VesocError(f"the graph says nothing of {iri}{_near(data, iri)}")
    places = [str(place) for place in whereabouts.of(iri)] if whereabouts else []
    body = Writer(data.store, data.base, "").write(resource.outgoing(data.store, iri), form)
    return _comments(places, form) + body, places, form not in _NO_COMMENTS


def expanded(name: str, base: str) -> str:
    """The IRI of an IRI, of a path below the base, or of a name with a prefix; VesocError for anything else."""
    plain = name.removeprefix("<").removesuffix(">")
    prefix, colon, local = plain.partition(":")
    known = prefixes(base)
    if "://" in plain:
        return plain
    if colon and prefix in known:
        return known[prefix] + local
    if plain.startswith(("id/", "ns#")) or plain == "ns":
        return base + plain
    near = difflib.get_close_matches(prefix, known, n=3) if colon else []
    hint = f"; prefixes like it: {', '.join(near)}" if near else ""
    raise VesocError(f"{name!r} is no IRI and has no prefix of ours{hint}; give mtr:ahad-s01-4a, or a whole IRI")


def _near(data: Dataset, iri: str) -> str:
    own = iri.removeprefix(f"{data.base}id/")
    found = Candidates(data.store, data.base).near(own) if own != iri else []
    return f"; near it: {', '.join(_short(one, data.base) for one, _ in found)}" if found else ""


def _short(iri: str, base: str) -> str:
    fitting = [(prefix, space) for prefix, space in prefixes(base).items() if iri.startswith(space)]
    prefix, space = max(fitting, key=lambda pair: len(pair[1]), default=("", ""))
    return f"{prefix}:{iri.removeprefix(space)}" if prefix else iri


def _comments(places: list[str], form: Format) -> bytes:
    return b"" if form in _NO_COMMENTS else "".join(f"# {place}\n" for place in places).encode()
