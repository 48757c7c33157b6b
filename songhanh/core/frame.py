"""Reading one figure out of many rows: cells, partitions, quarters and months.

Source: compute contract §§7.1, 7.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .elements import DIMENSIONS, TOTAL, ReadRule
from .observations import Observation
from .periods import alternatives, periods_read
from .results import State
from .rulebook import Rulebook

Fixed = tuple[tuple[str, str], ...]
Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell; `state` None means that no row is there at all.

    `rows` are the rows the cell was read from, those that were left out as not applicable excepted.
    """

    state: State | None = None
    amount: Fraction = Fraction(0)
    rows: tuple[Observation, ...] = ()

    @property
    def present(self) -> bool:
        """True when some row is there, whatever it says."""
        return self.state is not None

    @property
    def answered(self) -> bool:
        """True for a number or a declared nil."""
        return self.state is not None and self.state.answered

    @property
    def not_applicable(self) -> bool:
        """True when the unit owes nothing here."""
        return self.state is State.NOT_APPLICABLE


ABSENT = Cell()


def combine(cells: Sequence[Cell]) -> Cell:
    """Return several parts as one cell (contract §7.1).

    Parts that are not applicable are left out; with nothing left the whole is not applicable; any unanswered part
    leaves the whole unanswered; nil only when all parts are nil.
    """
    owed = [cell for cell in cells if not cell.not_applicable]
    rows = tuple(row for cell in owed for row in cell.rows)
    if not owed:
        return Cell(State.NOT_APPLICABLE)
    if not all(cell.answered for cell in owed):
        return Cell(State.MISSING, rows=rows)
    if all(cell.state is State.NIL for cell in owed):
        return Cell(State.NIL, rows=rows)
    return Cell(State.VALUE, sum((cell.amount for cell in owed), Fraction(0)), rows)


@dataclass(slots=True)
class Frame:
    """Observations laid out for reading; every row must have passed `core.table`."""

    rules: Rulebook
    province: str
    places: dict[tuple[str, str], dict[tuple[str, str], dict[Codes, Observation]]] = field(
        default_factory=dict
    )

    @staticmethod
    def of(observations: Iterable[Observation], *, rules: Rulebook, province: str) -> Frame:
        """Lay out the rows of the elements that some criterion reads."""
        frame = Frame(rules, province)
        for row in observations:
            spec = rules.elements[row.element]
            if spec.rule is not None:
                at = frame.places.setdefault((row.element, row.period), {})
                at.setdefault((row.area, row.org), {})[row.sex, row.age, row.ethnicity, row.kind] = row
        return frame

    def rule(self, element: str) -> ReadRule:
        """Return how an element is read. Raises: KeyError for one that is not read."""
        rule = self.rules.elements[element].rule
        if rule is None:
            raise KeyError(element)
        return rule

    def cell(self, element: str, area: str, org: str, period: str, fixed: Fixed = ()) -> Cell:
        """Return the cell of one period: the row itself, else the first partition that is there (contract §7.1)."""
        rows = self.places.get((element, period), {}).get((area, org))
        if not rows:
            return ABSENT
        wanted = dict(fixed)
        base = {name: wanted.get(name, TOTAL) for name in DIMENSIONS}
        if direct := rows.get(tuple(base.values())):
            return _cell(direct)
        for partition in self.rule(element).partitions_besides(frozenset(wanted)):
            keys = [tuple((base | {partition.dimension: code}).values()) for code in partition.codes]
            if any(key in rows for key in keys):
                return combine([_cell(rows[key]) if key in rows else ABSENT for key in keys])
        return ABSENT

    def figure(self, element: str, area: str, org: str, year: int, fixed: Fixed = ()) -> Cell:
        """Return a year's figure: of the first group of periods that is there at all (contract §7.2)."""
        return self.first_present(element, area, org, alternatives(self.rule(element).at, year), fixed)

    def first_present(
        self, element: str, area: str, org: str, groups: Iterable[Sequence[str]], fixed: Fixed = ()
    ) -> Cell:
        """Return the figure of the first group of periods in which any cell is there; several are combined."""
        for group in groups:
            cells = [self.cell(element, area, org, period, fixed) for period in group]
            if any(cell.present for cell in cells):
                return cells[0] if len(cells) == 1 else combine(cells)
        return ABSENT

    def places_of(self, element: str, periods: Iterable[str]) -> set[tuple[str, str]]:
        """Return the (area, org) pairs that have any row, in any state, for an element in some periods."""
        return {place for period in periods for place in self.places.get((element, period), {})}

    def kinds_of(self, element: str, periods: Iterable[str]) -> set[str]:
        """Return the codes of `kind` that rows of the province carry for an element in some periods."""
        at = (self.places.get((element, period), {}).get((self.province, ""), {}) for period in periods)
        return {codes[3] for rows in at for codes in rows}

    def periods_read(self, element: str, year: int) -> frozenset[str]:
        """Return the periods at which rows of an element are looked at for a year."""
        return periods_read(self.rule(element).at, year)


def _cell(row: Observation) -> Cell:
    if row.state is State.NOT_APPLICABLE:
        return Cell(State.NOT_APPLICABLE)
    amount = row.value.exact if row.value else Fraction(0)
    return Cell(row.state, amount, (row,))
