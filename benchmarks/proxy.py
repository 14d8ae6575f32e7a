"""docs/deploy/nginx.conf with the ports and folders of one computer, for a real nginx before replicas on it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_FILE = Path(__file__).resolve().parent.parent / "docs" / "deploy" / "nginx.conf"
_KEPT = "proxy_cache answers;"


def program() -> str | None:
    """The nginx that is installed here; Debian puts it where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def command(folder: Path, port: int, replicas: tuple[int, int], *, keeps: bool = True) -> list[str]:
    """What starts it in the foreground; `folder` takes its files, and without `keeps` it keeps no answers."""
    nginx = program()
    if not nginx:
        raise SystemExit("no nginx is installed here")
    folder.chmod(0o755)
    main = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")  # else it may not write into folders of root
    return [nginx, "-p", str(folder), "-c", str(_written(folder, port, replicas, keeps)), "-g", main]


def _written(folder: Path, port: int, replicas: tuple[int, int], keeps: bool) -> Path:
    text = _FILE.read_text(encoding="utf-8")
    for before, after in {
        "/tmp/nginx.pid": str(folder / "pid"),
        "/dev/stdout": str(folder / "access.log"),
        "listen 80;": f"listen 127.0.0.1:{port};",
        "vesoc-1:8000": f"127.0.0.1:{replicas[0]}",
        "vesoc-2:8000": f"127.0.0.1:{replicas[1]}",
        _KEPT: _KEPT if keeps else "proxy_cache off;",
    }.items():
        if text.count(before) != 1:
            raise ValueError(f"{_FILE} does not have {before} once")
        text = text.replace(before, after)
    file = folder / "nginx.conf"
    file.write_text(text.replace("/var/cache/nginx/", f"{folder}/"), encoding="utf-8")
    return file
