"""What `songhanh observations import` and `export` do, without the command line around them.

Problems are raised as they are (`Refused`, `Overtaken`, `NotWritten`); whoever talks to people words them.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

from songhanh.files import write_whole
from songhanh.plan import Edition

from . import queries
from .export import export
from .services import Recorded, approval_time, import_file

LITTLE_ROOM = 1_000_000
"""Bytes; with less than this free, an I/O error of the database means a full disk."""


def import_path(path: Path, *, edition: Edition, source: str, by: str) -> Recorded:
    """Read a file into the register, the whole file or nothing.

    Raises: Refused, Overtaken; OSError, when the file cannot be read.
    """
    return import_file(path.read_bytes(), edition=edition, source=source, file_name=path.name, by=by)


def export_path(path: Path, *, edition: Edition, as_of: datetime | None) -> int:
    """Write the register, as it stands or stood, to a file and return how many rows that are.

    Raises: NotWritten; an older file then stands as it was.
    """
    mark = None if as_of is None else queries.mark_at(as_of)
    data = export(edition=edition, mark=mark)
    write_whole(path, data)
    return data.count(b"\n") - 1


def moment(text: str) -> datetime:
    """Return the moment written as ISO date and time; without an offset it is Vietnamese time. Raises: ValueError."""
    return approval_time(text)


def is_full(error: OperationalError) -> bool:
    """Say whether the database had no room left; the transaction is then undone.

    On a full disk SQLite cannot even open its write-ahead log and calls that an I/O error.
    """
    text = str(error).casefold()
    if "full" in text or "no space" in text:
        return True
    folder = Path(settings.SONGHANH_DATA)
    return "disk i/o error" in text and folder.is_dir() and shutil.disk_usage(folder).free < LITTLE_ROOM
