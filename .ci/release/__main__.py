"""Makes a release: `python -m release VERSION`. Exit code 0: made; 1: a rule does not hold; 2: it cannot run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from release import artefacts, checks
from release.step import Broken, Order, Step, Unable
from vesoc import settings
from vesoc.errors import VesocError

CHECKS = (
    Step("repository", checks.state),
    Step("version", checks.later),
    Step("changelog", checks.changelog),
    Step("one version everywhere", checks.agreement),
    Step("moment of the data", checks.moment),
    Step("weight of the changes", checks.weight),
    Step("rules of the graph", checks.validation),
)
MAKING = (
    Step("wheel, container context", artefacts.artefacts),
    Step("data", artefacts.data),
    Step("tag", artefacts.tag),
)


def carry_out(order: Order, steps: Sequence[Step]) -> int:
    """Carry out steps until one stops, and tell each; the exit code."""
    for number, step in enumerate(steps, 1):
        head = f"{number}/{len(steps)} {step.name}"
        try:
            print(f"{head}: {step.run(order)}", flush=True)
        except Broken as broken:
            print(f"{head}: {broken}", file=sys.stderr)
            return 1
        except (Unable, VesocError, OSError) as error:
            print(f"{head}: cannot run: {error}", file=sys.stderr)
            return 2
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, make and tag the release that the arguments ask for; the exit code."""
    order, dry = _read(arguments)
    code = carry_out(order, CHECKS if dry else (*CHECKS, *MAKING))
    if not code and dry:
        print(f"nothing was made: without DRY_RUN=1 this makes {order.folder}, {order.data} and the tag {order.tag}")
    elif not code:
        print(f"nothing was pushed: git push origin {order.tag}, then publish {order.folder} and {order.data}")
    return code


def _read(arguments: Sequence[str] | None) -> tuple[Order, bool]:
    parser = argparse.ArgumentParser(prog="release", description=__doc__)
    parser.add_argument("version", help="three numbers, as in 1.2.0")
    parser.add_argument("--root", type=Path, default=Path(), help="folder of the repository")
    parser.add_argument("--out", type=Path, default=Path("build/release"), help="folder for what is made")
    parser.add_argument("--releases", type=Path, help="folder of the releases of the data (VESOC_RELEASES)")
    parser.add_argument("--first", action="store_true", help="there is no release before this one")
    parser.add_argument("--dry-run", action="store_true", help="check, and make nothing")
    read = parser.parse_args(arguments)
    root, releases = read.root.resolve(), read.releases or settings.read().releases
    data = releases.resolve() if releases else None  # the steps run in another folder
    return Order(root, read.version, root / read.out, data, datetime.now(UTC).date(), read.first), read.dry_run


if __name__ == "__main__":
    sys.exit(main())
