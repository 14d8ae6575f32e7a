"""The templates of the pages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def templates() -> Environment:
    """The environment of the templates, made when the first page is: most processes start without one."""
    from jinja2 import Environment, PackageLoader

    loader = PackageLoader("vesoc")
    return Environment(loader=loader, autoescape=True, auto_reload=False, trim_blocks=True, lstrip_blocks=True)
