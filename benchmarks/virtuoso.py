"""Virtuoso from its Debian package: a configuration of its own, and the bulk loader."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

GRAPH = "urn:vesoc"
_BUFFERS = 170_000
_DIRTY = 13 / 17  # of the buffers, how many may wait to be written

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
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ThreadsPerQuery = 2
{further}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 32
MaxKeepAlives = 32
KeepAliveTimeout = 600
"""


def prepared(folder: Path, http: int, sql: int, data: Path, buffers: int = _BUFFERS, **parameters: int) -> list[str]:
    """Write the configuration, with further `parameters` of the server, and give the command."""
    text = _CONFIGURATION.format(
        http=http,
        sql=sql,
        data=data.resolve().parent,
        buffers=buffers,
        dirty=int(buffers * _DIRTY),
        further="\n".join(f"{name} = {value}" for name, value in parameters.items()),
    )
    (folder / "virtuoso.ini").write_text(text)
    return ["virtuoso-t", "+foreground", "+configfile", str(folder / "virtuoso.ini")]


def fill(sql: int, data: Path) -> None:
    """The bulk loader takes the files that a table lists."""
    listed = f"ld_dir('{data.resolve().parent}', '{data.name}', '{GRAPH}');"
    execute(sql, f"{listed} rdf_loader_run(); checkpoint;")


def execute(sql: int, statements: str) -> None:
    """Run statements of SQL as the database's own user; the client tells an error, but not by how it ends."""
    client = shutil.which("isql-vt") or "isql-v"
    command = [client, f"127.0.0.1:{sql}", "dba", "dba", f"exec={statements}"]
    told = subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
    if "*** Error" in told:
        raise SystemExit(f"Virtuoso: {told}")
