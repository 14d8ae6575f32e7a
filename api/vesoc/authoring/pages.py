"""Files put in place together: what was read before is compared first, so that no edit made meanwhile is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vesoc.errors import VesocError


@dataclass(frozen=True)
class Page:
    """A file to write whole, or to remove where `content` is None; `before` is what it held when it was read.

    `before` is None for a file that was not there.
    """

    path: Path
    content: str | None
    before: bytes | None

    @property
    def part(self) -> Path:
        """Where the content lies until all of it is there."""
        return self.path.with_name(f".{self.path.name}.part")


def held(path: Path) -> bytes | None:
    """What a file holds; None where it is not there. VesocError where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise VesocError(f"{path}: cannot be read ({error.strerror})") from None


def put(pages: Iterable[Page]) -> None:
    """Put files in place, each whole, and those to remove last.

    VesocError where one of them changed since it was read, or cannot be written: then none is changed.
    """
    chosen = sorted(pages, key=lambda page: page.content is None)
    try:
        for page in chosen:
            _prepare(page)
        _require_same(chosen)
        for page in chosen:
            _replace(page)
    except OSError as error:
        raise VesocError(f"{error.filename}: cannot be written ({error.strerror})") from None
    finally:
        for page in chosen:
            with suppress(OSError):  # it was not made, or what is wrong was told
                page.part.unlink()


def _prepare(page: Page) -> None:
    if page.content is None:
        return
    page.path.parent.mkdir(parents=True, exist_ok=True)
    page.part.write_bytes(page.content.encode())
    if page.before is not None:
        shutil.copymode(page.path, page.part)


def _require_same(pages: Iterable[Page]) -> None:
    changed = [str(page.path) for page in pages if held(page.path) != page.before]
    if changed:
        raise VesocError(f"{', '.join(changed)}: changed meanwhile; nothing was written, give the same command again")


def _replace(page: Page) -> None:
    if page.content is None:
        page.path.unlink()
    else:
        os.replace(page.part, page.path)
