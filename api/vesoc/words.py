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
}


def words(language: str) -> dict[str, str]:
    """The words in a language, nl for one that we do not have."""
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    return {name: texts[place] for name, texts in _WORDS.items()}
