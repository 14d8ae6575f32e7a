"""What a release leaves behind: wheel, container context, data, digests, and the tag."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from release import checks, context
from release.step import Broken, Order, Unable
from vesoc import revisions

_SUMS = "SHA256SUMS"


def artefacts(order: Order) -> str:
    """Wheel, container context and their digests, in a folder that is there whole or not at all."""
    moment = _moment(order)
    part = order.folder.with_name(f".{order.version}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    _wheel(order, part, moment)
    (part / f"vesoc-{order.version}-context.tar.gz").write_bytes(context.archive(order.root, order.commit, moment))
    files = sorted(part.iterdir())
    sums = "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    (part / _SUMS).write_text(sums, encoding="utf-8")
    _place(part, order.folder)
    return "\n".join(
        f"{order.folder / file.name}: {(order.folder / file.name).stat().st_size:,} bytes" for file in files
    )


def _place(part: Path, folder: Path) -> None:
    """Put what was made in place; what an earlier run left there may stay where it is the same."""
    if not folder.exists():
        part.rename(folder)
    elif _held(part) == _held(folder):
        shutil.rmtree(part)
    else:
        raise Broken(f"{folder} is there already, with other things in it: remove it, or give another folder by OUT")


def _held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def data(order: Order) -> str:
    """The data, in the folder of the releases."""
    command = ["-m", "vesoc.cli", "export", "--releases", str(order.data), "--root", str(order.root)]
    return _python(order, *command).strip()


def tag(order: Order) -> str:
    """An annotated tag on the commit that was checked, whose message is the entry of the changelog; the last step."""
    checks.require_unchanged(order)
    message = f"vesoc {order.version} ({order.entry.day})\n\n{order.entry.text}\n"
    told = ("--annotate", "--cleanup=verbatim", "--message", message)
    revisions.git(order.root, "tag", *told, order.tag, order.commit)
    return f"{order.tag} on {order.commit}"


def _wheel(order: Order, folder: Path, moment: int) -> None:
    _python(order, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), SOURCE_DATE_EPOCH=str(moment))
    name = f"vesoc-{order.version}-py3-none-any.whl"
    if not (folder / name).is_file():
        raise Unable(f"the build made {', '.join(path.name for path in folder.iterdir()) or 'nothing'}, not {name}")
    with zipfile.ZipFile(folder / name) as packed:
        has = any(one.startswith("vesoc/static/vendor/") for one in packed.namelist())
    if not has and os.environ.get("VESOC_SKIP_ASSETS", "") in ("", "0"):
        raise Unable(f"{name} has no scripts of others: make sure that npm reaches its registry")


def _python(order: Order, *arguments: str, **more: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(order.root / "api"), **more}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=order.root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unable(f"{' '.join(arguments[:3])}: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def _moment(order: Order) -> int:
    """SOURCE_DATE_EPOCH where it is set, else the time of the commit."""
    return int(
        os.environ.get("SOURCE_DATE_EPOCH") or revisions.git(order.root, "log", "-1", "--format=%ct", order.commit)
    )
