"""The kinds of differences between two editions, and what each weighs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """The part of a version number that a difference asks to be raised."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """The name in lower case."""
        return self.name.lower()


@dataclass(frozen=True)
class Kind:
    """A kind of difference: its name, its weight, and what it is."""

    name: str
    weight: Weight
    what: str


@dataclass(frozen=True)
class Difference:
    """One difference: of which kind, at which IRI, and what it is in particular."""

    kind: Kind
    about: str
    detail: str = ""


def _kinds(weight: Weight, **told: str) -> dict[str, Kind]:
    return {name: Kind(name.replace("_", " "), weight, what) for name, what in told.items()}


_TABLE = {
    **_kinds(
        Weight.MAJOR,
        name_removed="an IRI of ours that was published is described no more, and no tombstone tells where it went",
        name_misled="a withdrawn IRI leads to something that is not described",
        term_gone="a class or property is withdrawn without a replacement",
        term_of_another_kind="a class, object property, datatype property or annotation property becomes another",
        reused_term_dropped="a term of others that the data used is declared no more",
        functional_changed="a property gets or loses the promise of at most one value; JSON-LD changes with it",
        broader_term_gained="an existing term comes below another existing term",
        broader_term_lost="a term is no longer below another, not even by way of a third",
        hint_narrowed="the domain or range of a property leaves out what it took in",
        axiom_gained="a restriction, disjointness, characteristic, equivalence or other axiom of existing terms",
        entailment_lost="an equivalence, an inverse, transitivity, symmetry or other axiom is stated no more",
        constraint_stricter="a shape of severity Violation demands more, reaches more, or is new",
        constraint_replaced="a query, pattern or path of a shape of severity Violation was replaced: "
        "nobody can compute whether it demands more",
        class_lost="a thing is no longer what it was",
        notation_lost="a notation that others may have stored stands for nothing any more",
        scheme_left="a concept leaves its concept scheme",
        graph_gone="a named graph holds nothing any more",
        licence_changed="the licence under which something was published is stated no more",
        namespace_changed="the namespace that the ontology prefers is another",
    ),
    **_kinds(
        Weight.MINOR,
        name_withdrawn="an IRI has become a tombstone: 301 to its replacement, or 410 with the reason",
        name_restored="an IRI that was deprecated or withdrawn is in use again",
        name_deprecated="a term or thing is deprecated and still described",
        term_added="a class or property of ours is new",
        reused_term_added="a term of others is declared",
        new_broader_term="an existing term comes below a term that is new here",
        hint_widened="the domain or range of a property takes in more",
        axiom_lost="a restriction, disjointness or restricting characteristic is stated no more",
        axiom_with_new_term="an axiom ties an existing term to one that is new",
        alignment_added="a term is tied to one of others by rdfs:seeAlso or a SKOS mapping",
        constraint_looser="a shape demands less, reaches less, or is gone",
        constraint_vouched_for="such a query, pattern or path, of which an editor says by vs:compatibleWith "
        "that it accepts all that the last release accepted",
        constraint_of_new_terms="a new shape whose targets are all new",
        remark_changed="a shape of severity Warning or Info demands more or other things",
        thing_added="a concept, scheme, agreement, measure or other thing is described for the first time",
        class_gained="a thing gets one more class",
        place_in_tree_changed="a concept gets another broader, narrower, related or top concept",
        property_taken_up="things of a class have a property that none of them had",
        property_given_up="no thing of a class has a property any more that some had",
        graph_added="a named graph is new",
    ),
    **_kinds(
        Weight.PATCH,
        unused_term_dropped="a term of others that the data did not use is declared no more",
        wording_changed="a label, definition, note or other annotation of a term",
        shape_wording_changed="a message, remedy or other annotation of a shape or rule",
        value_changed="a property of a thing has other values",
    ),
}


KINDS = tuple(_TABLE.values())


def kind(name: str) -> Kind:
    """The kind of that name, with spaces between its words."""
    return _TABLE[name.replace(" ", "_")]
