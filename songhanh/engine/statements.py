"""The compiled expressions, as files: `sql/duckdb.sql`, `sql/postgres.sql`, `sql/sqlite.sql`.

They are written by `python -m songhanh.engine.expressions` and never by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

DIALECTS: Final = ("duckdb", "postgres", "sqlite")

_FOLDER: Final = Path(__file__).parent / "sql"
_NAME: Final = "-- step: "
_HEAD: Final = (
    "-- Made from expressions.py by `python -m songhanh.engine.expressions`; change that, not this.\n"
)


@cache
def statements(dialect: str) -> Mapping[str, str]:
    """Return the SQL of every step for a dialect, by its name. Raises: KeyError for another dialect."""
    if dialect not in DIALECTS:
        raise KeyError(dialect)
    text = (_FOLDER / f"{dialect}.sql").read_text(encoding="utf-8")
    found = {}
    for step in text.split(_NAME)[1:]:
        name, _, sql = step.partition("\n")
        found[name] = sql.strip().removesuffix(";")
    return found


def write_statements(dialect: str, steps: Mapping[str, str]) -> None:
    """Write the SQL of every step for a dialect."""
    _FOLDER.mkdir(exist_ok=True)
    text = _HEAD + "".join(f"\n{_NAME}{name}\n{sql};\n" for name, sql in steps.items())
    (_FOLDER / f"{dialect}.sql").write_text(text, encoding="utf-8")
