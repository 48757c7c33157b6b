"""`songhanh illustrate`: write the illustrative files of an edition into a directory. Runs without Django."""

from __future__ import annotations

import argparse
import errno
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from songhanh.plan import BrokenEdition, load

from .generator import FILE, NoIllustration, generate, years_of
from .parameters import BadParameters

WRITTEN, FAILED, REFUSED = 0, 1, 2
_YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


def main(argv: Sequence[str]) -> int:
    """Run the command; return 0 when the files are written, 2 when the wish is refused, 1 when writing fails."""
    parser = _Parser(
        prog="songhanh illustrate",
        description="Tạo các tệp số liệu minh họa của mọi nơi cung cấp.",
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help="xem hướng dẫn này")
    arguments(parser)
    return run(parser.parse_args(list(argv)))


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--out", type=Path, required=True, metavar="THƯ_MỤC", help="nơi ghi các tệp CSV")
    parser.add_argument(
        "--years", default="", metavar="NĂM-NĂM", help="các năm, ví dụ 2021-2026; bỏ trống: mọi năm"
    )
    parser.add_argument("--edition", type=Path, default=None, metavar="THƯ_MỤC", help="bộ kế hoạch khác")


def run(wish: argparse.Namespace) -> int:
    """Write the files; return 0 when they are written, 2 when the wish is refused, 1 when writing fails."""
    try:
        files = _files(wish.edition, wish.years)
    except _Refusal as refusal:
        _say(str(refusal))
        return REFUSED
    try:
        write_all(files, wish.out)
    except OSError as error:
        _say(
            f"Không ghi được vào thư mục “{wish.out}” ({_why(error)}). Các tệp có sẵn được giữ nguyên. "
            "Đề nghị kiểm tra quyền ghi và dung lượng đĩa còn trống, rồi chạy lại lệnh."
        )
        return FAILED
    sys.stdout.write(
        f"Đã ghi {len(files)} tệp số liệu minh họa vào thư mục “{wish.out}”. "
        "Đây không phải số liệu thật; không dùng trong báo cáo chính thức.\n"
    )
    return WRITTEN


def _why(error: OSError) -> str:
    reasons = {
        errno.ENOSPC: "đĩa đã đầy",
        errno.EACCES: "không có quyền ghi",
        errno.EROFS: "chỉ cho phép đọc",
    }
    found = reasons.get(error.errno or 0)
    return found or f"lỗi hệ thống số {error.errno}"


def write_all(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files: all under passing names first, so that a full disk leaves older files as they were.

    Raises: OSError, after taking the passing files away again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    passing = {folder / name: folder / f".{name}.part" for name in files}
    try:
        for path, part in passing.items():
            part.write_bytes(files[path.name])
        for path, part in passing.items():
            part.replace(path)
    except OSError:
        for part in passing.values():
            part.unlink(missing_ok=True)
        raise


class _Refusal(Exception):
    """A wish that cannot be granted, with the sentence that says why and what to do."""


class _Parser(argparse.ArgumentParser):
    """Speaks Vietnamese when the command line is wrong."""

    def error(self, message: str) -> NoReturn:
        _say(
            f"Lệnh chưa đúng ({message}). Cách dùng: songhanh illustrate --out THƯ_MỤC "
            "[--years 2021-2026] [--edition THƯ_MỤC_BỘ_KẾ_HOẠCH]"
        )
        raise SystemExit(REFUSED)


def _files(folder: Path | None, wish: str) -> dict[str, bytes]:
    try:
        edition = load(folder)
        known = years_of(edition)
        return generate(edition, _years(wish, known))
    except BrokenEdition:
        raise _Refusal(
            "Bộ kế hoạch có lỗi nên chưa tạo được số liệu minh họa. "
            "Đề nghị chạy “songhanh plan check” để xem từng lỗi và cách sửa."
        ) from None
    except NoIllustration as missing:
        raise _Refusal(
            f"Bộ kế hoạch ở “{missing.folder}” không có tệp {FILE} nên không có số liệu minh họa. "
            "Đề nghị bổ sung tệp này (xem tệp của bộ kế hoạch có sẵn làm mẫu) hoặc dùng bộ kế hoạch có sẵn."
        ) from None
    except BadParameters as bad:
        raise _Refusal(
            f"Tệp {FILE} có chỗ chưa đúng, trường “{bad.place}”: {bad.what}. Đề nghị sửa rồi chạy lại."
        ) from None


def _years(wish: str, known: range) -> range:
    if not wish:
        return known
    found = _YEARS.fullmatch(wish)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not found or first > last or first not in known or last not in known:
        raise _Refusal(
            f"Các năm “{wish}” không dùng được. Đề nghị ghi một năm hoặc một khoảng năm trong "
            f"{known[0]}-{known[-1]}, ví dụ --years {known[0]}-{known[-1]}."
        )
    return range(first, last + 1)


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
