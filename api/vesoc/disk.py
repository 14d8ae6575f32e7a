"""What is on the disk for good, and survives a computer that stops."""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Have the disk keep what a file or folder holds now."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sync_all(folder: Path) -> None:
    """Have the disk keep a folder with all that is below it."""
    for path in [*folder.rglob("*"), folder]:
        sync(path)
