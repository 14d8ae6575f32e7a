"""Virtuoso from its Debian package: a configuration of its own, and the bulk loader."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

GRAPH = "urn:vesoc"

# A buffer is a page of 8 KB; no cap on rows or time, since answers are compared.
_CONFIGURATION = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {data}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 32
MaxKeepAlives = 32
KeepAliveTimeout = 600
"""


def prepared(folder: Path, http: int, sql: int, data: Path) -> list[str]:
    """Write the configuration and give the command."""
    text = _CONFIGURATION.format(http=http, sql=sql, data=data.resolve().parent)
    (folder / "virtuoso.ini").write_text(text)
    return ["virtuoso-t", "+foreground", "+configfile", str(folder / "virtuoso.ini")]


def fill(sql: int, data: Path) -> None:
    """The bulk loader takes the files that a table lists."""
    listed = f"ld_dir('{data.resolve().parent}', '{data.name}', '{GRAPH}');"
    client = shutil.which("isql-vt") or "isql-v"
    command = [client, f"127.0.0.1:{sql}", "dba", "dba", f"exec={listed} rdf_loader_run(); checkpoint;"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
