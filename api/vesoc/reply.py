"""Where an answer goes."""

from __future__ import annotations

from typing import Any, Protocol


class Reply(Protocol):
    """First its header, then its bytes."""

    def start(self, header: dict[str, Any]) -> None:
        """Tell status and media type."""

    def write(self, data: bytes) -> int:
        """Send bytes of the answer; gives their number."""

    def flush(self) -> None:
        """Told by the engine when it has written; nothing need happen."""
