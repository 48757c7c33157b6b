"""Writing a file so that a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


class NotWritten(Exception):
    """The file could not be written; what stood there before still stands. The text is a Vietnamese sentence."""

    def __init__(self, path: Path, error: OSError) -> None:
        self.path = path
        self.errno = error.errno
        super().__init__(f"Chưa ghi được tệp {path}: {_reason(error)}")


def write_whole(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Put `data` at `path`: a new file beside it, flushed to the disk, takes its place in one step.

    What is no regular file (a pipe, a terminal, a device) is written to and never replaced. `mode` are the
    permissions of the new file; without it those of the old one stay.
    Raises: NotWritten; the old file then stands as it was.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as out:
                out.write(data)
            return
        _replace(path, data, mode)
    except OSError as error:
        raise NotWritten(path, error) from error


def _replace(path: Path, data: bytes, mode: int | None) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        beside.chmod(_mode_of(path) if mode is None else mode)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _flush_directory(path.parent)


def _mode_of(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file gets here."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _flush_directory(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_REASONS = {
    "ENOSPC": "ổ đĩa đã đầy. Đề nghị giải phóng dung lượng rồi chạy lại.",
    "EDQUOT": "đã dùng hết dung lượng được cấp. Đề nghị giải phóng dung lượng rồi chạy lại.",
    "EFBIG": "tệp lớn hơn mức máy cho phép. Đề nghị ghi vào nơi khác rồi chạy lại.",
    "EROFS": "ổ đĩa chỉ cho đọc. Đề nghị chọn nơi khác để ghi.",
    "EACCES": "không có quyền ghi vào thư mục này. Đề nghị chọn nơi khác hoặc xin quyền ghi.",
    "EPERM": "không có quyền ghi vào thư mục này. Đề nghị chọn nơi khác hoặc xin quyền ghi.",
    "ENOENT": "không có thư mục này. Đề nghị tạo thư mục hoặc sửa lại đường dẫn.",
    "ENOTDIR": "đường dẫn đi qua một tệp, không phải thư mục. Đề nghị sửa lại đường dẫn.",
    "EISDIR": "đây là một thư mục. Đề nghị ghi rõ tên tệp.",
}


def _reason(error: OSError) -> str:
    name = errno.errorcode.get(error.errno or 0, "")
    return _REASONS.get(
        name, f"hệ điều hành báo {error.strerror or name}. Đề nghị kiểm tra ổ đĩa rồi chạy lại."
    )
