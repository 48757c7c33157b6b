"""A register with a few figures, and the pages over it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from songhanh.core.observations import Observation, Quantity
from songhanh.core.results import State
from songhanh.observations.services import record

Enter = Callable[..., None]


def row(line: str) -> Observation:
    """Read `ELEMENT AREA PERIOD VALUE`, with a state in place of the value where there is none."""
    element, area, period, value = line.split()
    if value in set(State):
        return Observation(element, area, period, State(value))
    return Observation(element, area, period, State.VALUE, Quantity.parse(value))


@pytest.fixture
def enter(db: None) -> Enter:
    """Return a function that records figures, one a line."""

    def enter_figures(text: str, source: str = "Thống kê tỉnh, công văn số 12") -> None:
        record([row(line) for line in text.strip().splitlines()], source=source, by="Lan")

    return enter_figures
