"""The tables an engine works with: the frame of observations, the definitions as rows, and what is derived.

Only text and whole numbers occur, so that one description serves Ibis and the DDL of every engine. A gap is NULL only
where a column says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Columns = Mapping[str, str]

TEXT: Final = "string"
INT: Final = "int64"

FRAME: Final = "engine_frame"
"""Observations, one row each; `whole` and `micro` (millionths) are NULL unless the state is GIA_TRI."""

SOURCE_COLUMNS: Final = (
    "element",
    "area",
    "org",
    "period",
    "sex",
    "age",
    "ethnicity",
    "kind",
    "state",
    "status",
)

SCHEMAS: Final[Mapping[str, Columns]] = {
    FRAME: dict.fromkeys(SOURCE_COLUMNS, TEXT) | {"whole": INT, "micro": INT, "line": INT},
    # Places of the map: level 0 is the province, 1 a commune.
    "engine_place": {"area": TEXT, "level": INT},
    # Periods at which rows of an element are looked at; one reading per element and year.
    "engine_reading": {"reading": INT, "element": TEXT, "period": TEXT, "by_kind": INT},
    # Rows that are wanted, each for a slot: a set of dimension codes that makes up a figure of one period.
    "engine_wanted": {
        "slot": INT,
        "element": TEXT,
        "period": TEXT,
        "sex": TEXT,
        "age": TEXT,
        "ethnicity": TEXT,
        "kind": TEXT,
    },
    # A cell is read at spots (its periods); of each spot counts the lowest slot_rank that is there. Spots of one rank
    # of time make a span; of a cell counts the lowest time_rank that is there.
    "engine_slot": {"slot": INT, "spot": INT, "slot_rank": INT, "slot_size": INT},
    "engine_spot": {"spot": INT, "span": INT},
    "engine_span": {"span": INT, "cell": INT, "time_rank": INT, "time_size": INT},
    # One sum over units: whose units, how many cells on each side, and which rules apply.
    "engine_scope": {
        "scope": INT,
        "family": TEXT,
        "n_size": INT,
        "d_size": INT,
        "share": INT,
        "communes": INT,
        "orgs": INT,
        "totals": INT,
        "commune_rows": INT,
    },
    # Cells of a scope: side "N" or "D"; `mark` is the number to reach (NULL: none).
    "engine_role": {"scope": INT, "side": TEXT, "cell": INT, "reading": INT, "by_org": INT, "mark": INT},
    # Pairs of cells of which the first may not exceed the second.
    "engine_bound": {"scope": INT, "low": INT, "high": INT},
    # Derived.
    "engine_presence": {"reading": INT, "level": INT, "org": TEXT},
    "engine_cell": {
        "cell": INT,
        "area": TEXT,
        "level": INT,
        "org": TEXT,
        "state": TEXT,
        "whole": INT,
        "micro": INT,
        "status": INT,
    },
    "engine_unit": {"scope": INT, "area": TEXT, "org": TEXT},
    "engine_stand": {
        "scope": INT,
        "area": TEXT,
        "org": TEXT,
        "standing": INT,
        "num": INT,
        "den": INT,
        "status": INT,
        "wrong": INT,
    },
}

SET_UP: Final = (
    "engine_place",
    "engine_reading",
    "engine_wanted",
    "engine_slot",
    "engine_spot",
    "engine_span",
    "engine_scope",
    "engine_role",
    "engine_bound",
)
"""Tables that are filled from the definitions."""

DERIVED: Final = ("engine_presence", "engine_cell", "engine_unit", "engine_stand")
"""Tables that expressions fill, in this order."""

OWES_NOTHING, ANSWERED, SILENT = 0, 1, 2
"""The values of `standing`."""
