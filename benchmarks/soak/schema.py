"""The OpenAPI description against the server, by schemathesis: what is described is what comes.

Schemathesis is in an environment of its own, build/soak-venv, made by `make soak` from benchmarks/soak.lock. Its report
goes to build/soak/schema.txt.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path

from benchmarks.rig import say
from benchmarks.soak.server import FOLDER, Broken, running

TOOL = Path("build/soak-venv/bin/schemathesis")
SECONDS = 1800
# Without positive_data_acceptance: no schema says which text is a query, or which path has something.
CHECKS = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"),
    *("response_headers_conformance", "unsupported_method", "negative_data_rejection"),
)
_COUNTED = re.compile(r"^  ❌ (.+): (\d+)$", re.MULTILINE)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this run."""
    parser.add_argument("--examples", type=int, default=50, help="examples for each operation (50)")
    parser.add_argument("--checks", default=",".join(CHECKS), help="names of checks, parted by commas")
    parser.add_argument("--seed", type=int, default=1, help="for what is generated (1)")


def run(options: argparse.Namespace) -> tuple[bool, dict[str, object]]:
    """Whether no check failed, and the figures."""
    if not TOOL.exists():
        raise Broken(f"{TOOL} is missing: `make build/soak-venv/ready` installs it")
    with running("schema", VESOC_QUERY_TIMEOUT="10") as server:
        url = f"http://127.0.0.1:{server.port}/openapi.json"
        command = [str(TOOL), "run", url, "--checks", options.checks, "--max-examples", str(options.examples)]
        command += ["--seed", str(options.seed), "--workers", "2", "--continue-on-failure", "--no-color"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        alive = server.alive and server.ready()
    report = FOLDER / "schema.txt"
    report.write_text(done.stdout + done.stderr)
    say(done.stdout[-4000:])
    found = dict(_COUNTED.findall(done.stdout))
    good = done.returncode == 0 and alive
    return good, {"alive": alive, "exit": done.returncode, "failures": found, "report": str(report)}
