"""What may go wrong with a large build, and what must hold then: the old store serves on, and nothing is torn."""

from __future__ import annotations

import os
import pty
import re
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from benchmarks import mix, peers
from benchmarks.rig import Rig, say

_ROOM = 4 * 2**20  # bytes that a file may have where there is no more room
_HALF = re.compile(r"reading [2-9]\d %")
_PATIENCE = 3600.0


def all_of_them(rig: Rig, place: Path) -> None:
    """Each trouble while a server serves what is in `place`; SystemExit for one that it does not stand."""
    plan = [str(rig.vesoc), "serve", "--store", str(place), "--host", "127.0.0.1", "--port"]
    with peers.started("vesoc", lambda port: peers.Plan([*plan, str(port)], "/sparql")) as server:
        before = os.readlink(place / "current")
        for name, trouble in _TROUBLES.items():
            say(f"trouble: {name}")
            told = trouble(rig, place)
            _require(os.readlink(place / "current") == before, f"{name}: another build is in place")
            answer = server.connect().get(server.target(mix.ask()[0].distinct(10)), mix.JSON)
            _require(answer.status == 200, f"{name}: the server does not answer")
            print(f"{name}: {told}; the server goes on with {before}")
    left = sorted(path.name for path in (place / "builds").iterdir())
    print(f"left: {', '.join(left)}")


def _killed(rig: Rig, place: Path) -> str:
    """SIGKILL when half of the file is read."""
    process = subprocess.Popen(_command(rig, place), stderr=subprocess.PIPE, text=True, bufsize=1)
    assert process.stderr
    for line in process.stderr:
        if _HALF.search(line):
            process.kill()
    code = process.wait(_PATIENCE)
    _require(code == -9, f"it ended with {code} before it was killed")
    parts = list((place / "builds").glob("*.part"))
    _require(len(parts) == 1, "nothing is left of the killed build, so it was not at work")
    return "killed half-way"


def _full(rig: Rig, place: Path) -> str:
    """No file may grow beyond a size, which is how a full disk looks to the store."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_ROOM, _ROOM))

    done = subprocess.run(_command(rig, place), stderr=subprocess.PIPE, text=True, preexec_fn=bound, check=False)
    _require(done.returncode == 2, f"exit code {done.returncode}")
    _require(not list((place / "builds").glob("*.part")), "something is left of it, or of the killed one")
    return f"exit code 2, {done.stderr.splitlines()[-1]!r}"


def _quiet(rig: Rig, place: Path) -> str:
    """The same data once more, in a log: told in some lines, and not made again."""
    done = subprocess.run(
        [str(rig.vesoc), "build", "--out", str(place), str(rig.data.path)], capture_output=True, text=True, check=False
    )
    _require(done.returncode == 0 and "is there already" in done.stdout, done.stdout)
    return f"{len(done.stderr.splitlines())} lines"


def _shown(rig: Rig, place: Path) -> str:
    """The same on a terminal: a bar with bytes and the time that is left; stopped after some seconds."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(_command(rig, place), stdout=follower, stderr=follower, close_fds=True)
    os.close(follower)
    text, until = "", monotonic() + 20
    while monotonic() < until:
        text += os.read(leader, 1 << 16).decode(errors="replace")
        sleep(0.05)
    process.kill()
    process.wait()
    os.close(leader)
    steps = re.findall(r"(\d[\d.]*)/[\d.]+ GB", text)
    _require(len(set(steps)) > 3, "no bytes are seen to grow")
    _require("left" in text, "no time is seen")
    return f"{len(set(steps))} different sizes seen"


def _command(rig: Rig, place: Path) -> list[str]:
    return [str(rig.vesoc), "build", "--force", "--out", str(place), str(rig.data.path)]


def _require(held: bool, otherwise: str) -> None:
    if not held:
        raise SystemExit(otherwise)


_TROUBLES: dict[str, Callable[[Rig, Path], str]] = {
    "kill -9": _killed,
    "no room": _full,
    "log": _quiet,
    "terminal": _shown,
}
