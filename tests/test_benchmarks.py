"""The generator of the benchmarks, how their rounds are told apart, and a small share of the fuzzing of `make soak`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT
from pyoxigraph import RdfFormat, Store

sys.path.insert(0, str(ROOT))  # they are no part of the package

from benchmarks import generator, handover, mix
from benchmarks.bursts import Bursts
from benchmarks.load import Load


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> generator.Data:
    return generator.write(tmp_path_factory.mktemp("data") / "a.nt", "20k")


@pytest.fixture(scope="module")
def store(data: generator.Data) -> Store:
    found = Store()
    found.bulk_load(path=str(data.path), format=RdfFormat.N_TRIPLES)
    return found


def test_same_size_gives_the_same_bytes(data: generator.Data, tmp_path: Path) -> None:
    assert generator.write(tmp_path / "b.nt", "20k").path.read_bytes() == data.path.read_bytes()


def test_size_is_what_it_says(data: generator.Data, store: Store) -> None:
    assert len(store) == data.triples
    assert 20_000 <= data.triples < 21_000


def test_every_query_of_the_mix_finds_something(data: generator.Data, store: Store) -> None:
    queries = mix.queries()
    assert len(queries) >= 12
    found = {query.name: store.query(query.fixed()) for query in queries}
    assert all(
        bool(answer) if not hasattr(answer, "__iter__") else any(True for _ in answer) for answer in found.values()
    )


def test_no_two_cold_queries_are_the_same(data: generator.Data) -> None:
    texts = Counter(query.distinct(data.agreements) for query in mix.queries() for _ in range(20))
    assert max(texts.values()) == 1


def test_hundreds_of_damaged_requests_do_no_harm() -> None:
    command = [sys.executable, "-m", "benchmarks.soak", "fuzz", "--requests", "500", "--seed", "20261122"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def _load(rate: int) -> Load:
    return Load(rate, 1.0, 0, 1.0, 2.0, 3.0, refused=0, broken=0)


def test_rounds_are_told_apart_by_how_far_the_processors_are() -> None:
    near, far = handover.FAR / 2, handover.FAR * 2
    loads = {"vesoc": [_load(60), _load(90), _load(70)], "ox": [_load(100)] * 3}
    found = Bursts(
        loads, {"vesoc": [(near, near), (far, far), (near, near)], "ox": [(near, near), (far, far), (near, far)]}
    )
    assert found.by_distance("rate") == {"near": {"rounds": 1, "ratio": 0.6}, "far": {"rounds": 1, "ratio": 0.9}}
    assert found.ratio("ox", "rate") == 0.7


def test_what_one_processor_has_written_another_sees_in_less_than_a_moment() -> None:
    before = os.sched_getaffinity(0)
    assert handover.nanoseconds() < 1_000_000
    assert os.sched_getaffinity(0) == before
