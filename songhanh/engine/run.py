"""Computing on an engine: the same rows, to the last digit, as the reference in `core.compute`."""

from __future__ import annotations

from collections.abc import Iterator

from songhanh.core.areas import AreaMap
from songhanh.core.compute import Level, compute
from songhanh.core.observations import Observation, Quantity
from songhanh.core.results import ResultRow, State, Status
from songhanh.core.rulebook import Rulebook

from .backends import Backend, EngineError, frame
from .facts import gather
from .program import Program, is_supported
from .tallies import Doubt, result_rows


def compute_frame(
    backend: Backend, *, rules: Rulebook, areas: AreaMap, year: int, level: Level = Level.ALL
) -> list[ResultRow]:
    """Return the rows of results of a year from the frame that stands in the backend (see `backends.load`).

    The rows of the frame have passed the rules of a file (contract §3).
    Raises: Refused, when figures contradict one another, with every problem named.
    """
    try:
        return quick(backend, rules=rules, areas=areas, year=year, level=level)
    except (Doubt, EngineError):
        rows = list(observations(backend, areas))
        return compute(rows, rules=rules, areas=areas, year=year, level=level)


def quick(
    backend: Backend, *, rules: Rulebook, areas: AreaMap, year: int, level: Level = Level.ALL
) -> list[ResultRow]:
    """Return the rows of results by the engine alone.

    Raises: Doubt, when figures contradict one another or the rulebook is beyond the engine's columns; EngineError,
    when the engine fails.
    """
    if not is_supported(rules):
        raise Doubt
    program = Program.of(rules, areas, year)
    return result_rows(program, gather(backend, program), level)


def observations(backend: Backend, areas: AreaMap) -> Iterator[Observation]:
    """Return the rows of the frame at places of the map, for the reference."""
    known = areas.codes
    for element, area, org, period, sex, age, ethnicity, kind, state, status, whole, micro, line in frame(
        backend
    ):
        if area in known:
            value = Quantity(int(whole), int(micro)) if whole is not None else None
            yield Observation(
                element,
                area,
                period,
                State(state),
                value,
                org,
                sex,
                age,
                ethnicity,
                kind,
                Status(status),
                int(line),
            )
