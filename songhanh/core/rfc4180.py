"""Splitting comma-separated text into records, as RFC 4180 writes them and in no other way.

Python's own reader is lenient where the contract is not: it takes a quote in the middle of a cell for a letter and a
lone carriage return for the end of a line. A file that can be read in two ways is refused instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\Z)')


class Unreadable(ValueError):
    """The text breaks RFC 4180; `line` is the physical line where reading had to stop, 1 for the first."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not an empty line, with the physical line on which it begins.

    Raises: Unreadable, at a quote inside an unquoted cell, text behind a closing quote, a quote that never closes,
    or a carriage return without a line feed.
    """
    return _quoted(text) if '"' in text else _unquoted(text)


def _unquoted(text: str) -> Iterator[tuple[int, list[str]]]:
    for line, content in enumerate(text.split("\n"), start=1):
        bare = content.removesuffix("\r") if "\r" in content else content
        if "\r" in bare:
            raise Unreadable(line)
        if bare:
            yield line, bare.split(",")


def _quoted(text: str) -> Iterator[tuple[int, list[str]]]:
    line = first = 1
    place, end = 0, len(text)
    cells: list[str] = []
    while place < end or cells:
        cell = _CELL.match(text, place)
        if cell is None:
            raise Unreadable(line)
        quoted, bare, stop = cell.groups()
        empty_line = not cells and stop != "," and quoted is None and not bare
        cells.append(bare if quoted is None else quoted.replace('""', '"'))
        line += cell[0].count("\n")
        place = cell.end()
        if stop == ",":
            continue
        if not empty_line:
            yield first, cells
        cells, first = [], line
