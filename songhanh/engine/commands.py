"""`songhanh compute`: from a file of figures to the file of results, without a database (contract §1)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from songhanh.core.areas import AreaMap, NoMap, map_day, map_on
from songhanh.core.compute import Level
from songhanh.core.periods import is_year
from songhanh.core.problems import Code, Problem, Refused
from songhanh.core.results_csv import results_csv
from songhanh.files import NotWritten, write_whole
from songhanh.plan import BrokenEdition, Edition, EditionProblem, load, read_areas
from songhanh.plan.check import sentence

from .files import compute_file

DONE: Final = 0
FAILED: Final = 1
REFUSED: Final = 2

Report = Callable[[Problem], str]
"""Gives the line that a person reads about a problem: code, place, sentence."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--observations", type=Path, required=True, metavar="TỆP", help="tệp số liệu (CSV)")
    parser.add_argument("--period", required=True, metavar="NĂM", help="năm cần tính, ví dụ 2026")
    parser.add_argument("--out", type=Path, required=True, metavar="TỆP", help="tệp kết quả sẽ ghi")
    parser.add_argument("--edition", type=Path, default=None, metavar="THƯ_MỤC", help="bản kế hoạch khác")
    parser.add_argument(
        "--areas", type=Path, default=None, metavar="TỆP", help="danh sách địa bàn khác (CSV)"
    )
    parser.add_argument(
        "--level",
        choices=[level.value for level in Level],
        default=Level.ALL.value,
        help="all: cả tỉnh và từng xã, phường (mặc định); province: chỉ kết quả của tỉnh",
    )


def main(argv: Iterable[str], report: Report) -> int:
    """Return the exit code for a command line: 0 written, 2 refused and nothing written, 1 our own failure."""
    parser = argparse.ArgumentParser(prog="songhanh compute", allow_abbrev=False)
    arguments(parser)
    return run(parser.parse_args(list(argv)), report)


def run(options: argparse.Namespace, report: Report) -> int:
    """Compute and write the results; whatever is refused is told line by line and leaves an older file as it was."""
    try:
        content = _content(options)
    except Refused as refusal:
        return _tell(report(problem) for problem in refusal.problems)
    except BrokenEdition as broken:
        return _tell(sentence(problem) for problem in broken.problems)
    try:
        write_whole(options.out, content)
    except NotWritten as problem:
        _tell([f"{problem} Tệp cũ, nếu có, vẫn như trước."])
        return FAILED
    return DONE


def _tell(lines: Iterable[str]) -> int:
    sys.stderr.writelines(f"{line}\n" for line in lines)
    return REFUSED


def _content(options: argparse.Namespace) -> bytes:
    """Return the bytes of the results. Raises: Refused, BrokenEdition."""
    if not is_year(options.period):
        raise Refused([Problem(Code.PERIOD, "period.not_a_year", data={"written": options.period})])
    year = int(options.period)
    edition = load(options.edition)
    areas = _areas(options.areas, edition, year)
    try:
        rows = compute_file(
            options.observations, rules=edition.rules, areas=areas, year=year, level=Level(options.level)
        )
    except OSError:
        raise _unreadable(options.observations) from None
    return results_csv(rows)


def _areas(path: Path | None, edition: Edition, year: int) -> AreaMap:
    """Return the map of the year, of the edition or of a file in its place. Raises: Refused, BrokenEdition."""
    day = map_day(year, edition.term.first)
    try:
        known = edition.areas if path is None else read_areas(_lines(path), str(path))
        return map_on(known, day)
    except NoMap as wrong:
        data = {"day": day.isoformat(), "provinces": str(wrong.provinces)}
        raise BrokenEdition([EditionProblem(str(path or "areas.csv"), "level", "no_map", data)]) from None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise BrokenEdition([EditionProblem(str(path), "", "not_utf8")]) from None
    except OSError:
        raise _unreadable(path) from None


def _unreadable(path: Path) -> Refused:
    return Refused([Problem(Code.COLUMN, "file.missing", data={"written": str(path)})])
