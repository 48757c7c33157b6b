"""The only way into the register: whole files or sets of figures, all or nothing."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from songhanh.core.areas import AreaMap
from songhanh.core.compute import Level, compute
from songhanh.core.observations import Observation as Figure
from songhanh.core.problems import Code, Problem, Refused
from songhanh.core.rulebook import Rulebook
from songhanh.core.table import check_sums, read_table
from songhanh.plan import Edition

from . import queries, triggers
from .models import KEY, Batch
from .reading import Readers, first_year, owed

ILLUSTRATIVE = "SỐ LIỆU MINH HỌA"
"""A source that begins with these words marks its figures as invented."""

_TABLE = triggers.OBSERVATION
_COLUMNS = (
    "batch_id", *KEY, "state", "whole", "micro", "status", "source", "reporter", "submission", "approved_at",
    "recorded_at", "version", "replaces_id",
)  # fmt: skip


_ROWS_AT_ONCE = 400
"""How many rows one INSERT brings: a statement with triggers costs SQLite a journal of its own."""

Key = tuple[str, ...]


class Overtaken(Exception):
    """Somebody recorded another value of a figure after the writer had looked; nothing was recorded."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.figures = tuple(figures)
        super().__init__(f"{len(figures)} figures changed meanwhile")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Figures that come in together, and where they come from."""

    rows: Sequence[Figure]
    source: str
    file_name: str = ""
    sha256: str = ""
    illustrative: bool = False

    @property
    def invented(self) -> bool:
        """Say whether somebody says of any of these figures that it is made up."""
        told = {self.source, *(row.extra.get("x_source", "") for row in self.rows)}
        return self.illustrative or any(text.startswith(ILLUSTRATIVE) for text in told)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording did: how many figures are new, corrected, unchanged; `batch` is None when nothing was added."""

    new: int
    corrected: int
    unchanged: int
    batch: int | None
    mark: int

    @property
    def added(self) -> int:
        """How many rows the register grew by."""
        return self.new + self.corrected


def record(
    rows: Iterable[Figure],
    *,
    source: str,
    illustrative: bool = False,
    seen: int | None = None,
    now: datetime | None = None,
    by: str,
) -> Recorded:
    """Add figures to the register in one transaction and return what that amounted to.

    A figure that stands there with the same state, number and status adds nothing. Another one becomes the next
    version and names the row it replaces. With `seen`, the mark of the register the writer looked at, a figure that
    somebody else has changed since is not overwritten.
    Raises: Overtaken, naming such figures; ValueError, when a figure comes twice.
    """
    delivery = Delivery(list(rows), source, illustrative=illustrative)
    return record_all([delivery], seen=seen, now=now, by=by)[0]


def record_all(
    deliveries: Iterable[Delivery], *, seen: int | None = None, now: datetime | None = None, by: str
) -> list[Recorded]:
    """Add several deliveries in their order, all of them or none; see `record`."""
    deliveries = list(deliveries)
    done: list[Recorded] = []
    with transaction.atomic(durable=True):
        _lock()
        there = queries.standing(periods={row.period for delivery in deliveries for row in delivery.rows})
        if seen is not None:
            _refuse_overtaken(deliveries, there, seen)
        for delivery in deliveries:
            recorded = _record(delivery, there, now or timezone.now(), by)
            done.append(recorded)
            if recorded.batch is not None and len(deliveries) > 1:
                there |= queries.standing(batch=recorded.batch)
    return done


def _record(delivery: Delivery, there: Mapping[Key, queries.Standing], now: datetime, by: str) -> Recorded:
    rows = delivery.rows
    if len({row.key for row in rows}) != len(rows):
        raise ValueError("a figure comes twice")
    changed = [row for row in rows if not (row.key in there and _same(there[row.key].figure, row))]
    corrected = sum(row.key in there for row in changed)
    batch = None
    if changed:
        batch = Batch.objects.create(
            source=delivery.source,
            file_name=delivery.file_name,
            sha256=delivery.sha256,
            rows=len(changed),
            illustrative=delivery.invented,
            recorded_at=now,
            by=by,
        ).pk
        _insert(list(_records(changed, there, batch, delivery.source, now)))
    return Recorded(len(changed) - corrected, corrected, len(rows) - len(changed), batch, queries.mark())


