"""Words that more than one page uses: the languages, the kinds of things, the kinds of problems."""

from __future__ import annotations

from types import MappingProxyType

LANGUAGES = ("nl", "en")


def _kind(singular: str, plural: str) -> tuple[str, str]:
    """Marks two words for the catalogues."""
    return singular, plural


# The kinds of things that may be browsed, by the first segment of their path: one and many of them.
KINDS = MappingProxyType(
    {
        "akkoord": _kind("agreement", "agreements"),
        "deel": _kind("part of an agreement", "parts of agreements"),
        "maatregel": _kind("measure", "measures"),
        "instrument": _kind("instrument", "instruments"),
        "wijziging": _kind("change to an instrument", "changes to instruments"),
        "doelgroep": _kind("target group", "target groups"),
        "voorwaarde": _kind("eligibility criterion", "eligibility criteria"),
        "organisatie": _kind("organisation", "organisations"),
        "persoon": _kind("person", "persons"),
        "functie": _kind("post", "posts"),
        "ondertekening": _kind("signature", "signatures"),
        "budgetlijn": _kind("budget line", "budget lines"),
        "budgettotaal": _kind("budget total", "budget totals"),
        "doelstelling": _kind("goal", "goals"),
        "hoeveelheid": _kind("quantity", "quantities"),
        "indicator": _kind("indicator", "indicators"),
        "bewering": _kind("claim", "claims"),
        "bron": _kind("source document", "source documents"),
        "vindplaats": _kind("passage", "passages"),
        "conceptscheme": _kind("concept scheme", "concept schemes"),
        "concept": _kind("concept", "concepts"),
        "periode": _kind("period", "periods"),
        "graaf": _kind("named graph", "named graphs"),
    }
)


def _problem(meaning: str) -> str:
    """Marks a text for the catalogues."""
    return meaning


# The kinds of problems (RFC 9457) and what they mean.
PROBLEMS = MappingProxyType(
    {
        "syntax": _problem("the query is not SPARQL"),
        "prefix": _problem("a prefix is not declared"),
        "scope": _problem("a variable stands where it cannot be"),
        "update": _problem("this endpoint changes nothing"),
        "evaluation": _problem("the query cannot be answered"),
        "timeout": _problem("the query took too long"),
        "memory": _problem("the query took too much memory"),
        "full": _problem("all places are taken; try again later"),
        "connections": _problem("there are too many connections"),
        "loading": _problem("the data is being loaded"),
        "engine": _problem("the engine behind this server does not answer as it should"),
        "no-graph": _problem("there is no such graph"),
        "not-xml": _problem("the answer does not fit RDF/XML"),
        "bad-request": _problem("the request does not fit"),
        "unauthorized": _problem("the server is not open to everybody"),
        "forbidden": _problem("this is not allowed here"),
        "not-found": _problem("there is nothing at this address"),
        "gone": _problem("what stood here was withdrawn"),
        "method-not-allowed": _problem("this method cannot be used here"),
        "not-acceptable": _problem("none of the forms asked for is on offer"),
        "precondition-failed": _problem("what is here is not in the state asked for"),
        "too-slow": _problem("the request took too long to arrive"),
        "body-too-large": _problem("the body of the request is too large"),
        "address-too-long": _problem("the address is too long"),
        "header-too-large": _problem("the fields of the request are too large"),
        "unsupported-media-type": _problem("that form is not read here"),
        "too-many-requests": _problem("too many requests"),
        "failure": _problem("the server failed"),
        "unavailable": _problem("the server cannot answer now"),
        "other": _problem("another problem"),
    }
)
