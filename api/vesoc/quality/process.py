"""Measuring in a process of its own: a server has neither the memory nor the time to spare for it.

A document comes in on the standard input (address, catalogue in Turtle, answers by address, moment), the assessment
goes out on the standard output; both are JSON.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping

from vesoc.quality.assessment import Assessment, of_document
from vesoc.quality.visitor import Answer, Document


async def measured(document: Document, answers: Mapping[str, Answer], checked: str) -> Assessment:
    """The assessment of a catalogue whose addresses have been asked; RuntimeError where the process fails."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    told = {
        "address": document.address,
        "media_type": document.media_type,
        "body": document.body.decode(),
        "answers": {address: [answer.status, answer.reason] for address, answer in answers.items()},
        "checked": checked,
    }
    out, complaint = await process.communicate(json.dumps(told).encode())
    if process.returncode:
        raise RuntimeError(f"the quality score cannot be computed: {complaint.decode()[-500:]}")
    return of_document(json.loads(out))


def main() -> None:
    """Measure what stands on the standard input."""
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
