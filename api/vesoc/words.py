"""The words on the pages, in nl and en."""

from __future__ import annotations

LANGUAGES = ("nl", "en")

# The kinds of things that may be browsed, by the first segment of their path.
KINDS = {
    "akkoord": ("akkoorden", "agreements"),
    "deel": ("delen van akkoorden", "parts of agreements"),
    "maatregel": ("maatregelen", "measures"),
    "instrument": ("instrumenten", "instruments"),
    "wijziging": ("wijzigingen van instrumenten", "changes to instruments"),
    "doelgroep": ("doelgroepen", "target groups"),
    "voorwaarde": ("toegangsvoorwaarden", "eligibility criteria"),
    "organisatie": ("organisaties", "organisations"),
    "persoon": ("personen", "persons"),
    "functie": ("functies", "posts"),
    "ondertekening": ("ondertekeningen", "signatures"),
    "budgetlijn": ("budgetlijnen", "budget lines"),
    "budgettotaal": ("budgettotalen", "budget totals"),
    "doelstelling": ("doelstellingen", "goals"),
    "indicator": ("indicatoren", "indicators"),
    "bewering": ("beweringen", "claims"),
    "bron": ("brondocumenten", "source documents"),
    "conceptscheme": ("begrippenlijsten", "concept schemes"),
    "graaf": ("benoemde grafen", "named graphs"),
}

_WORDS = {
    "site": ("VESOC-kennisgraaf", "VESOC knowledge graph"),
    "unofficial": (
        "Onofficiële kennisgraaf van de Vlaamse arbeidsmarktakkoorden; niet van de Vlaamse overheid.",
        "Unofficial knowledge graph of the Flemish labour-market agreements; not by the Flemish authorities.",
    ),
    "intro": (
        "Wat in het VESOC tussen de Vlaamse Regering en de sociale partners werd afgesproken, als open gegevens: "
        "elke uitspraak wijst naar de passage waarop ze steunt.",
        "What the Flemish Government and the social partners agreed in VESOC, as open data: "
        "every statement points to the passage that bears it out.",
    ),
    "agreements": ("Akkoorden", "Agreements"),
    "browse": ("Bladeren", "Browse"),
    "query": ("Bevragen", "Query"),
    "endpoint": ("SPARQL-eindpunt", "SPARQL endpoint"),
    "run": ("Uitvoeren", "Run"),
    "question": ("Vraag in SPARQL", "Query in SPARQL"),
    "ontology": ("Ontologie", "Ontology"),
    "dumps": ("Volledige gegevens", "Full data"),
    "statements": ("uitspraken", "statements"),
    "things": ("dingen", "things"),
    "properties": ("Eigenschappen", "Properties"),
    "evidence": ("Vindplaatsen", "Evidence"),
    "source": ("Bron", "Source"),
    "section": ("Deel van de tekst", "Section"),
    "item": ("Item", "Item"),
    "range": ("Tekens", "Characters"),
    "incoming": ("Verwijst hierheen", "Points here"),
    "more": ("en nog", "and further"),
    "formats": ("Andere vormen", "Other forms"),
    "term": ("Term", "Term"),
    "label": ("Label", "Label"),
    "definition": ("Definitie", "Definition"),
    "skip": ("Naar de inhoud", "Skip to content"),
    "language": ("English", "Nederlands"),
    "error": ("Er ging iets mis", "Something went wrong"),
    "library": ("Vragen met een antwoord", "Questions with an answer"),
    "for": ("Voor wie", "For whom"),
    "sparql": ("De SPARQL erachter", "The SPARQL behind it"),
    "rows": ("rijen", "rows"),
    "api": ("Programmeerbaar koppelvlak", "Programming interface"),
    "parameters": ("Parameters", "Parameters"),
    "answers": ("Antwoorden", "Answers"),
    "problems": ("Soorten problemen", "Kinds of problems"),
}

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


def words(language: str) -> dict[str, str]:
    """The words in a language, nl for one that we do not have."""
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    return {name: texts[place] for name, texts in _WORDS.items()}
