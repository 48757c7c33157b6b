"""`songhanh recompute`: makes a release again and says whether it comes out the same to the last byte."""

from __future__ import annotations

import argparse
from pathlib import Path

from songhanh.plan import load
from songhanh.results.commands import Difference, NoRelease, Recomputed, recompute
from songhanh.web.commands.sentences import DONE, REFUSED, tell, told_in_sentences

_SENTENCES = {
    Difference.FILE_GONE: "Không tìm thấy tệp {path} của bản chốt. Đề nghị khôi phục tệp từ bản sao lưu.",
    Difference.FILE_CHANGED: (
        "Tệp {path} đã bị thay đổi sau khi chốt: nội dung không còn khớp với mã của bản chốt. "
        "Đề nghị khôi phục tệp từ bản sao lưu."
    ),
    Difference.OTHER_EDITION: (
        "Bản chốt được tính theo một bộ dữ liệu kế hoạch khác ({stands}), bộ đang dùng là {comes}, và bộ lưu kèm "
        "bản chốt không còn hoặc đã bị thay đổi. Đề nghị khôi phục thư mục editions từ bản sao lưu, hoặc chạy lại với "
        "--edition trỏ vào bộ dữ liệu lúc chốt."
    ),
    Difference.OTHER_CONTENT: (
        "Kết quả tính lại KHÁC bản đã chốt. Chỗ khác đầu tiên: {where}. Bản chốt ghi {stands}; tính lại được {comes}."
    ),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--release", required=True, metavar="MÃ", help="mã của bản chốt, hoặc vài ký tự đầu")
    parser.add_argument("--edition", type=Path, default=None, metavar="THƯ_MỤC", help="bộ kế hoạch khác")


@told_in_sentences(full_disk="không đọc được sổ số liệu. Đề nghị giải phóng dung lượng rồi chạy lại.")
def run(options: argparse.Namespace) -> int:
    """Make the release again; return 0 when it is the same, 2 when it cannot be or is not."""
    try:
        found = recompute(options.release, edition=load(options.edition))
    except NoRelease as none:
        return tell(REFUSED, [_none(none)])
    if found.difference is None:
        print(f"Giống hệt từng byte: bản chốt {found.identity} tính lại ra đúng tệp đã lưu.")
        return DONE
    return tell(REFUSED, [_different(found, found.difference)])


def _none(none: NoRelease) -> str:
    if none.count:
        return (
            f"Có {none.count} bản chốt có mã bắt đầu bằng “{none.prefix}”. Đề nghị ghi thêm vài ký tự của mã."
        )
    return f"Không có bản chốt nào có mã bắt đầu bằng “{none.prefix}”. Đề nghị kiểm tra lại mã."


def _different(found: Recomputed, difference: Difference) -> str:
    return _SENTENCES[difference].format(
        path=found.path, where=found.where, stands=found.stands, comes=found.comes
    )
