"""Reading a file of observations with DuckDB: all columns as text, codes and numbers checked on the way in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from songhanh.core.areas import AreaMap
from songhanh.core.elements import DIMENSIONS, TOTAL
from songhanh.core.results import State, Status
from songhanh.core.rulebook import Rulebook
from songhanh.core.table import OPTIONAL, REQUIRED

from .backends import DuckDBBackend
from .survey import LONGEST_LINE, Layout
from .tables import FRAME, SOURCE_COLUMNS

_DEFAULTS: Final[Mapping[str, str]] = {
    "org": "",
    **dict.fromkeys(DIMENSIONS, TOTAL),
    "status": Status.OFFICIAL.value,
}
_NUMBER: Final = "(0|[1-9][0-9]{0,14})([.][0-9]{1,6})?"
_WHOLE: Final = f"CASE state WHEN '{State.VALUE}' THEN TRY_CAST(split_part(value, '.', 1) AS BIGINT) END"
_MICRO: Final = f"""CASE state WHEN '{State.VALUE}' THEN
    CASE WHEN contains(value, '.') THEN TRY_CAST(rpad(split_part(value, '.', 2), 6, '0') AS BIGINT) ELSE 0 END
END"""
_BAD: Final = f"""CASE state WHEN '{State.VALUE}' THEN NOT coalesce(regexp_full_match(value, '{_NUMBER}'), FALSE)
    ELSE value IS NOT NULL END"""


def code_types(rules: Rulebook, areas: AreaMap) -> dict[str, tuple[str, ...]]:
    """Return the closed lists of codes by column; another code has no place in them."""
    return {
        "element": tuple(code for code, spec in rules.elements.items() if not spec.is_text),
        "area": tuple(sorted(areas.codes)),
        "sex": rules.dimensions.sex,
        "age": rules.dimensions.age,
        "ethnicity": rules.dimensions.ethnicity,
        "status": tuple(status.value for status in Status),
    }


def read(backend: DuckDBBackend, path: Path, layout: Layout) -> bool:
    """Make the frame of a file and say whether every row went in.

    False: some row has no number where it should, one that is not well written, or a code that is on no list; or
    DuckDB saw another number of records than we did.
    Raises: EngineError, for a file that is no strict CSV.
    """
    places = {name: f"c{place}" for place, name in enumerate(layout.columns)}
    typed = {name: backend.code_type(name) for name in SOURCE_COLUMNS}
    columns = [f"TRY_CAST({name} AS {kind}) AS {name}" if kind else name for name, kind in typed.items()]
    unknown = [f"TRY_CAST({name} AS {kind}) IS NULL" for name, kind in typed.items() if kind]
    backend.run(
        f"""CREATE TEMP TABLE {FRAME} AS
        SELECT {", ".join(columns)}, {_WHOLE} AS whole, {_MICRO} AS micro, 0 AS line,
               {" OR ".join([f"({_BAD})", *unknown])} AS bad
        FROM (SELECT {", ".join(_chosen(places))} FROM read_csv(?, {_options(places, layout)}))""",
        (str(path),),
    )
    found = backend.run(f"SELECT count(*), count(*) FILTER (WHERE bad) FROM {FRAME}")
    return found == [(layout.records, 0)]


def _chosen(places: Mapping[str, str]) -> list[str]:
    """The columns that count; an empty cell, or no column, means the total, nobody, or an official figure."""
    chosen = [f"{places[name]} AS {name}" for name in REQUIRED]
    for name in OPTIONAL:
        default = f"'{_DEFAULTS[name]}'"
        cell = f"coalesce({places[name]}, {default})" if name in places else default
        chosen.append(f"{cell} AS {name}")
    return chosen


def _options(places: Mapping[str, str], layout: Layout) -> str:
    types = ", ".join(f"'{place}': 'VARCHAR'" for place in places.values())
    options = {
        "delim": "','",
        "quote": "'\"'",
        "escape": "'\"'",
        "header": "false",
        "skip": "1",
        "auto_detect": "false",
        "strict_mode": "true",
        "null_padding": "false",
        "compression": "'none'",
        "max_line_size": str(LONGEST_LINE),
        # A quoted cell may hold a line end, which only one reader after the other gets right in every case.
        "parallel": "false" if layout.quotes else "true",
        "columns": f"{{{types}}}",
    }
    return ", ".join(f"{name} = {value}" for name, value in options.items())