def _refuse_overtaken(
    deliveries: Iterable[Delivery], there: Mapping[Key, queries.Standing], seen: int
) -> None:
    late = [
        row
        for delivery in deliveries
        for row in delivery.rows
        if row.key in there and there[row.key].figure.line > seen and not _same(there[row.key].figure, row)
    ]
    if late:
        raise Overtaken(late)


def _lock() -> None:
    """Let one writer at a time in, so that ids follow the order of commits and a mark means one register.

    SQLite has taken its lock already (IMMEDIATE transactions).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {_TABLE} IN SHARE ROW EXCLUSIVE MODE")


def _same(stands: Figure, row: Figure) -> bool:
    return stands.state is row.state and stands.value == row.value and stands.status is row.status


def _records(
    rows: Iterable[Figure],
    there: Mapping[Key, queries.Standing],
    batch: int,
    source: str,
    now: datetime,
) -> Iterator[tuple[Any, ...]]:
    adapt = connection.ops.adapt_datetimefield_value
    recorded_at = adapt(now)
    times: dict[str, Any] = {"": recorded_at}
    for row in rows:
        extra = row.extra
        told = extra.get("x_approved_at", "")
        if told not in times:
            times[told] = adapt(approval_time(told))
        before = there.get(row.key)
        yield (
            batch, *row.key, row.state.value,
            None if row.value is None else row.value.whole,
            None if row.value is None else row.value.micro,
            row.status.value, extra.get("x_source") or source,
            extra.get("x_reporter", ""), extra.get("x_submission", ""), times[told], recorded_at,
            before.version + 1 if before else int(extra.get("x_version") or 1),
            before.figure.line if before else None,
        )  # fmt: skip


def _insert(records: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows as fast as the database can; triggers and constraints see each of them."""
    columns = ", ".join(_COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {_TABLE} ({columns}) FROM STDIN") as copy,
            ):
                for record_ in records:
                    copy.write_row(record_)
            return
        places = f"({', '.join(['%s'] * len(_COLUMNS))})"
        for start in range(0, len(records), _ROWS_AT_ONCE):
            some = records[start : start + _ROWS_AT_ONCE]
            values = [cell for record in some for cell in record]
            cursor.execute(
                f"INSERT INTO {_TABLE} ({columns}) VALUES {', '.join([places] * len(some))}", values
            )


def approval_time(text: str) -> datetime:
    """Return the moment a column `x_approved_at` tells; without an offset it is Vietnamese time.

    Raises: ValueError for anything but an ISO date and time.
    """
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else timezone.make_aware(moment)


@dataclass(frozen=True, slots=True)
class File:
    """A file of figures as it came: its name, its bytes, and what is said of its source."""

    name: str
    data: bytes
    source: str


def import_file(
    data: bytes, *, edition: Edition, source: str, file_name: str = "", now: datetime | None = None, by: str
) -> Recorded:
    """Read a file of figures (contract §3) into the register: the whole file or nothing.

    Beyond the rules of the file itself, its figures are held against those that stand in the register: totals must
    equal their parts, and every year they touch must still compute (no part larger than its whole).
    Raises: Refused, with every problem found at the first stage that finds any; Overtaken.
    """
    return import_files([File(file_name, data, source)], edition=edition, now=now, by=by)[0]


def import_files(
    files: Iterable[File], *, edition: Edition, now: datetime | None = None, by: str
) -> list[Recorded]:
    """Read several files in their order, all of them or none; a later one corrects an earlier one.

    Raises: Refused, with the problems of the first file that has any, or of all of them held against the register
    and one another; Overtaken.
    """
    with _many_objects():
        seen = queries.mark()
        deliveries = [_read(file, edition) for file in files]
        rows = {row.key: row for delivery in deliveries for row in delivery.rows}
        _check_together(list(rows.values()), queries.figures(), edition)
        return record_all(deliveries, seen=seen, now=now, by=by)


