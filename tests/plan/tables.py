"""Tables of text for tests: a row per line, columns between bars, the first line names the columns."""

from __future__ import annotations


def table(text: str) -> list[dict[str, str]]:
    """Return the rows of a table as mappings of column to cell."""
    lines = [line for line in text.splitlines() if line.strip()]
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    for row in rows:
        assert len(row) == len(header), row
    return [dict(zip(header, row, strict=True)) for row in rows]
