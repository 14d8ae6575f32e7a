"""Version numbers after Semantic Versioning 2.0.0: three numbers, without pre-releases."""

from __future__ import annotations

import re
from typing import NamedTuple

from vesoc.errors import VesocError
from vesoc.versions.weight import Weight

_FORM = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", re.ASCII)


class Number(NamedTuple):
    """Major, minor and patch; a later version is a greater one."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def after(self, weight: Weight) -> Number:
        """The least version that may follow this one with changes of that weight."""
        if weight is Weight.MAJOR:
            return Number(self.major + 1, 0, 0)
        if weight is Weight.MINOR:
            return Number(self.major, self.minor + 1, 0)
        return Number(self.major, self.minor, self.patch + 1)


def number(text: str) -> Number:
    """The version that is written so; VesocError for another text."""
    found = _FORM.fullmatch(text)
    if not found:
        raise VesocError(f"{text!r} is no version; write three numbers, as in 1.2.0")
    return Number(*map(int, found.groups()))
