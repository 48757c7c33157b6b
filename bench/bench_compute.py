"""How long a million figures take from a file to verdicts, and how that compares with DuckDB reading the same file.

    .venv/bin/python bench/bench_compute.py [ROWS]

Two files of the same length, always the same bytes: `nation`, one year of 3,321 communes of which nearly every row is
read, and `province`, the plan's own communes over many years of which few rows are read. For each it prints seconds of
the whole command after interpreter start and imports (plan, every check of the file, computation, results on the
disk), peak memory, seconds of DuckDB's bare `read_csv` and `count(*)` in the same run, and the ratio. The better of
three runs counts: other work on the machine only ever adds. Exit 1 over 3 seconds or 500 MB for 1,000,000 rows.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from songhanh.core.elements import DIMENSIONS, TOTAL, ReadAt, ReadRule, ValueKind
from songhanh.core.periods import months, quarters
from songhanh.plan import load

BAR_SECONDS = 3.0
BAR_MEGABYTES = 500
RUNS = 3
YEAR = 2026
NATION = tuple(f"{number:05d}" for number in range(1, 3322))
SHARE = 240  # a commune's total in every element: divisible by all partitions, quarters and months


def figures(rule: ReadRule, area: str, code: str, year: int, *, finest: bool) -> Iterator[str]:
    """Yield a commune's figures of an element for a year: totals with all their parts; `finest`: month by month."""
    periods, share = periods_of(rule, year, finest=finest)
    total = 1 if rule.value.kind is ValueKind.FLAG else SHARE // share
    cells = [((TOTAL,) * len(DIMENSIONS), total)] + [
        (tuple(part if name == split.dimension else TOTAL for name in DIMENSIONS), total // len(split.codes))
        for split in rule.partitions
        for part in split.codes
        if total % len(split.codes) == 0
    ]
    for period in periods:
        for codes, value in cells:
            yield f"{code},{area},,{period},{','.join(codes)},GIA_TRI,{value},CHINH_THUC,{area}\n"


def periods_of(rule: ReadRule, year: int, *, finest: bool) -> tuple[tuple[str, ...], int]:
    """Return the periods at which figures are given, and how many of them share the year's total."""
    if rule.at is ReadAt.I:
        return (f"{year}-12-31",), 1
    if rule.at in {ReadAt.Q, ReadAt.A} and finest:
        return months(year), 12
    return (quarters(year), 4) if rule.at is ReadAt.Q else ((f"{year}",), 1)


def rows(areas: Iterable[str], years: Iterable[int], *, finest: bool) -> Iterator[str]:
    """Yield figures of communes without end, in the order of years, communes, elements."""
    read = [
        (code, spec.rule)
        for code, spec in load().elements.items()
        if spec.rule and spec.rule.area_class.by_commune
    ]
    communes = list(areas)
    for year in years:
        for area in communes:
            for code, rule in read:
                yield from figures(rule, area, code, year, finest=finest)


def write(path: Path, lines: Iterator[str], count: int) -> None:
    """Write the header and `count` lines."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("element,area,org,period,sex,age,ethnicity,kind,state,value,status,x_reporter\n")
        file.writelines(line for line, _ in zip(lines, range(count), strict=False))


def write_areas(path: Path) -> None:
    """Write the map of a nation as if it were one province."""
    places = "".join(f"{code},Xã {code},commune,20,2025-07-01,\n" for code in NATION)
    path.write_text(
        f"code,name,level,parent,valid_from,valid_to\n20,Tỉnh,province,,2025-07-01,\n{places}",
        encoding="utf-8",
    )


def measured(words: list[str]) -> None:
    """Run the command in this process and print its seconds and peak memory; the body of a child process."""
    import resource

    import duckdb  # noqa: F401  imports do not count

    from songhanh.engine.commands import main
    from songhanh.web.messages import report_line

    started, busy = time.perf_counter(), time.process_time()
    code = main(words, report_line)
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"code": code, "seconds": seconds, "busy": busy, "megabytes": megabytes}))


def child(words: list[str]) -> dict[str, float]:
    """Return what a fresh process says of the command."""
    done = subprocess.run(
        [sys.executable, __file__, "--measured", *words], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    if found["code"]:
        raise SystemExit(done.stderr)
    return found


def bare(path: Path) -> float:
    """Return how long DuckDB takes to read the file and count its rows, on as many threads as the engine uses."""
    import duckdb

    with duckdb.connect(config={"threads": 2}) as connection:
        started = time.perf_counter()
        connection.execute("SELECT count(*) FROM read_csv(?, all_varchar = true)", [str(path)]).fetchall()
        return time.perf_counter() - started


def report(name: str, path: Path, words: list[str], count: int) -> bool:
    """Print the measures of one file and say whether they keep the bars."""
    out = path.with_suffix(".out.csv")
    runs = [
        child(["--observations", str(path), "--period", str(YEAR), "--out", str(out), *words])
        for _ in range(RUNS)
    ]
    seconds, megabytes = min(run["seconds"] for run in runs), max(run["megabytes"] for run in runs)
    busy = min(run["busy"] for run in runs)
    reading = min(bare(path) for _ in range(RUNS))
    results = out.read_text(encoding="utf-8").count("\n") - 1
    print(
        f"{name}: {count:,} rows, {path.stat().st_size / 1e6:.0f} MB, {results:,} result rows: "
        f"{seconds:.2f} s ({busy:.2f} s of processor time), {megabytes:.0f} MB; "
        f"bare DuckDB {reading:.2f} s; ratio {seconds / reading:.1f}"
    )
    return seconds <= BAR_SECONDS * max(count, 1_000_000) / 1_000_000 and megabytes <= BAR_MEGABYTES


def main(count: int) -> int:
    """Measure both files; return the exit code."""
    own = [area.code for area in load().area_map(YEAR).communes]
    with tempfile.TemporaryDirectory() as folder:
        nation, province, areas = (
            Path(folder) / name for name in ("nation.csv", "province.csv", "areas.csv")
        )
        write_areas(areas)
        write(nation, rows(NATION, [YEAR], finest=True), count)
        write(province, rows(own, range(YEAR, 1000, -1), finest=False), count)
        kept = [
            report("nation", nation, ["--areas", str(areas)], count),
            report("province", province, [], count),
        ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measured"]:
        measured(sys.argv[2:])
    else:
        raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
