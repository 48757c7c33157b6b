"""From amounts to the files suppliers send: periods, states, parts beside totals, late and corrected files.

Source: compute contract §§3–7.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from songhanh.core.elements import DIMENSIONS, TOTAL
from songhanh.core.periods import months, quarters, school_year
from songhanh.core.results import State

from .amounts import Cells, Slots, Unit, World
from .parameters import PROVINCE, BadParameters, Correction, Figure, Supplier

COLUMNS = (
    "element",
    "area",
    "org",
    "period",
    *DIMENSIONS,
    "state",
    "value",
    "status",
    "x_reporter",
    "x_source",
)
"""Columns of every file, in this order (contract §3.1)."""

Codes = tuple[str, str, str, str]
"""Codes of sex, age, ethnicity and kind."""

_GAP_STATES = {"unknown": State.MISSING, "not_applicable": State.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file."""

    element: str
    area: str
    org: str
    period: str
    codes: Codes
    state: str
    value: str
    status: str
    reporter: str
    source: str

    def cells(self) -> tuple[str, ...]:
        """The row as it is written."""
        head = (self.element, self.area, self.org, self.period, *self.codes)
        return (*head, self.state, self.value, self.status, self.reporter, self.source)


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of one unit for one part of a year, ready to be written with its parts."""

    figure: Figure
    year: int
    unit: Unit
    slot: int  # 0 the whole year, else the number of its quarter or month
    slots: int  # into how many parts the year falls
    codes: Mapping[str, int]
    supplier: Supplier


class Writer:
    """Makes the rows of all suppliers' files for one year."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.parameters = world.parameters

    def rows(self, year: int, figures: Iterable[Figure]) -> Iterator[tuple[str, Row]]:
        """Yield file names and rows of some figures for a year, in the order of the file of parameters."""
        for figure in figures:
            cells = self.world.cells(figure.key, year)
            for told in self._told(figure, year, cells):
                yield from self._written(told)

    def _told(self, figure: Figure, year: int, cells: Cells) -> Iterator[Told]:
        if not cells:
            return
        if figure.place.at(year) == "total":
            supplier = self._supplier(figure.total_by)
            cells = {self.world.province: _added(cells.values())}
        else:
            supplier = self._supplier(figure.by)
        for unit, slots in cells.items():
            teller = self._supplier(unit[1]) if unit[1] else supplier
            for slot, codes in slots.items():
                yield Told(figure, year, unit, slot, len(slots), codes, teller)

    def _supplier(self, code: str) -> Supplier:
        if code not in self.parameters.suppliers:
            raise BadParameters("suppliers", f"thiếu nơi cung cấp {code}")
        return self.parameters.suppliers[code]

    def _written(self, told: Told) -> Iterator[tuple[str, Row]]:
        gap = self._gap(told)
        name = self._file(told)
        if gap == "silent":
            return
        if gap in _GAP_STATES:
            yield from ((name, row) for row in self._gap_rows(told, _GAP_STATES[gap]))
            return
        if gap == "late":
            ending, words = self.parameters.late
            yield from ((self._file(told, ending), row) for row in self._full(told, words))
            return
        correction = self._correction(told)
        if correction is None:
            yield from ((name, row) for row in self._full(told, ""))
        else:
            yield from self._twice(told, correction, name)

    def _twice(self, told: Told, correction: Correction, name: str) -> Iterator[tuple[str, Row]]:
        """Yield the figure as first sent, then the rows that a second file puts right."""
        wrong = {code: amount + correction.off.get(code, 0) for code, amount in told.codes.items()}
        status = correction.first_status
        first = [replace(row, status=status) for row in self._full(replace(told, codes=wrong), "")]
        yield from ((name, row) for row in first)
        ending, words = self.parameters.corrected
        known = {row.cells()[:11] for row in first}
        for row in self._full(told, f"{words}: {correction.note}"):
            if row.cells()[:11] not in known:  # all but who reports it and where from
                yield self._file(told, ending), row

    def _file(self, told: Told, ending: str = "") -> str:
        return f"{self.parameters.prefix}_{told.year}_{told.supplier.code}{told.figure.apart}{ending}.csv"

    def _gap(self, told: Told) -> str:
        for silence in self.parameters.silences:
            if (
                told.year in silence.years
                and told.figure.key in silence.elements
                and self._name(told.unit) in silence.units
                and (not silence.slots or told.slot in silence.slots)
            ):
                return silence.gap
        return ""

    def _correction(self, told: Told) -> Correction | None:
        place = (told.year, told.figure.key, self._name(told.unit), told.slot)
        for found in self.parameters.corrections:
            if (found.year, found.element, found.unit, found.slot) == place:
                return found
        return None

    def _name(self, unit: Unit) -> str:
        return PROVINCE if unit == self.world.province else unit[1] or unit[0]

    def _gap_rows(self, told: Told, state: State) -> Iterator[Row]:
        leading = told.figure.leading
        codes = told.codes if leading and not told.figure.total else (TOTAL,)
        for code in codes:
            yield self._row(told, _codes(leading.dimension if leading else "", code), state)

    def _full(self, told: Told, words: str) -> Iterator[Row]:
        """Yield the rows of a figure: the total, the leading breakdown, then the other breakdowns."""
        figure, leading = told.figure, told.figure.leading
        amount = sum(told.codes.values())
        if figure.total:
            yield self._figure_row(told, _codes("", TOTAL), amount, words)
        if amount == 0 and figure.total:
            return
        if leading:
            for code, part in told.codes.items():
                if not figure.shown or code in figure.shown:
                    yield self._figure_row(told, _codes(leading.dimension, code), part, words)
        for split in figure.parts if told.year >= figure.parts_since else ():
            parts = self.world.split(split, amount, told.unit, figure.key, told.year, told.slot)
            for code, part in parts.items():
                yield self._figure_row(told, _codes(split.dimension, code), part, words)

    def _figure_row(self, told: Told, codes: Codes, amount: int, words: str) -> Row:
        if amount == 0 and told.figure.nil:
            return self._row(told, codes, State.NIL, words=words)
        return self._row(told, codes, State.VALUE, _number(amount, told.figure.decimals), words)

    def _row(self, told: Told, codes: Codes, state: State, value: str = "", words: str = "") -> Row:
        status = (told.figure.status or self.parameters.status).at(told.year) if state.answered else ""
        source = f"{self.parameters.mark} – {told.supplier.source}, năm {told.year}"
        return Row(
            element=told.figure.element,
            area=told.unit[0],
            org=told.unit[1],
            period=self._period(told),
            codes=codes,
            state=state.value,
            value=value,
            status=status or "",
            reporter=told.supplier.reporter or told.unit[0],
            source=f"{source} – {words}" if words else source,
        )

    @staticmethod
    def _period(told: Told) -> str:
        year, form = told.year, told.figure.at.at(told.year)
        if told.slot:
            return (quarters(year) if told.slots == 4 else months(year))[told.slot - 1]
        return {
            "I": f"{year}-12-31",
            "S": school_year(year),
            "T": f"{year}-11-15/P31D",
            "N": f"{year - 1}-12-15/P1Y",
        }.get(form or "", str(year))


def written(rows: Iterable[Row], order: Mapping[str, int], province: str) -> bytes:
    """Return the file: header, then rows in canonical order, the province before its communes (contract §3.4)."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    cells = [row.cells() for row in rows]
    cells.sort(key=lambda c: (order[c[0]], c[1] != province, *c[1:8]))
    table.writerows(cells)
    return text.getvalue().encode()


def _added(slots_of_units: Iterable[Slots]) -> Slots:
    whole: Slots = {}
    for slots in slots_of_units:
        for slot, codes in slots.items():
            sums = whole.setdefault(slot, {})
            for code, amount in codes.items():
                sums[code] = sums.get(code, 0) + amount
    return whole


def _codes(dimension: str, code: str) -> Codes:
    sex, age, ethnicity, kind = (code if name == dimension else TOTAL for name in DIMENSIONS)
    return (sex, age, ethnicity, kind)


def _number(amount: int, decimals: int) -> str:
    if not decimals:
        return str(amount)
    whole, rest = divmod(amount, 10**decimals)
    return f"{whole}.{rest:0{decimals}d}".rstrip("0").rstrip(".")
