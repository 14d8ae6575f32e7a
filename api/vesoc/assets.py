"""Where the files are that pages load: our own, and those that the build fetched (`hatch_build.py`)."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
VENDOR = "vendor"


@cache
def static(name: str) -> str:
    """The address of one of our own files, with its hash."""
    return f"/static/{name}?v={digest(name)}"


@cache
def addresses() -> dict[str, dict[str, str]]:
    """The addresses of what the build fetched, by name, as `vendor`; empty where the build was told to skip it."""
    return {"vendor": {name: f"/static/{VENDOR}/{file}" for name, file in fetched().items()}}


@cache
def fetched() -> dict[str, str]:
    """The files that the build fetched, by name, as they are called here."""
    stamp = FOLDER / VENDOR / "assets.json"
    files: dict[str, str] = json.loads(stamp.read_text(encoding="utf-8"))["files"] if stamp.is_file() else {}
    return files


@cache
def digest(name: str) -> str:
    """The hash of one of our own files."""
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
