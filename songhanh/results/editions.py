"""The edition a release was made with, kept beside it, so that the release can be made again years later."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from songhanh.files import NotWritten
from songhanh.plan import Edition, load
from songhanh.plan.files import digest, read_files
from songhanh.plan.problems import Problems


def folder_of(edition_digest: str) -> Path:
    """Return where an edition of that digest is kept: `editions/<sha256>` in the data directory."""
    return Path(settings.SONGHANH_DATA) / "editions" / edition_digest.removeprefix("sha256:")


def keep(edition: Edition) -> Path:
    """Keep the files of an edition as they stand, and return their folder; an edition kept before is left alone.

    Raises: NotWritten, when they cannot be written; nothing half-kept stays behind.
    """
    target = folder_of(edition.digest)
    if target.is_dir():
        return target
    files = read_files(edition.folder, Problems())
    if digest(files) != edition.digest:
        raise EditionChanged(edition)
    beside = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        beside = Path(tempfile.mkdtemp(prefix=".edition.", dir=target.parent))
        for name, data in files.items():
            (beside / name).parent.mkdir(exist_ok=True)
            (beside / name).write_bytes(data)
        beside.chmod(0o750)
        beside.rename(target)
    except OSError as error:
        if target.is_dir():  # somebody else kept the same edition in the meantime
            return target
        raise NotWritten(target, error) from error
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
    return target


class EditionChanged(Exception):
    """The files of an edition are no longer those it was read from. The text is a Vietnamese sentence."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(
            f"Bộ dữ liệu kế hoạch ở {edition.folder} đã thay đổi sau khi chương trình đọc. "
            "Đề nghị khởi động lại chương trình rồi chốt lại."
        )


def kept(edition_digest: str) -> Edition | None:
    """Return the kept edition of that digest; None when none was kept, or when its files are no longer the same.

    Raises: BrokenEdition, when this version of the program no longer understands it.
    """
    folder = folder_of(edition_digest)
    if not folder.is_dir() or digest(read_files(folder, Problems())) != edition_digest:
        return None
    return load(folder)
