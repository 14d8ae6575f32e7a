"""Which kind of page a thing has, by its class."""

from __future__ import annotations

from types import MappingProxyType

from pyoxigraph import NamedNode

from vesoc.pages.agreement import AGREEMENT
from vesoc.pages.budget_line import BUDGET_LINE
from vesoc.pages.budget_total import BUDGET_TOTAL
from vesoc.pages.claim import CLAIM
from vesoc.pages.concept import CONCEPT
from vesoc.pages.criterion import CRITERION
from vesoc.pages.dataset import DATASET
from vesoc.pages.goal import GOAL, INDICATOR
from vesoc.pages.graph import GRAPH
from vesoc.pages.instrument import INSTRUMENT
from vesoc.pages.instrument_change import INSTRUMENT_CHANGE
from vesoc.pages.kind import Kind
from vesoc.pages.measure import MEASURE
from vesoc.pages.organisation import ORGANISATION
from vesoc.pages.part import PART
from vesoc.pages.passage import PASSAGE
from vesoc.pages.period import PERIOD
from vesoc.pages.person import PERSON
from vesoc.pages.post import POST
from vesoc.pages.scheme import SCHEME
from vesoc.pages.signature import SIGNATURE
from vesoc.pages.source import SOURCE
from vesoc.pages.target_group import TARGET_GROUP
from vesoc.pages.view import View

# The first class of a thing that stands here decides: what is more special stands higher.
_KINDS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        "vesoc:Measure": MEASURE,
        "dcterms:PeriodOfTime": PERIOD,
        "vesoc:Instrument": INSTRUMENT,
        "vesoc:Claim": CLAIM,
        "vesoc:EligibilityCriterion": CRITERION,
        "vesoc:Goal": GOAL,
        "vesoc:InstrumentChange": INSTRUMENT_CHANGE,
        "vesoc:TargetGroup": TARGET_GROUP,
        "vesoc:Indicator": INDICATOR,
        "vesoc:Agreement": AGREEMENT,
        "vesoc:AgreementPart": PART,
        "vesoc:SourceDocument": SOURCE,
        "vesoc:Evidence": PASSAGE,
        "vesoc:BudgetLine": BUDGET_LINE,
        "vesoc:BudgetTotal": BUDGET_TOTAL,
        "vesoc:Signature": SIGNATURE,
        "org:Membership": POST,
        "org:Organization": ORGANISATION,
        "foaf:Person": PERSON,
        "sd:NamedGraph": GRAPH,
        "dcat:Dataset": DATASET,
        "skos:ConceptScheme": SCHEME,
        "skos:Concept": CONCEPT,
    }
)
PLAIN = Kind()


def kind_of(view: View, node: NamedNode) -> Kind:
    """The kind of page that a thing has."""
    return next((kind for name, kind in _KINDS.items() if view.is_a(node, name)), PLAIN)
