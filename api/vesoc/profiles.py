"""What a document about a thing may conform to: W3C Content Negotiation by Profile, by header and by query string."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from vesoc import formats
from vesoc.catalogues import translation
from vesoc.errors import Problem
from vesoc.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from vesoc.names import term
from vesoc.words import LANGUAGES

_VOCABULARY = "http://www.w3.org/ns/dx/prof/"
CLASS = f"{_VOCABULARY}Profile"
MODEL = "http://www.w3.org/ns/dx/connegp/altr#"
_TRIPLES = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES)


@dataclass(frozen=True, eq=False)
class Profile:
    """A profile by its token; `offers` are its formats, and `standards` the IRIs of what else such documents follow."""

    token: str
    offers: tuple[Format, ...]
    standards: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def iri(self, base: str) -> str:
        """The name of the profile."""
        return f"{base}profiles/{self.token}"

    def field(self, base: str) -> str:
        """The value of Content-Profile."""
        return ", ".join(f"<{iri}>" for iri in (self.iri(base), *self.standards))

    def named(self, name: str, base: str) -> bool:
        """Whether it is the profile of that token or IRI."""
        return name in (self.token, self.iri(base), *self.standards, *self.others)


VESOC = Profile("vesoc", formats.RESOURCES)
LABELLED = Profile("labelled", (TURTLE, JSON_LD, RDF_XML, N_TRIPLES, formats.N_QUADS, formats.TRIG))
SCHEMA = Profile("schema", (JSON_LD, TURTLE, RDF_XML, N_TRIPLES), ("https://schema.org/",), ("http://schema.org/",))
ALTERNATES = Profile("alt", (*_TRIPLES, formats.HTML), (MODEL.rstrip("#"),), ("all",))
PROFILES = (VESOC, LABELLED, SCHEMA, ALTERNATES)


def _(text: str) -> str:
    """Marks a text for the catalogues."""
    return text


MEANINGS = MappingProxyType(
    {
        "vesoc": _("What the graph says of the thing and of its parts, in the terms of the VESOC ontology."),
        "labelled": _("The same as vesoc, with the class and the labels of everything that is mentioned."),
        "schema": _("What schema.org can say of the thing without saying more than the graph."),
        "alt": _("The list of all that there is to be had, by profile and format."),
    }
)


def acceptable(asked: str | None, field: str | None, base: str) -> list[Profile]:
    """The profiles that a client takes, the one it likes best first.

    `asked` is what its address names, which goes before `field`, its Accept-Profile; an unknown name there gets what
    those get who name none. Problem 406 where the field names unknown ones only.
    """
    if asked is not None:
        return [_named(asked, base) or VESOC]
    members = sorted(formats.weighted(field or ""), key=lambda member: -member[1])
    if not members:
        return [VESOC]
    names = [name.removeprefix("<").removesuffix(">") for name, weight in members if weight > 0]
    found = [VESOC if name == "*" else _named(name, base) for name in names]
    if not any(found):
        offers = [profile.iri(base) for profile in PROFILES]
        raise Problem(406, f"none of the profiles asked for is on offer: {', '.join(offers)}", extra={"offers": offers})
    return [profile for profile in found if profile]


def get(token: str) -> Profile:
    """The profile of that token."""
    return next(profile for profile in PROFILES if profile.token == token)


def address(document: str, profile: Profile, form: Format) -> str:
    """Where the document is to be had in that profile and format."""
    query = "" if profile is VESOC else f"?_profile={profile.token}"
    if "?" in document:
        return f"{document}&_mediatype={form.suffix}{query.replace('?', '&')}"
    return f"{document}.{form.suffix}{query}"


def offers(document: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The profiles by token, each with the media types and addresses of its formats."""
    return [(one.token, [(form.types[0], address(document, one, form)) for form in one.offers]) for one in PROFILES]


def alternates(document: str, base: str) -> list[Triple]:
    """All representations of a document, given by its whole address, in the model of the recommendation."""
    node = NamedNode(document)
    triples = []
    for profile in PROFILES:
        for form in profile.offers:
            one = NamedNode(address(document, profile, form))
            default = profile is VESOC and form is profile.offers[0]
            names = ["hasRepresentation", *(["hasDefaultRepresentation"] if default else [])]
            triples += [Triple(node, NamedNode(MODEL + name), one) for name in names]
            triples += _representation(one, profile, form, base)
    return triples


def described(profile: Profile, base: str) -> list[Triple]:
    """What a profile is, in the Profiles Vocabulary."""
    node = NamedNode(profile.iri(base))
    told = {language: translation(language).gettext(MEANINGS[profile.token]) for language in LANGUAGES}
    return [
        Triple(node, term("rdf:type"), NamedNode(CLASS)),
        Triple(node, NamedNode(f"{_VOCABULARY}hasToken"), Literal(profile.token)),
        *(Triple(node, NamedNode(f"{_VOCABULARY}isProfileOf"), NamedNode(iri)) for iri in profile.standards),
        *(Triple(node, term("rdfs:comment"), Literal(said, language=language)) for language, said in told.items()),
    ]


def _representation(one: NamedNode, profile: Profile, form: Format, base: str) -> list[Triple]:
    subject: NamedNode | BlankNode = one
    return [
        Triple(subject, term("rdf:type"), NamedNode(f"{MODEL}Representation")),
        Triple(subject, term("dcterms:conformsTo"), NamedNode(profile.iri(base))),
        Triple(subject, term("dcterms:format"), Literal(form.types[0])),
    ]


def _named(name: str, base: str) -> Profile | None:
    return next((profile for profile in PROFILES if profile.named(name, base)), None)
