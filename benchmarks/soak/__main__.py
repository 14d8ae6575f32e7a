"""Long and heavy runs against a server of this checkout, which each run starts for itself on this machine.

  fuzz    damaged requests and queries: no failure, no malformed reply, no process lost
  kill    mixed load while workers are killed: no wrong answer, no leak
  schema  the OpenAPI description against the server, by schemathesis
  asks    ASKs at full rate with a time limit: all of them answered

Examples
  python -m benchmarks.soak fuzz --requests 20000 --seed 7
  python -m benchmarks.soak kill --minutes 10
  python -m benchmarks.soak kill --minutes 2 --kill engine
  python -m benchmarks.soak schema --examples 50
  python -m benchmarks.soak asks --seconds 60

Progress goes to the standard error; the figures are one JSON object on the standard output. Logs and offenders go to
build/soak/. Exit code 0 where every rule holds, 1 where one is broken, 2 where the run cannot begin.
"""

from __future__ import annotations

import argparse
import json

from benchmarks.rig import say
from benchmarks.soak import asks, fuzz, kill, schema
from benchmarks.soak.server import Broken

RUNS = {"fuzz": fuzz, "kill": kill, "schema": schema, "asks": asks}


def main(arguments: list[str] | None = None) -> int:
    """Exit code 1 where a rule is broken, 2 where the run cannot begin."""
    options = _parser().parse_args(arguments)
    try:
        good, figures = RUNS[options.run].run(options)
    except Broken as error:
        say(error)
        return 2
    print(json.dumps({"run": options.run, "good": good, **figures}, ensure_ascii=False))
    return 0 if good else 1


def _parser() -> argparse.ArgumentParser:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__, formatter_class=form)
    runs = parser.add_subparsers(dest="run", required=True, metavar="RUN")
    for name, run in RUNS.items():
        summary = (run.__doc__ or "").partition("\n")[0]
        run.arguments(runs.add_parser(name, help=summary, description=run.__doc__, formatter_class=form))
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
