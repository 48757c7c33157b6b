"""From the register as of a mark to results with the rows behind them. Reads the database, writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from songhanh.core.compute import Level, Outcome, explain
from songhanh.core.elements import ReadAt
from songhanh.core.observations import Observation as Figure
from songhanh.core.results import State
from songhanh.observations import queries
from songhanh.observations.reading import Readers, first_year, owed
from songhanh.plan import Edition


@dataclass(frozen=True, slots=True)
class Register:
    """The register as of a mark, with the cells that were owed then; `line` of a figure is its id, 0 when owed."""

    mark: int
    figures: tuple[Figure, ...]
    readers: Readers
    edition: Edition

    def outcomes(self, year: int, *, level: Level = Level.ALL) -> list[Outcome]:
        """Return the results of a year with what they were read from.

        Raises: Refused, when figures contradict one another.
        """
        return explain(
            self.readers.by_year(self.figures, (year,))[year],
            rules=self.readers.rules,
            areas=self.edition.area_map(year),
            year=year,
            level=level,
        )

    def years(self) -> tuple[int, ...]:
        """Return the years that have results worth showing, from the first with figures to the last."""
        told = {(f.element, f.period) for f in self.figures if f.state is not State.MISSING}
        return years_with_figures(told, self.readers)


def ids_behind(outcomes: Iterable[Outcome]) -> set[int]:
    """Return the ids of the register's rows from which some results were read."""
    return {row.line for outcome in outcomes for row in outcome.sources if row.line}


def is_illustrative(outcomes: Iterable[Outcome]) -> bool:
    """Say whether any row behind some results is made up."""
    return any(batch.illustrative for batch in queries.batches(queries.batches_of(ids_behind(outcomes))))


def read_register(edition: Edition, *, mark: int | None = None) -> Register:
    """Return the register as of a mark, or as it stands."""
    mark = queries.mark() if mark is None else mark
    standing = queries.figures(mark=mark)
    figures = (*standing, *owed(standing, edition=edition))
    return Register(mark, figures, Readers(edition.rules), edition)


HISTORY = 15
"""How many years before the plan a year without any figure still stands in a series between two that have some."""


def years_with_figures(periods: Collection[tuple[str, str]], readers: Readers) -> tuple[int, ...]:
    """Return the years for which calendar figures are read, and those between them.

    School years do not count: a cohort is read four or five years after it was entered. A year far from the plan
    stands alone, so that one mistyped year does not bring a century of empty ones.
    """
    specs = readers.rules.elements
    found: set[int] = set()
    for element, period in periods:
        rule = specs[element].rule if element in specs else None
        if rule is not None and rule.at is not ReadAt.S and readers.years(element, period):
            found.add(first_year(period))
    first, last = readers.rules.term_first - HISTORY, readers.rules.term_last
    near = [year for year in found if first <= year <= last]
    return tuple(sorted(found | set(range(min(near), max(near) + 1)))) if near else tuple(sorted(found))
