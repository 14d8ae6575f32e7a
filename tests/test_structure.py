"""The package as a house: imports go down, functions and modules stay small, nothing changes behind the scenes."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "api" / "vesoc"
MODULES = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in sorted(PACKAGE.rglob("*.py"))}
FUNCTION_LINES, MEDIAN_LINES, MOST_LINES, MODULE_LINES = 50, 6, 20, 300
COMMANDS = (
    "asking",
    "authoring",
    "building",
    "checking",
    "comparing",
    "options",
    "publishing",
    "pushing",
    "redacting",
    "serving",
    "validating",
    "weighing",
)
HOME = {
    "babel": {"catalogues", "templating"},
    "fastapi": {"web"},
    "httpx2": {"pushing.requests", "quality.client", "quality.inside", "remote.client", "remote.login"},
    "jinja2": {"templating"},
    "limits": {"rates"},
    "opentelemetry": {"telemetry"},
    "prometheus_client": {"metrics.collector", "metrics.exposition", "metrics.families"},
    "pyshacl": {"validation"},
    "typer": {"cli", *(f"commands.{name}" for name in COMMANDS)},
    "uvicorn": {"prompt", "server", "stopping"},
}
CHANGES = {"append", "extend", "insert", "add", "update", "setdefault", "pop", "popitem", "remove", "discard", "clear"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imported(module: str) -> Iterator[str]:
    """Absolute names of all that a module imports, wherever it does so."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def below(module: str) -> frozenset[str]:
    """The modules of the package that a module imports; `from vesoc import __version__` is the package itself."""
    found = set()
    for name in imported(module):
        package, _, rest = name.partition(".")
        if package == "vesoc":
            fits = [part for part in (rest, rest.rpartition(".")[0]) if part in MODULES]
            found.add(fits[0] if fits else "__init__")
    return frozenset(found - {module})


@cache
def floor(module: str) -> int:
    """The length of the longest chain of imports below a module."""
    return 1 + max(map(floor, below(module)), default=-1)


def functions() -> dict[str, Function]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = ((module, node) for module in MODULES for node in ast.walk(tree(module)) if isinstance(node, kinds))
    return {f"{module}:{node.lineno} {node.name}": node for module, node in nodes}


def lines(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_modules_were_found() -> None:
    assert {"web", "cli", "items", "names"} <= set(MODULES)


def test_no_module_imports_itself_by_way_of_others() -> None:
    TopologicalSorter({module: below(module) for module in MODULES}).prepare()  # which raises CycleError and names it


def test_imports_go_down_only() -> None:
    floors = {module: floor(module) for module in MODULES}
    for level in sorted(set(floors.values()), reverse=True):
        print(f"floor {level}: {', '.join(module for module, height in floors.items() if height == level)}")
    assert all(floor(lower) < floor(module) for module in MODULES for lower in below(module))
    assert all(floors[module] == 0 for module in ("__init__", "names", "errors"))


def test_nothing_imports_the_ways_in() -> None:
    assert [module for module in MODULES if "cli" in below(module)] == []
    assert [module for module in MODULES if "web" in below(module)] == ["server"]


@pytest.mark.parametrize("library", sorted(HOME))
def test_library_has_one_home(library: str) -> None:
    users = {module for module in MODULES if library in {name.split(".")[0] for name in imported(module)}}
    assert users == HOME[library]


def test_functions_are_short() -> None:
    lengths = {name: lines(node) for name, node in functions().items()}
    ranked = sorted(lengths.values())
    most = ranked[int(len(ranked) * 0.9)]
    print(f"{len(ranked)} functions: median {statistics.median(ranked)}, 90 % at most {most}, longest {ranked[-1]}")
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}
    assert statistics.median(ranked) <= MEDIAN_LINES
    assert most <= MOST_LINES


@pytest.mark.parametrize("module", sorted(MODULES))
def test_module_is_short(module: str) -> None:
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("module", sorted(MODULES))
def test_module_says_what_it_is(module: str) -> None:
    assert ast.get_docstring(tree(module))


def test_public_things_say_what_they_are() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    bare = [
        f"{module}:{node.lineno} {node.name}"
        for module in MODULES
        for node in tree(module).body
        if isinstance(node, kinds) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert bare == []


def test_every_function_is_typed() -> None:
    assert [name for name, node in functions().items() if node.returns is None and node.name != "__init__"] == []


def containers(module: str) -> set[str]:
    """Names of lists, dictionaries and sets that stand at the top of a module."""
    made = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    found = set()
    for node in tree(module).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(getattr(node, "value", None), made):
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def changed(node: ast.AST) -> ast.expr | None:
    """What a piece of code changes in place: the object of `x.append(…)`, `x[…] = …`, `x += …`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
        return node.func.value
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return node.value
    return node.target if isinstance(node, ast.AugAssign) else None


@pytest.mark.parametrize("module", sorted(MODULES))
def test_module_keeps_no_state(module: str) -> None:
    nodes = list(ast.walk(tree(module)))
    names = {found.id for node in nodes if isinstance(found := changed(node), ast.Name)}
    assert [node.lineno for node in nodes if isinstance(node, ast.Global)] == []
    assert names & containers(module) == set()
