"""Two folders that change places."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

from vesoc.disk import sync

_HERE = -100  # AT_FDCWD: paths are taken from the working folder
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2 (Linux)
_NOT_HERE = (errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.EPERM)  # told by file systems that cannot do it


def swap(new: Path, old: Path) -> None:
    """Have two folders change places in one step, of which nobody sees the half.

    Where the file system cannot do that, in two, of which the first takes the old one away. OSError where neither
    can be.
    """
    library = ctypes.CDLL(None, use_errno=True)
    done = library.renameat2(_HERE, os.fsencode(new), _HERE, os.fsencode(old), _EXCHANGE)
    if done != 0:
        number = ctypes.get_errno()
        if number not in _NOT_HERE:
            raise OSError(number, os.strerror(number), str(old))
        aside = new.with_name(f".{old.name}.old")
        old.rename(aside)
        new.rename(old)
        aside.rename(new)
    for folder in (new.parent, old.parent):
        sync(folder)
