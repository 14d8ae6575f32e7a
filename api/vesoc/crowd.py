"""How many connections a server has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Crowd:
    """Connections that are served, and refused ones that linger until their clients have read why."""

    inside: int = 0
    leaving: int = 0
