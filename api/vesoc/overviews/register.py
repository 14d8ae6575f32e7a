"""All overviews, in the order in which they are listed."""

from __future__ import annotations

from types import MappingProxyType

from vesoc.overviews.actors import ACTORS
from vesoc.overviews.budget import BUDGET
from vesoc.overviews.commitments import COMMITMENTS
from vesoc.overviews.comparison import COMPARISON
from vesoc.overviews.disagreements import DISAGREEMENTS
from vesoc.overviews.overview import Overview
from vesoc.overviews.signatories import SIGNATORIES
from vesoc.overviews.timeline import TIMELINE

_ALL = (TIMELINE, COMPARISON, COMMITMENTS, ACTORS, BUDGET, SIGNATORIES, DISAGREEMENTS)
OVERVIEWS: MappingProxyType[str, Overview] = MappingProxyType({overview.name: overview for overview in _ALL})
