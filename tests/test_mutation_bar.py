"""The mutation bar on the small graph of the shape tests: it damages, promises, tells apart and counts as it should."""

from __future__ import annotations

import shutil
import sys
from functools import cache
from pathlib import Path
from random import Random

import pytest
from conftest import ROOT
from pyoxigraph import Literal, NamedNode, Quad, Triple

sys.path.insert(0, str(ROOT))  # the benchmarks are no part of the package

from benchmarks.mutations import damage, questions, report, sample, statements, trial
from benchmarks.mutations.damage import MAKERS, Damage
from benchmarks.mutations.demands import KNOWN, Demands
from benchmarks.mutations.world import World, term
from test_shapes import base, shapes

from vesoc import validation
from vesoc.shapes import Shapes, local

NUMBER = 88
TRIED = 20  # damages of each kind that are carried out
# rdflib warns of each literal that is no number, no day, no truth value.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:rdflib")


@cache
def world() -> World:
    return World(base())


@cache
def demands() -> Demands:
    return Demands(shapes())


@cache
def drawn() -> sample.Sample:
    return sample.draw(world(), demands(), 1, NUMBER, list(MAKERS))


def judge(known: Shapes) -> trial.Judge:
    def findings(quads: list[Quad]) -> trial.Findings:
        found = validation.check(quads, known).findings
        return frozenset((one.culprit, one.value or "", f"{one.shape} {one.component} {one.path}") for one in found)

    return findings


@cache
def verdicts() -> tuple[trial.Verdict, ...]:
    return tuple(trial.run(world(), drawn().chosen, {"shacl": judge(shapes())}, lambda text: None))


def triple(subject: str, predicate: str) -> Triple:
    node = term(subject)
    return Triple(node, term(predicate), world().values(node, predicate)[0])


def test_every_constraint_is_read_or_has_its_condition() -> None:
    queries = {local(constraint.shape) for constraint in shapes().sparql}
    tables = [set(questions.SEES), set(statements.SEES), set(statements.UNSEEN)]
    assert set.union(*tables) == queries
    assert sum(map(len, tables)) == len(queries)
    assert demands().names == {local(shape) for shape in shapes().targeted} - queries


def test_every_parameter_of_the_shapes_is_judged() -> None:
    beside = {"type", "isPartOf", "message", "severity", "targetClass", "targetSubjectsOf", "targetObjectsOf"}
    assert demands().parameters - beside <= KNOWN


def test_same_seed_gives_the_same_damages() -> None:
    one, same, other = (sample.draw(world(), demands(), seed, 20, ["number", "link"]) for seed in (1, 1, 2))
    told = [[str(found.damage) for found in drawing.chosen] for drawing in (one, same, other)]
    assert told[0] == told[1] != told[2]


def test_each_kind_has_its_share() -> None:
    kinds = [one.damage.kind for one in drawn().chosen]
    assert {kind: kinds.count(kind) for kind in MAKERS} == dict.fromkeys(MAKERS, NUMBER // len(MAKERS))


def test_only_what_a_rule_protects_is_drawn() -> None:
    assert all(one.promises for one in drawn().chosen)
    assert sum(drawn().open.values()) > 0


@pytest.mark.parametrize("kind", MAKERS)
def test_damage_changes_the_graph(kind: str) -> None:
    random, whole = Random(1), set(world().triples)
    made = [one for old in world().triples for one in damage.made(kind, world(), old, random)]
    assert len(made) > 20
    assert all(one.kind == kind and (one.new is None or one.new not in whole) for one in made)
    few = made[:: max(1, len(made) // TRIED)]
    assert len(few) >= TRIED
    for one in few:
        after = {quad.triple for quad in trial.damaged(world(), [one])}
        assert after != whole
        assert (one.old in after) == one.doubles


def test_misspelt_names_do_not_exist() -> None:
    for old in world().triples[:200]:
        for one in damage.spelling(world(), old, Random(3)):
            assert one.new is not None
            assert not world().into(one.new.predicate if one.value is None else one.new.object)


def test_rules_promise_what_they_say() -> None:
    amount, status = triple("bud:proef-01", "vesoc:amount"), triple("mtr:proef-1-1-1a", "vesoc:hasStatedStatus")
    text, prefix = Literal("soit", language="fr"), "https://w3id.org/vesoc-kg/"
    told = {
        "BudgetLine-amount-count": Damage("dropped", "", amount),
        "amount-datatype": Damage("datatype", "", amount, Triple(amount.subject, amount.predicate, Literal("veel"))),
        "hasStatedStatus-scheme": _instead(status, term("thema:opleiding")),
        "object-is-typed": _instead(status, NamedNode(prefix + "id/concept/status/bestaat-niet")),
        "only-nl-and-en": _instead(triple("mtr:proef-1-1-1a", "dcterms:title"), text),
        "total-equals-its-lines": _instead(amount, Literal("1.0", datatype=term("xsd:decimal"))),
        "ontology: amount is functional": Damage(
            "second value", "", amount, Triple(amount.subject, amount.predicate, Literal(2)), doubles=True
        ),
    }
    for name, one in told.items():
        assert name in sample.promises(world(), demands(), one), name


def _instead(old: Triple, value: NamedNode | Literal) -> Damage:
    return Damage("another value", "", old, Triple(old.subject, old.predicate, value))


def test_what_no_rule_demands_is_not_promised() -> None:
    goal = triple("mtr:proef-1-1-1a", "vesoc:hasActionKind")
    assert sample.promises(world(), demands(), _instead(goal, goal.object)) == ()


def test_shapes_catch_what_they_promise() -> None:
    escaped = list(report.survivors(verdicts()))
    assert len(verdicts()) == NUMBER
    assert report.reaches(verdicts()), escaped


def test_copies_give_the_verdicts_that_each_damage_gets_alone() -> None:
    chosen = drawn().chosen[:: NUMBER // 22]
    assert len(trial.copies(world(), chosen)) < len(chosen)
    alone = trial.run(world(), chosen, {"shacl": judge(shapes())}, lambda text: None, alone=True)
    assert set(alone) == set(trial.run(world(), chosen, {"shacl": judge(shapes())}, lambda text: None))


def test_shape_that_is_missing_lets_damages_escape(tmp_path: Path) -> None:
    for path in (ROOT / "shapes").glob("*.ttl"):
        if path.name != "label.ttl":
            shutil.copy(path, tmp_path)
    weaker = {"shacl": judge(Shapes(tmp_path))}
    chosen = [one for one in drawn().chosen if one.damage.kind == "language"]
    found = trial.run(world(), chosen, weaker, lambda text: None)
    assert not report.reaches(found)
    assert any("tag fr" in line and "only-nl-and-en" in line for line in report.survivors(found))


def test_table_counts_by_kind() -> None:
    lines = list(report.table(verdicts(), drawn(), ["shacl"]))
    assert len(lines) == len(MAKERS) + 2
    assert lines[1].split()[:4] == ["dropped", "8", "8", "100.0%"]
    assert lines[-1].split()[0] == "all"
