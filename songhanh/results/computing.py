"""From the register as of a mark to results with the rows behind them. Reads the database, writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from songhanh.core.compute import Level, Outcome, explain
from songhanh.core.elements import ReadAt
from songhanh.core.observations import Observation as Figure
from songhanh.core.results import State
from songhanh.observations import queries
from songhanh.observations.queries import Entry
from songhanh.observations.reading import Readers, first_year, owed, rules_of
from songhanh.plan import Edition


@dataclass(frozen=True, slots=True)
class Register:
    """The register as of a mark, with the cells that were owed then; `line` of a figure is its id, 0 when owed."""

    mark: int
    entries: Mapping[int, Entry]
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
        return years_with_figures({(f.element, f.period) for f in self._told()}, self.readers)

    def _told(self) -> Iterable[Figure]:
        return (entry.figure for entry in self.entries.values() if entry.figure.state is not State.MISSING)

    def batches_behind(self, outcomes: Iterable[Outcome]) -> set[int]:
        """Return the batches from which the rows behind some results came."""
        ids = {row.line for outcome in outcomes for row in outcome.sources}
        return {self.entries[id_].batch for id_ in ids if id_ in self.entries}


def read_register(edition: Edition, *, mark: int | None = None) -> Register:
    """Return the register as of a mark, or as it stands."""
    mark = queries.mark() if mark is None else mark
    entries = {entry.id: entry for entry in queries.current(mark=mark)}
    standing = [entry.figure for entry in entries.values()]
    figures = (*standing, *owed(standing, edition=edition))
    return Register(mark, entries, figures, Readers(rules_of(edition)), edition)


def years_with_figures(periods: Collection[tuple[str, str]], readers: Readers) -> tuple[int, ...]:
    """Return every year from the first to the last for which calendar figures are read.

    School years do not count: a cohort is read four or five years after it was entered.
    """
    specs = readers.rules.elements
    found: set[int] = set()
    for element, period in periods:
        rule = specs[element].rule if element in specs else None
        if rule is not None and rule.at is not ReadAt.S and readers.years(element, period):
            found.add(first_year(period))
    return tuple(range(min(found), max(found) + 1)) if found else ()
