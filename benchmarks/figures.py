"""Medians, ratios and percentiles, and the JSON files that hold what was measured."""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.rig import FOLDER, PEERS, Rig

Figures = dict[str, Any]


def median(values: Iterable[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def paired(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios, round by round: what slows one round slows both."""
    return median(our / their for our, their in zip(ours, theirs, strict=False) if their)


def geometric(values: Iterable[float]) -> float:
    """The mean for ratios."""
    return statistics.geometric_mean(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of all lies."""
    ordered = sorted(values)
    return ordered[min(math.ceil(share * len(ordered)), len(ordered)) - 1] if ordered else math.inf


def save(section: str, rig: Rig, figures: Figures) -> Path:
    """One file a section and size, with what is needed to judge it."""
    path = FOLDER / f"{section}-{rig.data.size}.json"
    about = {"section": section, "size": rig.data.size, "rounds": rig.rounds, "quick": rig.quick, **machine()}
    path.write_text(json.dumps({**about, "figures": figures}, indent=2) + "\n")
    return path


def load() -> dict[str, dict[str, Figures]]:
    """All that was saved: section, then size."""
    found: dict[str, dict[str, Figures]] = {}
    for path in sorted(FOLDER.glob("*-*.json")):
        saved = json.loads(path.read_text())
        if "section" in saved:
            found.setdefault(saved["section"], {})[saved["size"]] = saved
    return found


def machine() -> Figures:
    """Where and with what it was measured."""
    return {
        "date": date.today().isoformat(),
        "processor": f"{os.cpu_count()} × {_processor()}",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {platform.release()}",
        "versions": {"vesoc": version("vesoc"), "Python": platform.python_version(), **_packages(), **_tools()},
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _packages() -> dict[str, str]:
    ours = {name: version(name) for name in ("fastapi", "uvicorn")}
    lock = Path(__file__).with_name("peers.lock").read_text().splitlines()
    pins = dict(line.split()[0].split("==") for line in lock if "==" in line and not line.startswith(" "))
    return {**ours, **{name: pins[name] for name in ("oxigraph", "pyoxigraph", "rdflib-endpoint", "rdflib")}}


def _tools() -> dict[str, str]:
    found = {"Virtuoso": _line("virtuoso-t", "-?", mark="Version"), "wrk": _line("wrk", "--version", mark="wrk")}
    return {name: text for name, text in found.items() if text}


def _line(*command: str, mark: str) -> str:
    """The word after a mark in what a program says of itself."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    words = f"{run.stdout} {run.stderr}".split()
    return words[words.index(mark) + 1].removeprefix("debian/") if mark in words else ""


def python_of_peers() -> str:
    """The interpreter that has the same pyoxigraph as the peers."""
    return str(PEERS / "python")
