"""Periods as they are written in files, and the periods at which an element is read.

One interval has one writing; all are SDMX time values. Source: compute contract §4.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from .elements import ReadAt

YEAR = re.compile(r"[0-9]{4}")
_PART = re.compile(r"([0-9]{4})-(?:S([12])|Q([1-4])|(0[1-9]|1[0-2]))")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_RANGE = re.compile(r"([0-9]{4})-([0-9]{2}-[0-9]{2})/(P[0-9]+[YMD])")

_RANGES = {
    "P1Y": {"12-15", "09-01"},  # administrative year, school year
    "P6M": {"12-15", "06-15"},
    "P9M": {"12-15"},
    "P3M": {"12-15", "03-15", "06-15", "09-15"},
    "P1M": {f"{month:02d}-15" for month in range(1, 13)},
    "P31D": {"11-15"},  # Action Month, 15/11–15/12
}


def is_year(text: str) -> bool:
    """Say whether the text writes a calendar year."""
    return YEAR.fullmatch(text) is not None and text != "0000"


def is_period(text: str, *, term_first: int, term_last: int) -> bool:
    """Say whether the text is the one writing of a period that contract §4 knows.

    The plan's term is written from its own first year for its own number of years.
    """
    if text.startswith("0000"):
        return False
    if is_year(text) or _PART.fullmatch(text):
        return True
    if day := _DAY.fullmatch(text):
        return _exists(*(int(part) for part in day.groups()))
    if interval := _RANGE.fullmatch(text):
        _, start, length = interval.groups()
        return start in _RANGES.get(length, set()) or text == term_writing(term_first, term_last)
    return False


def term_writing(first: int, last: int) -> str:
    """Return how the plan's term is written: `2026-01-01/P5Y`."""
    return f"{first:04d}-01-01/P{last - first + 1}Y"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def school_year(ending: int) -> str:
    """Return how the school year that ends in a year is written (1 September to 31 August, J2)."""
    return f"{ending - 1:04d}-09-01/P1Y"


def quarters(year: int) -> tuple[str, ...]:
    """Return the writings of the four calendar quarters."""
    return tuple(f"{year:04d}-Q{quarter}" for quarter in range(1, 5))


def months(year: int) -> tuple[str, ...]:
    """Return the writings of the twelve months."""
    return tuple(f"{year:04d}-{month:02d}" for month in range(1, 13))


def months_of(quarter: str) -> tuple[str, ...]:
    """Return the writings of the three months of a calendar quarter."""
    year, number = quarter.split("-Q")
    first = 3 * int(number) - 2
    return tuple(f"{year}-{month:02d}" for month in range(first, first + 3))


def alternatives(at: ReadAt, year: int) -> tuple[tuple[str, ...], ...]:
    """Return the groups of periods that give one year's figure, the first present group winning (contract §7.2).

    Quarters and months (`Q`, `M`) are not one figure of a year; see `quarter_alternatives` and `months`.
    """
    match at:
        case ReadAt.I:
            return ((f"{year:04d}-12-31",),)
        case ReadAt.Y:
            return ((f"{year:04d}",),)
        case ReadAt.A:
            return ((f"{year:04d}",), quarters(year), months(year))
        case ReadAt.S:
            return ((school_year(year),),)
        case ReadAt.Q | ReadAt.M:
            raise ValueError(f"an element read at {at} has no single figure of a year")


def quarter_alternatives(quarter: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of periods that give a quarter's figure: itself, else its months."""
    return ((quarter,), months_of(quarter))


def periods_read(at: ReadAt, year: int) -> frozenset[str]:
    """Return every period at which rows of an element are looked at for a year."""
    match at:
        case ReadAt.Q:
            return frozenset(quarters(year)) | frozenset(months(year))
        case ReadAt.M:
            return frozenset(months(year))
        case _:
            return frozenset(period for group in alternatives(at, year) for period in group)


@dataclass(frozen=True, slots=True)
class Interval:
    """The days a period covers, both ends included."""

    first: date
    last: date


def interval(text: str) -> Interval:
    """Return the days that a written period covers.

    Raises: ValueError for a writing that contract §4 does not know.
    """
    if is_year(text):
        return Interval(date(int(text), 1, 1), date(int(text), 12, 31))
    if part := _PART.fullmatch(text):
        year, half, quarter, month = part.groups()
        if half:
            return _months_from(date(int(year), 6 * int(half) - 5, 1), 6)
        if quarter:
            return _months_from(date(int(year), 3 * int(quarter) - 2, 1), 3)
        return _months_from(date(int(year), int(month), 1), 1)
    if _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return Interval(day, day)
    if written := _RANGE.fullmatch(text):
        start = date.fromisoformat(f"{written[1]}-{written[2]}")
        count, unit = int(written[3][1:-1]), written[3][-1]
        if unit == "D":
            return Interval(start, start + timedelta(days=count - 1))
        return _months_from(start, count * 12 if unit == "Y" else count)
    raise ValueError(text)


def _months_from(start: date, count: int) -> Interval:
    month = start.month - 1 + count
    year, month = start.year + month // 12, month % 12 + 1
    end = date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    return Interval(start, end - timedelta(days=1))
