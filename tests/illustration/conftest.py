"""The files of the built-in edition, made once."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import pytest

from songhanh.core.observations import Observation
from songhanh.core.rulebook import Rulebook
from songhanh.core.table import read_table
from songhanh.illustration import generate, years_of
from songhanh.plan import Edition, load

Files = Mapping[str, bytes]
Row = dict[str, str]


@pytest.fixture(scope="session")
def edition() -> Edition:
    return load()


@pytest.fixture(scope="session")
def files(edition: Edition) -> Files:
    return generate(edition, years_of(edition))


@pytest.fixture(scope="session")
def rows(files: Files) -> dict[str, list[Row]]:
    """Rows of each file, by column."""
    return {name: list(csv.DictReader(io.StringIO(data.decode()))) for name, data in files.items()}


@pytest.fixture(scope="session")
def standing(rows: dict[str, list[Row]]) -> list[Row]:
    """The figures that stand when every file has been taken in, one after the other."""
    found: dict[tuple[str, ...], Row] = {}
    for of_file in rows.values():
        found |= {key_of(row): row for row in of_file}
    return list(found.values())


@pytest.fixture(scope="session")
def rules(edition: Edition) -> Rulebook:
    return edition.rules


@pytest.fixture(scope="session")
def observations(standing: list[Row], edition: Edition, rules: Rulebook) -> list[Observation]:
    """The standing figures, read by the contract's reader, which refuses whatever breaks it."""
    return read_table(as_csv(standing), rules=rules, areas=edition.area_map(edition.term.first))


KEY = ("element", "area", "org", "period", "sex", "age", "ethnicity", "kind")


def key_of(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in KEY)


def as_csv(rows: list[Row]) -> bytes:
    text = io.StringIO()
    table = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()
