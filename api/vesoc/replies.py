"""The parts of an answer that every operation of a worker has: its header, its body, its form."""

from __future__ import annotations

from typing import Any

from pyoxigraph import Triple

from vesoc import markup
from vesoc.errors import Problem
from vesoc.formats import GRAPHS, LINKSET, LISTS, Format, by_suffix
from vesoc.rdf import Writer
from vesoc.reply import Reply

_FORMS = tuple(dict.fromkeys((*LISTS, *GRAPHS, LINKSET)))


def form(request: dict[str, Any]) -> Format:
    """The form that a request names by its suffix; Problem 404 where there is no such one."""
    found = by_suffix(request["suffix"], _FORMS)
    if found is None:
        raise Problem(404, f"there is no form {request['suffix']!r} of this")
    return found


def unchanged(request: dict[str, Any], reply: Reply) -> bool:
    """Whether the client has the answer already, who is told so."""
    if request["unchanged"]:
        reply.start({"status": 304})
    return bool(request["unchanged"])


def begin(request: dict[str, Any], reply: Reply, form: Format, **header: Any) -> bool:
    """The header of the answer, and whether a body follows: not where the client has it already."""
    if unchanged(request, reply):
        return False
    reply.start({"status": 200, "type": form.media_type, "suffix": form.suffix, **header})
    return True


def send(request: dict[str, Any], reply: Reply, form: Format, body: bytes, **header: Any) -> None:
    """An answer, whole."""
    if begin(request, reply, form, **header):
        reply.write(markup.mended(body, form))


def write(request: dict[str, Any], reply: Reply, writer: Writer, triples: list[Triple], **header: Any) -> None:
    """Triples in the form, and for JSON-LD in the layout, that the request names."""
    chosen = form(request)
    send(request, reply, chosen, writer.write(sorted(triples, key=str), chosen, request.get("layout")), **header)
