"""What an engine found in a frame, as Python values: a few rows per criterion, whatever the size of the frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from songhanh.core.observations import MILLION
from songhanh.core.results import State, Status

from .backends import Backend, create, create_as, drop
from .program import CellKey, Program, ReadingKey, ScopeKey
from .statements import statements
from .tables import DERIVED, SCHEMAS, SET_UP


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the province; `state` None means that no row is there at all."""

    state: State | None = None
    amount: Fraction = Fraction(0)
    status: Status | None = None

    @property
    def answered(self) -> bool:
        """True for a number or a declared nil."""
        return self.state is not None and self.state.answered


ABSENT = Figure()


@dataclass(frozen=True, slots=True)
class Coverage:
    """A scope over all its units: who owes, who answered, what they add up to; `wrong` counts contradictions."""

    need: int = 0
    have: int = 0
    num: int = 0
    den: int = 0
    status: Status | None = None
    wrong: int = 0
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommuneStand:
    """How one commune stands in a scope; `standing` is one of the values in `tables`."""

    standing: int
    num: int
    den: int
    status: Status | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the last step needs to know."""

    figures: Mapping[CellKey, Figure]
    coverage: Mapping[ScopeKey, Coverage]
    answers: Mapping[tuple[ScopeKey, CellKey], tuple[int, int]]
    """How many units, and how many organisations among them, answered a cell of a scope."""
    totals: frozenset[ScopeKey]
    communes: Mapping[ScopeKey, Mapping[str, CommuneStand]]
    over_bounds: int

    def figure(self, key: CellKey) -> Figure:
        """Return a figure of the province."""
        return self.figures.get(key, ABSENT)

    def sums(self, key: ScopeKey) -> Coverage:
        """Return the sums of a scope; one without units has none."""
        return self.coverage.get(key, Coverage())

    def heard(self, scope: ScopeKey, cell: CellKey) -> int:
        """Return how many units of a scope answered a cell."""
        return self.answers.get((scope, cell), (0, 0))[0]

    def heard_of_organisations(self, scope: ScopeKey, cell: CellKey) -> int:
        """Return how many organisations of a scope answered a cell."""
        return self.answers.get((scope, cell), (0, 0))[1]


def gather(backend: Backend, program: Program) -> Facts:
    """Run the expressions over the frame that stands in the backend and return what they found.

    The frame stays; every other table is removed. Raises: EngineError.
    """
    try:
        return _gather(backend, program)
    finally:
        for table in (*SET_UP, *DERIVED):
            drop(backend, table)


def _gather(backend: Backend, program: Program) -> Facts:
    steps = statements(backend.dialect)
    _fill(backend, "engine_place", program.place_rows())
    _fill(backend, "engine_reading", program.reading_rows())
    create_as(backend, "engine_presence", steps["engine_presence"])
    present = _presence(backend, program)
    kinds: dict[str, set[str]] = {}
    for element, kind in backend.run(steps["kinds"]):
        kinds.setdefault(element, set()).add(kind)
    program.with_kinds(kinds)
    totals = frozenset(key for key, scope in program.scopes.items() if _uses_totals(program, key, present))
    for table, rows in program.rows(totals).items():
        _fill(backend, table, rows)
    for table in ("engine_cell", "engine_unit", "engine_stand"):
        create_as(backend, table, steps[table])
    return _read_out(backend, program, totals, steps)


def _fill(backend: Backend, table: str, rows: list[tuple[object, ...]]) -> None:
    create(backend, table)
    backend.insert(table, rows)


def _presence(backend: Backend, program: Program) -> dict[ReadingKey, set[tuple[int, str]]]:
    keys = list(program.readings)
    found: dict[ReadingKey, set[tuple[int, str]]] = {}
    columns = ", ".join(f'"{name}"' for name in SCHEMAS["engine_presence"])
    for reading, level, org in backend.run(f"SELECT {columns} FROM engine_presence"):
        found.setdefault(keys[int(reading)], set()).add((int(level), org))
    return found


def _uses_totals(program: Program, key: ScopeKey, present: Mapping[ReadingKey, set[tuple[int, str]]]) -> bool:
    """Say whether the province's own row stands in for the units: when nobody else has a row (contract §7.4)."""
    scope = program.scopes[key]
    places = {place for role in scope.roles if role.owned for place in present.get(role.reading, ())}
    return scope.may_use_totals and places == {(0, "")}


def _status(rank: object) -> Status | None:
    number = int(str(rank)) if rank is not None else len(Status)
    return Status.of_rank(number) if number < len(Status) else None


def _read_out(
    backend: Backend, program: Program, totals: frozenset[ScopeKey], steps: Mapping[str, str]
) -> Facts:
    cells, scopes = list(program.cells), list(program.scopes)
    figures = {
        cells[int(cell)]: Figure(
            State(state), Fraction(int(whole) * MILLION + int(micro), MILLION), _status(status)
        )
        for cell, state, whole, micro, status in backend.run(steps["province"])
    }
    silent: dict[ScopeKey, list[str]] = {}
    for scope, area, org in backend.run(steps["silent"]):
        silent.setdefault(scopes[int(scope)], []).append(org or area)
    coverage = {
        scopes[int(scope)]: Coverage(
            int(need),
            int(have),
            int(num),
            int(den),
            _status(status),
            int(wrong),
            tuple(sorted(silent.get(scopes[int(scope)], ()))),
        )
        for scope, need, have, num, den, status, wrong in backend.run(steps["coverage"])
    }
    answers = {
        (scopes[int(scope)], cells[int(cell)]): (int(units), int(orgs))
        for scope, cell, units, orgs in backend.run(steps["answered"])
    }
    communes: dict[ScopeKey, dict[str, CommuneStand]] = {}
    for scope, area, standing, num, den, status in backend.run(steps["commune_rows"]):
        stand = CommuneStand(int(standing), int(num), int(den), _status(status))
        communes.setdefault(scopes[int(scope)], {})[area] = stand
    over = int(backend.run(steps["over_bounds"])[0][0])
    return Facts(figures, coverage, answers, totals, communes, over)
