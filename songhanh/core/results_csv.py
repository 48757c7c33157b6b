"""Writing results as a file: UTF-8, no BOM, LF, quotes only where they are needed. Source: compute contract §11."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from .results import COLUMNS, ResultRow


def results_csv(rows: Iterable[ResultRow]) -> bytes:
    """Return the bytes of `results.csv`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row.cells() for row in rows)
    return out.getvalue().encode("utf-8")
