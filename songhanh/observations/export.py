"""The register as a file: the current approved figures and the cells that are still owed (contract §§1, 3.4)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from django.utils import timezone

from songhanh.core.observations import Observation as Figure
from songhanh.core.results import State
from songhanh.plan import Edition

from . import queries
from .reading import owed

COLUMNS = ("element", "area", "org", "period", "sex", "age", "ethnicity", "kind", "state", "value", "status")
EXTRA_COLUMNS = ("x_reporter", "x_submission", "x_version", "x_approved_at", "x_source")


def figures(*, edition: Edition, mark: int | None = None) -> list[Figure]:
    """Return the current figures and told gaps of the register, and a gap for every owed cell that has no row.

    The `line` of a figure is its id in the register, 0 for a gap that only the edition's demands make.
    """
    standing = queries.figures(mark=mark)
    return [*standing, *owed(standing, edition=edition)]


def export(*, edition: Edition, mark: int | None = None) -> bytes:
    """Return the file: UTF-8, LF, canonical order; as of now, or as of a mark.

    The `x_` columns tell of an approved figure; rows CHUA_CO_SO_LIEU have none and leave them empty.
    """
    standing = {entry.id: entry for entry in queries.current(mark=mark)}
    rows = [entry.figure for entry in standing.values()]
    rows += owed(rows, edition=edition)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS + EXTRA_COLUMNS)
    writer.writerows((*_cells(row), *_extras(row, standing)) for row in in_order(rows, edition=edition))
    return out.getvalue().encode("utf-8")


def in_order(rows: Iterable[Figure], *, edition: Edition) -> list[Figure]:
    """Return figures in canonical order: by catalogue, province first, then plain string order."""
    place = {code: number for number, code in enumerate(edition.elements)}
    province = edition.area_map(edition.term.first).province.code
    return sorted(rows, key=lambda row: (place[row.element], row.area != province, row.key[1:]))


def _cells(row: Figure) -> tuple[str, ...]:
    return (*row.key, row.state.value, "" if row.value is None else str(row.value), row.status.value)


def _extras(row: Figure, standing: Mapping[int, queries.Entry]) -> tuple[str, ...]:
    if row.state is State.MISSING:
        return ("",) * len(EXTRA_COLUMNS)
    entry = standing[row.line]
    approved = timezone.localtime(entry.approved_at).isoformat(timespec="seconds")
    return entry.reporter, entry.submission, str(entry.version), approved, entry.source