@contextmanager
def _many_objects() -> Iterator[None]:
    """Spare the collector: with a hundred thousand rows alive it walks all of them, again and again, for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(file: File, edition: Edition) -> Delivery:
    """Return the figures of a file. Raises: Refused, with everything that is wrong in the file itself."""
    rows = read_table(file.data, rules=edition.rules, areas=_all_areas(edition))
    problems = [*_area_problems(rows, edition), *_extra_problems(rows)]
    if problems:
        raise Refused(problems)
    return Delivery(rows, file.source, file.name, hashlib.sha256(file.data).hexdigest())


def _all_areas(edition: Edition) -> AreaMap:
    """Return every area that stands on some map of the plan; `_area_problems` then looks at each row's own year."""
    maps = [edition.area_map(year) for year in edition.term.years]
    communes = {area.code: area for areas in maps for area in areas.communes}
    return AreaMap(maps[0].province, tuple(communes[code] for code in sorted(communes)))


def _area_problems(rows: Iterable[Figure], edition: Edition) -> Iterator[Problem]:
    """Yield a problem for each row whose area is not in force in its own year (contract §2, J1)."""
    known: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.period not in known:
            known[row.period] = edition.area_map(max(first_year(row.period), edition.term.first)).codes
        if row.area not in known[row.period]:
            data = {"written": row.area, "element": row.element, "area": row.area}
            yield Problem(Code.AREA, "area.unknown", row.line, "area", data)


def _extra_problems(rows: Iterable[Figure]) -> Iterator[Problem]:
    """Yield a problem for each column of our own exports that does not say what it should."""
    for row in rows:
        version, approved = row.extra.get("x_version", ""), row.extra.get("x_approved_at", "")
        if version and not (version.isascii() and version.isdigit() and 0 < int(version) < 2**31):
            yield Problem(Code.COLUMN, "column.version", row.line, "x_version", {"written": version})
        if approved and not _is_moment(approved):
            yield Problem(Code.COLUMN, "column.approved_at", row.line, "x_approved_at", {"written": approved})


def _is_moment(text: str) -> bool:
    try:
        return approval_time(text).astimezone(UTC).year > 1
    except (ValueError, OverflowError):
        return False


def _check_together(rows: Sequence[Figure], standing: Iterable[Figure], edition: Edition) -> None:
    """Hold new figures and those that stand against one another.

    Raises: Refused. Problems of rows that only stand in the register carry no line.
    """
    there = {figure.key: figure for figure in standing}
    changed = [row for row in rows if not (row.key in there and _same(there[row.key], row))]
    if not changed:
        return
    rules = edition.rules
    after = {key: replace(figure, line=0) for key, figure in there.items()} | {row.key: row for row in rows}
    problems = _sum_problems(changed, after.values(), rules)
    if problems:
        raise Refused(problems)
    picture = [*after.values(), *owed(after.values(), edition=edition)]
    readers = Readers(rules)
    years = {year for row in changed for year in readers.years(row.element, row.period)}
    for year, of_year in sorted(readers.by_year(picture, years).items()):
        problems += _year_problems(of_year, year, rules, edition)
    if problems:
        raise Refused(problems)


def _sum_problems(changed: Iterable[Figure], after: Iterable[Figure], rules: Rulebook) -> list[Problem]:
    """Return a problem for each touched total that differs from its parts.

    Where only a part came in, the problem stands at the line of the first part of that total.
    """
    lines: dict[Key, int] = {}
    for row in changed:
        lines.setdefault(_whole(row), row.line)
    problems = check_sums((row for row in after if _whole(row) in lines), rules=rules)
    at = ("element", "area", "org", "period")
    return [p if p.line else replace(p, line=lines[tuple(p.data[name] for name in at)]) for p in problems]


def _whole(row: Figure) -> Key:
    """Return what total and parts of a figure have in common."""
    return row.element, row.area, row.org, row.period


def _year_problems(rows: Iterable[Figure], year: int, rules: Rulebook, edition: Edition) -> list[Problem]:
    try:
        compute(rows, rules=rules, areas=edition.area_map(year), year=year, level=Level.PROVINCE)
    except Refused as refusal:
        return list(refusal.problems)
    return []
