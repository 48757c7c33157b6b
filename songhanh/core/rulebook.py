"""What computing needs to know of a plan: its elements, its criteria, its codes, its term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .elements import Dimensions, ElementSpec
from .indicators import Criterion


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The part of a plan edition that computing reads; `elements` stands in catalogue order."""

    elements: Mapping[str, ElementSpec]
    criteria: tuple[Criterion, ...]
    dimensions: Dimensions
    term_first: int
    term_last: int
