"""`songhanh release create`: freezes the results of a year as one file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from songhanh.core.periods import is_year
from songhanh.core.problems import Code, Problem, Refused
from songhanh.observations.files import NotWritten
from songhanh.plan import load
from songhanh.results import services
from songhanh.results.commands import path_of
from songhanh.web.commands.full_disk import tells_full_disk
from songhanh.web.messages import report_line

DONE, FAILED, REFUSED = 0, 1, 2
BY = "dòng lệnh"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--period", required=True, metavar="NĂM", help="năm cần chốt, ví dụ 2026")
    parser.add_argument("--by", default=BY, metavar="TÊN", help=f"người chốt (mặc định: {BY})")
    parser.add_argument("--edition", type=Path, default=None, metavar="THƯ_MỤC", help="bộ kế hoạch khác")


@tells_full_disk("chưa chốt được bản nào. Đề nghị giải phóng dung lượng rồi chạy lại.")
def run(options: argparse.Namespace) -> int:
    """Make the release, print its id and its file; return the exit code."""
    if not is_year(options.period):
        problem = Problem(Code.PERIOD, "period.not_a_year", data={"written": options.period})
        print(report_line(problem), file=sys.stderr)
        return REFUSED
    edition = load(options.edition)
    try:
        row = services.release(int(options.period), edition=edition, by=options.by)
    except Refused as refusal:
        for problem in refusal.problems:
            print(report_line(problem), file=sys.stderr)
        return REFUSED
    except NotWritten as full:
        print(full, file=sys.stderr)
        return FAILED
    print(row.pk)
    print(path_of(row.path))
    return DONE
