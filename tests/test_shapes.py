"""Each constraint finds what it is for: one file of wrong data for each, and nothing else found.

`shapes/base.ttl` is a valid graph. Each `shapes/bad/*.ru` is a SPARQL update that makes one thing wrong in it and says
in its first line which finding that must give (shape, constraint component, focus node, path, value); each
`shapes/good/*.ru` changes something that the rules must let pass. Their prefixes are those of all our files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import pyoxigraph
import pyshacl
import pytest
from rdflib import DCTERMS, RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from vesoc import validation
from vesoc.conversion import as_graph, as_store, as_term
from vesoc.names import BASE, PREFIXES
from vesoc.shapes import SHAPES, Shapes, ShapesError
from vesoc.validation import ONTOLOGY, Finding, Report, Surroundings

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "shapes"
BAD = sorted((FOLDER / "bad").glob("*.ru"))
GOOD = sorted((FOLDER / "good").glob("*.ru"))
NAMESPACES = {**PREFIXES, "vs": SHAPES}
TARGETS = {SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf}
BESIDE = {*TARGETS, RDF.type, DCTERMS.isPartOf, SH.message, SH.path, SH.severity}
SEVERITIES = {"R19": "Info", "R22": "Warning", "R23": "Warning", "R25": "Info", "R27": "Info"}
READ_OF_ONTOLOGY = {str(RDF.type), str(RDFS.subClassOf), PREFIXES["schema"] + "domainIncludes"}
Expected = tuple[str, str, str, str | None, str | None]


@cache
def shapes() -> Shapes:
    return Shapes(ROOT / "shapes")


@cache
def ontology() -> list[pyoxigraph.Quad]:
    return list(pyoxigraph.parse(path=ROOT / "ontology" / "vesoc.ttl"))


@cache
def base() -> list[pyoxigraph.Quad]:
    """The valid graph, with as much of the ontology as the rules read: its texts would cost a third of the time."""
    terms = [quad for quad in ontology() if quad.predicate.value in READ_OF_ONTOLOGY]
    return [*terms, *pyoxigraph.parse(path=FOLDER / "base.ttl")]


def changed(*updates: str) -> list[pyoxigraph.Quad]:
    """The base graph after some updates."""
    store = pyoxigraph.Store()
    store.extend(base())
    for update in updates:
        store.update(update, prefixes=NAMESPACES)
    return list(store)


def report(*updates: str) -> Report:
    return validation.check(changed(*updates), shapes())


def full(name: str) -> str:
    """The IRI of a prefixed name or of one in angle brackets; a literal as it is."""
    if name.startswith('"'):
        return name
    if name.startswith("<"):
        return name.strip("<>")
    prefix, local = name.split(":", 1)
    return NAMESPACES[prefix] + local


def expected(path: Path) -> Expected:
    """What the first line of a bad file announces."""
    line = path.read_text().splitlines()[0].removeprefix("# expects: ")
    shape, component, focus, predicate, value = line.split(" ", 4)
    return full(shape), full(component), full(focus), _optional(predicate), _value(value)


def _optional(name: str) -> str | None:
    return None if name == "-" else full(name)


def _value(text: str) -> str | None:
    if text == "-" or text.startswith('"'):
        return None if text == "-" else text
    return f"<{full(text)}>"


def found(finding: Finding) -> Expected:
    return finding.shape, finding.component, finding.focus, finding.path, finding.value


@cache
def constraints() -> frozenset[tuple[str, str]]:
    """Each constraint that can give a finding, as its shape and its component."""
    targeted = {subject for target in TARGETS for subject in shapes().graph.subjects(target)}
    return frozenset(
        (str(shape), component(predicate))
        for shape in targeted
        for predicate in shapes().graph.predicates(shape)
        if predicate not in BESIDE
    )


def component(parameter: Node) -> str:
    name = str(parameter).removeprefix(str(SH))
    return f"{SH}{'SPARQL' if name == 'sparql' else name[0].upper() + name[1:]}ConstraintComponent"


def test_base_is_valid() -> None:
    assert report().findings == ()
    sources = PREFIXES["dcterms"] + "source"  # of the ontology are in the data, which is not here
    texts = [quad for quad in ontology() if quad.predicate.value != sources]
    assert validation.check([*texts, *base()], shapes()).findings == ()


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_file_gives_exactly_its_finding(path: Path) -> None:
    findings = report(path.read_text()).findings
    assert [found(finding) for finding in findings] == [expected(path)]
    assert path.stem.startswith(f"{findings[0].rule}-")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_file_gives_no_finding(path: Path) -> None:
    assert changed(path.read_text()) != changed()
    assert report(path.read_text()).findings == ()


def test_number_of_files() -> None:
    assert (len(BAD), len(GOOD)) == (324, 26)


def test_every_constraint_has_its_bad_file() -> None:
    tried = [expected(path)[:2] for path in BAD]
    assert len(tried) == len(set(tried))
    assert set(tried) == constraints()


def test_shapes_are_valid_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes().graph, meta_shacl=True)
    assert conforms, text


def test_every_shape_tells_its_rule_in_both_languages() -> None:
    rules = {rule.code for rule in shapes().rules}
    for shape, _ in constraints():
        rule, messages = shapes().rule_of(URIRef(shape)), shapes().messages_of(URIRef(shape))
        assert rule in rules, shape
        assert set(messages) == {"nl", "en"}, shape
        assert all(text.startswith(f"{rule} ") for text in messages.values()), shape


def test_severities() -> None:
    given: dict[str, set[str]] = {}
    for shape, _ in constraints():
        given.setdefault(shapes().rule_of(URIRef(shape)), set()).add(shapes().severity_of(URIRef(shape)))
    wanted = {rule: {SEVERITIES.get(rule, "Violation")} for rule in given}
    assert given == wanted | {"R24": {"Violation", "Warning"}}


def test_rules_are_numbered_and_each_has_shapes() -> None:
    codes = [rule.code for rule in shapes().rules]
    assert codes == [f"R{number:02}" for number in range(1, 29)]
    assert {str(part) for part in shapes().graph.objects(None, DCTERMS.isPartOf)} == {SHAPES + code for code in codes}


def test_only_lists_have_no_name() -> None:
    nameless = {node for node in shapes().graph.subjects() if isinstance(node, BNode)}
    assert all((node, RDF.first, None) in shapes().graph for node in nameless)


def test_sparql_constraints_look_at_the_whole_graph() -> None:
    assert {constraint.focus for constraint in shapes().sparql} == {ONTOLOGY}
    assert len(shapes().sparql) == len(set(shapes().graph.objects(None, SH.sparql))) == 54


def test_shapes_use_terms_of_the_ontology() -> None:
    declared = {str(quad.subject).strip("<>") for quad in ontology() if quad.predicate.value == str(RDF.type)}
    own = PREFIXES["vesoc"]
    nodes = (str(node) for node in shapes().graph.all_nodes() if isinstance(node, URIRef))
    named = {node for node in nodes if node.startswith(own)}
    queried = {own + name for text in _queries() for name in re.findall(r"\bvesoc:(\w+)", text)}
    assert named | queried <= declared


def _queries() -> Iterator[str]:
    yield from (constraint.query for constraint in shapes().sparql)
    yield from (rule.query for rule in shapes().rules)


def test_every_rule_has_candidates_in_the_base() -> None:
    idle = {rule for rule, number in report().candidates.items() if not number}
    assert idle == {rule.code for rule in shapes().rules if rule.may_hit_nothing} == {"R23"}


def test_rule_without_candidates_is_reported() -> None:
    findings = report("DELETE WHERE { ?total a vesoc:BudgetTotal ; ?property ?object }").findings
    assert [(finding.rule, finding.severity, finding.focus) for finding in findings] == [
        ("R08", "Violation", SHAPES + "R08")
    ]
    assert findings[0].messages["en"].startswith("R08 The rule hits nothing")


def test_empty_graph_leaves_every_rule_idle() -> None:
    empty = validation.check([], shapes())
    assert [finding.rule for finding in empty.findings] == [f"R{number:02}" for number in range(1, 29) if number != 23]
    assert not empty.conforms


def test_warnings_do_not_break_conformance() -> None:
    warned = report(next(path for path in BAD if path.stem == "R22-ten-for-ten-million").read_text())
    assert warned.findings
    assert warned.conforms


def test_same_triple_in_two_graphs_counts_once() -> None:
    elsewhere = pyoxigraph.NamedNode(BASE + "id/graaf/proef")
    twice = [*base(), *(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, elsewhere) for quad in base())]
    assert validation.check(twice, shapes()) == report()


def test_core_constraints_see_what_the_engine_would_mend() -> None:
    signature = pyoxigraph.NamedNode(PREFIXES["ond"] + "proef-mila-test")
    order = pyoxigraph.NamedNode(PREFIXES["vesoc"] + "order")
    derived = pyoxigraph.NamedNode(PREFIXES["xsd"] + "nonNegativeInteger")
    quads = [quad for quad in base() if (quad.subject, quad.predicate) != (signature, order)]
    quads.append(pyoxigraph.Quad(signature, order, pyoxigraph.Literal("1", datatype=derived)))
    findings = validation.check(quads, shapes()).findings
    assert [finding.shape for finding in findings] == [SHAPES + "order-datatype"]


def test_literals_keep_their_lexical_form() -> None:
    line = f'<{BASE}a> <{BASE}p> "007"^^<{PREFIXES["xsd"]}integer> .'
    graph = as_graph(pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert [str(literal) for literal in graph.objects() if isinstance(literal, Literal)] == ["007"]


def test_parts_are_checked_one_after_another_beside_the_same_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    update = next(path for path in BAD if path.stem == "R27-concept-that-nothing-uses").read_text()
    before = changed()
    wrong = [quad for quad in changed(update) if quad not in before]
    around = Surroundings(before, shapes())
    runs: list[object] = []
    look = validation._sparql_findings
    monkeypatch.setattr(validation, "_sparql_findings", lambda *given: runs.append(given) or look(*given))
    told = [validation.check_part(part, around, shapes()).findings for part in (wrong, before[:9], wrong)]
    assert told[0] == told[2] == report(update).findings != ()
    assert told[1] == ()
    assert len(runs) == 4  # one for each part, and that of the report
    with around.beside(wrong) as store:
        assert len(store) == len({quad.triple for quad in changed(update)})


def test_findings_are_sorted_worst_first() -> None:
    stems = ("R27-concept-that-nothing-uses", "R22-ten-for-ten-million", "R10-digest-in-capitals", "R04-*")
    texts = [next((FOLDER / "bad").glob(f"{stem}.ru")).read_text() for stem in stems]
    assert [finding.rule for finding in report(*texts).findings] == ["R04", "R10", "R22", "R27"]


def test_culprit_is_the_thing_to_mend() -> None:
    files = ("R27-concept-that-nothing-uses", "R01-Measure-without-hasActionKind")
    culprits = [report((FOLDER / "bad" / f"{file}.ru").read_text()).findings[0].culprit for file in files]
    assert culprits == [full("actie:meten"), full("mtr:proef-1-1-1a")]


@pytest.mark.parametrize(
    "code",
    ["ahad-s04-1b", "ahad-s04-4-1-2a", "ahad-6-p7a", "iab-t1-a-iv-1a", "inim-2-1-2a", "x9-1a"],
)
def test_measure_codes_that_fit(code: str) -> None:
    assert re.search(_measure_pattern(), f"{PREFIXES['mtr']}{code}")


@pytest.mark.parametrize(
    "code", ["AHAD_S04", "ahad-s04-1", "ahad-s04-1B", "ahad-s04-a", "4-1a", "ahad-s04-1b#x", "ahad"]
)
def test_measure_codes_that_do_not_fit(code: str) -> None:
    assert not re.search(_measure_pattern(), f"{PREFIXES['mtr']}{code}")


def _measure_pattern() -> str:
    return str(shapes().graph.value(URIRef(SHAPES + "Measure-iri-pattern"), SH.pattern))


def test_pyshacl_agrees_on_the_sparql_constraints() -> None:
    """The same shapes and data in pySHACL: what we ask of the engine ourselves, it finds too."""
    texts = [path.read_text() for path in BAD if expected(path)[1] == component(SH.sparql)]
    store = as_store(quad.triple for quad in changed(*texts))
    ours = {found(finding) for finding in validation._sparql_findings(store, shapes())}
    assert ours == set(_by_pyshacl(store))
    assert len({finding[0] for finding in ours}) > 30


def _by_pyshacl(store: pyoxigraph.Store) -> Iterator[Expected]:
    _, results, _ = pyshacl.validate(cast(Any, store), shacl_graph=_sparql_shapes(), inference="none")
    assert isinstance(results, Graph)
    for node in results.objects(None, SH.result):
        path, value = results.value(node, SH.resultPath), results.value(node, SH.value)
        assert value is not None
        yield (
            str(results.value(node, SH.sourceShape)),
            str(results.value(node, SH.sourceConstraintComponent)),
            str(results.value(node, SH.focusNode)),
            None if path is None else str(path),
            str(as_term(value)),
        )


def _sparql_shapes() -> Graph:
    graph = Graph(bind_namespaces="none")
    core = shapes().core
    of_core = {*core.subjects(RDF.type, SH.PropertyShape), *core.subjects(RDF.type, SH.NodeShape)}
    for triple in shapes().graph:
        if triple[0] not in of_core:
            graph.add(triple)
    return graph


def test_folder_without_shapes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="no shapes"):
        validation.check([], tmp_path)
