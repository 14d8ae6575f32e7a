"""The endpoint beside other SPARQL servers: the same data, the same queries, in turns, in one run.

Sections
  equality    every answer equals the Oxigraph server's; exit code 1 when one does not
  cold        p50 of each query, never asked before, one client
  throughput  requests a second and p99 from eight clients, never asked before
  repeated    requests a second from eight clients who ask the same again, and 304s
  miss        what the cache of answers costs a query that is not in it
  attack      a cheap query while twenty clients send runaways; what burns afterwards
  runaways    how each kind of runaway ends, and whether the server lives on
  asks        a minute of ASKs at full rate with the time limit on (ends the Oxigraph server: alone on a machine)
  dump        everything by CONSTRUCT, and the file that lies ready
  start       start to first answer, and memory after a rest

Examples
  python -m benchmarks.endpoint --quick                                  what `make bench` runs
  python -m benchmarks.endpoint --size 20k,1m                            everything, some hours
  python -m benchmarks.endpoint --only cold,attack --size 20k --rounds 3
  python -m benchmarks.endpoint --only cold --peers ox,oxdisk,rdflib,virtuoso
  python -m benchmarks.endpoint --page                                   measure nothing, fill docs/performance.md

Progress goes to the standard error; figures go to build/bench/SECTION-SIZE.json.
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from benchmarks import figures, generator, page
from benchmarks.rig import FOLDER, PEERS, Rig, say
from benchmarks.sections import asks, attack, cold, dump, equality, miss, repeated, runaways, start, throughput

SECTIONS = {
    "equality": equality,
    "cold": cold,
    "throughput": throughput,
    "repeated": repeated,
    "miss": miss,
    "attack": attack,
    "runaways": runaways,
    "dump": dump,
    "start": start,
    "asks": asks,
}
# Those that tell nothing new at another size.
ONE_SIZE = {"throughput", "repeated", "miss", "attack", "runaways", "asks"}
# What takes long in one round is repeated less often when time is short.
LONG = {"attack", "dump", "start"}


def main(arguments: list[str] | None = None) -> int:
    """Exit code 1 when an answer is not equal, 2 when something is missing."""
    options = _parser().parse_args(arguments)
    if options.page:
        page.write()
        return 0
    if not PEERS.exists():
        say(f"{PEERS} is missing: `make build/peers/ready` installs the peers")
        return 2
    equal = [_measured(options, size) for size in options.size]
    page.show(figures.load())
    return 0 if all(equal) else 1


def _measured(options: argparse.Namespace, size: str) -> bool:
    """All sections asked for at one size; whether the answers were equal."""
    rig = _rig(options, size)
    say(f"{rig.data.triples} triples, {rig.data.agreements} agreements")
    equal = True
    for name in options.only:
        if name in ONE_SIZE and size != options.size[0]:
            continue
        say(name)
        found = SECTIONS[name].measure(_paced(rig, name))
        say(f"  saved in {figures.save(name, rig, found)}")
        equal = equal and not found.get("unequal")
    return equal


def _rig(options: argparse.Namespace, size: str) -> Rig:
    rounds = options.rounds or (4 if options.quick else 10)
    seconds = options.seconds or (2.0 if options.quick else 5.0)
    rig = Rig(generator.data(FOLDER, size), rounds, seconds, options.peers, options.quick, uncached=options.uncached)
    return dataclasses.replace(rig, vesoc=options.vesoc) if options.vesoc else rig


def _paced(rig: Rig, section: str) -> Rig:
    return dataclasses.replace(rig, rounds=min(rig.rounds, 2)) if rig.quick and section in LONG else rig


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.endpoint",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", type=_sections, default=list(SECTIONS), help="sections, parted by commas")
    parser.add_argument("--size", type=_sizes, default=["20k"], help="20k, 1m, 10m, parted by commas (20k)")
    parser.add_argument(
        "--peers", type=_words, default=("ox", "rdflib"), help="ox, oxdisk, rdflib, virtuoso (ox,rdflib)"
    )
    parser.add_argument("--rounds", type=int, help="how often all take their turn (10; quick: 4)")
    parser.add_argument("--seconds", type=float, help="length of a burst of load (5; quick: 2)")
    parser.add_argument("--quick", action="store_true", help="a few minutes; figures that say whether, not how much")
    parser.add_argument("--vesoc", type=Path, help="command to measure (the vesoc beside this Python)")
    parser.add_argument(
        "--uncached", type=_words, default=Rig.uncached, metavar="SETTING=VALUE", help="turns our cache off"
    )
    parser.add_argument("--page", action="store_true", help="fill docs/performance.md and its plot from build/bench")
    return parser


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def _sections(text: str) -> list[str]:
    return _known(text, list(SECTIONS))


def _sizes(text: str) -> list[str]:
    return _known(text, list(generator.SIZES))


def _known(text: str, names: list[str]) -> list[str]:
    unknown = set(text.split(",")) - set(names)
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return [name for name in names if name in text.split(",")]


if __name__ == "__main__":
    raise SystemExit(main())
