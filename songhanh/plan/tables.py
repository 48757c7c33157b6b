"""Tables of an edition (CSV), read row by row; whatever does not fit becomes a problem with file, line and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from songhanh.plan.problems import Problems
from songhanh.plan.source import DECIMAL, WHOLE, parse_day


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a CSV file with the line on which it ends."""

    file: str
    line: int
    cells: Mapping[str, str]
    problems: Problems

    def problem(self, column: str, case: str, **data: str) -> None:
        """Remember that a cell of the row is wrong."""
        self.problems.add(self.file, column, case, line=self.line, **data)

    def text(self, column: str) -> str:
        """Return the words of a cell that must be filled."""
        if not self.cells[column]:
            self.problem(column, "field_empty")
        return self.cells[column]

    def code(self, column: str, pattern: re.Pattern[str]) -> str:
        """Return a code of the given form."""
        found = self.text(column)
        if found and not pattern.fullmatch(found):
            self.problem(column, "code_form", value=found)
        return found

    def day(self, column: str, *, optional: bool = False) -> date | None:
        """Return a date written 2026-12-31."""
        text = self.cells[column] if optional else self.text(column)
        found = parse_day(text) if text else None
        if text and found is None:
            self.problem(column, "not_a_date", value=text)
        return found

    def whole(self, column: str) -> int:
        """Return a whole number from 0 up."""
        text = self.text(column)
        if text and not (WHOLE.fullmatch(text) and int(text) >= 0):
            self.problem(column, "not_a_whole_number", value=text)
            return 0
        return int(text) if text else 0

    def decimal(self, column: str) -> Decimal:
        """Return an exact number."""
        text = self.text(column)
        if text and not DECIMAL.fullmatch(text):
            self.problem(column, "not_a_number", value=text)
            return Decimal(0)
        return Decimal(text) if text else Decimal(0)


def rows(
    lines: Iterable[str], columns: tuple[str, ...], file: str, problems: Problems, *, more: bool = False
) -> Iterator[Row]:
    """Yield the rows of a CSV text whose header holds exactly `columns` in any order (`more`: at least these).

    A missing, unknown or repeated column, and a row that is too short or too long, become problems.
    """
    text = "".join(line if line.endswith("\n") else f"{line}\n" for line in lines).removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        found = [(cells, reader.line_num) for cells in reader]
    except csv.Error:
        problems.add(file, "", "csv_syntax", line=reader.line_num)
        return
    header = found[0][0] if found else []
    if not _check_header(header, columns, file, problems, more=more):
        return
    for cells, line in found[1:]:
        if cells and len(cells) != len(header):
            problems.add(file, "", "row_length", line=line, cells=str(len(cells)), columns=str(len(header)))
        elif cells:
            yield Row(file, line, dict(zip(header, cells, strict=True)), problems)


def _check_header(
    header: list[str], columns: tuple[str, ...], file: str, problems: Problems, *, more: bool
) -> bool:
    """Say whether the rows can be read, after reporting what is wrong with the columns."""
    for name in columns:
        if name not in header:
            problems.add(file, name, "column_missing", line=1)
    for name in header:
        if name not in columns and not more:
            problems.add(file, name, "column_unknown", line=1, known=", ".join(columns))
    if len(set(header)) != len(header):
        problems.add(file, "", "column_twice", line=1)
    return set(columns) <= set(header)
