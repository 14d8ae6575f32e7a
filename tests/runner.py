"""The GitHub Action as a runner carries it out: its inputs and expressions evaluated, its steps run in bash.

`python tests/runner.py FOLDER` carries out the step that installs, which takes too long for a test; `make clients` does
so, into `build/harvest/action`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
_EMPTY = re.compile(r"inputs\.([\w-]+) == ''")


@dataclass(frozen=True)
class Result:
    """What a job sees of the Action: its exit code, log, outputs and summary."""

    code: int
    log: str
    outputs: Mapping[str, str]
    summary: str


def action() -> dict[str, Any]:
    """The metadata of the Action."""
    document: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return document


def carry_out(workspace: Path, temporary: Path, given: Mapping[str, str], *, installed: bool = False) -> Result:
    """Run the steps of the Action on a workspace, as a runner does; `installed` says that the first was done before."""
    document = action()
    inputs = {name: given.get(name, declared.get("default", "")) for name, declared in document["inputs"].items()}
    assert set(given) <= set(inputs)
    code, log, outputs, summary = 0, "", {}, ""
    for step in document["runs"]["steps"]:
        if code or not _wanted(step, inputs) or "uses" in step or (installed and step["id"] == "install"):
            continue  # Python, which another action sets up, is here
        code, told, outputs[step["id"]], more = _run(step, inputs, workspace, temporary)
        log, summary = log + told, summary + more
    values = {name: _evaluated(declared["value"], inputs, outputs) for name, declared in document["outputs"].items()}
    return Result(code, log, values, summary)


def _wanted(step: Mapping[str, Any], inputs: Mapping[str, str]) -> bool:
    condition = step.get("if")
    if condition is None:
        return True
    found = _EMPTY.fullmatch(condition)
    assert found, f"this condition is more than a runner of tests knows: {condition}"
    return not inputs[found[1]]


def _evaluated(text: str, inputs: Mapping[str, str], outputs: Mapping[str, Mapping[str, str]]) -> str:
    def value(found: re.Match[str]) -> str:
        match found[1].split("."):
            case ["inputs", name]:
                return inputs[name]
            case ["steps", step, "outputs", name]:
                return outputs.get(step, {}).get(name, "")
        raise AssertionError(f"this expression is more than a runner of tests knows: {found[0]}")

    return _EXPRESSION.sub(value, text)


def _run(
    step: Mapping[str, Any], inputs: Mapping[str, str], workspace: Path, temporary: Path
) -> tuple[int, str, dict[str, str], str]:
    """A step in bash, as the runner calls it; gives exit code, log, outputs and summary."""
    assert step["shell"] == "bash"
    assert "${{" not in step["run"], "what somebody gives would be run as code"
    files = {name: temporary / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("", encoding="utf-8")
    script = temporary / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("VESOC_", "PYTHON"))},
        **{name: str(file) for name, file in files.items()},
        **{name: _evaluated(str(value), inputs, {}) for name, value in step.get("env", {}).items()},
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_WORKSPACE": str(workspace),
        "RUNNER_TEMP": str(temporary),
    }
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
    done = subprocess.run(command, cwd=workspace, env=environment, capture_output=True, timeout=300, check=False)
    told = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
    outputs = dict(line.split("=", 1) for line in told)
    return (
        done.returncode,
        (done.stdout + done.stderr).decode(),
        outputs,
        files["GITHUB_STEP_SUMMARY"].read_text("utf-8"),
    )


def install(folder: Path) -> int:
    """Carry out the step that installs, with a folder as that for temporary files."""
    folder.mkdir(parents=True, exist_ok=True)
    [step] = [step for step in action()["runs"]["steps"] if step.get("id") == "install"]
    code, log, _, _ = _run(step, {}, folder, folder.resolve())
    print(log, end="", file=sys.stderr)
    return code


if __name__ == "__main__":
    raise SystemExit(install(Path(sys.argv[1])))
