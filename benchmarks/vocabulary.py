"""The words and coded values that the generated agreements are made of."""

from __future__ import annotations

ACTIONS = (
    ("Meer", "More"),
    ("Onderzoek naar", "Study of"),
    ("Proefproject met", "Pilot with"),
    ("Ruimere toegang tot", "Wider access to"),
    ("Hogere", "Higher"),
    ("Eenvoudiger aanvraag van", "Simpler application for"),
    ("Evaluatie van", "Evaluation of"),
    ("Betere bekendheid van", "Better known"),
)
TOOLS = (
    ("opleidingspremie", "training premium"),
    ("loopbaancheque", "career voucher"),
    ("aanwervingspremie", "hiring premium"),
    ("kinderopvang", "childcare"),
    ("jobcoaching", "job coaching"),
    ("taalcursus", "language course"),
    ("werkplekleren", "workplace learning"),
    ("stage", "traineeship"),
    ("vormingsverlof", "education leave"),
    ("werkbaarheidscheque", "workable work voucher"),
    ("mentorschap", "mentoring"),
    ("competentiecheck", "competence check"),
)
PEOPLE = (
    ("jongeren", "young people"),
    ("oudere werknemers", "older employees"),
    ("langdurig werkzoekenden", "long-term jobseekers"),
    ("herintreders", "returners"),
    ("zelfstandigen", "self-employed people"),
    ("alleenstaande ouders", "single parents"),
    ("nieuwkomers", "newcomers"),
    ("mensen met een arbeidsbeperking", "people with a work disability"),
    ("kortgeschoolden", "people with little schooling"),
)
SENTENCES = (
    (
        "De sociale partners en de bevoegde minister werken samen uit hoe dit in de sectoren verloopt.",
        "The social partners and the minister in charge work out together how this goes in the sectors.",
    ),
    (
        "De maatregel geldt voor wie in de loop van het jaar bij een erkende dienstverlener begint.",
        "The measure is for whoever starts with a recognised provider in the course of the year.",
    ),
    (
        "Een werkgroep volgt de cijfers elk kwartaal op en stelt zo nodig een bijsturing voor.",
        "A working group follows the figures each quarter and proposes a correction where needed.",
    ),
    (
        "Ondernemingen met minder dan vijftig werknemers krijgen begeleiding bij hun aanvraag.",
        "Companies with fewer than fifty employees are helped with their application.",
    ),
    (
        "Wie al een andere tegemoetkoming krijgt, kan die met deze maatregel combineren tot aan een grens.",
        "Those who get another allowance already can combine it with this measure up to a ceiling.",
    ),
)
CODES = {
    "thema": ("activering", "loopbaan", "levenslang-leren", "werkbaar-werk", "diversiteit", "digitalisering", "zorg"),
    "status": ("beslist", "te-onderzoeken", "te-bespreken", "in-uitvoering", "gevraagd"),
    "actie": ("invoeren", "verlengen", "verhogen", "onderzoeken", "financieren", "begeleiden", "evalueren"),
    "budgetcategorie": ("oo", "inkomen", "begeleiding", "infrastructuur"),
    "duurzaamheid": ("eenmalig", "tijdelijk", "structureel"),
}
