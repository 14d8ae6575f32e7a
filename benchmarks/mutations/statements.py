"""What the SPARQL constraints on agreements, budgets, claims, signatures and passages see of one damaged triple."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from benchmarks.mutations.damage import Damage
from benchmarks.mutations.demands import size
from benchmarks.mutations.questions import ROLES, Sees, at, last, replaced
from benchmarks.mutations.world import Term, World, local, own, term

LINEAGE = ("vesoc:buildsOn", "vesoc:continues", "vesoc:extends", "vesoc:replaces", "vesoc:executes")
_KEYS = ("vesoc:isAbout", "vesoc:aboutProperty", "vesoc:claims")
_ACCEPTED, _STATED, _INFERRED = map(term, ("oordeel:aanvaard", "basis:vermeld", "basis:afgeleid"))
_DENIED = tuple(map(term, ("oordeel:wijkt-af", "oordeel:niet-in-bron")))
_SIDES = tuple(map(term, ("organisatiesoort:werkgeversorganisatie", "organisatiesoort:vakbond")))


def _chain_broken(world: World, damage: Damage) -> bool:
    part, value = damage.old.subject, damage.value
    if (
        value is None
        or damage.doubles
        or not at(damage, "dcterms:isPartOf")
        or not world.is_a(part, "vesoc:AgreementPart", "vesoc:Goal")
    ):
        return False
    above = [value, *world.up(value, "dcterms:isPartOf")]
    fits = world.is_a(value, "vesoc:Agreement", "vesoc:AgreementPart")
    return not fits or part in above or not any(world.is_a(node, "vesoc:Agreement") for node in above)


def _sum_wrong(world: World, damage: Damage) -> bool:
    line = damage.old.subject
    if damage.doubles or not world.is_a(line, "vesoc:BudgetLine", "vesoc:BudgetTotal") or not _totals(world, line):
        return False
    if at(damage, "vesoc:amount"):
        return (
            replaced(damage) and damage.value is not None and size(damage.value) not in (None, size(damage.old.object))
        )
    return at(damage, "vesoc:hasBudgetCategory", "dcterms:isPartOf") and replaced(damage)


def _totals(world: World, line: Term) -> list[Term]:
    """The totals in which a line counts; of a total, itself."""
    if world.is_a(line, "vesoc:BudgetTotal"):
        return [line]
    wholes, own_kind = world.values(line, "dcterms:isPartOf"), world.values(line, "vesoc:hasBudgetCategory")
    found = [
        user
        for whole in wholes
        for user in world.users(whole, "dcterms:isPartOf")
        if world.is_a(user, "vesoc:BudgetTotal")
    ]
    return [total for total in found if world.values(total, "vesoc:hasBudgetCategory") in ((), own_kind)]


def _category_without_total(world: World, damage: Damage) -> bool:
    line, value = damage.old.subject, damage.value
    if value is None or not at(damage, "vesoc:hasBudgetCategory") or not world.is_a(line, "vesoc:BudgetLine"):
        return False
    kinds = [kind for total in _all_totals(world, line) for kind in world.values(total, "vesoc:hasBudgetCategory")]
    return bool(kinds) and value not in kinds


def _all_totals(world: World, line: Term) -> list[Term]:
    wholes = world.values(line, "dcterms:isPartOf")
    return [
        user
        for whole in wholes
        for user in world.users(whole, "dcterms:isPartOf")
        if world.is_a(user, "vesoc:BudgetTotal")
    ]


def _claimed(world: World, claim: Term) -> list[Triple]:
    """The statements that a claim makes."""
    things, names, values = (world.values(claim, key) for key in _KEYS)
    return [
        Triple(thing, name, value)
        for thing in things
        for name in names
        for value in values
        if isinstance(name, NamedNode) and not isinstance(thing, Literal)
    ]


def _backed(world: World, claim: Term, *, passage: bool = False) -> bool:
    """Whether a claim is accepted and stated, and has a passage where that is asked for."""
    judged = _ACCEPTED in world.values(claim, "vesoc:hasVerdict") and _STATED in world.values(claim, "vesoc:hasBasis")
    return judged and (not passage or bool(world.values(claim, "vesoc:hasEvidence")))


def _backers(world: World, stated: Triple, *, passage: bool = False) -> list[Term]:
    claims = world.users(stated.subject, "vesoc:isAbout")
    return [claim for claim in claims if stated in _claimed(world, claim) and _backed(world, claim, passage=passage)]


def _claim_without_statement(world: World, damage: Damage) -> bool:
    old = damage.old
    if _backers(world, old) and not damage.doubles and damage.value != old.object:
        return True
    if not at(damage, *_KEYS) or damage.value is None or not _backed(world, old.subject):
        return False
    return any(not world.has(triple) for triple in _claims_after(world, damage))


def _claims_after(world: World, damage: Damage) -> Iterator[Triple]:
    """The statements that a claim makes with its damaged key."""
    keys = [(damage.value,) if at(damage, key) else world.values(damage.old.subject, key) for key in _KEYS]
    for thing in keys[0]:
        for name in keys[1]:
            if not isinstance(thing, Literal) and isinstance(name, NamedNode):
                yield from (Triple(thing, name, value) for value in keys[2] if value is not None)


def _denied_statement(world: World, damage: Damage) -> bool:
    claim, value = damage.old.subject, damage.value
    denies = (at(damage, "vesoc:hasVerdict") and value in _DENIED) or (
        at(damage, "vesoc:hasBasis") and value == _INFERRED
    )
    if not denies or not all(world.values(claim, key) for key in ("vesoc:hasVerdict", "vesoc:hasBasis")):
        return False
    others = [triple for triple in _claimed(world, claim) if set(_backers(world, triple)) <= {claim}]
    return any(world.has(triple) for triple in others)


def _claim_silent(world: World, damage: Damage) -> bool:
    claim = damage.old.subject
    if (
        not world.is_a(claim, "vesoc:Claim")
        or not at(damage, "vesoc:claims", "dcterms:description")
        or not last(world, damage)
    ):
        return False
    other = "dcterms:description" if at(damage, "vesoc:claims") else "vesoc:claims"
    return not world.values(claim, other)


def _inference_unsigned(world: World, damage: Damage) -> bool:
    claim, told = damage.old.subject, ("dcterms:creator", "dcterms:created", "dcterms:description")
    if at(damage, "vesoc:hasBasis") and damage.value == _INFERRED:
        return not all(world.values(claim, name) for name in told)
    inferred = _INFERRED in world.values(claim, "vesoc:hasBasis")
    return inferred and at(damage, *told) and last(world, damage)


def _lineage_unbacked(world: World, damage: Damage) -> bool:
    old, value = damage.old, damage.value
    if at(damage, *LINEAGE) and value is not None and not isinstance(value, Literal):
        return not _backers(world, Triple(old.subject, old.predicate, value), passage=True)
    ties = [
        triple
        for triple in _claimed(world, old.subject)
        if triple.predicate in map(term, LINEAGE) and world.has(triple)
    ]
    if not any(_backers(world, triple, passage=True) == [old.subject] for triple in ties):
        return False
    parts = at(damage, *_KEYS, "vesoc:hasVerdict", "vesoc:hasBasis") and not damage.doubles and value != old.object
    return parts or (at(damage, "vesoc:hasEvidence") and last(world, damage))


def _quantity_unused(world: World, damage: Damage) -> bool:
    value = damage.old.object
    used = world.users(value, *ROLES, "vesoc:claims")
    return at(damage, *ROLES) and not damage.doubles and world.is_a(value, "vesoc:Quantity") and len(used) == 1


def _quantity_shared(world: World, damage: Damage) -> bool:
    new = damage.new
    if new is None or new.predicate not in map(term, ROLES) or not world.is_a(new.object, "vesoc:Quantity"):
        return False
    return bool(world.users(new.object, *ROLES)) and new.object != damage.old.object


def _change_unmade(world: World, damage: Damage) -> bool:
    if not at(damage, "vesoc:makesChange"):
        return False
    return not damage.doubles and len(world.users(damage.old.object, "vesoc:makesChange")) == 1


def _units_differ(world: World, damage: Damage) -> bool:
    if not at(damage, "vesoc:hasUnit") or not replaced(damage):
        return False
    quantity = damage.old.subject
    changes = [
        user
        for user in world.users(quantity, *ROLES[:2])
        if sum(len(world.values(user, role)) for role in ROLES[:2]) > 1
    ]
    return bool(changes)


def _target_units_differ(world: World, damage: Damage) -> bool:
    if not at(damage, "vesoc:hasUnit") or not replaced(damage):
        return False
    goals = world.users(damage.old.subject, ROLES[2])
    return any(len(world.values(goal, ROLES[2])) > 1 for goal in goals)


def _values_alike(world: World, damage: Damage) -> bool:
    if not at(damage, "vesoc:numericValue") or damage.value is None:
        return False
    changes = world.users(damage.old.subject, *ROLES[:2])
    others = [side for change in changes for role in ROLES[:2] for side in world.values(change, role)]
    numbers = [
        number for side in others if side != damage.old.subject for number in world.values(side, "vesoc:numericValue")
    ]
    return any(size(number) == size(damage.value) is not None for number in numbers)


def _text_of_another(world: World, damage: Damage) -> bool:
    """Whether some measure has passages left, and none of them in the text of its own agreement."""
    measures = [user for node in _around(world, damage) for user in world.users(node, "vesoc:hasEvidence")]
    for measure in [damage.old.subject, *measures]:
        if (
            world.is_a(measure, "vesoc:Measure")
            and _borne_out(world, measure, None)
            and not _borne_out(world, measure, damage)
        ):
            return True
    return False


def _around(world: World, damage: Damage) -> list[Term]:
    if at(damage, "oa:hasSource"):
        return [damage.old.subject]
    return world.users(damage.old.subject, "oa:hasSource")[:200] if at(damage, "vesoc:isTextOf") else []


def _borne_out(world: World, measure: Term, damage: Damage | None) -> bool:
    agreement = world.agreement(measure)
    passages = _after(world, measure, "vesoc:hasEvidence", damage)
    sources = [source for passage in passages for source in _after(world, passage, "oa:hasSource", damage)]
    return not passages or any(agreement in _after(world, source, "vesoc:isTextOf", damage) for source in sources)


def _after(world: World, node: Term, name: str, damage: Damage | None) -> list[Term]:
    values = list(world.values(node, name))
    if damage is None or damage.old.subject != node or not at(damage, name):
        return values
    kept = [value for value in values if damage.doubles or value != damage.old.object]
    return [*kept, *([damage.value] if damage.value is not None else [])]


def _measure_misnamed(world: World, damage: Damage) -> bool:
    part, measure = damage.value, damage.old.subject
    if part is None or not at(damage, "dcterms:isPartOf") or not world.is_a(measure, "vesoc:Measure"):
        return False
    return world.is_a(part, "vesoc:AgreementPart") and not local(measure).startswith(f"{local(part)}-")


def _agreement_unsigned(world: World, damage: Damage) -> bool:
    if not at(damage, "vesoc:signs") or damage.doubles:
        return False
    return len(world.users(damage.old.object, "vesoc:signs")) == 1


def _shared(world: World, damage: Damage, name: str) -> bool:
    """Whether another signature of the same agreement has the new value."""
    signatures = [
        user
        for signed in world.values(damage.old.subject, "vesoc:signs")
        for user in world.users(signed, "vesoc:signs")
    ]
    others = [user for user in signatures if user != damage.old.subject]
    return at(damage, name) and any(damage.value in world.values(other, name) for other in others)


def _post_of_another(world: World, damage: Damage) -> bool:
    value, node = damage.value, damage.old.subject
    if value is None or isinstance(value, Literal) or not world.values(value, "rdf:type"):
        return False
    if at(damage, "vesoc:signedBy"):
        posts = world.values(node, "vesoc:inCapacityOf")
        return any(value not in world.values(post, "org:member") for post in posts)
    if at(damage, "vesoc:inCapacityOf"):
        people = world.values(value, "org:member")
        return bool(people) and any(person not in people for person in world.values(node, "vesoc:signedBy"))
    return at(damage, "org:member") and bool(world.users(node, "vesoc:inCapacityOf"))


def _name_differs(world: World, damage: Damage) -> bool:
    if not replaced(damage) or damage.value is None:
        return False
    signature, value = damage.old.subject, damage.value
    if at(damage, "vesoc:printedAs"):
        return any(not _known(world, person, value) for person in world.values(signature, "vesoc:signedBy"))
    if at(damage, "vesoc:signedBy") and world.values(value, "foaf:name"):
        return any(not _known(world, value, printed) for printed in world.values(signature, "vesoc:printedAs"))
    if not at(damage, "foaf:name") or not isinstance(value, Literal):
        return False
    signatures = world.users(damage.old.subject, "vesoc:signedBy")
    spellings = {label.value.lower() for label in (*world.values(signature, "skos:altLabel"), value)}
    printed = [name for one in signatures for name in world.values(one, "vesoc:printedAs")]
    return any(name.value.lower() not in spellings for name in printed)


def _known(world: World, person: Term, printed: Term) -> bool:
    names = [*world.values(person, "foaf:name"), *world.values(person, "skos:altLabel")]
    return not names or printed.value.lower() in {name.value.lower() for name in names}


def _no_party(world: World, damage: Damage) -> bool:
    value = damage.value
    if value is None or not at(damage, "vesoc:onBehalfOf") or not own(value):
        return False
    parties = [
        party
        for signed in world.values(damage.old.subject, "vesoc:signs")
        for party in world.values(signed, "vesoc:hasParty")
    ]
    joint = any(term("organisatiesoort:sociale-partners") in world.values(party, "dcterms:type") for party in parties)
    covered = joint and bool(set(_SIDES) & set(world.values(value, "dcterms:type")))
    return bool(parties) and value not in parties and not covered


def _past_the_end(world: World, damage: Damage) -> bool:
    found = size(damage.value) if damage.value is not None else None
    if found is None:
        return False
    if at(damage, "oa:end"):
        passages = world.users(damage.old.subject, "oa:hasSelector")
        lengths = [
            size(n)
            for p in passages
            for s in world.values(p, "oa:hasSource")
            for n in world.values(s, "vesoc:characterCount")
        ]
        return any(length is not None and found > length for length in lengths)  # type: ignore[operator]
    if not at(damage, "vesoc:characterCount"):
        return False
    ranges = [r for p in world.users(damage.old.subject, "oa:hasSource") for r in world.values(p, "oa:hasSelector")]
    ends = [size(end) for one in ranges for end in world.values(one, "oa:end")]
    return any(end is not None and found < end for end in ends)  # type: ignore[operator]


def _out_of_order(world: World, damage: Damage, low: str, high: str, *, equal: bool) -> bool:
    value = size(damage.value) if damage.value is not None and at(damage, low, high) else None
    others = [size(other) for other in world.values(damage.old.subject, high if at(damage, low) else low)]
    pairs = [(value, other) if at(damage, low) else (other, value) for other in others if type(other) is type(value)]
    return any(first > last or (equal and first == last) for first, last in pairs if first is not None)  # type: ignore[operator]


def _range_of_another(world: World, damage: Damage) -> bool:
    value = damage.value
    return (
        at(damage, "oa:hasSelector")
        and replaced(damage)
        and value is not None
        and world.is_a(value, "oa:TextPositionSelector")
    )


def _source_unfit(world: World, damage: Damage) -> bool:
    kinds = [local(kind) for kind in world.values(damage.old.subject, "dcterms:type")]
    if not world.is_a(damage.old.subject, "vesoc:SourceDocument") or not last(world, damage):
        return False
    needs = {"primair": "vesoc:isTextOf", "secundair": "vesoc:reportsOn"}
    wanted = [needs[kind] for kind in kinds if kind in needs] + (
        ["vesoc:characterCount"] if "register" not in kinds else []
    )
    return bool(kinds) and at(damage, *wanted)


def _passage_incomplete(world: World, damage: Damage) -> bool:
    passage = damage.old.subject
    if not world.is_a(passage, "vesoc:Evidence") or not at(
        damage, "oa:hasSelector", "vesoc:sha256", "vesoc:sectionPath"
    ):
        return False
    sources = world.values(passage, "oa:hasSource")
    register = any(term("bronsoort:register") in world.values(source, "dcterms:type") for source in sources)
    return last(world, damage) and not register


SEES: dict[str, Sees] = {
    "accepted-claim-stands-in-graph": _claim_without_statement,
    "agreement-has-signatures": _agreement_unsigned,
    "change-made-by-one-measure": _change_unmade,
    "claim-says-something": _claim_silent,
    "inferred-claim-tells-who-when-why": _inference_unsigned,
    "line-counts-in-a-total": _category_without_total,
    "lineage-has-accepted-claim": _lineage_unbacked,
    "measure-borne-out-by-own-text": _text_of_another,
    "measure-named-after-part": _measure_misnamed,
    "no-double-order": lambda world, damage: _shared(world, damage, "vesoc:order"),
    "no-double-signature": lambda world, damage: _shared(world, damage, "vesoc:signedBy"),
    "part-chain-ends-in-agreement": _chain_broken,
    "period-in-order": lambda world, damage: _out_of_order(
        world, damage, "dcat:startDate", "dcat:endDate", equal=False
    ),
    "post-held-by-signatory": _post_of_another,
    "printed-name-differs": _name_differs,
    "quantity-is-used": _quantity_unused,
    "quantity-of-one-statement": _quantity_shared,
    "range-ends-in-text": _past_the_end,
    "range-in-order": lambda world, damage: _out_of_order(world, damage, "oa:start", "oa:end", equal=True),
    "range-named-after-passage": _range_of_another,
    "signatory-is-a-party": _no_party,
    "source-fits-its-kind": _source_unfit,
    "target-values-share-a-unit": _target_units_differ,
    "text-passage-is-complete": _passage_incomplete,
    "total-equals-its-lines": _sum_wrong,
    "unaccepted-claim-not-in-graph": _denied_statement,
    "values-differ": _values_alike,
    "values-share-a-unit": _units_differ,
}
# A single damaged triple breaks these only in a case that the graph does not have, so they promise nothing here.
UNSEEN = {
    "agreement-signed-on-both-sides": "each side has several signatures",
    "lineage-points-back": "a wrong earlier thing has no claim, which comes first",
    "lineage-without-cycle": "a wrong earlier thing has no claim, which comes first",
    "one-target-value-per-period": "the values of a goal differ in both days of their period",
    "post-held-while-agreed": "whether other days leave a gap depends on both periods",
    "target-value-fits-indicator": "no indicator has a unit",
}
