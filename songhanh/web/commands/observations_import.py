"""`songhanh observations import`: a file of figures into the register, the whole file or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.db import OperationalError

from songhanh.core.problems import Code, Problem, Refused
from songhanh.observations.commands import import_path, is_full
from songhanh.observations.services import Overtaken, Recorded
from songhanh.plan import Edition, load
from songhanh.results import services as results
from songhanh.web.commands.sentences import DONE, FAILED, REFUSED, tell, told_in_sentences
from songhanh.web.messages import report_line

BY = "dòng lệnh"
NO_ROOM_FOR_RESULTS = (
    "Số liệu đã ghi xong, nhưng ổ đĩa đã đầy nên chưa tính lại được kết quả. Đề nghị giải phóng dung lượng;"
    " kết quả sẽ tự tính lại khi mở trang."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "file", type=Path, metavar="TỆP.csv", help="tệp số liệu, UTF-8, theo mẫu của Song Hành"
    )
    parser.add_argument("--source", required=True, metavar="NGUỒN", help="số liệu lấy từ đâu, ghi bằng lời")
    parser.add_argument("--by", default=BY, metavar="TÊN", help=f"người nhập (mặc định: {BY})")
    parser.add_argument("--edition", type=Path, default=None, metavar="THƯ_MỤC", help="bộ kế hoạch khác")


@told_in_sentences(full_disk="chưa ghi được số liệu nào. Đề nghị giải phóng dung lượng rồi nhập lại.")
def run(options: argparse.Namespace) -> int:
    """Import the file and bring the results up to it; return the exit code."""
    edition = load(options.edition)
    try:
        recorded = import_path(options.file, edition=edition, source=options.source, by=options.by)
    except Refused as refusal:
        names = {code: place.full_name for code, place in edition.places.items()}
        return _refuse([report_line(problem, names) for problem in refusal.problems])
    except Overtaken as late:
        return _refuse([_overtaken(late)])
    except OSError:
        problem = Problem(Code.COLUMN, "file.missing", data={"written": str(options.file)})
        return _refuse([report_line(problem)])
    print(_summary(recorded))
    return _refresh(edition, options.by)


def _refuse(lines: list[str]) -> int:
    return tell(REFUSED, [*lines, f"Chưa ghi số liệu nào vào sổ ({len(lines)} điểm cần sửa)."])


def _overtaken(late: Overtaken) -> str:
    first = late.figures[0]
    return (
        f"Trong lúc kiểm tra tệp, {len(late.figures)} số liệu vừa được người khác ghi giá trị khác "
        f"(ví dụ dòng {first.line}: {first.element}, {first.area}, kỳ {first.period}). "
        "Đề nghị xem lại giá trị mới rồi nhập lại tệp."
    )


def _summary(recorded: Recorded) -> str:
    if not recorded.added:
        return f"Không có gì mới: cả {recorded.unchanged} số liệu trong tệp đã có trong sổ và không thay đổi."
    return (
        f"Đã ghi vào sổ {recorded.added} số liệu: {recorded.new} số liệu mới, {recorded.corrected} số liệu sửa lại"
        f" (bản cũ vẫn giữ); {recorded.unchanged} số liệu không thay đổi."
    )


def _refresh(edition: Edition, by: str) -> int:
    """Compute what the figures touch; they stand already, so a failure here is told and heals with the next reading."""
    try:
        years = results.refresh(edition=edition, by=by)
    except OperationalError as error:
        if not is_full(error):
            raise
        return tell(FAILED, [NO_ROOM_FOR_RESULTS])
    if years:
        print(f"Đã tính lại kết quả năm {', '.join(str(year) for year in years)}.")
    return DONE
