"""A first look at a file of observations: whether it is plain enough for a reader that does not explain itself."""

from __future__ import annotations

import codecs
import re
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
_QUOTED: Final = re.compile(rb'"[^"]*(?:""[^"]*)*"')
_MARK: Final = b"\0"  # plain text holds none
_MOST_LINES_OF_A_CELL: Final = 1000


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
        return _body(file, columns)


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


def _body(file: BinaryIO, columns: tuple[str, ...]) -> Layout:
    """Return the layout of a file from here to its end. Raises: Doubt, see `survey`."""
    found = commas = 0
    quotes = False
    while block := _whole_records(file):
        if not _is_plain(block):
            raise Doubt
        if b'"' in block:
            quotes = True
            block = _without_quoted(block)
        found += _lines_with_cells(block)
        commas += block.count(b",")
    if commas != found * (len(columns) - 1):
        raise Doubt  # a comma too many at the end of a line is nothing to DuckDB
    return Layout(columns, found, quotes)


def _whole_records(file: BinaryIO) -> bytes:
    """Read about a block, up to a line end outside quotes. Raises: Doubt, when none comes for a long while."""
    block = file.read(_BLOCK) + file.readline()
    quotes = block.count(b'"')
    more: list[bytes] = []
    while quotes % 2 and len(more) < _MOST_LINES_OF_A_CELL:
        more.append(file.readline())
        quotes += more[-1].count(b'"')
    if quotes % 2:
        raise Doubt
    return b"".join((block, *more))


def _without_quoted(block: bytes) -> bytes:
    """Return whole records with a mark in place of each quoted cell.

    Raises: Doubt, for a quote anywhere but around a whole cell or doubled in it; DuckDB would let some pass.
    """
    marked = _QUOTED.sub(_MARK, block)
    marks = marked.count(_MARK)
    opened = marked.count(b"," + _MARK) + marked.count(b"\n" + _MARK) + marked.startswith(_MARK)
    closed = sum(marked.count(_MARK + stop) for stop in (b",", *_BLANK)) + marked.endswith(_MARK)
    if b'"' in marked or not marks == opened == closed:
        raise Doubt
    return marked


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
