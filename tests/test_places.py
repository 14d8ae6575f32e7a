"""Where the files are found, and what a wrong folder is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from vesoc import places
from vesoc.errors import VesocError

ROOT = Path(__file__).resolve().parent.parent


def make_root(folder: Path) -> Path:
    (folder / "ontology").mkdir(parents=True)
    (folder / "ontology" / "vesoc.ttl").touch()
    return folder


def test_checkout_is_found_by_itself() -> None:
    assert places.find().root == ROOT


def test_folders_are_those_of_the_root(tmp_path: Path) -> None:
    found = places.find(make_root(tmp_path / "here"))
    folders = [found.ontology, found.data, found.shapes, found.queries]
    assert [str(folder.relative_to(found.root)) for folder in folders] == ["ontology", "data/ttl", "shapes", "queries"]


def test_root_is_told_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_root(tmp_path / "here")
    monkeypatch.chdir(tmp_path)
    assert places.find(Path("here")).root == tmp_path / "here"


def test_given_root_is_the_only_one_looked_at(tmp_path: Path) -> None:
    with pytest.raises(VesocError) as caught:
        places.find(tmp_path)
    assert str(caught.value) == (
        f"no graph found (looked for {tmp_path / 'ontology' / 'vesoc.ttl'}); "
        "set VESOC_ROOT to the folder that holds ontology/"
    )


def test_installed_graph_goes_before_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "checkout" / "api" / "vesoc"
    installed = make_root(package / "graph")
    make_root(tmp_path / "checkout" / "other")
    monkeypatch.setattr(places, "_PACKAGE", package)
    assert places.find().root == installed


def test_all_places_looked_at_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "api" / "vesoc"
    monkeypatch.setattr(places, "_PACKAGE", package)
    with pytest.raises(VesocError) as caught:
        places.find()
    for looked in (package / "graph", tmp_path):
        assert str(looked / "ontology" / "vesoc.ttl") in str(caught.value)
