"""Fetches what the pages show: results, the observations behind them, units. Queries only; views call nothing else."""

from __future__ import annotations

from functools import cache

from django.utils import timezone

from songhanh.core.results import ResultRow
from songhanh.observations import queries as register
from songhanh.observations.reading import Readers
from songhanh.plan import Edition, load
from songhanh.results import queries, services
from songhanh.web.pages import Book
from songhanh.web.pages_figures import Figure


@cache
def edition() -> Edition:
    """Return the edition the site shows, read once."""
    return load()


def book(asked: str | None) -> Book:
    """Return the edition with the results of the year asked for; of the latest year when it is not one of ours.

    Raises: Refused, when figures of the register contradict one another.
    """
    plan = edition()
    services.refresh(edition=plan, by=queries.READER)
    years = services.years(edition=plan)
    year = years[-1] if years else plan.term.first
    if asked and asked.isdecimal() and int(asked) in years:
        year = int(asked)
    shown = queries.shown(year, edition=plan)
    return Book(
        edition=plan,
        years=shown.years,
        year=year,
        rows=shown.rows,
        series=shown.series,
        illustrative=shown.illustrative,
    )


def result_rows(year: int) -> tuple[ResultRow, ...] | None:
    """Return all rows of a year in the order of the contract; None for a year without figures."""
    plan = edition()
    services.refresh(edition=plan, by=queries.READER)
    if year not in services.years(edition=plan):
        return None
    return queries.shown(year, edition=plan).rows


def figures_behind(book: Book, criterion: str) -> list[Figure]:
    """Return the observations behind the province's value of a criterion, with owed ones that were not sent."""
    return [_figure(one) for one in queries.lineage(criterion, book.year, edition=book.edition)]


def figures_of_unit(book: Book, code: str) -> list[Figure]:
    """Return what a unit reported that counts in the year shown, in the order of the catalogue."""
    plan = book.edition
    readers = Readers(plan.rules)
    read = [pair for pair in register.all_periods() if book.year in readers.years(*pair)]
    found = [
        entry
        for entry in register.current(
            periods={period for _, period in read}, elements={one for one, _ in read}
        )
        if (entry.figure.org or entry.figure.area) == code
        and book.year in readers.years(entry.figure.element, entry.figure.period)
    ]
    order = {element: place for place, element in enumerate(plan.catalogue)}
    found.sort(key=lambda e: (order[e.figure.element], e.figure.period, e.figure.kind, e.figure.sex))
    batches = {b.id: b for b in register.batches({entry.batch for entry in found})}
    return [_figure(queries.Source(e.figure, e, batches.get(e.batch))) for e in found]


def versions(number: int) -> list[Figure]:
    """Return every version of the figure that a row of the register belongs to, newest first; empty without the row."""
    return [_figure(one) for one in queries.observation(number)]


def batches() -> list[register.BatchInfo]:
    """Return what has come into the register, the newest first."""
    return register.batches()


def _figure(one: queries.Source) -> Figure:
    """Return a row as the pages show it, times in the place's own time."""
    figure, entry = one.figure, one.entry
    return Figure(
        id=entry.id if entry else 0,
        element=figure.element,
        area=figure.area,
        org=figure.org,
        period=figure.period,
        sex=figure.sex,
        age=figure.age,
        ethnicity=figure.ethnicity,
        kind=figure.kind,
        state=figure.state,
        value=str(figure.value) if figure.value is not None else "",
        status=figure.status,
        source=entry.source if entry else "",
        reporter=entry.reporter if entry else "",
        recorded_at=timezone.localtime(entry.recorded_at) if entry else None,
        approved_at=timezone.localtime(entry.approved_at) if entry else None,
        version=entry.version if entry else 0,
        illustrative=bool(one.batch and one.batch.illustrative),
    )
