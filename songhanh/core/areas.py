"""Places: the areas in force on a day.

Source: compute contract §2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Area:
    """A province or commune during the days it exists; `valid_to` is its last day, None while it lasts."""

    code: str
    name: str
    level: str  # "province" or "commune"
    parent: str
    valid_from: date
    valid_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Say whether the area exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class AreaMap:
    """One province and its communes by code, as they stand on one day."""

    province: Area
    communes: tuple[Area, ...]

    @property
    def codes(self) -> frozenset[str]:
        """All codes that a figure may carry, the province's included."""
        return frozenset(c.code for c in self.communes) | {self.province.code}


class NoMap(ValueError):
    """The register of areas does not hold exactly one province on the day asked for."""

    def __init__(self, day: date, provinces: int) -> None:
        super().__init__(f"{provinces} provinces in force on {day}")
        self.day = day
        self.provinces = provinces


def map_on(areas: Iterable[Area], day: date) -> AreaMap:
    """Return the province and its communes in force on `day`, communes in plain string order of their codes.

    Raises: NoMap, when the register does not hold exactly one province on that day.
    """
    alive = [area for area in areas if area.in_force(day)]
    provinces = [area for area in alive if area.level == "province"]
    if len(provinces) != 1:
        raise NoMap(day, len(provinces))
    communes = sorted((a for a in alive if a.level == "commune"), key=lambda a: a.code)
    return AreaMap(provinces[0], tuple(communes))


def map_day(year: int, term_first: int) -> date:
    """Return the day whose map counts for figures of `year`.

    31 December of the year, or the first day of the plan's term when the year ends before it: years before the
    plan are baselines and stand on the plan's map (contract §2, J1).
    """
    return date(year, 12, 31) if year >= term_first else date(term_first, 1, 1)
