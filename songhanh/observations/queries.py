"""Reading the register: as it stands, as it stood, and the history of one figure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, QuerySet

from songhanh.core.observations import Observation as Figure
from songhanh.core.observations import Quantity
from songhanh.core.results import State, Status

from .models import KEY, Batch, Observation

_STATES = {state.value: state for state in State}
_STATUSES = {status.value: status for status in Status}
_FIGURE = (
    "id", "element", "area", "period", "state", "whole", "micro", "org", "sex", "age", "ethnicity", "kind", "status",
)  # fmt: skip
_COLUMNS = (
    *_FIGURE, "source", "reporter", "submission", "approved_at", "recorded_at", "version", "replaces_id", "batch_id",
)  # fmt: skip
_MOST_PERIODS = 5_000  # above this many the database gets no list of periods


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the register: the figure (its `line` is the row's id) and where it came from."""

    id: int
    figure: Figure
    source: str
    reporter: str
    submission: str
    approved_at: datetime
    recorded_at: datetime
    version: int
    replaces: int | None
    batch: int


@dataclass(frozen=True, slots=True)
class BatchInfo:
    """What came in together; `count` is how many rows it added."""

    id: int
    source: str
    file_name: str
    count: int
    illustrative: bool
    recorded_at: datetime
    by: str


def mark() -> int:
    """Return the greatest id of the register, 0 while it is empty."""
    return Observation.objects.aggregate(last=Max("id"))["last"] or 0


def mark_at(moment: datetime) -> int:
    """Return the mark of the register as it stood at a moment: the last row before the first later one."""
    later = Observation.objects.filter(batch__recorded_at__gt=moment).aggregate(first=Min("id"))["first"]
    return mark() if later is None else _last_before(later)


def _last_before(first_later: int) -> int:
    return Observation.objects.filter(id__lt=first_later).aggregate(last=Max("id"))["last"] or 0


def current(
    *,
    mark: int | None = None,
    periods: Collection[str] | None = None,
    elements: Collection[str] | None = None,
) -> list[Entry]:
    """Return the rows that nothing replaces, in the order they came in: as of now, or as of a mark.

    Told gaps (CHUA_CO_SO_LIEU) are among them. `periods` and `elements` narrow the reading.
    """
    return [_entry(row) for row in _current(mark, periods, elements).values_list(*_COLUMNS)]


def figures(
    *,
    mark: int | None = None,
    periods: Collection[str] | None = None,
    elements: Collection[str] | None = None,
) -> list[Figure]:
    """Return the figures of `current` alone, for computing; the `line` of each is its id."""
    return [_figure(row) for row in _current(mark, periods, elements).values_list(*_FIGURE)]


@dataclass(frozen=True, slots=True)
class Standing:
    """A current row as a writer needs it; the `line` of the figure is its id."""

    figure: Figure
    version: int
    batch: int


def standing(
    *, periods: Collection[str] | None = None, batch: int | None = None
) -> dict[tuple[str, ...], Standing]:
    """Return the current rows by key: of some periods, or those that a batch brought."""
    rows = _current(None, periods, None)
    if batch is not None:
        rows = rows.filter(batch=batch)
    found = {}
    for *columns, version, of_batch in rows.values_list(*_FIGURE, "version", "batch_id"):
        figure = _figure(columns)
        found[figure.key] = Standing(figure, version, of_batch)
    return found


def _current(
    mark: int | None, periods: Collection[str] | None, elements: Collection[str] | None
) -> QuerySet[Observation]:
    rows = Observation.objects.order_by("id")
    later = Observation.objects.filter(replaces=OuterRef("pk"))
    if mark is not None:
        rows, later = rows.filter(id__lte=mark), later.filter(id__lte=mark)
    if periods is not None and len(periods) <= _MOST_PERIODS:
        rows = rows.filter(period__in=sorted(periods))
    if elements is not None:
        rows = rows.filter(element__in=sorted(elements))
    return rows.filter(~Exists(later))


def _figure(row: Sequence[Any]) -> Figure:
    id_, element, area, period, state, whole, micro, org, sex, age, ethnicity, kind, status = row
    value = None if whole is None else Quantity(whole, micro)
    told = _STATES[state], value, org, sex, age, ethnicity, kind, _STATUSES[status], id_
    return Figure(element, area, period, *told)


def _entry(row: Sequence[Any]) -> Entry:
    figure = _figure(row[: len(_FIGURE)])
    return Entry(row[0], figure, *row[len(_FIGURE) :])


def entries(ids: Collection[int]) -> dict[int, Entry]:
    """Return rows by id, current or not; ids that are not there are left out."""
    found: dict[int, Entry] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _MOST_PERIODS):
        rows = Observation.objects.filter(id__in=wanted[start : start + _MOST_PERIODS])
        found |= {entry.id: entry for entry in map(_entry, rows.values_list(*_COLUMNS))}
    return found


def history(key: tuple[str, ...], *, mark: int | None = None) -> list[Entry]:
    """Return every version of one figure, the newest first; `key` as in `core.Observation.key`."""
    rows = Observation.objects.filter(**dict(zip(KEY, key, strict=True))).order_by("-id")
    if mark is not None:
        rows = rows.filter(id__lte=mark)
    return [_entry(row) for row in rows.values_list(*_COLUMNS)]


def periods_since(mark: int) -> set[tuple[str, str]]:
    """Return the (element, period) pairs of all rows after a mark."""
    rows = Observation.objects.filter(id__gt=mark).order_by().values_list("element", "period").distinct()
    return set(rows)


def all_periods(*, mark: int | None = None) -> set[tuple[str, str]]:
    """Return the (element, period) pairs for which the register holds anything but told gaps."""
    rows = Observation.objects.exclude(state=State.MISSING.value).order_by()
    if mark is not None:
        rows = rows.filter(id__lte=mark)
    return set(rows.values_list("element", "period").distinct())


def batches_of(ids: Collection[int]) -> set[int]:
    """Return the batches that some rows came in with."""
    found: set[int] = set()
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _MOST_PERIODS):
        rows = Observation.objects.filter(id__in=wanted[start : start + _MOST_PERIODS]).order_by()
        found.update(rows.values_list("batch_id", flat=True).distinct())
    return found


def batches(ids: Collection[int] | None = None) -> list[BatchInfo]:
    """Return batches, the newest first: all of them, or those asked for."""
    rows = Batch.objects.order_by("-id")
    if ids is not None:
        rows = rows.filter(id__in=sorted(ids))
    return [BatchInfo(b.pk, b.source, b.file_name, b.rows, b.illustrative, b.recorded_at, b.by) for b in rows]


def count(*, mark: int) -> int:
    """Return how many rows the register held at a mark, versions that were replaced included."""
    return Observation.objects.filter(id__lte=mark).count()
