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

# The kinds of problems (RFC 9457) and what they mean.
PROBLEMS = {
    "syntax": ("de query is geen SPARQL", "the query is not SPARQL"),
    "prefix": ("een prefix is niet gedeclareerd", "a prefix is not declared"),
    "scope": ("een variabele staat waar ze niet kan staan", "a variable stands where it cannot be"),
    "update": ("dit eindpunt wijzigt niets", "this endpoint changes nothing"),
    "evaluation": ("de query kan niet beantwoord worden", "the query cannot be answered"),
    "timeout": ("de query duurde te lang", "the query took too long"),
    "memory": ("de query nam te veel geheugen", "the query took too much memory"),
    "full": ("alle plaatsen zijn bezet; probeer het straks opnieuw", "all places are taken; try again later"),
    "connections": ("er zijn te veel verbindingen", "there are too many connections"),
    "loading": ("de gegevens worden geladen", "the data is being loaded"),
    "no-graph": ("die graaf is er niet", "there is no such graph"),
    "not-xml": ("het antwoord past niet in RDF/XML", "the answer does not fit RDF/XML"),
    "bad-request": ("het verzoek klopt niet", "the request does not fit"),
    "forbidden": ("dit mag hier niet", "this is not allowed here"),
    "not-found": ("op dit adres is niets", "there is nothing at this address"),
    "method-not-allowed": ("deze methode kan hier niet", "this method cannot be used here"),
    "not-acceptable": ("geen van de gevraagde vormen is er", "none of the forms asked for is on offer"),
    "too-slow": ("het verzoek kwam te traag binnen", "the request took too long to arrive"),
    "body-too-large": ("de inhoud van het verzoek is te groot", "the body of the request is too large"),
    "address-too-long": ("het adres is te lang", "the address is too long"),
    "header-too-large": ("de velden van het verzoek zijn te groot", "the fields of the request are too large"),
    "unsupported-media-type": ("die vorm wordt niet gelezen", "that form is not read here"),
    "too-many-requests": ("te veel verzoeken tegelijk", "too many requests at once"),
    "failure": ("de server faalde", "the server failed"),
    "unavailable": ("de server kan nu niet antwoorden", "the server cannot answer now"),
    "other": ("een ander probleem", "another problem"),
}
