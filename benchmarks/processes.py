"""What a tree of processes uses: shared memory counted once, processor time, and which of them listens."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_LISTEN = "0A"


def tree(root: int) -> list[int]:
    """The process and all that descend from it, parents first."""
    children: dict[int, list[int]] = {}
    for path in _PROC.glob("[0-9]*"):
        fields = _stat(int(path.name))
        if fields:
            children.setdefault(int(fields[1]), []).append(int(path.name))
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


def memory(root: int) -> float:
    """MiB of the whole tree, as the sum of proportional set sizes."""
    return sum(pss(process) for process in tree(root))


def pss(process: int) -> float:
    """MiB of one process; pages it shares count in part."""
    return _kilobytes(process, "smaps_rollup", "Pss:") / 1024


def rss(process: int) -> float:
    """MiB of one process; pages it shares count in full."""
    return _kilobytes(process, "status", "VmRSS:") / 1024


def processor_seconds(root: int) -> float:
    """Of the tree as it is now, with the children that were buried."""
    return sum(sum(map(int, fields[11:15])) for process in tree(root) if (fields := _stat(process))) / _TICKS


def listener(root: int, port: int) -> int:
    """The process nearest to the root that holds the listening socket: the one that speaks HTTP."""
    sockets = {f"socket:[{inode}]" for inode in _listening(port)}
    return next((process for process in tree(root) if sockets & _open_files(process)), root)


def _stat(process: int) -> list[str]:
    """The fields after the name, which may hold spaces; none for a process that is gone."""
    try:
        return (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _kilobytes(process: int, file: str, field: str) -> int:
    try:
        lines = (_PROC / str(process) / file).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(field)), 0)


def _listening(port: int) -> list[str]:
    rows = [line.split() for name in ("tcp", "tcp6") for line in (_PROC / "net" / name).read_text().splitlines()[1:]]
    return [row[9] for row in rows if row[3] == _LISTEN and row[1].endswith(f":{port:04X}")]


def _open_files(process: int) -> set[str]:
    try:
        return {os.readlink(path) for path in (_PROC / str(process) / "fd").iterdir()}
    except OSError:
        return set()
