"""Each kind of runaway alone, under a time limit of two seconds: how it ends, and whether the server lives on."""

from __future__ import annotations

from time import perf_counter

from benchmarks import mix, peers
from benchmarks.connection import Answer, Cut
from benchmarks.figures import Figures
from benchmarks.peers import Server
from benchmarks.rig import Rig, say
from benchmarks.sections.attack import burning

LIMIT = 2
# What the machine can spare for a peer that knows no limit of its own.
MEMORY = 6 * 1024
PATIENCE = 8.0
ENDS = {"answered", "cut", "400", "413", "503"}


def measure(rig: Rig) -> Figures:
    """Ours keeps running from one to the next, as it should; a peer is started anew for each; not in a quick run."""
    return {"limit": LIMIT, "vesoc": _ours(rig), "ox": {} if rig.quick else _peer(rig)}


def _ours(rig: Rig) -> Figures:
    with peers.running(rig, "vesoc", limit=LIMIT) as server:
        return {name: _met(server, name) for name in mix.runaways()}


def _peer(rig: Rig) -> Figures:
    return {name: _anew(rig, name) for name in mix.runaways()}


def _anew(rig: Rig, name: str) -> Figures:
    with peers.running(rig, "ox", limit=LIMIT, memory=MEMORY) as server:
        return _met(server, name)


def _met(server: Server, name: str) -> Figures:
    text = mix.runaways()[name]
    started = perf_counter()
    end = _end(server, text)
    seconds = perf_counter() - started
    after, alive = burning(server, 0.5, 1.0), _lives(server)
    say(f"  runaways: {server.name}, {name}: {end} after {seconds:.1f} s, {after:.1f} processors after")
    good = end in ENDS and seconds <= LIMIT + 1 and alive and after < 0.1
    return {"end": end, "seconds": seconds, "burning": after, "alive": alive, "good": good}


def _end(server: Server, text: str) -> str:
    connection = server.connect(PATIENCE)
    connection.end = perf_counter() + PATIENCE
    try:
        return _judged(connection.post(server.path, text, mix.JSON))
    except (Cut, ConnectionError):
        return "cut"
    except TimeoutError:
        return "none"
    finally:
        connection.close()


def _judged(answer: Answer) -> str:
    """A 200 that is complete for HTTP has to be complete JSON too."""
    if answer.status != 200:
        return str(answer.status)
    if not answer.whole:
        return "cut"
    return "answered" if answer.body.rstrip().endswith(b"}") else "broken 200"


def _lives(server: Server) -> bool:
    connection = server.connect(5.0)
    try:
        return connection.get(server.target(peers.READY), mix.JSON).status == 200
    except (Cut, OSError):
        return False
    finally:
        connection.close()
