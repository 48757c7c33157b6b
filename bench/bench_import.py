"""How long 100,000 figures take into the register, and how that compares with DuckDB reading the same file.

    .venv/bin/python bench/bench_import.py [ROWS]

Prints seconds for the whole import (reading, every check, the trial computation of each year, the transaction), for
DuckDB counting and adding up the same file in the same run, and the ratio. Exit 1 when the import of 100,000 rows
takes longer than the bar of 10 seconds. Works in a temporary directory; DATABASE_URL is respected.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

BAR_SECONDS = 10.0
SHARE = 120  # every total; divisible by the sizes of all partitions


def lines(rows: int) -> Iterator[str]:
    """Yield a header and `rows` figures of communes, totals with all their parts, year after year."""
    from songhanh.core.elements import DIMENSIONS, TOTAL, ReadAt, ValueKind
    from songhanh.core.periods import quarters
    from songhanh.plan import load

    edition = load()
    communes = edition.area_map(edition.term.first).communes
    yield "element,area,period,sex,age,ethnicity,kind,state,value,x_reporter"
    written = 0
    for year in range(edition.term.last, 1900, -1):
        for code, spec in edition.elements.items():
            rule = spec.rule
            if rule is None or not rule.area_class.by_commune:
                continue
            total = 1 if rule.value.kind is ValueKind.FLAG else SHARE
            periods = {ReadAt.I: (f"{year}-12-31",), ReadAt.Q: quarters(year)}.get(rule.at, (f"{year}",))
            cells = [((TOTAL,) * 4, total)] + [
                (tuple(part if name == p.dimension else TOTAL for name in DIMENSIONS), total // len(p.codes))
                for p in rule.partitions
                for part in p.codes
            ]
            for period in periods:
                for commune in communes:
                    for codes, value in cells:
                        yield f"{code},{commune.code},{period},{','.join(codes)},GIA_TRI,{value},{commune.code}"
                        written += 1
                        if written == rows:
                            return


def duckdb_seconds(path: Path) -> float:
    """Return how long DuckDB takes to read the file and add its values up."""
    import duckdb

    started = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute("SELECT count(*), sum(value) FROM read_csv(?)", [str(path)]).fetchall()
    return time.perf_counter() - started


def import_seconds(path: Path) -> tuple[float, float]:
    """Return how long the import takes, in seconds of the clock and of this process."""
    from songhanh.observations.services import import_file
    from songhanh.plan import load

    edition = load()
    data = path.read_bytes()
    clock, process = time.perf_counter(), time.process_time()
    recorded = import_file(data, edition=edition, source="bench", by="bench")
    assert recorded.new == data.count(b"\n") - 1
    return time.perf_counter() - clock, time.process_time() - process


def main() -> int:
    """Run the bench and return the exit code."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SONGHANH_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songhanh.web.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, skip_checks=True)
        path = Path(folder) / "figures.csv"
        text = io.StringIO()
        text.writelines(f"{line}\n" for line in lines(rows))
        path.write_text(text.getvalue(), encoding="utf-8")
        raw = duckdb_seconds(path)
        clock, process = import_seconds(path)
    print(f"{rows} rows into the register: {clock:.2f} s ({process:.2f} s of this process);", end=" ")
    print(f"DuckDB {raw:.3f} s; ratio {clock / raw:.0f}")
    return int(rows <= 100_000 and clock > BAR_SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
