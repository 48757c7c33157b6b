"""`songhanh release create`: freezes the results of a year as one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from songhanh.core.periods import is_year
from songhanh.core.problems import Code, Problem, Refused
from songhanh.plan import load
from songhanh.results import services
from songhanh.results.commands import path_of
from songhanh.web.commands.sentences import DONE, told_in_sentences

BY = "dòng lệnh"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--period", required=True, metavar="NĂM", help="năm cần chốt, ví dụ 2026")
    parser.add_argument("--by", default=BY, metavar="TÊN", help=f"người chốt (mặc định: {BY})")
    parser.add_argument("--edition", type=Path, default=None, metavar="THƯ_MỤC", help="bộ kế hoạch khác")


@told_in_sentences(full_disk="chưa chốt được bản nào. Đề nghị giải phóng dung lượng rồi chạy lại.")
def run(options: argparse.Namespace) -> int:
    """Make the release, print its id and its file; return the exit code."""
    if not is_year(options.period):
        raise Refused([Problem(Code.PERIOD, "period.not_a_year", data={"written": options.period})])
    row = services.release(int(options.period), edition=load(options.edition), by=options.by)
    print(row.pk)
    print(path_of(row.path))
    return DONE
