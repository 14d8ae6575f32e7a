"""The command in this process: what it prints, where, and with which exit code."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from vesoc import cli


def vesoc(*arguments: str | Path, stdin: str | bytes = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command after its end, in an environment that only has the settings given here.

    An error that nobody foresaw is not caught: a process of its own would tell it and end with 1.
    """
    command = ["vesoc", *map(str, arguments)]
    out, err = _stream(), _stream()
    given = _stream(stdin.encode() if isinstance(stdin, str) else stdin)
    with (
        patch.dict(os.environ, clean(environment), clear=True),
        patch.multiple(sys, argv=command, stdin=given),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _code()
    return subprocess.CompletedProcess(command, code, _told(out), _told(err))


def clean(environment: dict[str, str]) -> dict[str, str]:
    """The environment of this process with those settings of ours and no others."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith("VESOC_")}, **environment}


def _code() -> int:
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _stream(content: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")


def _told(stream: io.TextIOWrapper) -> str:
    stream.flush()
    told: bytes = stream.buffer.getvalue()  # type: ignore[attr-defined]
    return told.decode()
