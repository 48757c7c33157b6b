"""`songhanh report --release ID --out FILE`: write the annual report of a release that is on file.

Reads one file and writes one; needs no database. Exit codes: 0 written, 2 refused and nothing written.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, cast

from songhanh.files import NotWritten, write_whole
from songhanh.reporting import annual
from songhanh.reporting.reading import UnreadableRelease

DONE: Final = 0
REFUSED: Final = 2
_SHORTEST: Final = 8  # letters of an identifier that are enough to find a release


class Refused(Exception):
    """The report is not written; the message is a Vietnamese sentence with the remedy."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "--release", required=True, metavar="MÃ", help="mã của bản đã chốt, ít nhất 8 ký tự đầu"
    )
    parser.add_argument(
        "--out", required=True, metavar="TỆP", help="tệp DOCX sẽ ghi, hoặc thư mục để đặt tên giúp"
    )
    parser.add_argument("--number", metavar="SỐ", help="số văn bản, chỉ ghi khi đã được cấp")
    parser.add_argument(
        "--issued", metavar="NGÀY", help="ngày ban hành, viết như 2026-12-25; bỏ trống nếu là bản thảo"
    )


def main(argv: Sequence[str]) -> int:
    """Return the exit code of the command."""
    parser = argparse.ArgumentParser(
        prog="songhanh report", description="Viết báo cáo Word từ một bản đã chốt."
    )
    arguments(parser)
    return run(parser.parse_args(argv))


def run(options: argparse.Namespace) -> int:
    """Return the exit code; says what was written, or why nothing was."""
    try:
        place = write(options.release, Path(options.out), options.number, options.issued)
    except Refused as refusal:
        sys.stderr.write(f"songhanh report: {refusal}\n")
        return REFUSED
    sys.stdout.write(f"Đã ghi báo cáo: {place}\n")
    return DONE


def write(identifier: str, out: Path, number: str | None = None, issued: str | None = None) -> Path:
    """Write the report and return where it stands. Raises: Refused; the place is then as it was before."""
    release = stored(identifier)
    try:
        document = annual.build(release, issued=_day(issued), number=number)
        place = out / annual.file_name(release) if out.is_dir() else out
    except UnreadableRelease as broken:
        raise Refused(
            f"bản đã chốt thiếu hoặc ghi sai mục “{broken.key}” nên chưa viết được báo cáo. Đề nghị chốt lại số liệu."
        ) from broken
    except annual.NotADocumentNumber as wrong:
        raise Refused(
            f"số văn bản phải là số nguyên từ 1, không nhận “{wrong.number}”. Bỏ --number nếu chưa có số."
        ) from wrong
    _put(place, document)
    return place


def stored(identifier: str) -> Mapping[str, object]:
    """Return a release on file by its identifier, or by the first letters of one. Raises: Refused."""
    folder = Path(os.environ.get("SONGHANH_DATA") or "var") / "releases"
    wanted = identifier.removesuffix(".json")
    found = sorted(folder.glob("*.json")) if folder.is_dir() else []
    fitting = [
        path
        for path in found
        if path.stem == wanted or (len(wanted) >= _SHORTEST and path.stem.startswith(wanted))
    ]
    if len(fitting) != 1:
        how_many = f"có {len(fitting)} bản đã chốt" if fitting else "không có bản đã chốt nào"
        raise Refused(f"{how_many} mang mã “{identifier}” trong thư mục {folder}. Đề nghị kiểm tra lại mã.")
    return _opened(fitting[0])


def _opened(path: Path) -> Mapping[str, object]:
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != path.stem:
        raise Refused(f"tệp {path} đã bị sửa sau khi chốt: nội dung không khớp mã. Đề nghị lấy lại tệp gốc.")
    return cast("Mapping[str, object]", json.loads(raw))


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(f"ngày ban hành viết như 2026-12-25, không nhận “{written}”.") from None


def _put(place: Path, document: bytes) -> None:
    """Put the document in its place at once; a disk that is full leaves an older file as it was."""
    try:
        write_whole(place, document)
    except NotWritten as problem:
        raise Refused(str(problem)) from problem
