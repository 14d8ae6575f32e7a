"""Measuring in a process of its own: a server has neither the memory nor the time to spare for it.

A document comes in on the standard input (address, catalogue in Turtle, answers by address, moment), the assessment
goes out on the standard output; both are JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping

from vesoc.errors import VesocError
from vesoc.quality.assessment import Assessment, of_document
from vesoc.quality.client import Answer, Document

SECONDS = 300.0
_NICENESS = 5  # that of publishing: whoever asks the server something comes first


async def measured(
    document: Document, answers: Mapping[str, Answer], checked: str, seconds: float = SECONDS
) -> Assessment:
    """The assessment of a catalogue whose addresses have been asked; VesocError where it fails or takes too long."""
    told = {
        "address": document.address,
        "media_type": document.media_type,
        "body": document.body.decode(),
        "answers": {address: [answer.status, answer.reason] for address, answer in answers.items()},
        "checked": checked,
    }
    try:
        async with asyncio.timeout(seconds):
            return of_document(json.loads(await _output(json.dumps(told).encode())))
    except TimeoutError:
        raise VesocError(f"to measure takes more than {seconds:g} s") from None
    except OSError as error:
        raise VesocError(f"no process can be started ({error.strerror})") from None


async def _output(told: bytes) -> bytes:
    """What a process makes of its input; it does not outlive the wait for it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        out, complaint = await process.communicate(told)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        reason = (complaint.decode(errors="replace").splitlines() or ["it says nothing"])[-1]
        raise VesocError(f"the process that measures has ended with {process.returncode} ({reason})")
    return out


def main() -> None:
    """Measure what stands on the standard input."""
    os.nice(_NICENESS)
    from vesoc.quality import compliance, reading
    from vesoc.quality.catalogue import Catalogue
    from vesoc.quality.score import assess

    told = json.load(sys.stdin)
    quads = reading.quads(told["body"].encode(), told["media_type"], told["address"])
    answers = {address: Answer(*answer) for address, answer in told["answers"].items()}
    found = assess(Catalogue(told["address"], quads), compliance.shapes(), answers, told["checked"])
    json.dump(found.document(), sys.stdout)


if __name__ == "__main__":
    main()
