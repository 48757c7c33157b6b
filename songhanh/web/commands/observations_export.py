"""`songhanh observations export`: the current figures and the cells still owed, as a file."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from songhanh.observations.commands import export_path, moment
from songhanh.plan import load
from songhanh.web.commands.sentences import DONE, told_in_sentences


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--out", type=Path, required=True, metavar="TỆP.csv", help="tệp sẽ ghi")
    parser.add_argument(
        "--as-of",
        type=_moment,
        default=None,
        metavar="THỜI_ĐIỂM",
        help="số liệu như tại thời điểm này, ví dụ 2026-12-20T10:00:00+07:00 (mặc định: hiện nay)",
    )
    parser.add_argument("--edition", type=Path, default=None, metavar="THƯ_MỤC", help="bộ kế hoạch khác")


def _moment(text: str) -> datetime:
    try:
        return moment(text)
    except ValueError:
        sentence = f"“{text}” không phải ngày giờ. Ví dụ: 2026-12-20T10:00:00+07:00"
        raise argparse.ArgumentTypeError(sentence) from None


@told_in_sentences(
    full_disk="không đọc được sổ số liệu; chưa ghi tệp nào. Đề nghị giải phóng dung lượng rồi chạy lại."
)
def run(options: argparse.Namespace) -> int:
    """Write the file; return the exit code."""
    count = export_path(options.out, edition=load(options.edition), as_of=options.as_of)
    print(f"Đã ghi {count} dòng vào {options.out}.")
    return DONE
