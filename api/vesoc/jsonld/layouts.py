"""How a JSON-LD document is laid out.

It has one of three layouts, by the profile that Accept names (JSON-LD 1.1, appendix on its media type): without
one it is compacted and holds the definitions that it uses; LINKED is compacted and leads to the context; EXPANDED has
no context.
"""

from __future__ import annotations

from vesoc.formats import JSON_LD, parameter

LINKED, EXPANDED = "linked", "expanded"
_SPACE = "http://www.w3.org/ns/json-ld#"
CONTEXT = f"{_SPACE}context"  # the relation of a link to a context
_LAYOUTS = {f"{_SPACE}compacted": LINKED, f"{_SPACE}expanded": EXPANDED}


def layout(accept: str | None, asked: str | None = None) -> str | None:
    """The layout that is `asked` for by name, else by an Accept field; None where neither names one that we have."""
    if asked in _LAYOUTS.values():
        return asked
    named = (parameter(accept, JSON_LD.types[0], "profile") or "").split()
    return next((_LAYOUTS[name] for name in named if name in _LAYOUTS), None)
