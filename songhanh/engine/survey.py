"""A first look at a file of observations: whether it is plain enough for a reader that does not explain itself."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from songhanh.core.problems import Refused
from songhanh.core.rfc4180 import Unreadable, records
from songhanh.core.table import read_header

from .tallies import Doubt

LONGEST_LINE: Final = 1_000_000
"""Bytes; longer lines are left to the reference."""

_BLOCK: Final = 1 << 20
_BLANK: Final = (b"\n", b"\r\n")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out: its columns in order, how many records follow, whether any cell is quoted."""

    columns: tuple[str, ...]
    records: int
    quotes: bool


def survey(path: Path) -> Layout:
    """Look at the bytes of a file before DuckDB does.

    Raises: Doubt, when it is not plain UTF-8 lines under a plain header; OSError.
    """
    with path.open("rb") as file:
        columns = _header(file.readline(LONGEST_LINE))
        records, quotes = _records(file)
    return Layout(columns, records, quotes)


def _header(line: bytes) -> tuple[str, ...]:
    plain = line.removeprefix(codecs.BOM_UTF8)
    if not plain.endswith(b"\n") or not _is_plain(plain) or plain.count(b'"') % 2 or plain in _BLANK:
        raise Doubt
    try:
        ((_, cells),) = records(plain.decode())
        read_header(cells)
    except (Unreadable, Refused):
        raise Doubt from None
    return tuple(cells)


def _records(file: BinaryIO) -> tuple[int, bool]:
    """Count the records from here to the end, and say whether there are quotes. Raises: Doubt, see `survey`."""
    records = 0
    quotes = quoted = False
    while block := file.read(_BLOCK) + file.readline():
        if not _is_plain(block):
            raise Doubt
        if b'"' not in block and not quoted:
            records += _lines_with_cells(block)
            continue
        quotes = True
        for line in block.splitlines(keepends=True):
            records += not quoted and line not in _BLANK
            quoted ^= line.count(b'"') % 2 == 1
    if quoted:
        raise Doubt
    return records, quotes


def _lines_with_cells(block: bytes) -> int:
    """Count the lines that are not empty, in whole lines without quotes."""
    if block.startswith(_BLANK) or b"\n\n" in block or (b"\r" in block and b"\n\r\n" in block):
        return sum(line not in _BLANK for line in block.splitlines(keepends=True))
    return block.count(b"\n") + (not block.endswith(b"\n"))


def _is_plain(block: bytes) -> bool:
    """Say whether whole lines are UTF-8 that ends them with LF or CRLF only and holds no NUL."""
    if b"\0" in block or (b"\r" in block and block.count(b"\r") != block.count(b"\r\n")):
        return False
    try:
        return block.isascii() or bool(block.decode())
    except UnicodeDecodeError:
        return False
