"""A worker's confinement by the kernel: it ends with its parent, and it opens no sockets.

So no query can reach another host, whatever its text. A filter on system calls (seccomp, Linux 3.17 and later, x86-64
and arm64) answers `socket` with EACCES; sockets that are open already go on to work.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal
import struct

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | errno.EACCES
_ARCHITECTURES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data


def _program(architecture: int, number: int) -> bytes:
    """The filter: on the known architecture `socket` is denied, everything else is allowed."""
    return b"".join(
        (
            _statement(_LOAD, 0, 0, _ARCHITECTURE),
            _statement(_JUMP_IF_EQUAL, 0, 3, architecture),
            _statement(_LOAD, 0, 0, _NUMBER),
            _statement(_JUMP_IF_EQUAL, 0, 1, number),
            _statement(_RETURN, 0, 0, _DENY),
            _statement(_RETURN, 0, 0, _ALLOW),
        )
    )


def _statement(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


# Made once, before there are workers: each would make it anew in pages of its own, which are shared else.
_CONTROL = ctypes.CDLL(None).prctl
_KNOWN = _ARCHITECTURES.get(os.uname().machine)
_FILTER = _program(*_KNOWN) if _KNOWN else b""


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when the one that started it ends."""
    _CONTROL(_PR_SET_PDEATHSIG, number, 0, 0, 0)


def die_first() -> None:
    """Have the kernel choose this process where the whole machine runs out of memory."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "wb", buffering=0) as score:
        score.write(b"1000")


def deny_sockets() -> bool:
    """Take from this process, for good, the right to open sockets; whether the kernel did so."""
    if not _FILTER or _CONTROL(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    code = ctypes.create_string_buffer(_FILTER, len(_FILTER))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(_FILTER) // 8, ctypes.addressof(code)))
    return bool(_CONTROL(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(header)) == 0)
