"""Results for pages: a year with its series, the rows behind a number, one row with its history, releases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from songhanh.core.compute import explain
from songhanh.core.observations import Observation as Figure
from songhanh.core.results import COLUMNS, ResultRow
from songhanh.core.rulebook import Rulebook
from songhanh.observations import queries as register
from songhanh.observations.queries import BatchInfo, Entry
from songhanh.observations.reading import Readers, first_year, owed
from songhanh.plan import Edition

from . import services
from .models import Release, Result, Run

READER = "song-hanh"
"""Who is named as the maker of results that were computed because somebody looked."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The results of a year and the province's yearly rows of every year, as pages show them.

    `years` are those with figures; `series` holds per criterion its rows in the order of the years. Without any
    figure `years` and `series` are empty and `rows` says of everything that nothing is known.
    """

    year: int
    years: tuple[int, ...]
    rows: tuple[ResultRow, ...]
    series: Mapping[str, tuple[ResultRow, ...]]
    illustrative: bool
    mark: int
    computed_at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """A row of the register behind a number, with what it came in with.

    `entry` is None for a cell that a unit owes and nobody has sent; `figure` then says which.
    """

    figure: Figure
    entry: Entry | None
    batch: BatchInfo | None


def shown(year: int, *, edition: Edition) -> Shown:
    """Return what pages show of a year, as new as the register.

    Raises: Refused, when figures contradict one another.
    """
    run = services.fresh_run(year, edition=edition, by=READER)
    known = services.years(edition=edition)
    runs = services.latest_runs(known, edition=edition)
    province = edition.area_map(year).province.code
    series: dict[str, list[ResultRow]] = {}
    for row in _yearly(runs, province):
        series.setdefault(row.criterion, []).append(row)
    return Shown(
        year=year,
        years=known,
        rows=tuple(ResultRow(*cells) for cells in _cells(run)),
        series={code: tuple(rows) for code, rows in series.items()},
        illustrative=run.illustrative or any(r.illustrative for r in runs),
        mark=run.mark,
        computed_at=run.created_at,
    )


def _cells(run: Run) -> list[tuple[str, ...]]:
    return list(Result.objects.filter(run=run).order_by("order").values_list(*COLUMNS))


def _yearly(runs: list[Run], province: str) -> list[ResultRow]:
    """Return the province's rows of whole years of some runs, in one query."""
    rows = Result.objects.filter(run__in=runs, area=province, period=F("run__period"))
    return [ResultRow(*cells) for cells in rows.order_by("period", "order").values_list(*COLUMNS)]


def lineage(
    criterion: str, year: int, *, edition: Edition, area: str | None = None, mark: int | None = None
) -> tuple[Source, ...]:
    """Return the rows behind a criterion of a year, at the province or at one commune, gaps included.

    In the order of elements, then areas, organisations and periods. A province row that reads every commune has the
    rows of all of them.
    Raises: KeyError, when the plan has no such criterion; Refused, when figures contradict one another.
    """
    wanted = edition.criterion(criterion)
    whole = edition.rules
    entries = {e.id: e for e in register.current(mark=mark, elements=wanted.elements)}
    standing = [entry.figure for entry in entries.values()]
    latest = max((first_year(period) for _, period in register.all_periods(mark=mark)), default=0)
    gaps = [row for row in owed(standing, edition=edition, latest=latest) if row.element in wanted.elements]
    narrow = Rulebook(whole.elements, (wanted,), whole.dimensions, whole.term_first, whole.term_last)
    areas = edition.area_map(year)
    figures = Readers(narrow).by_year((*standing, *gaps), (year,))[year]
    place = area or areas.province.code
    found = {
        figure.key: figure
        for outcome in explain(figures, rules=narrow, areas=areas, year=year)
        if outcome.row.area == place
        for figure in outcome.sources
    }
    batches = {b.id: b for b in register.batches({e.batch for e in entries.values()})}
    order = {element: number for number, element in enumerate(wanted.elements)}
    rows = sorted(found.values(), key=lambda f: (order[f.element], f.area != areas.province.code, f.key))
    return tuple(_source(figure, entries, batches) for figure in rows)


def _source(figure: Figure, entries: Mapping[int, Entry], batches: Mapping[int, BatchInfo]) -> Source:
    entry = entries.get(figure.line)
    return Source(figure, entry, batches[entry.batch] if entry else None)


def observation(id_: int) -> tuple[Source, ...]:
    """Return a row of the register and every version of the same figure, the newest first; empty when not there."""
    entry = register.entries((id_,)).get(id_)
    if entry is None:
        return ()
    versions = {e.id: e for e in register.history(entry.figure.key)}
    batches = {b.id: b for b in register.batches({e.batch for e in versions.values()})}
    return tuple(_source(e.figure, versions, batches) for e in versions.values())


def releases(year: int | None = None) -> list[Release]:
    """Return releases, the newest first: of a year, or all."""
    rows = Release.objects.order_by("-created_at", "-pk")
    return list(rows if year is None else rows.filter(period=f"{year:04d}"))


def releases_named(prefix: str) -> list[Release]:
    """Return the releases whose id begins so."""
    return list(Release.objects.filter(pk__startswith=prefix.lower()).order_by("pk"))
